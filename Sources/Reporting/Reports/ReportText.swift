internal import Billing
internal import Ledger
internal import Measures

extension Position {
  /// The second line of a sheet: "Cedar Ridge · as of 2026-10-31 · aged by due date".
  func subtitle(_ detail: String = "") -> String {
    var parts = [String]()
    if !book.company.name.isEmpty { parts.append(book.company.name) }
    parts.append("as of \(asOf.text)")
    if !detail.isEmpty { parts.append(detail) }
    return parts.joined(separator: " · ")
  }
}

extension Book {
  func customerID(_ customer: RowID<Customers>) -> String {
    customer.exists ? customers.id[customer.row] : ""
  }
  func customerName(_ customer: RowID<Customers>) -> String {
    customer.exists ? customers.customerName[customer.row] : ""
  }
  func jobID(_ job: RowID<Jobs>) -> String { job.exists ? jobs.id[job.row] : "" }
}

extension TextColumn {
  /// All rows in the order of their texts, by bytes.
  ///
  /// Ids mostly come in order, or differ in their first eight bytes: those are compared as one number,
  /// the texts themselves only where they do not decide.
  var order: [Int] {
    let keys = indices.map { row in
      withBytes(row) { text in
        var key: UInt64 = 0
        for place in 0..<8 {
          key = key << 8 | (place < text.count ? UInt64(text[place]) : 0)
        }
        return key
      }
    }
    func isBefore(_ a: Int, _ b: Int) -> Bool {
      keys[a] != keys[b] ? keys[a] < keys[b] : precedes(a, b)
    }
    return indices.sorted(by: isBefore)
  }

  /// The place of each row in that order, so that rows elsewhere sort by an integer.
  var ranks: [Int32] {
    var ranks = [Int32](repeating: 0, count: count)
    for (rank, row) in order.enumerated() { ranks[row] = Int32(rank) }
    return ranks
  }
}
