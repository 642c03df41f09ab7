internal import Ledger

/// The columns of an aging, as the company cuts it: "not due", so many days past due, and over.
struct AgingBuckets {
  /// `not_due`, `days_1_30`, …, `over_90`.
  let keys: [String]
  /// "Not due", "Days 1–30", …, "Over 90".
  let titles: [String]

  init(_ aging: Company.Aging) {
    var keys = ["not_due"]
    var titles = ["Not due"]
    var first = 1
    for last in aging.buckets {
      keys.append("days_\(first)_\(last)")
      titles.append("Days \(first)–\(last)")
      first = last + 1
    }
    keys.append("over_\(first - 1)")
    titles.append("Over \(first - 1)")
    self.keys = keys
    self.titles = titles
  }

  var indices: Range<Int> { keys.indices }
  /// The last bucket, which needs a person.
  var over: Int { keys.count - 1 }

  /// What the header's comment says of a bucket.
  func rule(_ bucket: Int, _ aging: Company.Aging) -> String {
    let from = aging.basis == .dueDate ? "the due date" : "the invoice date"
    return bucket == 0
      ? "Open on documents of which \(from) is the as-of day or later."
      : "Open on documents so many days after \(from), as of the day; credit memos are left out."
  }
}

extension Company.Aging {
  /// "aged by due date".
  var sentence: String { basis == .dueDate ? "aged by due date" : "aged by invoice date" }
}
