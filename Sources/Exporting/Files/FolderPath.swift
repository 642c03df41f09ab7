import Glibc

/// Where an output folder lies: its parent and its own name.
struct FolderPath {
  let parent: String
  let name: String

  /// Splits a path such as `reports/2026-10/`. The working folder, the root and `..` are no names:
  /// a folder that is replaced must not be one that someone stands in.
  init(_ path: String) throws(ExportError) {
    guard !path.utf8.contains(0) else { throw .badName("a name with a zero byte") }
    var bytes = Array(path.utf8)
    while bytes.count > 1, bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
    let slash = bytes.lastIndex(of: UInt8(ascii: "/"))
    let name = String(decoding: bytes[(slash.map { $0 + 1 } ?? 0)...], as: UTF8.self)
    guard !name.isEmpty, name != ".", name != "..", name.utf8.count <= 200 else {
      throw .badName(path)
    }
    self.name = name
    parent =
      switch slash {
      case nil: "."
      case 0?: "/"
      case let slash?: String(decoding: bytes[..<slash], as: UTF8.self)
      }
  }

  /// Makes the folders of a path that are missing, mode 0700, and returns those it made, outermost
  /// first, so that a run that fails can take them away again.
  static func makeFolders(_ path: String) throws(ExportError) -> [String] {
    if access(path, F_OK) == 0 { return [] }
    let place = try FolderPath(path)
    var made = try makeFolders(place.parent)
    do throws(ExportError) {
      let parent = try Folder(opening: place.parent)
      if try parent.makeFolder(place.name) { made.append(path) }
    } catch {
      removeFolders(made)
      throw error
    }
    return made
  }

  /// Takes away the folders that are still empty, innermost first.
  static func removeFolders(_ made: [String]) {
    for path in made.reversed() { _ = rmdir(path) }
  }
}
