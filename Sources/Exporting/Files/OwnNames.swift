/// What may lie in an output folder of ours: `ar-aging.csv`, `month-end.xlsx`, and `rejects/` for
/// any `*.csv` in that folder.
///
/// An output folder is replaced as a whole, so everything in the old one is deleted. It is judged by
/// its names and not by a list inside it, since `reports/2026-10` is committed to git and a fresh
/// clone must be as good as the folder that was written.
struct OwnNames: Sendable {
  private let files: Set<String>
  private let folders: Set<String>

  init(_ names: Set<String>) {
    files = names.filter { !$0.hasSuffix("/") }
    folders = Set(names.filter { $0.hasSuffix("/") }.map { String($0.dropLast()) })
  }

  /// The label of work folders inside a folder that files join.
  static let joiningLabel = "files"

  func contains(_ file: String) -> Bool {
    if files.contains(file) { return true }
    guard let slash = file.firstIndex(of: "/") else { return false }
    return folders.contains(String(file[..<slash]))
      && file.utf8.suffix(4).elementsEqual(".csv".utf8)
  }

  /// The first thing in the folder that is not ours, in the order of the names.
  func firstForeign(in folder: borrowing Folder) throws(ExportError) -> String? {
    for name in try folder.names() {
      switch try folder.kind(of: name) {
      case .file where files.contains(name): continue
      case .folder where folders.contains(name):
        let inner = try Folder(name, in: folder)
        for file in try inner.names() {
          guard try inner.kind(of: file) == .file, file.utf8.suffix(4).elementsEqual(".csv".utf8)
          else { return "\(name)/\(file)" }
        }
      case .missing: continue
      case .folder, .file, .other: return name
      }
    }
    return nil
  }
}
