import Ledger

extension Company {
  /// The tables whose days `[dates]` may declare: those with a column of days.
  static let tablesWithDays = [
    Jobs.name, ChangeOrders.name, Estimates.name, Progress.name, Technicians.name, PayTypes.name,
    Rates.name, Timesheets.name, Items.name, Inventory.name, Costs.name, Invoices.name,
    Payments.name, Applications.name, OpeningBalances.name, TaxCodes.name, Markups.name,
    Adjustments.name, RetainageRules.name, GLBalances.name,
  ]
}

/// Reads the sections whose keys are names of something else.
enum NamedSection {
  /// `receivable = "1200 Accounts receivable"`.
  static func account(
    _ key: String, _ setting: Setting
  ) -> ((role: AccountRole, name: String)?, [SettingFault]) {
    var reader = SettingReader("accounts.\(key)", setting)
    guard let role = AccountRole(rawValue: key) else {
      let roles = AccountRole.allCases.map(\.rawValue)
      reader.fault(
        "unknown_key", "is no role of an account", expected: roles.joined(separator: ", "),
        remedy: didYouMean(key, in: roles, otherwise: "remove it"))
      return (nil, reader.faults)
    }
    let name = reader.text("the account's name in quotes, such as \"1200 Accounts receivable\"")
    return (name.map { (role, $0) }, reader.faults)
  }

  /// `invoices = "M/d/yyyy"`: how a table's file writes its days.
  static func dateForm(_ key: String, _ setting: Setting) -> (String?, [SettingFault]) {
    var reader = SettingReader("dates.\(key)", setting)
    guard Company.tablesWithDays.contains(key) else {
      reader.fault(
        "unknown_key", "is no table with days",
        expected: Company.tablesWithDays.joined(separator: ", "),
        remedy: didYouMean(key, in: Company.tablesWithDays, otherwise: "remove it"))
      return (nil, reader.faults)
    }
    let expected = "a form such as \"M/d/yyyy\", \"dd.MM.yyyy\" or \"d MMM yyyy\""
    guard let form = reader.text(expected) else { return (nil, reader.faults) }
    guard isDateForm(form) else {
      reader.fault(
        "not_a_date_form", "does not say where year, month and day stand", expected: expected,
        remedy: "yyyy is the year, M or MM the month, MMM its name, d or dd the day")
      return (nil, reader.faults)
    }
    return (form, reader.faults)
  }

  /// Whether a form has year, month and day once each, perhaps with a time behind them.
  private static func isDateForm(_ form: String) -> Bool {
    var runs = [(letter: Character, count: Int)]()
    var last: Character?
    for letter in form {
      if letter.isASCII, letter.isLetter {
        if letter == last, let count = runs.last?.count {
          runs[runs.count - 1].count = count + 1
        } else {
          runs.append((letter, 1))
        }
      }
      last = letter
    }
    let allowed: [Character: ClosedRange<Int>] = [
      "y": 2...4, "M": 1...4, "d": 1...2, "H": 1...2, "h": 1...2, "m": 1...2, "s": 1...2,
      "S": 1...9, "a": 1...1,
    ]
    guard runs.allSatisfy({ allowed[$0.letter]?.contains($0.count) ?? false }) else { return false }
    guard !runs.contains(where: { $0.letter == "y" && $0.count == 3 }) else { return false }
    let letters = runs.map(\.letter)
    return Set(letters).count == letters.count && Set(letters).isSuperset(of: ["y", "M", "d"])
  }
}
