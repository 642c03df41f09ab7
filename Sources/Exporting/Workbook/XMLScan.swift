/// Looks whether XML is whole, and counts a worksheet's rows and cells, a block of bytes at a time.
///
/// It knows as much XML as a workbook of ours has: elements, attributes, text and the declaration at
/// the top. Anything else, such as a document type, counts as broken.
struct XMLScan {
  private(set) var rows = 0
  private(set) var cells = 0
  /// The first bytes as text, where they were asked for.
  var text: String { String(decoding: kept, as: UTF8.self) }

  private enum State { case text, open, name, closing, attributes, quoted, declaration, broken }

  private let keepsText: Bool
  private var kept: [UInt8] = []
  private var state = State.text
  private var name: UInt64 = 0
  private var last: UInt8 = 0
  private var quote: UInt8 = 0
  private var depth: [UInt64] = []
  private var elements = 0
  private var hasEnded = false

  init(keepsText: Bool = false) { self.keepsText = keepsText }

  /// Whether every element was closed by its own name, and there was one.
  var isWhole: Bool { state == .text && depth.isEmpty && elements > 0 }

  mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) {
    if keepsText, kept.count < 65_536 { kept += bytes }
    for byte in bytes { step(byte) }
  }

  private mutating func step(_ byte: UInt8) {
    switch state {
    case .text:
      if byte == UInt8(ascii: "<") {
        state = .open
      } else if byte < 0x20, byte != 0x0A, byte != 0x09, byte != 0x0D {
        state = .broken
      } else if byte == UInt8(ascii: ">"), depth.isEmpty {
        state = .broken
      }
    case .open:
      name = Self.nameStart
      switch byte {
      case UInt8(ascii: "/"): state = .closing
      case UInt8(ascii: "?"): state = elements == 0 ? .declaration : .broken
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
        state = hasEnded ? .broken : .name
        hash(byte)
      default: state = .broken
      }
    case .name:
      switch byte {
      case UInt8(ascii: ">"): opened(isEmpty: false)
      case UInt8(ascii: "/"), UInt8(ascii: " "), 0x0A: state = .attributes
      default: hash(byte)
      }
    case .attributes:
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        quote = byte
        state = .quoted
      case UInt8(ascii: ">"): opened(isEmpty: last == UInt8(ascii: "/"))
      case UInt8(ascii: "<"): state = .broken
      default: break
      }
    case .quoted:
      if byte == quote { state = .attributes }
      if byte == UInt8(ascii: "<") { state = .broken }
    case .closing:
      if byte == UInt8(ascii: ">") {
        state = depth.popLast() == name ? .text : .broken
        hasEnded = depth.isEmpty
      } else {
        hash(byte)
      }
    case .declaration:
      if byte == UInt8(ascii: ">") { state = last == UInt8(ascii: "?") ? .text : .broken }
    case .broken: break
    }
    last = byte
  }

  private mutating func opened(isEmpty: Bool) {
    elements += 1
    if name == Self.row { rows += 1 }
    if name == Self.cell { cells += 1 }
    if isEmpty { hasEnded = depth.isEmpty } else { depth.append(name) }
    state = .text
  }

  private static let nameStart: UInt64 = 0xCBF2_9CE4_8422_2325
  private static let row = nameHash("row")
  private static let cell = nameHash("c")

  private mutating func hash(_ byte: UInt8) { name = (name ^ UInt64(byte)) &* 0x100_0000_01B3 }

  private static func nameHash(_ name: String) -> UInt64 {
    name.utf8.reduce(nameStart) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
