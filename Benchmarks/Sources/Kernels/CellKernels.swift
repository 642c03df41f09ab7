import Ledger
import Measures

/// Cells as the files have them, in one run of bytes with a margin on both sides.
private struct Cells: Sendable {
  var bytes = [UInt8](repeating: 0, count: 8)
  var ranges: [Range<Int>] = []

  init(_ texts: [String]) {
    for text in texts {
      let start = bytes.count
      bytes += text.utf8
      ranges.append(start..<bytes.count)
      bytes.append(UInt8(ascii: ","))
    }
    bytes += [UInt8](repeating: 0, count: 8)
  }

  func word(_ place: Int) -> UInt64 {
    bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: place, as: UInt64.self) }
  }
}

private let count = 100_000

private let numbers = Cells(
  (0..<count).map { number in
    ["8", "0.5", "7.25", "1284.50", "12.3456", "104.00"][number % 6]
  })

private let days = Cells(
  (0..<count).map { number in
    Day(number: Int32(20_000 + number % 760)).text
  })

let cellKernels = [
  Kernel("decimals, a word at a time", per: "cell") {
    (
      count,
      {
        var sum: Int64 = 0
        for range in numbers.ranges {
          sum &+= shortDecimal(
            numbers.word(range.upperBound - 8), length: range.count, decimals: 4)
        }
        keep(sum)
      }
    )
  },
  Kernel("decimals, a byte at a time", per: "cell") {
    (
      count,
      {
        var sum: Int64 = 0
        let bytes = numbers.bytes
        for range in numbers.ranges {
          let cell = bytes.span.extracting(range)
          if case .value(let units) = parseDecimal(cell, decimals: 4) { sum &+= units }
        }
        keep(sum)
      }
    )
  },
  Kernel("days, a word at a time", per: "cell") {
    (
      count,
      {
        var last = Day.none
        for range in days.ranges {
          last =
            isoDay(head: days.word(range.lowerBound), tail: days.word(range.upperBound - 8))
            ?? last
        }
        keep(last)
      }
    )
  },
  Kernel("days, a byte at a time", per: "cell") {
    (
      count,
      {
        var last = Day.none
        let bytes = days.bytes
        for range in days.ranges {
          last = parseISODay(bytes.span.extracting(range)) ?? last
        }
        keep(last)
      }
    )
  },
]

private enum Master {}

/// A master's ids in the order of its file, and as another file names them, at random.
private func keys(_ id: (Int) -> String) -> (index: KeyIndex<Master>, wanted: TextColumn) {
  let ids = (0..<count).map(id)
  var place = 0
  let wanted = (0..<count).map { _ in
    place = (place + 38_197) % count
    return ids[place]
  }
  return (KeyIndex(rowsOf: TextColumn(ids)), TextColumn(wanted))
}

let keyKernels = [
  Kernel("ids found by their number", per: "id") {
    let (index, wanted) = keys { "INV\(1_000_000 + $0)" }
    return (count, { keep(index.find(all: wanted)) })
  },
  Kernel("ids found by their hash", per: "id") {
    let (index, wanted) = keys { String(UInt64($0 + 1) &* 0x9E37_79B9_7F4A_7C15, radix: 36) }
    return (count, { keep(index.find(all: wanted)) })
  },
]
