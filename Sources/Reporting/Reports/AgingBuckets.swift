internal import Ledger

/// The columns of an aging, as the company cuts it: "not due", so many days past due, and over.
struct AgingBuckets {
  /// `not_due`, `days_1_30`, …, `over_90`.
  let keys: [String]
  /// "Not due", "Days 1–30", …, "Over 90".
  let titles: [String]
  /// What a reader knows of each: "1 to 30 days".
  private let days: [String]

  init(_ aging: Company.Aging) {
    var keys = ["not_due"]
    var titles = ["Not due"]
    var days = [""]
    var first = 1
    for last in aging.buckets {
      keys.append("days_\(first)_\(last)")
      titles.append("Days \(first)–\(last)")
      days.append("\(first) to \(last) days")
      first = last + 1
    }
    keys.append("over_\(first - 1)")
    titles.append("Over \(first - 1)")
    days.append("more than \(first - 1) days")
    (self.keys, self.titles, self.days) = (keys, titles, days)
  }

  var indices: Range<Int> { keys.indices }
  /// The last bucket, which needs a person.
  var over: Int { keys.count - 1 }

  /// What the header's comment says of a bucket.
  func rule(_ bucket: Int, _ aging: Company.Aging) -> String {
    bucket == 0
      ? "Open on documents whose \(aging.dateName) is the as-of day or later."
      : "Open on documents whose \(aging.dateName) lies \(days[bucket]) before the as-of day; credit "
        + "memos are left out."
  }
}

extension Company.Aging {
  /// "aged by due date".
  var sentence: String { "aged by \(dateName)" }

  /// The date from which days are counted.
  var dateName: String { basis == .dueDate ? "due date" : "invoice date" }
}
