import Glibc

/// A new file that is being written: mode 0600 whatever the umask, never an existing file, never
/// through a symbolic link (RELIABILITY D9, G22).
///
/// `finish()` makes it durable; without it the file stays as far as it came, and its pack is dropped.
public struct OutputFile: ~Copyable, ByteOutput {
  /// Where the file will be, for people.
  public let path: String
  /// Where it is now, for libxlsxwriter.
  let workPath: String
  /// -1 once the file is closed.
  private(set) var descriptor: Int32

  /// Creates `name` in an open folder; `path` is where it will be in the end.
  init(
    creating name: String, in folder: borrowing Folder, path: String
  ) throws(ExportError) {
    let flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let outer = folder.descriptor
    let descriptor = retrying { openat(outer, name, flags, 0o600) }
    guard descriptor >= 0 else { throw .last("creating", path) }
    guard fchmod(descriptor, 0o600) == 0 else {
      let failure = ExportError.last("setting the mode", path)
      _ = Glibc.close(descriptor)
      throw failure
    }
    self.path = path
    workPath = folder.path(of: name)
    self.descriptor = descriptor
  }

  public mutating func write(_ bytes: [UInt8]) throws(ExportError) {
    try writeAll(bytes, to: descriptor, path: path)
  }

  /// Brings the file to the disk and closes it. A failed `fsync` is not tried again: the pages are
  /// lost by then, and a second one would report success (PostgreSQL's fsyncgate, G5); one that a
  /// signal interrupted did not fail (E13).
  public consuming func finish() throws(ExportError) {
    let closing = descriptor
    guard retrying({ fsync(closing) }) == 0 else { throw .last("bringing to the disk", path) }
    descriptor = -1
    try closeChecked(closing, path: path)
  }

  deinit {
    if descriptor >= 0 { _ = Glibc.close(descriptor) }
  }
}

/// Repeats a system call that a signal interrupted.
func retrying(_ call: () -> Int32) -> Int32 {
  while true {
    let result = call()
    if result >= 0 || errno != EINTR { return result }
  }
}
