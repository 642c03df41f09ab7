import CGlibc
import Crypto
import Foundation
import Synchronization

/// What a table is read from: a file on disk, or bytes that a profile has translated.
enum ByteSource: Sendable {
  case file(path: String)
  case bytes([UInt8])
}

/// Reads a CSV file in blocks that end with a record, for several readers at once.
///
/// Files are read, not mapped, so that peak memory stays small (DESIGN §7).
final class BlockReader: Sendable {
  /// A block and its number in the file.
  struct Block: Sendable {
    var number: Int
    var bytes: [UInt8]
  }

  private struct State: ~Copyable {
    var descriptor: Int32
    var source: [UInt8]
    var offset = 0
    var rest: [UInt8] = []
    var number = 0
    var isAtEnd = false
    var hash: SHA256?
    var size: Int64 = 0
    var failure: ImportError?
  }

  private let path: String
  private let delimiter: UInt8
  private let blockSize: Int
  private let state: Mutex<State>
  private let before: stat

  init(
    _ source: ByteSource, delimiter: UInt8, digest: Bool, blockSize: Int = 1 << 19
  ) throws(ImportError) {
    self.delimiter = delimiter
    self.blockSize = blockSize
    switch source {
    case .bytes(let bytes):
      path = ""
      before = stat()
      state = Mutex(State(descriptor: -1, source: bytes, hash: nil))
    case .file(let path):
      self.path = path
      let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
      guard descriptor >= 0 else { throw .unreadable(path: path, reason: errnoText()) }
      var status = stat()
      guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
        close(descriptor)
        throw .unreadable(path: path, reason: "it is not a regular file")
      }
      before = status
      state = Mutex(
        State(descriptor: descriptor, source: [], hash: digest ? SHA256() : nil))
    }
  }

  deinit {
    state.withLock { if $0.descriptor >= 0 { close($0.descriptor) } }
  }

  /// The next block, or nil at the end or after a failure.
  func next() -> Block? {
    state.withLock { state in
      guard state.failure == nil else { return nil }
      while true {
        guard !state.isAtEnd || !state.rest.isEmpty else { return nil }
        if !state.isAtEnd { fill(&state) }
        guard state.failure == nil else { return nil }
        let cut =
          state.isAtEnd
          ? state.rest.count : lastRecordEnd(state.rest, delimiter: delimiter)
        guard cut > 0 else {
          if state.isAtEnd { return nil }
          continue  // a record longer than the block: read on
        }
        var block = [UInt8]()
        if cut == state.rest.count {
          swap(&block, &state.rest)
        } else {
          block = Array(state.rest[..<cut])
          state.rest = Array(state.rest[cut...])
        }
        let number = state.number
        state.number += 1
        return Block(number: number, bytes: block)
      }
    }
  }

  /// The failure that ended the reading, the bytes read and their digest.
  func finish() throws(ImportError) -> (size: Int64, digest: [UInt8]?) {
    let (failure, size, digest) = state.withLock { state in
      (state.failure, state.size, state.hash.map { Array($0.finalize()) })
    }
    if let failure { throw failure }
    return (size, digest)
  }

  /// Adds one more block to what is held; sees to the end of the file and its changes meanwhile.
  private func fill(_ state: inout State) {
    let begin = state.rest.count
    if state.descriptor < 0 {
      let end = min(state.offset + blockSize, state.source.count)
      state.rest.append(contentsOf: state.source[state.offset..<end])
      state.offset = end
      state.isAtEnd = end == state.source.count
    } else {
      var received = 0
      // Unsafe: read(2) writes straight into the array's memory; it reports how much it wrote.
      let descriptor = state.descriptor
      var failure = false
      let more = [UInt8](unsafeUninitializedCapacity: blockSize) { buffer, count in
        while received < blockSize {
          let result = read(
            descriptor, buffer.baseAddress?.advanced(by: received), blockSize - received)
          if result < 0, errno == EINTR { continue }
          if result < 0 { failure = true }
          if result <= 0 { break }
          received += result
        }
        count = received
      }
      if failure { state.failure = .unreadable(path: path, reason: errnoText()) }
      state.isAtEnd = received < blockSize
      state.size += Int64(received)
      state.hash?.update(data: more)
      if begin == 0 { state.rest = more } else { state.rest.append(contentsOf: more) }
      if state.isAtEnd { noticeChange(&state) }
    }
  }

  /// A file that grew or was replaced while it was read is refused (RELIABILITY E26).
  private func noticeChange(_ state: inout State) {
    var after = stat()
    let isSame =
      fstat(state.descriptor, &after) == 0 && after.st_size == before.st_size
      && after.st_mtim.tv_sec == before.st_mtim.tv_sec
      && after.st_mtim.tv_nsec == before.st_mtim.tv_nsec && state.size == Int64(before.st_size)
    if !isSame { state.failure = .changedWhileRead(path: path) }
  }
}

/// Where the last whole record ends, in bytes that begin with a record; 0 where none ends.
///
/// Only quotes and line ends are looked for, 32 bytes at a time: of a block's half million bytes few
/// hundred are quotes, and all readers wait for this (reading each byte took 9 % of an import).
func lastRecordEnd(_ bytes: [UInt8], delimiter: UInt8) -> Int {
  // Unsafe: memchr and memrchr need an address; each call stays within the bounds given beside it.
  bytes.withUnsafeBytes { buffer in
    guard let base = buffer.baseAddress else { return 0 }
    let count = buffer.count
    func find(_ byte: UInt8, from begin: Int) -> Int? {
      guard begin < count, let found = memchr(base + begin, Int32(byte), count - begin) else {
        return nil
      }
      return UnsafeRawPointer(found) - base
    }
    /// The end of the last line in a stretch outside quotes; a CR counts unless an LF may follow it.
    func lineEnd(_ begin: Int, _ end: Int) -> Int? {
      guard begin < end else { return nil }
      if let found = memrchr(base + begin, 10, UInt(end - begin)) {
        return UnsafeRawPointer(found) - base + 1
      }
      let last = end == count ? end - 1 : end
      guard begin < last, let found = memrchr(base + begin, 13, UInt(last - begin)) else {
        return nil
      }
      return UnsafeRawPointer(found) - base + 1
    }
    /// Whether a quote opens a field: only blanks stand between it and a delimiter or a line end. A
    /// quote within an unquoted field is text.
    func opensField(_ quote: Int, _ begin: Int) -> Bool {
      var place = quote
      while place > begin, buffer[place - 1] == 32 { place -= 1 }
      guard place > begin else { return begin == 0 }
      let before = buffer[place - 1]
      return before == delimiter || before == 10 || before == 13
    }
    var end = 0
    var begin = 0
    var search = 0
    while let quote = find(34, from: search) {
      guard opensField(quote, begin) else {
        search = quote + 1
        continue
      }
      if let line = lineEnd(begin, quote) { end = line }
      var close = find(34, from: quote + 1)
      while let place = close, place + 1 < count, buffer[place + 1] == 34 {
        close = find(34, from: place + 2)
      }
      guard let close else { return end }
      begin = close + 1
      search = begin
    }
    return lineEnd(begin, count) ?? end
  }
}

func errnoText() -> String { String(cString: strerror(errno)) }
