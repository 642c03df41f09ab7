/// The line of a file that each row of a table came from: nearly always the line after that of the row
/// before, so that only the others are kept.
public struct LineNumbers: Sendable, Equatable, ExpressibleByArrayLiteral {
  /// A row whose line does not follow that of the row before, and the line.
  private struct Run: Equatable {
    var row: Int
    var line: UInt32
  }
  private var runs: [Run] = []
  public private(set) var count = 0

  public init() {}

  public init(arrayLiteral lines: UInt32...) {
    for line in lines { append(line) }
  }

  public subscript(row: Int) -> UInt32 {
    precondition(row >= 0 && row < count, "the row is one of the table")
    var (low, high) = (0, runs.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if runs[middle].row <= row { low = middle } else { high = middle }
    }
    return runs[low].line + UInt32(row - runs[low].row)
  }

  public mutating func append(_ line: UInt32) { append(from: line, rows: 1) }

  /// Rows on lines that follow one another.
  public mutating func append(from line: UInt32, rows: Int) {
    guard rows > 0 else { return }
    let follows = runs.last.map { $0.line &+ UInt32(count - $0.row) == line } ?? false
    if !follows { runs.append(Run(row: count, line: line)) }
    count += rows
  }

  public mutating func append(contentsOf other: LineNumbers) {
    for (number, run) in other.runs.enumerated() {
      let end = number + 1 < other.runs.count ? other.runs[number + 1].row : other.count
      append(from: run.line, rows: end - run.row)
    }
  }
}
