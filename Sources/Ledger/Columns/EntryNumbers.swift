/// The ids of entries as numbers, ascending: for finding the row that another row names, where the
/// texts of ids are not wanted.
public struct EntryNumbers: Sendable {
  private let form: CounterForm?
  private let numbers: [Int32]

  public init(form: CounterForm? = nil, numbers: [Int32] = []) {
    self.form = form
    self.numbers = numbers
  }

  public var isEmpty: Bool { numbers.isEmpty }

  /// The row whose id this is; nil where there is none.
  public func row(of id: Span<UInt8>) -> Int? {
    let words = keyWords(id)
    guard let form, let first = numbers.first else { return nil }
    let number = form.number(head: words.head, tail: words.tail, length: id.count)
    guard number >= 0 else { return nil }
    // Where no number is left out the row is known at once.
    let guess = Int(number - Int64(first))
    if numbers.indices.contains(guess), Int64(numbers[guess]) == number { return guess }
    var (low, high) = (0, numbers.count)
    while low < high {
      let middle = (low + high) / 2
      if Int64(numbers[middle]) < number { low = middle + 1 } else { high = middle }
    }
    return low < numbers.count && Int64(numbers[low]) == number ? low : nil
  }
}
