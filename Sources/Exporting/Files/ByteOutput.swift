import Glibc

/// Where bytes go: a file of a pack, standard output, memory.
public protocol ByteOutput: ~Copyable {
  /// Writes all the bytes, or throws.
  mutating func write(_ bytes: [UInt8]) throws(ExportError)
}

/// Collects what is written, for tests and previews.
public struct MemoryOutput: ByteOutput {
  public private(set) var bytes: [UInt8] = []
  public init() {}
  public mutating func write(_ bytes: [UInt8]) { self.bytes += bytes }
}

/// Writes all the bytes to a descriptor: EINTR is retried, a short write continued (E13, E14).
///
/// - Throws: `.readerWentAway` for a pipe without a reader, `.system` for everything else.
func writeAll(
  _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: String
) throws(ExportError) {
  var rest = bytes
  while !rest.isEmpty {
    let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
    if written > 0 {
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
    } else if written == 0 {
      throw .system(doing: "writing", path: path, errno: EIO)  // a device that takes nothing
    } else if errno != EINTR {
      throw .last("writing", path)
    }
  }
}

func writeAll(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(ExportError) {
  var failure: ExportError?
  bytes.withUnsafeBytes { room in
    do throws(ExportError) {
      try writeAll(room, to: descriptor, path: path)
    } catch {
      failure = error
    }
  }
  if let failure { throw failure }
}

/// Closes a descriptor and reports what only closing shows, such as a full quota on a network disk.
///
/// EINTR is not retried: Linux has freed the descriptor by then, and another thread may own the number.
func closeChecked(_ descriptor: Int32, path: String) throws(ExportError) {
  guard Glibc.close(descriptor) == 0 || errno == EINTR else { throw .last("closing", path) }
}
