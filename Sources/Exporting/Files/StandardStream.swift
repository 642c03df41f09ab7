import Glibc
import Synchronization

/// Standard output or standard error, with every write checked (RELIABILITY D8, E8–E11).
///
/// Swift's `print` into a full device ends with exit status 0; this throws. Output is collected in
/// blocks, so the last words need `finish()`. Errors go out at once.
///
///     try StandardStream.output.write("AR open  1,284.50\n")
///     try StandardStream.output.finish()
public final class StandardStream: ByteOutput, Sendable {
  public static let output = StandardStream(descriptor: 1, path: "standard output", block: 1 << 16)
  public static let error = StandardStream(descriptor: 2, path: "standard error", block: 0)

  private let descriptor: Int32
  private let path: String
  /// Bytes that are collected before they are written.
  private let block: Int
  private let pending = Mutex<[UInt8]>([])

  private init(descriptor: Int32, path: String, block: Int) {
    self.descriptor = descriptor
    self.path = path
    self.block = block
  }

  /// Whether a person is watching, so that progress may be shown.
  public var isTerminal: Bool { isatty(descriptor) == 1 }

  public func write(_ text: String) throws(ExportError) {
    try write(Array(text.utf8))
  }

  public func write(_ bytes: [UInt8]) throws(ExportError) {
    try withPending { pending throws(ExportError) in
      pending += bytes
      if pending.count > self.block { try self.send(&pending) }
    }
  }

  /// Writes what was collected.
  public func flush() throws(ExportError) {
    try withPending { pending throws(ExportError) in try self.send(&pending) }
  }

  /// Writes what was collected and closes the stream, checked: call it once, as the last thing.
  public func finish() throws(ExportError) {
    try flush()
    try closeChecked(descriptor, path: path)
  }

  /// What could not be written is dropped, so that it is not tried again.
  private func send(_ pending: inout [UInt8]) throws(ExportError) {
    defer { pending.removeAll(keepingCapacity: true) }
    guard !ProcessSetup.wasClosed(descriptor) else {
      throw .system(doing: "writing", path: path, errno: EBADF)
    }
    try writeAll(pending, to: descriptor, path: path)
  }

  private func withPending(
    _ body: (inout [UInt8]) throws(ExportError) -> Void
  ) throws(ExportError) {
    let result = pending.withLock { pending -> Result<Void, ExportError> in
      do throws(ExportError) {
        return .success(try body(&pending))
      } catch {
        return .failure(error)
      }
    }
    try result.get()
  }
}
