import Measures

/// The payment terms that every company has without a row in terms.csv (DESIGN §3, DOMAIN §6.10).
///
/// Takes the texts that `PaymentTerms` in Billing reads, as Importing does not know Billing.
enum TermsText {
  static let builtIn = "Net n, Due on receipt, EOM, Net n EOM, nth prox, p/d Net n"

  /// Whether a text is one of the built-in terms; letters may be large or small.
  ///
  ///     isBuiltIn("Net 30"), isBuiltIn("10th prox"), isBuiltIn("2/10 Net 30")   // true
  static func isBuiltIn(_ text: String) -> Bool {
    var words = text.replacing("\u{A0}", with: " ").asciiLowercase
      .split { $0 == " " || $0 == "," }.map(String.init)[...]
    let count = words.count
    while let length = discountLength(words) { words = words.dropFirst(length) }
    let hasDiscount = words.count < count
    return isDueDays(Array(words)) || (!hasDiscount && isDueDay(Array(words)))
  }

  /// Terms that count days from the invoice; only they may have a discount before them.
  private static func isDueDays(_ words: [String]) -> Bool {
    switch words.count {
    case 1:
      words[0] == "cod"
        || ["n/", "net"].contains { words[0].hasPrefix($0) && isDays(words[0].dropFirst($0.count)) }
    case 2: (words[0] == "net" && isDays(words[1])) || words == ["on", "receipt"]
    case 3:
      (words[0] == "net" && isDays(words[1]) && words[2] == "days")
        || words == ["due", "on", "receipt"] || words == ["due", "upon", "receipt"]
    default: false
    }
  }

  /// Terms that name a day of a month.
  private static func isDueDay(_ words: [String]) -> Bool {
    switch words.count {
    case 1: words[0] == "eom"
    case 2: ["prox", "prox.", "mfi"].contains(words[1]) && isDayOfMonth(words[0])
    case 3: words[0] == "net" && isDays(words[1]) && words[2] == "eom"
    default: false
    }
  }

  /// How many words a leading "2/10" or "2% 10" takes.
  private static func discountLength(_ words: ArraySlice<String>) -> Int? {
    guard let first = words.first else { return nil }
    if let slash = first.firstIndex(of: "/") {
      let days = first[first.index(after: slash)...]
      return isShare(first[..<slash]) && isDays(days) ? 1 : nil
    }
    guard first.last == "%", isShare(first.dropLast()), let days = words.dropFirst().first,
      isDays(days)
    else { return nil }
    return 2
  }

  private static func isShare(_ text: some StringProtocol) -> Bool {
    Percentage(text).map { $0 > .zero && $0 <= .whole } ?? false
  }

  private static func isDays(_ text: some StringProtocol) -> Bool {
    guard text.utf8.allSatisfy({ (48...57).contains($0) }), let days = Int(text) else {
      return false
    }
    return days <= 3650
  }

  /// `10`, `10th`, `21st`.
  private static func isDayOfMonth(_ word: String) -> Bool {
    let hasEnding = ["st", "nd", "rd", "th"].contains { word.hasSuffix($0) }
    let digits = hasEnding ? word.dropLast(2) : word[...]
    return isDays(digits) && Int(digits).map { (1...31).contains($0) } ?? false
  }
}

extension String {
  /// Small letters for A to Z; others as they are (RELIABILITY E21).
  fileprivate var asciiLowercase: String {
    String(decoding: utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
  }
}
