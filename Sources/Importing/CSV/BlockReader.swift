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
/// Files are read, not mapped, so that peak memory stays small (DESIGN §7). Each reader reads a block
/// of its own while others parse theirs; only the cut between two blocks, and the digest, are found in
/// the order of the file.
final class BlockReader: Sendable {
  private struct State: ~Copyable {
    /// The record at the end of the last block, which goes on in the next.
    var rest: [UInt8] = []
    var hash: SHA256?
    var failure: ImportError?
  }

  private let path: String
  private let delimiter: UInt8
  private let blockSize: Int
  private let descriptor: Int32
  private let source: [UInt8]
  let size: Int
  private let before: stat
  private let skippedBytes: Int
  private let taken = Atomic<Int>(0)
  private let turn = Turn()
  private let state: Mutex<State>

  /// - Parameter skipping: bytes before the first record: the header.
  init(
    _ source: ByteSource, delimiter: UInt8, digest: Bool, skipping: Int = 0,
    blockSize: Int = 1 << 18
  ) throws(ImportError) {
    self.delimiter = delimiter
    self.blockSize = blockSize
    skippedBytes = skipping
    switch source {
    case .bytes(let bytes):
      path = ""
      descriptor = -1
      before = stat()
      size = bytes.count
      self.source = bytes
      state = Mutex(State())
    case .file(let path):
      self.path = path
      let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
      guard descriptor >= 0 else { throw .unreadable(path: path, reason: errnoText()) }
      var status = stat()
      guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
        close(descriptor)
        throw .unreadable(path: path, reason: "it is not a regular file")
      }
      self.descriptor = descriptor
      before = status
      size = Int(status.st_size)
      self.source = []
      state = Mutex(State(hash: digest ? SHA256() : nil))
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Reads the next block; false at the end or after a failure.
  func next(into block: Block) -> Bool {
    let number = taken.wrappingAdd(1, ordering: .relaxed).oldValue
    let offset = number * blockSize
    guard offset < size else { return false }
    let count = min(blockSize, size - offset)
    let failure = fill(block, from: offset, count: count)
    turn.wait(for: number)
    defer { turn.end(of: number) }
    return state.withLock { state in
      if let failure, state.failure == nil { state.failure = failure }
      guard state.failure == nil else { return false }
      // Unsafe: the digest takes the bytes where they were read.
      block.bytes.withUnsafeBytes { bytes in
        state.hash?.update(
          bufferPointer: UnsafeRawBufferPointer(rebasing: bytes[block.records]))
      }
      if number == 0 {
        let skipped = min(skippedBytes, count)
        block.records = block.records.lowerBound + skipped..<block.records.upperBound
      }
      put(state.rest, before: block)
      if offset + count < size {
        let cut =
          block.records.lowerBound
          + lastRecordEnd(block.bytes, in: block.records, delimiter: delimiter)
        state.rest = Array(block.bytes[cut..<block.records.upperBound])
        block.records = block.records.lowerBound..<cut
      }
      block.number = number
      return true
    }
  }

  /// The failure that ended the reading, the bytes read and their digest.
  func finish() throws(ImportError) -> [UInt8]? {
    let (failure, digest) = state.withLock { state in
      (state.failure, state.hash.map { Array($0.finalize()) })
    }
    if let failure { throw failure }
    if descriptor >= 0 { try noticeChange() }
    return digest
  }

  /// Bytes before a block, where the rest of the block before usually finds its place.
  private static let room = 1 << 13

  /// Reads bytes of the file, or copies those that a profile made.
  private func fill(_ block: Block, from offset: Int, count: Int) -> ImportError? {
    let length = Self.room + blockSize + Block.margin
    if block.bytes.count < length {
      block.bytes = Array(repeating: 0, count: length)
    } else {
      block.bytes.removeLast(block.bytes.count - length)
    }
    block.records = Self.room..<Self.room + count
    guard descriptor >= 0 else {
      block.bytes.replaceSubrange(block.records, with: source[offset..<offset + count])
      return nil
    }
    // Unsafe: pread(2) writes straight into the array's memory, `count` bytes at most.
    return block.bytes.withUnsafeMutableBytes { bytes -> ImportError? in
      var received = 0
      while received < count {
        let result = pread(
          descriptor, bytes.baseAddress?.advanced(by: Self.room + received), count - received,
          offset + received)
        if result < 0, errno == EINTR { continue }
        if result < 0 { return .unreadable(path: path, reason: errnoText()) }
        if result == 0 { return .changedWhileRead(path: path) }
        received += result
      }
      return nil
    }
  }

  private func put(_ rest: [UInt8], before block: Block) {
    let begin = block.records.lowerBound - rest.count
    if begin >= Block.margin {
      block.bytes.replaceSubrange(begin..<block.records.lowerBound, with: rest)
      block.records = begin..<block.records.upperBound
    } else {
      // A record longer than the room: everything moves up.
      let held = block.records
      block.bytes.replaceSubrange(Block.margin..<held.lowerBound, with: rest)
      block.records = Block.margin..<Block.margin + rest.count + held.count
    }
  }

  /// A file that grew or was replaced while it was read is refused (RELIABILITY E26).
  private func noticeChange() throws(ImportError) {
    var after = stat()
    let isSame =
      fstat(descriptor, &after) == 0 && after.st_size == before.st_size
      && after.st_mtim.tv_sec == before.st_mtim.tv_sec
      && after.st_mtim.tv_nsec == before.st_mtim.tv_nsec
    if !isSame { throw .changedWhileRead(path: path) }
  }
}

/// Lets threads pass in the order of their numbers, 0 first.
final class Turn: Sendable {
  private let number = Atomic<Int>(0)

  /// Returns when it is this number's turn. What others do before it takes microseconds, so the wait
  /// gives the core away instead of sleeping.
  func wait(for own: Int) {
    while number.load(ordering: .acquiring) != own { sched_yield() }
  }

  func end(of own: Int) { number.store(own + 1, ordering: .releasing) }
}

/// Where the last whole record ends, in bytes that begin with a record; 0 where none ends.
///
/// Only quotes and line ends are looked for, 32 bytes at a time: of a block's half million bytes few
/// hundred are quotes, and all readers wait for this (reading each byte took 9 % of an import).
func lastRecordEnd(_ bytes: [UInt8], in range: Range<Int>, delimiter: UInt8) -> Int {
  // Unsafe: memchr and memrchr need an address; each call stays within the bounds given beside it.
  bytes.withUnsafeBytes { bytes in
    let buffer = UnsafeRawBufferPointer(rebasing: bytes[range])
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
