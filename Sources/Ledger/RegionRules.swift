public import Measures

/// The user's rules on retainage by region: the one that holds for a job is that of its region, else its
/// customer's, in force on the day of the contract (DOMAIN §2.5).
public struct RegionRules: Sendable {
  private let index: KeyIndex<RetainageRules>
  /// The rules of each region, the earliest first.
  private let versions: [[Int]]

  public init(_ rules: RetainageRules) {
    var index = KeyIndex<RetainageRules>()
    var versions = [[Int]]()
    let rows = rules.rows.sorted { (rules.effectiveFrom[$0], $0) < (rules.effectiveFrom[$1], $1) }
    for row in rows {
      let (id, isNew) = rules.region.withBytes(row) { index.insert($0) }
      if isNew { versions.append([]) }
      versions[id.row].append(row)
    }
    self.index = index
    self.versions = versions
  }

  /// The row of `retainage_rules` for a job; nil where there is none.
  ///
  /// - Parameter asOf: stands for a contract's day that is not known.
  public func row(of job: Int, in book: Book, asOf: Day?) -> Int? {
    let (jobs, customer) = (book.jobs, book.jobs.customer[job])
    let region =
      jobs.region.isEmpty(job) && customer.exists
      ? book.customers.region.slice(customer.row) : jobs.region.slice(job)
    guard !region.isEmpty else { return nil }
    let id = index.find(Array(region).span)
    guard id.exists else { return nil }
    let day = jobs.contractDate[job].orNil ?? jobs.startDate[job].orNil ?? asOf ?? .never
    return versions[id.row].last { book.retainageRules.effectiveFrom[$0] <= day }
  }
}

extension Book {
  /// A rule as findings cite it: `retainage_rules.csv:2 (Illinois P.A. 101-0432)`.
  public func citation(ofRetainageRule row: Int) -> String {
    let source = retainageRules.source[row]
    return "\(file(RetainageRules.self)):\(retainageRules.line[row])"
      + (source.isEmpty ? "" : " (\(source))")
  }
}
