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
    try output.write(Array((sheet.columns.map(\.key).joined(separator: ",") + "\n").utf8))
    // While some blocks are laid out, those before them go to the file.
    var (laid, behind) = (makeBlocks(sheet), makeBlocks(sheet))
    var next = 0
    var isLeft = sheet.rowCount > 0
    while isLeft {
      let turn = Turn(laid, sheet, from: next)
      next = min(next + laid.count * CSVBlock.rowCount, sheet.rowCount)
      for _ in 1..<max(2, Self.cores) {
        DispatchQueue.global().async { turn.layOut(mayWait: false) }
      }
      for block in behind where !block.bytes.isEmpty { try output.write(block.bytes) }
      turn.layOut(mayWait: true)
      swap(&laid, &behind)
      isLeft = behind.contains { !$0.bytes.isEmpty }
    }
  }

  private func makeBlocks(_ sheet: Sheet) -> [CSVBlock] {
    let blocks = min(Self.cores * 4, sheet.rowCount / CSVBlock.rowCount + 1)
    return (0..<blocks).map { _ in CSVBlock(sheet, isGuarded: guardian == .apostrophe) }
  }

  private static let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
}

/// Blocks that are laid out together, each by whatever core takes it.
private final class Turn: Sendable {
  private let blocks: [CSVBlock]
  private let sheet: Sheet
  private let first: Int
  private let next = Atomic(0)
  private let helped = DispatchSemaphore(value: 0)

  init(_ blocks: [CSVBlock], _ sheet: Sheet, from first: Int) {
    self.blocks = blocks
    self.sheet = sheet
    self.first = first
  }

  /// Lays out blocks until all are taken; whoever may wait does so for those that helpers took, never
  /// for a helper that has not begun.
  func layOut(mayWait: Bool) {
    var own = 0
    while true {
      let number = next.add(1, ordering: .relaxed).oldValue
      guard number < blocks.count else { break }
      let start = min(first + number * CSVBlock.rowCount, sheet.rowCount)
      blocks[number].layOut(sheet, start..<min(start + CSVBlock.rowCount, sheet.rowCount))
      own += 1
      if !mayWait { helped.signal() }
    }
    guard mayWait else { return }
    for _ in own..<blocks.count { helped.wait() }
  }
}

/// Some rows on their way to the file, in memory that serves the next rows too.
private final class CSVBlock: Sendable {
  /// Few enough that their values, 8 bytes each, stay in the cache until they are laid out.
  static let rowCount = 512

  private let fields: CSVFields
  private let state: Mutex<(values: [ColumnBlock], bytes: [UInt8])>

  init(_ sheet: Sheet, isGuarded: Bool) {
    fields = CSVFields(isGuarded: isGuarded)
    state = Mutex((sheet.emptyBlocks, []))
  }

  var bytes: [UInt8] { state.withLock { $0.bytes } }

  func layOut(_ sheet: Sheet, _ rows: Range<Int>) {
    state.withLock { state in
      state.bytes.removeAll(keepingCapacity: true)
      for place in state.values.indices { state.values[place].removeAll() }
      sheet.fill(rows, &state.values)
      for row in 0..<rows.count {
        fields.appendLine(row, of: state.values, sheet.columns, to: &state.bytes)
      }
    }
  }
}
