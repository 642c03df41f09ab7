import CXlsxWriter
import Glibc

/// Reads a zip file that this program wrote: its directory at the end, and its entries inflated.
struct ZipReader {
  struct Entry {
    let name: String
    let isDeflated: Bool
    let checksum: UInt32
    let compressed: Int
    let size: Int
    let offset: Int
  }

  let entries: [Entry]
  private let descriptor: Int32
  private let path: String

  init(_ descriptor: Int32, path: String) throws(ExportError) {
    self.descriptor = descriptor
    self.path = path
    let file = ZipFile(descriptor, path: path)
    entries = try file.directory()
  }

  /// Gives the entry's bytes a block at a time and compares size and checksum.
  func inflate(
    _ entry: Entry, _ body: (UnsafeBufferPointer<UInt8>) -> Void
  ) throws(ExportError) {
    let file = ZipFile(descriptor, path: path)
    let header = try file.read(at: entry.offset, count: 30)
    guard header.number(at: 0, bytes: 4) == 0x0403_4B50 else { throw file.broken(entry.name) }
    let start =
      entry.offset + 30 + header.number(at: 26, bytes: 2) + header.number(at: 28, bytes: 2)
    var inflater = try Inflater(isDeflated: entry.isDeflated, file, entry.name)
    var place = start
    while place < start + entry.compressed {
      let block = try file.read(at: place, count: min(1 << 18, start + entry.compressed - place))
      try inflater.read(block, body)
      place += block.count
    }
    guard inflater.hasEnded, inflater.size == entry.size, inflater.checksum == entry.checksum
    else { throw file.broken(entry.name) }
  }
}

/// Turns compressed blocks into plain ones, and keeps count and checksum.
private struct Inflater: ~Copyable {
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private let isDeflated: Bool
  private let file: ZipFile
  private let name: String
  private(set) var size = 0
  private(set) var checksum: UInt32 = 0
  private(set) var hasEnded: Bool
  private var room = [UInt8](repeating: 0, count: 1 << 18)

  init(isDeflated: Bool, _ file: ZipFile, _ name: String) throws(ExportError) {
    self.isDeflated = isDeflated
    self.file = file
    self.name = name
    hasEnded = !isDeflated
    stream.initialize(to: z_stream())
    let code = inflateInit2_(stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard code == Z_OK else {
      stream.deallocate()
      throw file.broken(name)
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  mutating func read(
    _ block: [UInt8], _ body: (UnsafeBufferPointer<UInt8>) -> Void
  ) throws(ExportError) {
    guard isDeflated else {
      block.withUnsafeBufferPointer {
        count($0)
        body($0)
      }
      return
    }
    var input = block
    let isGood = input.withUnsafeMutableBufferPointer { input in
      stream.pointee.next_in = input.baseAddress
      stream.pointee.avail_in = UInt32(input.count)
      return inflateAll(body)
    }
    guard isGood else { throw file.broken(name) }
  }

  private mutating func inflateAll(_ body: (UnsafeBufferPointer<UInt8>) -> Void) -> Bool {
    var plain = room
    room = []
    defer { room = plain }
    return plain.withUnsafeMutableBufferPointer { plain in
      repeat {
        guard !hasEnded else { return false }
        stream.pointee.next_out = plain.baseAddress
        stream.pointee.avail_out = UInt32(plain.count)
        let code = CXlsxWriter.inflate(stream, Z_NO_FLUSH)
        guard code == Z_OK || code == Z_STREAM_END else { return false }
        let made = UnsafeBufferPointer(rebasing: plain.dropLast(Int(stream.pointee.avail_out)))
        count(made)
        body(made)
        hasEnded = code == Z_STREAM_END
      } while stream.pointee.avail_in > 0 || stream.pointee.avail_out == 0 && !hasEnded
      return true
    }
  }

  private mutating func count(_ bytes: UnsafeBufferPointer<UInt8>) {
    size += bytes.count
    checksum = UInt32(crc32(UInt(checksum), bytes.baseAddress, UInt32(bytes.count)))
  }
}
