import Glibc

/// An open folder. Names are looked up in it, not in a path that someone may change meanwhile.
struct Folder: ~Copyable {
  let path: String
  let descriptor: Int32

  init(opening path: String) throws(ExportError) {
    let descriptor = retrying { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard descriptor >= 0 else {
      throw errno == ENOTDIR ? .notAFolder(path: path) : .last("opening the folder", path)
    }
    self.path = path
    self.descriptor = descriptor
  }

  /// A folder inside another, itself no symbolic link.
  init(_ name: String, in parent: borrowing Folder) throws(ExportError) {
    let path = parent.path(of: name)
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    let outer = parent.descriptor
    let descriptor = retrying { openat(outer, name, flags) }
    guard descriptor >= 0 else {
      throw errno == ENOTDIR || errno == ELOOP
        ? .notAFolder(path: path) : .last("opening the folder", path)
    }
    self.path = path
    self.descriptor = descriptor
  }

  deinit { _ = Glibc.close(descriptor) }

  func path(of name: String) -> String { path == "/" ? "/\(name)" : "\(path)/\(name)" }

  enum Kind { case missing, folder, file, other }

  /// What a name is; a symbolic link is `.other`, wherever it leads.
  func kind(of name: String) throws(ExportError) -> Kind {
    guard let entry = try status(of: name) else { return .missing }
    return switch entry.st_mode & S_IFMT {
    case S_IFDIR: .folder
    case S_IFREG: .file
    default: .other
    }
  }

  /// The name's own status, links not followed; nil where there is none.
  func status(of name: String) throws(ExportError) -> stat? {
    var entry = stat()
    guard fstatat(descriptor, name, &entry, AT_SYMLINK_NOFOLLOW) != 0 else { return entry }
    guard errno == ENOENT else { throw .last("looking at", path(of: name)) }
    return nil
  }

  /// Makes a folder of mode 0700 whatever the umask; false where the name is taken.
  func makeFolder(_ name: String) throws(ExportError) -> Bool {
    guard mkdirat(descriptor, name, 0o700) == 0 else {
      guard errno == EEXIST else { throw .last("making the folder", path(of: name)) }
      return false
    }
    guard fchmodat(descriptor, name, 0o700, 0) == 0 else {
      let failure = ExportError.last("setting the mode", path(of: name))
      try? remove(name, isFolder: true)
      throw failure
    }
    return true
  }

  /// The names in the folder, sorted by their bytes.
  func names() throws(ExportError) -> [String] {
    let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0 else { throw .last("reading the folder", path) }
    guard let stream = fdopendir(copy) else {
      let failure = ExportError.last("reading the folder", path)
      _ = Glibc.close(copy)
      throw failure
    }
    defer { closedir(stream) }
    var names = [String]()
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { start in
        start.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { throw .last("reading the folder", path) }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Removes a name; a missing one is no error.
  func remove(_ name: String, isFolder: Bool = false) throws(ExportError) {
    guard unlinkat(descriptor, name, isFolder ? AT_REMOVEDIR : 0) != 0, errno != ENOENT else {
      return
    }
    throw .last("removing", path(of: name))
  }

  /// Empties a folder that Tieout made, at most two levels deep; links are removed, not followed.
  func removeContents(depth: Int = 2) throws(ExportError) {
    for name in try names() {
      if try kind(of: name) == .folder {
        if depth > 0 { try Folder(name, in: self).removeContents(depth: depth - 1) }
        try remove(name, isFolder: true)
      } else {
        try remove(name)
      }
    }
  }

  enum Lock { case taken, held, impossible }

  /// Takes the folder's lock, which the kernel frees when the process ends. `.held` where another
  /// process has it, `.impossible` where the file system knows no locks.
  func lock() -> Lock {
    if retrying({ flock(descriptor, LOCK_EX | LOCK_NB) }) == 0 { return .taken }
    return errno == EWOULDBLOCK ? .held : .impossible
  }

  /// Brings the folder's entries to the disk.
  func sync() throws(ExportError) {
    let own = descriptor
    guard retrying({ fsync(own) }) == 0 else {
      throw .last("bringing the folder to the disk", path)
    }
  }
}
