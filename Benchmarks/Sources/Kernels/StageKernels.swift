import Billing
import Exporting
import Foundation
import Importing
import Ledger
import Measures
import Reporting

private func lineCount(_ input: String) throws -> Int {
  try importFolder(ImportRequest(folder: input)).book.timesheets.count
}

func importKernels(_ input: String) -> [Kernel] {
  [("64 bytes at a time", false), ("a byte at a time", true)].map { name, isPlain in
    Kernel("import on one core, \(name)", per: "timesheet line") {
      var request = ImportRequest(folder: input)
      request.workers = 1
      request.scansPlainly = isPlain
      request.keepsEntryTexts = false
      let asked = request
      return (try lineCount(input), { keep(try importFolder(asked)) })
    }
  }
}

private let asOf = Day(year: 2026, month: 10, day: 31) ?? .none

func billingKernels(_ input: String) -> [Kernel] {
  [
    Kernel("documents", per: "invoice") {
      let book = try importFolder(ImportRequest(folder: input)).book
      return (book.invoices.count, { keep(Documents(book, asOf: asOf)) })
    },
    Kernel("work", per: "timesheet line") {
      let book = try importFolder(ImportRequest(folder: input)).book
      let documents = Documents(book, asOf: asOf)
      return (
        book.timesheets.count,
        {
          keep(
            Work(
              book: book, asOf: asOf, billed: documents.billed, cap: documents.cap,
              keepsRows: false, cores: 1))
        }
      )
    },
  ]
}

func writingKernels(_ input: String) -> [Kernel] {
  [
    Kernel("contract-status as CSV", per: "row") {
      let sheet = try contractStatus(input)
      return (
        sheet.rowCount,
        {
          var output = MemoryOutput()
          try CSVWriter().write(sheet, to: &output)
          keep(output)
        }
      )
    },
    Kernel("contract-status as XLSX", per: "row") {
      let sheet = try contractStatus(input)
      return (
        sheet.rowCount,
        {
          let folder = NSTemporaryDirectory() + "tieout-kernel-\(getpid())"
          let pack = try Pack(joining: folder)
          try XLSXWriter().write([sheet], asOf: asOf, as: "contract-status.xlsx", in: pack)
          pack.discard()
        }
      )
    },
    Kernel("contract-status as XLSX, the library alone", per: "row") {
      let sheet = try contractStatus(input)
      let cells = LibraryCells(sheet)
      return (
        sheet.rowCount,
        {
          let file = NSTemporaryDirectory() + "tieout-kernel-\(getpid()).xlsx"
          cells.write(to: file)
          try FileManager.default.removeItem(atPath: file)
        }
      )
    },
  ]
}

private func contractStatus(_ input: String) throws -> Sheet {
  let book = try importFolder(ImportRequest(folder: input)).book
  return ContractStatusReport.sheet(Closing(book, asOf: asOf, keepsRows: false).position)
}
