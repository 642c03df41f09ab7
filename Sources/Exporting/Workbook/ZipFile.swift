import Glibc

/// The bytes of a zip file and its directory, zip64 included.
struct ZipFile {
  private let descriptor: Int32
  private let path: String

  init(_ descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  /// The entries of the directory, in its order.
  func directory() throws(ExportError) -> [ZipReader.Entry] {
    let (count, size, offset) = try directoryPlace()
    let bytes = try read(at: offset, count: size)
    var entries = [ZipReader.Entry]()
    var place = 0
    for _ in 0..<count {
      guard place + 46 <= bytes.count, bytes.number(at: place, bytes: 4) == 0x0201_4B50 else {
        throw broken("its directory")
      }
      let nameEnd = place + 46 + bytes.number(at: place + 28, bytes: 2)
      let extraEnd = nameEnd + bytes.number(at: place + 30, bytes: 2)
      guard extraEnd <= bytes.count else { throw broken("its directory") }
      entries.append(entry(bytes, at: place, nameEnd: nameEnd, extraEnd: extraEnd))
      place = extraEnd + bytes.number(at: place + 32, bytes: 2)
    }
    return entries
  }

  private func entry(
    _ bytes: [UInt8], at place: Int, nameEnd: Int, extraEnd: Int
  ) -> ZipReader.Entry {
    // Sizes above 4 GiB stand in the zip64 field, in this order and only those that need it.
    var extra = large(bytes, nameEnd..<extraEnd)
    func value(_ place: Int) -> Int {
      let small = bytes.number(at: place, bytes: 4)
      return small == 0xFFFF_FFFF && !extra.isEmpty ? extra.removeFirst() : small
    }
    let size = value(place + 24)
    let compressed = value(place + 20)
    let offset = value(place + 42)
    return ZipReader.Entry(
      name: String(decoding: bytes[place + 46..<nameEnd], as: UTF8.self),
      isDeflated: bytes.number(at: place + 10, bytes: 2) != 0,
      checksum: UInt32(truncatingIfNeeded: bytes.number(at: place + 16, bytes: 4)),
      compressed: compressed, size: size, offset: offset)
  }

  /// The numbers of the zip64 field among an entry's extra fields.
  private func large(_ bytes: [UInt8], _ range: Range<Int>) -> [Int] {
    var place = range.lowerBound
    while place + 4 <= range.upperBound {
      let length = bytes.number(at: place + 2, bytes: 2)
      if bytes.number(at: place, bytes: 2) == 1, place + 4 + length <= range.upperBound {
        return stride(from: place + 4, to: place + 4 + length - 7, by: 8).map {
          bytes.number(at: $0, bytes: 8)
        }
      }
      place += 4 + length
    }
    return []
  }

  /// Where the directory lies. Our files have no comment, so its end record is the last 22 bytes.
  private func directoryPlace() throws(ExportError) -> (count: Int, size: Int, offset: Int) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .last("reading back", path) }
    let length = Int(status.st_size)
    guard length >= 22 else { throw broken("its end") }
    let end = try read(at: length - 22, count: 22)
    guard end.number(at: 0, bytes: 4) == 0x0605_4B50 else { throw broken("its end") }
    let place = (
      count: end.number(at: 10, bytes: 2), size: end.number(at: 12, bytes: 4),
      offset: end.number(at: 16, bytes: 4)
    )
    guard place.offset == 0xFFFF_FFFF || place.count == 0xFFFF, length >= 42 else { return place }
    let locator = try read(at: length - 42, count: 20)
    guard locator.number(at: 0, bytes: 4) == 0x0706_4B50 else { throw broken("its end") }
    let record = try read(at: locator.number(at: 8, bytes: 8), count: 56)
    guard record.number(at: 0, bytes: 4) == 0x0606_4B50 else { throw broken("its end") }
    return (
      record.number(at: 32, bytes: 8), record.number(at: 40, bytes: 8),
      record.number(at: 48, bytes: 8)
    )
  }

  /// Exactly so many bytes.
  func read(at offset: Int, count: Int) throws(ExportError) -> [UInt8] {
    guard offset >= 0, count >= 0, count <= 1 << 30 else { throw broken("its directory") }
    var done = 0
    var failure: Int32?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { room, filled in
      while done < count {
        let got = pread(descriptor, room.baseAddress.map { $0 + done }, count - done, offset + done)
        if got > 0 {
          done += got
        } else if got == 0 || errno != EINTR {
          failure = got == 0 ? 0 : errno
          break
        }
      }
      filled = done
    }
    guard let failure else { return bytes }
    throw failure == 0
      ? broken("its end") : .system(doing: "reading back", path: path, errno: failure)
  }

  func broken(_ part: String) -> ExportError {
    .workbook(path: path, why: "read back, \(part) is damaged; the disk may be full")
  }
}

extension [UInt8] {
  /// A little-endian number of up to eight bytes.
  func number(at place: Int, bytes: Int) -> Int {
    (0..<bytes).reduce(0) { $0 | Int(self[place + $1]) << (8 * $1) }
  }
}
