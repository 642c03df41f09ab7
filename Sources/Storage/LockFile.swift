import Glibc

/// The lock beside a book, held while a command runs: one process at a time (RELIABILITY D2).
///
/// The kernel frees it when the process ends, so that no stale lock needs a person (D17). The file
/// names the process that holds it and stays when the lock is gone.
struct LockFile: ~Copyable {
  private let descriptor: Int32

  /// - Parameter wait: seconds to wait for another process before giving up.
  init(beside book: String, wait: Int) throws(StorageError) {
    let path = book + ".lock"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw .last("opening the lock", path) }
    var tries = 0
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let number = errno
      if number == EINTR { continue }
      guard number == EWOULDBLOCK, tries < wait * 20 else {
        let holder = Self.process(descriptor)
        close(descriptor)
        guard number == EWOULDBLOCK else {
          errno = number
          throw .last("taking the lock", path)
        }
        throw .busy(path: book, process: holder)
      }
      tries += 1
      usleep(50_000)
    }
    self.descriptor = descriptor
    // Whom to name to others; a disk that is full makes the name wrong and nothing else.
    let text = Array("\(getpid())\n".utf8)
    _ = ftruncate(descriptor, 0)
    _ = pwrite(descriptor, text, text.count, 0)
  }

  deinit { close(descriptor) }

  private static func process(_ descriptor: Int32) -> Int32? {
    var text = [UInt8](repeating: 0, count: 16)
    let count = pread(descriptor, &text, text.count, 0)
    guard count > 0 else { return nil }
    return Int32(String(decoding: text.prefix(count), as: UTF8.self).prefix { $0.isNumber })
  }
}

extension StorageError {
  /// The error of the system call that just failed.
  static func last(_ doing: String, _ path: String) -> StorageError {
    let number = errno
    return .system(
      doing: doing, path: path, why: strerror(number).map { String(cString: $0) } ?? "")
  }
}
