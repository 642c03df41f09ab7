import Glibc

/// A folder of ours that is being filled, beside the one it will replace.
///
/// It is called `.tieout-<name>-XXXXXX` and locked while we work; one that is not locked was left by
/// a run that died, and the next run of the same output sweeps it. Where the file system knows no
/// locks, nothing is swept.
struct WorkFolder: ~Copyable {
  let name: String
  let folder: Folder

  /// Makes the folder, under a name that nobody holds (E38).
  init(for output: String, in parent: borrowing Folder) throws(ExportError) {
    for _ in 0..<100 {
      let name = Self.newName(for: output)
      guard try parent.makeFolder(name) else { continue }
      let folder = try Folder(name, in: parent)
      // Another process may have swept the folder between its making and its lock.
      var own = stat()
      guard folder.lock() != .held, fstat(folder.descriptor, &own) == 0,
        let there = try parent.status(of: name), there.st_ino == own.st_ino
      else { continue }
      self.name = name
      self.folder = folder
      return
    }
    throw .system(doing: "making a folder to work in", path: parent.path, errno: EEXIST)
  }

  /// Removes what dead runs of the same output left: our pattern, our user, no lock on it.
  static func sweep(_ output: String, in parent: borrowing Folder) throws(ExportError) {
    let prefix = prefix(output)
    for name in try parent.names() where isOurs(name, prefix) {
      guard let entry = try parent.status(of: name), entry.st_mode & S_IFMT == S_IFDIR,
        entry.st_uid == geteuid(), let left = try? Folder(name, in: parent), left.lock() == .taken
      else { continue }
      try? left.removeContents()
      try? parent.remove(name, isFolder: true)
    }
  }

  /// A name that the next run of the same output would sweep.
  static func newName(for output: String) -> String { prefix(output) + randomSuffix() }

  private static func prefix(_ output: String) -> String { ".tieout-\(output)-" }

  private static func isOurs(_ name: String, _ prefix: String) -> Bool {
    guard name.utf8.starts(with: prefix.utf8) else { return false }
    let suffix = name.utf8.dropFirst(prefix.utf8.count)
    return suffix.count == 6 && suffix.allSatisfy(letters.contains)
  }

  private static let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8)

  private static func randomSuffix() -> String {
    var generator = SystemRandomNumberGenerator()
    return String(
      decoding: (0..<6).map { _ in letters[Int.random(in: 0..<36, using: &generator)] },
      as: UTF8.self)
  }
}
