/// Why an import could not be tried at all. What is wrong in the files themselves is a finding.
public enum ImportError: Error, Sendable, Hashable {
  /// A file or folder that cannot be opened or read.
  case unreadable(path: String, reason: String)
  case changedWhileRead(path: String)
  /// A folder with none of our tables in it.
  case noTables(folder: String)
  /// A request that makes no sense, such as an unknown profile.
  case badRequest(String)

  public var message: String {
    switch self {
    case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
    case .changedWhileRead(let path):
      "\(path): changed while it was read; run again when the export is finished"
    case .noTables(let folder):
      "\(folder): no table in this folder; expected files such as customers.csv, invoices.csv"
    case .badRequest(let message): message
    }
  }

  /// Whether the surroundings are at fault (exit 74) and not the input or the command line.
  public var isOfSurroundings: Bool {
    switch self {
    case .unreadable, .changedWhileRead: true
    case .noTables, .badRequest: false
    }
  }
}
