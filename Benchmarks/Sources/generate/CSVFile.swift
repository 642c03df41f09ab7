import Glibc

struct WriteError: Error, CustomStringConvertible {
  let path: String
  let code: Int32
  var description: String { "\(path): \(String(cString: strerror(code)))" }
}

/// One CSV file, written through a buffer of a megabyte; LF, quotes only where needed.
///
/// Each cell is followed by `comma()` or `endRow()`. Errors of the file system are kept and thrown
/// by `close()`, so that the loops stay plain.
struct CSVFile: ~Copyable {
  let name: String
  private let path: String
  private let descriptor: Int32
  private let buffer: UnsafeMutablePointer<UInt8>
  private var used = 0
  private var error: Int32 = 0
  private(set) var rows = -1
  private(set) var bytes = 0
  private static let capacity = 1 << 20
  private static let headroom = 4096

  /// The first day the table of day texts knows; five years follow.
  private static let dayBase = Days.first - 365
  private let dayTexts: [UInt8]

  init(_ name: String, in folder: String, header: String) throws {
    self.name = name
    path = folder + "/" + name
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    buffer = .allocate(capacity: Self.capacity + Self.headroom)
    dayTexts = (0..<5 * 366).flatMap { Days.text(Self.dayBase + $0) }
    if descriptor < 0 { throw WriteError(path: path, code: errno) }
    raw(header)
    endRow()
  }

  deinit {
    buffer.deallocate()
    if descriptor >= 0 { _ = Glibc.close(descriptor) }
  }

  mutating func comma() { byte(0x2C) }

  mutating func endRow() {
    byte(0x0A)
    rows += 1
    if used >= Self.capacity { flush() }
  }

  mutating func byte(_ value: UInt8) {
    buffer[used] = value
    used += 1
  }

  /// A word of ours that needs no quotes.
  mutating func word(_ text: StaticString) {
    (buffer + used).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
    used += text.utf8CodeUnitCount
  }

  mutating func yesNo(_ value: Bool) {
    if value { word("yes") } else { word("no") }
  }

  /// Any text, quoted where RFC 4180 asks for it.
  mutating func text(_ text: String) {
    let quoted = text.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A }
    if !quoted { return raw(text) }
    byte(0x22)
    for c in text.utf8 {
      if c == 0x22 { byte(0x22) }
      byte(c)
    }
    byte(0x22)
  }

  /// `TS00000042`: letters, then the number in at least `width` digits.
  mutating func id(_ prefix: StaticString, _ number: Int, _ width: Int) {
    word(prefix)
    digits(number, atLeast: width)
  }

  mutating func integer(_ value: Int) {
    if value < 0 { byte(0x2D) }
    digits(abs(value), atLeast: 1)
  }

  /// `1234.50` from cents.
  mutating func money(_ cents: Int) {
    if cents < 0 { byte(0x2D) }
    digits(abs(cents) / 100, atLeast: 1)
    byte(0x2E)
    digits(abs(cents) % 100, atLeast: 2)
  }

  /// `8`, `7.25` from quarters of an hour.
  mutating func quarters(_ value: Int) {
    digits(value / 4, atLeast: 1)
    switch value % 4 {
    case 1: word(".25")
    case 2: word(".5")
    case 3: word(".75")
    default: break
    }
  }

  mutating func day(_ day: Int) {
    let i = (day - Self.dayBase) * 10
    dayTexts.withUnsafeBufferPointer { texts in
      precondition(i >= 0 && i + 10 <= texts.count, "a day within two years of the span")
      if let base = texts.baseAddress { (buffer + used).update(from: base + i, count: 10) }
    }
    used += 10
  }

  /// Writes what is left and closes the file, or says which file system call failed.
  consuming func close() throws -> (name: String, rows: Int, bytes: Int) {
    flush()
    if error != 0 { throw WriteError(path: path, code: error) }
    return (name, rows, bytes)
  }

  private mutating func raw(_ text: String) {
    for c in text.utf8 { byte(c) }
  }

  private mutating func digits(_ value: Int, atLeast width: Int) {
    var count = 1
    var limit = 10
    while count < width || value >= limit {
      count += 1
      limit *= 10
    }
    var rest = value
    var i = used + count
    used = i
    for _ in 0..<count {
      i -= 1
      buffer[i] = UInt8(truncatingIfNeeded: 48 + rest % 10)
      rest /= 10
    }
  }

  private mutating func flush() {
    bytes += used
    var done = 0
    while done < used, error == 0 {
      let n = write(descriptor, buffer + done, used - done)
      if n >= 0 { done += n } else if errno != EINTR { error = errno }
    }
    used = 0
  }
}
