import Dispatch
import Glibc
public import Reporting
import Synchronization

/// Writes sheets as CSV: RFC 4180 quoting, LF, UTF-8, a header of keys, no total row.
///
/// Values are raw, for machines and people alike: money with two decimals and no separators,
/// percentages as `8.25` (more decimals only where they say something), hours and quantities without
/// trailing zeros, unit prices with at least two decimals, ISO days, yes or no, nothing for none.
/// Rows are laid out in blocks on every core and written in their order, so a sheet of any length needs
/// little memory.
public struct CSVWriter: Sendable {
  /// How text that a spreadsheet would take for a formula is written.
  public enum Guard: String, Sendable, CaseIterable {
    /// One apostrophe in front, inside the quotes; text and id columns only, numbers never.
    case apostrophe
    /// Nothing is changed: for machines.
    case none
  }

  private let guardian: Guard

  public init(guard: Guard = .apostrophe) { guardian = `guard` }

  /// Writes one sheet, header first.
  ///
  /// - Throws: what the output throws.
  public func write(
    _ sheet: Sheet, to output: inout some ByteOutput & ~Copyable
  ) throws(ExportError) {
    var bytes = [UInt8]()
    for (place, column) in sheet.columns.enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: ",")) }
      appendCSVText(column.key, guarded: false, to: &bytes)
    }
    bytes.append(UInt8(ascii: "\n"))
    try output.write(bytes)
    var next = 0
    while next < sheet.rowCount {
      let rows = next..<min(next + Self.rowsAtOnce * Self.cores, sheet.rowCount)
      for block in blocks(of: sheet, rows) { try output.write(block) }
      next = rows.upperBound
    }
  }

  /// Rows that one core lays out before they are written.
  private static let rowsAtOnce = 4_096
  private static let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))

  /// The bytes of some rows, laid out on every core, in the order of the rows.
  private func blocks(of sheet: Sheet, _ rows: Range<Int>) -> [[UInt8]] {
    let count = (rows.count + Self.rowsAtOnce - 1) / Self.rowsAtOnce
    let blocks = Mutex([[UInt8]](repeating: [], count: count))
    DispatchQueue.concurrentPerform(iterations: count) { number in
      let first = rows.lowerBound + number * Self.rowsAtOnce
      let block = lines(of: sheet, first..<min(first + Self.rowsAtOnce, rows.upperBound))
      blocks.withLock { $0[number] = block }
    }
    return blocks.withLock { $0 }
  }

  private func lines(of sheet: Sheet, _ rows: Range<Int>) -> [UInt8] {
    var bytes = [UInt8]()
    bytes.reserveCapacity(rows.count * sheet.columns.count * 10)
    var cells = [Cell]()
    cells.reserveCapacity(sheet.columns.count)
    for row in rows {
      cells.removeAll(keepingCapacity: true)
      sheet.appendRow(row, &cells)
      precondition(cells.count == sheet.columns.count, "a row has one cell for each column")
      append(cells, to: &bytes)
    }
    return bytes
  }

  private func append(_ cells: borrowing [Cell], to bytes: inout [UInt8]) {
    let (start, count) = (bytes.count, cells.count)
    for place in 0..<count {
      if place > 0 { bytes.append(UInt8(ascii: ",")) }
      switch cells[place] {
      case .id(let text), .text(let text):
        appendCSVText(text, guarded: guardian == .apostrophe, to: &bytes)
      case let cell:
        cell.appendPlainNumber(to: &bytes)
      }
    }
    // A column alone and empty would be an empty line, which readers skip.
    if bytes.count == start { bytes += [UInt8(ascii: "\""), UInt8(ascii: "\"")] }
    bytes.append(UInt8(ascii: "\n"))
  }
}
