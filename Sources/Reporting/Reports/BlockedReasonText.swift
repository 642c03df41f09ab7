internal import Billing

extension BlockedReason {
  /// The reason in words: "not approved".
  var title: String { String(name.map { $0 == "_" ? " " : $0 }) }

  /// What the header's comment says of its column: what is in it, and who can clear it.
  var rule: String { "\(meaning). To be cleared by \(clearedBy)." }

  private var meaning: String {
    switch self {
    case .jobCancelled: "The job was cancelled by the day"
    case .jobClosed: "The job was closed by the day"
    case .jobOnHold: "The job is on hold on the day"
    case .customerOnHold: "The customer is on hold"
    case .held: "An adjustment holds it"
    case .notApproved: "Hours that nobody had approved by the day"
    case .noRate: "No billing rate or price is found, so the amount is zero"
    case .noCost: "The price follows from a cost that is not known, so the amount is zero"
    case .closeoutIncomplete: "The job is complete without its signature or photos on file"
    case .notToExceed: "Above the not-to-exceed amount and its approved changes"
    }
  }
}
