import CGlibc
import Glibc

/// A work folder and the folder it lies in, and the ways its contents reach their place.
struct WorkPlace: ~Copyable {
  let parent: Folder
  let work: WorkFolder
  /// Folders above the output that were missing and made for it.
  private let made: [String]

  /// - Parameter check: refuses what must be refused before any work is done.
  init(
    in path: String, label: String,
    check: (borrowing Folder) throws(ExportError) -> Void
  ) throws(ExportError) {
    let made = try FolderPath.makeFolders(path)
    do throws(ExportError) {
      let parent = try Folder(opening: path)
      try check(parent)
      try WorkFolder.sweep(label, in: parent)
      let work = try WorkFolder(for: label, in: parent)
      self.parent = parent
      self.work = work
      self.made = made
    } catch {
      FolderPath.removeFolders(made)
      throw error
    }
  }

  /// Brings the work folder and the folders in it to the disk.
  func syncWork() throws(ExportError) {
    for name in try work.folder.names() where try work.folder.kind(of: name) == .folder {
      try Folder(name, in: work.folder).sync()
    }
    try work.folder.sync()
  }

  /// Lets the work folder take the place of `name`; the old folder, if any, is then what lies under
  /// the work folder's name.
  func replace(_ name: String, target: String, ours: OwnNames) throws(ExportError) {
    let (from, to) = (work.name, name)
    let outer = parent.descriptor
    if renameat(outer, from, outer, to) != 0 {  // succeeds where there is none, or an empty one
      switch errno {
      case ENOTEMPTY, EEXIST: break
      case ENOTDIR: throw .notAFolder(path: target)
      default: throw .last("putting the folder in its place", target)
      }
      try exchange(name, target: target)
      let old = try Folder(work.name, in: parent)
      if let foreign = try ours.firstForeign(in: old) {  // it came while we worked: put it back
        try exchange(name, target: target)
        throw .foreignFile(folder: target, name: foreign)
      }
    }
    try parent.sync()
  }

  private func exchange(_ name: String, target: String) throws(ExportError) {
    let outer = parent.descriptor
    let renameExchange: UInt32 = 2
    if renameat2(outer, work.name, outer, name, renameExchange) == 0 { return }
    guard errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP else {
      throw .last("exchanging the folders", target)
    }
    // A file system without exchange: for a moment there is no pack, and never half a one.
    let aside = WorkFolder.newName(for: name)
    guard renameat(outer, name, outer, aside) == 0 else {
      throw .last("setting the old folder aside", target)
    }
    guard renameat(outer, work.name, outer, name) == 0 else {
      let failure = ExportError.last("putting the folder in its place", target)
      _ = renameat(outer, aside, outer, name)
      throw failure
    }
    _ = renameat(outer, aside, outer, work.name)
  }

  /// Moves each file over its namesake in the folder around the work folder.
  func join(_ files: [String]) throws(ExportError) {
    for file in files {
      if let slash = file.firstIndex(of: "/") {
        _ = try parent.makeFolder(String(file[..<slash]))
      }
      guard renameat(work.folder.descriptor, file, parent.descriptor, file) == 0 else {
        throw .last("putting the file in its place", parent.path(of: file))
      }
    }
    try parent.sync()
  }

  /// Removes what lies under the work folder's name: after an exchange, the old pack, whose names
  /// were found to be ours. What cannot be removed is swept by the next run.
  func removeWork() {
    if let left = try? Folder(work.name, in: parent) {
      try? left.removeContents()
      try? parent.remove(work.name, isFolder: true)
    }
  }

  /// Removes the work folder and the folders that were made for it.
  func remove() {
    removeWork()
    FolderPath.removeFolders(made)
  }
}
