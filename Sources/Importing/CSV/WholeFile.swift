import Foundation

/// The first bytes of a file, or all of them.
func readFile(_ path: String, upTo limit: Int = .max) throws(ImportError) -> [UInt8] {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  guard descriptor >= 0 else { throw .unreadable(path: path, reason: errnoText()) }
  defer { close(descriptor) }
  var status = stat()
  guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
    throw .unreadable(path: path, reason: "it is not a regular file")
  }
  let size = min(limit, Int(status.st_size))
  var failure: ImportError?
  // Unsafe: read(2) writes straight into the array's memory; it reports how much it wrote.
  let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
    while count < size {
      let result = read(descriptor, buffer.baseAddress?.advanced(by: count), size - count)
      if result < 0, errno == EINTR { continue }
      if result < 0 { failure = .unreadable(path: path, reason: errnoText()) }
      if result <= 0 { break }
      count += result
    }
  }
  if let failure { throw failure }
  return bytes
}

/// The top of a source, in which the header is looked for.
func topOfFile(_ source: ByteSource) throws(ImportError) -> [UInt8] {
  switch source {
  case .bytes(let bytes): Array(bytes.prefix(1 << 16))
  case .file(let path): try readFile(path, upTo: 1 << 16)
  }
}

/// The size of a source.
func byteCount(_ source: ByteSource) throws(ImportError) -> Int {
  switch source {
  case .bytes(let bytes): return bytes.count
  case .file(let path):
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw .unreadable(path: path, reason: errnoText())
    }
    return Int(status.st_size)
  }
}
