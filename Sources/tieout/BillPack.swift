import Billing
import Exporting
import Ledger
import Measures
import Reporting

/// The files of `tieout bill`.
struct BillPack {
  private let drafts: Drafts
  private let book: Book
  private let source: String

  /// Every name that the command writes into its folder, in this run or another.
  static let ownNames: Set<String> = [
    "drafts.csv", "draft-lines.csv", "not-billed.csv", "draft-applications.csv", "draws.csv",
    "draws/", "adjustments.csv", "drafts.xlsx", "rejects/",
  ]

  init(_ drafts: Drafts, _ book: Book, source: String) {
    (self.drafts, self.book, self.source) = (drafts, book, source)
  }

  func write(to pack: Pack) throws {
    var sheets = [
      DraftsReport.sheet(drafts, book), DraftLinesReport.sheet(drafts, book),
      DrawReport.summary(drafts, book), NotBilledReport.sheet(drafts, book),
      ProposedApplicationsReport.sheet(drafts, book),
    ]
    var names = Set<String>()
    for draw in drafts.draws {
      let name = fileName(draw, &names)
      for var sheet in [DrawReport.summary(of: draw, book), DrawReport.sheet(draw, book)] {
        sheet.file = "draws/\(name)-\(sheet.report).csv"
        sheets.append(sheet)
      }
    }
    let all = sheets
    let cover = cover
    try inParallel([
      { try XLSXWriter().write(all, cover: cover, as: "drafts.xlsx", in: pack) },
      {
        for sheet in all {
          var output = try pack.create(sheet.file)
          try CSVWriter().write(sheet, to: &output)
          try output.finish()
        }
      },
    ])
    var blank = try pack.create("adjustments.csv")
    try blank.write(Array(adjustments.utf8))
    try blank.finish()
  }

  /// The job's id, as far as a file name takes it, and the application.
  private func fileName(_ draw: Draw, _ names: inout Set<String>) -> String {
    let id = book.jobs.id[draw.job.row].map { character in
      character.isASCII && (character.isLetter || character.isNumber) || "-_.".contains(character)
        ? character : "_"
    }
    let base = "\(String(id.prefix(80)))-\(draw.application)"
    var name = base
    var number = 2
    while !names.insert(name).inserted {
      name = "\(base)-\(number)"
      number += 1
    }
    return name
  }

  /// `adjustments.csv` of the source with one more row for each drafted job, its job and day filled in:
  /// target, action, value and reason are to be filled in, rows not needed to be deleted.
  private var adjustments: String {
    var text = "adjustment_id,job_id,target,action,value,description,reason,by,date\n"
    var seen = Set<RowID<Jobs>>()
    for draft in drafts.drafts where draft.job.exists && seen.insert(draft.job).inserted {
      text += ",\(quoted(book.jobs.id[draft.job.row])),,,,,,,\(drafts.asOf.text)\n"
    }
    return text
  }

  private func quoted(_ text: String) -> String {
    text.contains { ",\"\n\r".contains($0) }
      ? "\"\(text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
      : text
  }

  private var cover: Cover {
    Cover(
      company: book.company.name, title: "Draft invoices", asOf: drafts.asOf,
      keyFigures: BillSummary.figures(drafts).map { KeyFigure($0.label, .money($0.amount)) },
      tieOuts: DraftsReport.tieOuts(drafts) + DrawReport.tieOuts(drafts))
  }
}
