import Foundation
import Ledger
import Measures

/// One reading of all tables, masters first, so that facts only look ids up.
struct ImportPass {
  let folder: SourceFolder
  let request: ImportRequest
  let skip: [String: Set<UInt32>]
  var book = Book()
  var findings: [Finding] = []
  var controls: [ControlTotal] = []
  var digests: [(file: String, digest: [UInt8])] = []
  private var suspects = Suspects()

  init(folder: SourceFolder, request: ImportRequest, skip: [String: Set<UInt32>]) {
    self.folder = folder
    self.request = request
    self.skip = skip
  }

  mutating func run() throws(ImportError) {
    findings = folder.findings
    book.company = folder.company
    book.missingTables = Set(SourceFolder.tableNames.filter { folder.sources[$0] == nil })
    for (table, sources) in folder.sources {
      if let first = sources.first { book.files[table] = first.file }
    }
    for importer in tableImports {
      if request.leavesOut(importer.table, book) {
        if folder.sources[importer.table] != nil { book.tablesLeftOut.insert(importer.table) }
        continue
      }
      try read(importer)
      if folder.sources[importer.table] != nil { request.stage("read \(importer.table)") }
    }
    book.jobs.hasCloseoutColumns = folder.hasColumns(
      ["signature_on_file", "photos_on_file"], in: "jobs")
    book.entryBillings = entryBillings(in: book)
    noteTotalsOnly()
    findings += runChecks(book, suspects: suspects, asOf: request.asOf).map(folder.original)
    request.stage("check")
  }

  private mutating func read<Importer: TableImport>(_ importer: Importer.Type) throws(ImportError) {
    let table = Importer.Rows.name
    let sources = folder.sources[table] ?? []
    let progress = request.progress
    let reader = TableReader<Importer>(
      book: book, workers: request.workers ?? ProcessInfo.processInfo.activeProcessorCount,
      skip: skip, wantsDigest: request.wantsDigest,
      keepsEntryTexts: request.keepsEntryTexts || folder.sources["adjustments"] != nil
        || book.invoiceLines.namesEntries,
      scansPlainly: request.scansPlainly,
      onRows: { progress(table, $0) })
    var reading = try reader.read(sources)
    digests += reading.digests
    findings += reading.findings
    // After `place` the rows are the book's; what findings and totals need is taken before.
    let lines = reading.rows.line
    let sums = Importer.columns.compactMap { column in
      column.total.map {
        ControlTotal.Sum(
          column: column.name, total: Int64(exactly: $0(reading.rows)).map(Money.init(cents:)))
      }
    }
    let missing = missingReferences(Importer.self, reading, lines, sources)
    reading.faults.removeAll { fault in
      fault.code == "unknown_reference" && missing.contains(fault.column)
    }
    let linkFaults = Importer.place(reading.rows, pending: reading.pending, in: &book)
    reading.rows = Importer.Rows()
    var refused = [Int](repeating: 0, count: sources.count)
    var bad = Set<Int>()
    for fault in reading.faults + linkFaults {
      let source = reading.sourceEnds.firstIndex { fault.row < $0 } ?? 0
      if bad.insert(fault.row).inserted {
        suspects.insert(fault.row, of: Importer.Rows.self)
        refused[source] += 1
      }
      findings.append(
        finding(fault, line: lines[fault.row], file: sources[source].file, sources[source]))
    }
    for (place, source) in sources.enumerated() {
      let read = reading.rowsRead[place]
      let leftOut = reading.rowsLeftOut[place] + refused[place]
      controls.append(
        ControlTotal(
          file: source.file, table: table, rowsRead: read, rowsUsed: read - leftOut,
          rowsRefused: leftOut, sums: sources.count == 1 ? sums : place == 0 ? sums : []))
    }
    for sum in sums where sum.total == nil || (sum.total?.cents.magnitude ?? 0) > 1 << 60 {
      findings.append(
        Finding(
          .error, "sum_too_large", at: Place(file: sources.first?.file ?? "\(table).csv"),
          value: sum.column, "the sum of the column is too large to be exact",
          expected: "amounts that add up to less than ten quadrillion",
          remedy: "look for amounts with the wrong number of digits"))
    }
  }

  private func finding(
    _ fault: CellFault, line: UInt32, file: String, _ source: TableSource
  ) -> Finding {
    Finding(
      .error, fault.code,
      at: Place(
        file: file, line: line, column: source.originalColumns[fault.column] ?? fault.column),
      value: fault.value, fault.message, expected: fault.expected, remedy: fault.remedy)
  }

  /// Columns whose whole table is missing: one finding says so, not one for each row.
  private mutating func missingReferences<Importer: TableImport>(
    _ importer: Importer.Type, _ reading: TableReading<Importer.Rows>, _ lines: LineNumbers,
    _ sources: [TableSource]
  ) -> Set<String> {
    var missing = Set<String>()
    for column in Importer.columns
    where book.missingTables.contains(column.references) && column.references != "pay_types" {
      let faults = reading.faults.filter {
        $0.column == column.name && $0.code == "unknown_reference"
      }
      guard let first = faults.first else { continue }
      missing.insert(column.name)
      let table = column.references
      findings.append(
        Finding(
          column.isRequired ? .error : .warning, "table_missing",
          at: Place(
            file: sources.first?.file ?? "", line: column.isRequired ? 1 : lines[first.row],
            column: column.name),
          value: first.value,
          "there is no \(table).csv, and \(faults.count) rows name \(table) in this column",
          expected: "\(table).csv in the same folder",
          remedy: "export \(table) too, or leave the column out"))
    }
    return missing
  }

  /// One warning a file for documents of which only the total is known.
  private mutating func noteTotalsOnly() {
    let rows = book.invoices.rows.filter { book.invoices.isTotalOnly[$0] }
    guard let first = rows.first else { return }
    let sum = rows.reduce(Int128(0)) { $0 + Int128(book.invoices.total[$1].cents) }
    findings.append(
      Finding(
        .warning, "total_not_split",
        at: folder.originalPlace(
          Place(
            file: book.file(Invoices.self), line: book.invoices.line[first], column: "total"),
          table: "invoices"),
        "\(rows.count) documents give only their total: taken as the subtotal, tax and retainage "
          + "were not split",
        expected: "subtotal, tax and retainage beside the total",
        remedy: "export those columns too, where the figures matter",
        amount: Int64(exactly: sum).map(Money.init(cents:)) ?? .none))
  }
}
