internal import Billing
internal import Ledger
internal import Measures

/// `journal`: the entries of a period, a row for each line (DOMAIN §9).
public enum JournalReport {
  public static let name = "journal"

  struct Row: Sendable {
    var entry: JournalEntry
    var line: JournalLine
  }

  static func sheet(_ journal: Journal, _ company: Company, subtitle: String) -> Sheet {
    let rows = journal.entries.flatMap { entry in
      entry.lines.map { Row(entry: entry, line: $0) }
    }
    return Sheet(
      report: name, title: "General journal", subtitle: subtitle,
      emptySentence: "Nothing moved in this period.", columns: columns(company), rows: rows)
  }

  private static func columns(_ company: Company) -> [ReportColumn<Row>] {
    let accounts = Dictionary(
      uniqueKeysWithValues: AccountRole.allCases.map { ($0, company.account($0)) })
    return [
      .day("date", "Date", rule: "Day of the entry.") { $0.entry.day },
      .id(
        "entry", "Entry",
        rule:
          "Names the entry; an event has the same name in every run, so that an import twice is "
          + "seen to be one.",
        width: 34
      ) { $0.entry.id },
      .text(
        "account", "Account", rule: "The account, by the name that company.toml gives it.",
        width: 36
      ) { accounts[$0.line.role] ?? "" },
      .money(
        "debit", "Debit",
        rule: "What the line debits; the debits of an entry equal its credits. Empty on a credit."
      ) { $0.line.amount > .zero ? $0.line.amount : .none },
      .money(
        "credit", "Credit",
        rule: "What the line credits, shown above zero. Empty on a debit."
      ) { $0.line.amount < .zero ? -$0.line.amount : .none },
      .id(
        "document", "Document",
        rule: "The document, payment, movement or job that it is about; empty where it is about "
          + "none."
      ) { $0.entry.document },
      .text("memo", "Memo", rule: "What happened, in a few words.", width: 44) { $0.entry.memo },
    ]
  }

  /// Debits against credits; every control account against documents and jobs; revenue against what jobs
  /// have earned; material against job cost.
  static func tieOuts(_ reports: Reports) -> [TieOut] {
    let journal = reports.neededJournal
    let amounts = journal.entries.lazy.flatMap(\.lines).map(\.amount)
    func moved(_ role: AccountRole) -> Money { journal.opening[role] + journal.change(role) }
    let accounts = journal.closing.roles.map { role in
      TieOut(
        "Journal: \(reports.book.company.account(role))", moved(role),
        "balance before the period and its entries", equals: journal.closing[role],
        "documents, customers and jobs as they stand on the last day")
    }
    return [
      TieOut(
        "Journal: debits", amounts.filter { $0 > .zero }.sum(), "debits of all entries",
        equals: -amounts.filter { $0 < .zero }.sum(), "credits of all entries"),
      TieOut(
        "Journal: entries", journal.entries.map { Money(cents: abs($0.imbalance.cents)) }.sum(),
        "debits less credits, entry by entry", equals: .zero, "nothing"),
      TieOut(
        "Journal: revenue", -(journal.change(.revenue) + journal.change(.overUnder)),
        "credits of the revenue accounts", equals: journal.earned,
        "earned by all jobs in the period, and billed on none"),
      TieOut(
        "Journal: accruals",
        moved(.unbilledReceivable) + moved(.underbillings)
          + moved(.overbillings),
        "accounts of unbilled work, under- and overbilling",
        equals: journal.closing.earnedNotBilled, "earned by all jobs less billed on them"),
      material(reports, journal),
    ] + accounts
  }

  private static func material(_ reports: Reports, _ journal: Journal) -> TieOut {
    func cost(_ work: Work) -> Money {
      work.jobs.allCosts.map(\.material).sum() - work.jobs.opening.material
    }
    return TieOut(
      "Journal: material", journal.change(.jobCost), "issues less returns, movement by movement",
      equals: cost(reports.work) - cost(reports.neededOpening.work),
      "material cost of all jobs, on the last day less before the first")
  }
}

extension ReportKind {
  public static let journal = ReportKind(
    JournalReport.name, "the entries of the period for the general ledger",
    rows: "each line of an entry",
    tables: ["jobs", "inventory", "invoices", "payments", "applications"],
    needs: [.work, .entries, .opening, .journal],
    sheet: {
      JournalReport.sheet($0.neededJournal, $0.book.company, subtitle: $0.periodSubtitle)
    },
    tieOuts: JournalReport.tieOuts)
}
