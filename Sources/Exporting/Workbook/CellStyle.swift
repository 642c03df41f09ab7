import CXlsxWriter
import Measures
import Reporting

/// How a kind of value looks in a cell.
enum CellStyle: Int, CaseIterable {
  case id, text, money, unitPrice, quantity, hours, share, rate, integer, day, flag

  /// The style of a column. A rate such as a sales tax of 8.875 % shows all its decimals, a share
  /// that was computed only two; `rate_pct` at the end of the key tells them apart.
  init(_ column: SheetColumn) {
    self =
      switch column.kind {
      case .id: .id
      case .text: .text
      case .money: .money
      case .unitPrice: .unitPrice
      case .quantity: .quantity
      case .hours: .hours
      case .percentage: column.key.hasSuffix("rate_pct") ? .rate : .share
      case .integer: .integer
      case .day: .day
      case .flag: .flag
      }
  }

  /// The style of a value where no column says more.
  init(_ cell: Cell) {
    self =
      switch cell {
      case .empty, .text: .text
      case .id: .id
      case .money: .money
      case .unitPrice: .unitPrice
      case .quantity: .quantity
      case .hours: .hours
      case .percentage: .share
      case .integer: .integer
      case .day: .day
      case .flag: .flag
      }
  }

  /// A credit stands in parentheses, a zero of money is a dash; hours, quantities and counts carry a
  /// minus, since they are no credits.
  var numberFormat: String? {
    switch self {
    case .id, .text, .flag: nil
    case .money: "#,##0.00_);(#,##0.00);\"-\"??_)"
    case .quantity, .hours: "#,##0.00??_);-#,##0.00??_);\"-\"????_)"
    case .unitPrice: "#,##0.00??_);-#,##0.00??_)"
    case .share: "#,##0.00\"%\"_);(#,##0.00\"%\")"
    case .rate: "0.00##\"%\"_);(0.00##\"%\")"
    case .integer: "#,##0_);-#,##0_)"
    case .day: "yyyy-mm-dd"
    }
  }

  var alignment: lxw_format_alignments {
    switch self {
    case .id, .text: LXW_ALIGN_LEFT
    case .day, .flag: LXW_ALIGN_CENTER
    default: LXW_ALIGN_RIGHT
    }
  }

  var isText: Bool { self == .id || self == .text }

  /// Digits after the point in the units of a cell of this style.
  var decimals: Int {
    switch self {
    case .money: Money.decimals
    case .unitPrice, .quantity, .hours, .share, .rate: UnitPrice.decimals
    case .id, .text, .integer, .day, .flag: 0
    }
  }

  /// The narrowest a column may be, in characters.
  var leastWidth: Double {
    switch self {
    case .id: 10
    case .text: 12
    case .money: 12
    case .day: 12
    case .unitPrice, .quantity, .hours, .share, .rate: 10
    case .integer, .flag: 8
    }
  }

  /// The widest a column of text becomes; longer text takes several lines. Numbers have no limit, as
  /// they would show as ####.
  var mostWidth: Double {
    switch self {
    case .id: 34
    case .text: 44
    default: 120
    }
  }
}

/// A number of units as the double that a cell holds: the nearest one to the exact decimal.
///
/// This is the one place where money becomes a `Double` (DESIGN §2).
func cellValue(_ units: Int128, decimals: Int) -> Double {
  let scale: Double = decimals == 4 ? 10_000 : decimals == 2 ? 100 : 1
  guard let small = Int64(exactly: units) else { return Double(units) / scale }
  return Double(small) / scale
}

/// A number of units as a formula writes it: `-1284.50`.
func formulaNumber(_ units: Int128, decimals: Int) -> String {
  let digits = String(units.magnitude)
  let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
  let point = decimals > 0 ? "." : ""
  return (units < 0 ? "-" : "") + padded.dropLast(decimals) + point + padded.suffix(decimals)
}

extension Day {
  /// The day in the spreadsheet's own count, in which 1970-01-01 is 25,569.
  var cellValue: Double { Double(number) + 25_569 }
}
