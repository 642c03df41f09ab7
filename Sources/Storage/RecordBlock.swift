/// Some records of a source, cut into fields: field `f` of row `r` is
/// `bytes[starts[r * width + f]..<ends[r * width + f]]`, without quotes and outer blanks.
public struct RecordBlock: Sendable {
  public var bytes: [UInt8]
  public var width: Int
  public var starts: [UInt32]
  public var ends: [UInt32]
  /// The line of each record in the file it came from.
  public var lines: [UInt32]

  public init(
    bytes: [UInt8], width: Int, starts: [UInt32], ends: [UInt32], lines: [UInt32]
  ) {
    (self.bytes, self.width, self.starts, self.ends) = (bytes, width, starts, ends)
    self.lines = lines
  }

  var rows: Int { lines.count }
}

/// Where records come from: a table of ours and the file that feeds it.
public struct RecordSource: Hashable, Sendable {
  public var table: String
  /// As messages name it.
  public var file: String
  /// Our columns that the file has, as the fields of its records stand.
  public var columns: [String]
  /// What the file calls them, where that differs.
  public var originals: [String: String]
  /// Whether a command of ours wrote the rows: no export is complete or not for lacking them.
  public var isOwn: Bool

  public init(
    table: String, file: String, columns: [String], originals: [String: String] = [:],
    isOwn: Bool = false
  ) {
    (self.table, self.file, self.columns, self.originals) = (table, file, columns, originals)
    self.isOwn = isOwn
  }
}

/// A table as the book knows it, as the CSV text that an import would read.
public struct StoredRecords: Sendable {
  public var source: RecordSource
  /// A header and a line for each record.
  public var text: [UInt8]
  /// For each line of the text below its header, the line of the file that its record came from.
  public var lines: [UInt32]
}
