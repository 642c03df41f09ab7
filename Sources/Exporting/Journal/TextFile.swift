/// Text on its way to an output, in blocks.
struct TextFile {
  private var bytes: [UInt8] = []

  mutating func line(_ text: String = "", end: String = "\n") {
    bytes.append(contentsOf: text.utf8)
    bytes.append(contentsOf: end.utf8)
  }

  /// Writes what was collected, once it is a block or where it is the last.
  mutating func flush(
    to output: inout some ByteOutput & ~Copyable, isLast: Bool = false
  ) throws(ExportError) {
    guard isLast || bytes.count > 1 << 16 else { return }
    try output.write(bytes)
    bytes.removeAll(keepingCapacity: true)
  }
}
