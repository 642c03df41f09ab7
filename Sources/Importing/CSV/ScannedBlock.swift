/// A block of whole records, cut into fields: row `r`, field `f` is
/// `bytes[starts[r * width + f]..<ends[r * width + f]]`, quotes resolved and outer blanks taken off.
struct ScannedBlock: Sendable {
  var bytes: [UInt8]
  /// Fields in each record, as many as the header has.
  let width: Int
  var starts: [UInt32] = []
  var ends: [UInt32] = []
  /// Where each record begins, counted in lines from the block's first, which is 0.
  var lines: [UInt32] = []
  /// Lines in the block.
  var lineCount: UInt32 = 0
  var faults: [RecordFault] = []

  var rows: Int { lines.count }
}

/// A record that cannot be read as one.
struct RecordFault: Sendable {
  enum Kind: Hashable, Sendable {
    /// Another number of fields than the header has.
    case fieldCount(Int)
    /// A quoted field goes on to the end of the file.
    case unterminatedQuote
    /// Something other than a delimiter stands after a closing quote.
    case textAfterQuote
    /// NUL or another control character (RELIABILITY D3).
    case controlCharacter
    /// Bytes that are no UTF-8 (RELIABILITY D6).
    case invalidUTF8
    /// A record above 1 MiB or a field above 64 KiB.
    case tooLong
  }
  var row: Int
  var field: Int
  var kind: Kind
}
