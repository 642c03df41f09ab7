import GRDB

/// What a customer owes, has withheld and has paid in advance, in cents.
public struct StoredBalance: Hashable, Sendable {
  /// Net AR: open documents less credit memos and cash that are not applied.
  public var net: Int64 = 0
  public var retainage: Int64 = 0
  public var deposits: Int64 = 0

  public init(net: Int64 = 0, retainage: Int64 = 0, deposits: Int64 = 0) {
    (self.net, self.retainage, self.deposits) = (net, retainage, deposits)
  }
}

extension BookReader {
  /// Every customer's balances on a day by SQL over the stored texts alone: a second road to the reports
  /// (DESIGN §4; DOMAIN §5.3 [S56]).
  ///
  /// - Parameters:
  ///   - countsRequests: whether unpaid deposit requests count as AR.
  ///   - knownAsOf: the last entry of the log that counts.
  /// - Returns: by customer id, those without a balance left out.
  public func balances(
    asOf day: String, knownAsOf: Int64, countsRequests: Bool
  ) throws -> [String: StoredBalance] {
    let rows = try Row.fetchAll(
      db, sql: Self.balances,
      arguments: ["day": day, "known": knownAsOf, "requests": countsRequests])
    var balances: [String: StoredBalance] = [:]
    for row in rows {
      let balance = StoredBalance(
        net: row["net"], retainage: row["held"], deposits: row["deposits"])
      if balance != StoredBalance() { balances[row["customer"]] = balance }
    }
    return balances
  }

  /// Texts such as `-1284.5` as cents, digit by digit: nothing is rounded.
  private static func cents(_ column: String) -> String {
    """
    coalesce(CAST(CASE instr(\(column), '.') WHEN 0 THEN \(column) || '00' ELSE
      substr(\(column), 1, instr(\(column), '.') - 1)
      || substr(substr(\(column), instr(\(column), '.') + 1) || '00', 1, 2) END AS INTEGER), 0)
    """
  }

  private static let known = "began <= :known AND (ended IS NULL OR ended > :known)"

  /// Each amount that moves a customer's balances is a row of `moves`.
  private static let balances = """
    WITH invoice AS MATERIALIZED (
      SELECT invoice_id AS id, customer_id AS customer, lower(type) AS type, date,
        \(cents("total")) AS total, \(cents("deposit")) AS deposit,
        \(cents("retainage")) AS retainage,
        coalesce(subtotal, '') || coalesce(tax, '') || coalesce(deposit, '')
          || coalesce(retainage, '') || coalesce(write_off, '') = '' AS is_total_only
      FROM invoices WHERE \(known) AND date <= :day AND NOT (lower(coalesce(status, '')) = 'void'
        AND coalesce(nullif(void_date, ''), date) <= :day)),
    document AS MATERIALIZED (
      SELECT id, customer, type, total,
        CASE WHEN is_total_only AND type = 'deposit' THEN total ELSE deposit END AS deposit,
        CASE WHEN is_total_only AND type = 'retainage_release' THEN -total ELSE retainage END
          AS retainage
      FROM invoice),
    payment AS MATERIALIZED (
      SELECT payment_id AS id, customer_id AS customer,
        coalesce(nullif(lower(type), ''), 'payment') AS type, reverses, \(cents("amount")) AS amount
      FROM payments WHERE \(known) AND date <= :day AND payment_id NOT IN (
        SELECT reverses FROM payments WHERE \(known) AND date <= :day
          AND lower(type) = 'reversal' AND reverses IS NOT NULL)),
    named AS (
      SELECT invoice_id, source_id, \(cents("amount")) AS amount,
        \(cents("discount_taken")) AS discount,
        CASE coalesce(nullif(lower(source_type), ''), 'payment')
          WHEN 'payment' THEN 1 WHEN 'refund' THEN 1 WHEN 'credit_memo' THEN 0
          WHEN 'write_off' THEN 0 ELSE source_id NOT IN (
            SELECT invoice_id FROM invoices WHERE \(known)) END AS by_payment
      FROM applications WHERE \(known) AND date <= :day),
    application AS MATERIALIZED (
      SELECT t.id AS target, t.type AS target_type, t.customer AS customer, n.amount, n.discount,
        p.id AS payment, coalesce(p.customer, d.customer) AS source_customer,
        CASE WHEN p.id IS NOT NULL
          THEN CASE p.type WHEN 'payment' THEN 'cash' ELSE p.type END
          ELSE CASE d.type WHEN 'deposit' THEN 'deposit' WHEN 'write_off' THEN 'write_off'
            ELSE 'credit' END END AS source
      FROM named AS n JOIN document AS t ON t.id = n.invoice_id
        LEFT JOIN payment AS p ON n.by_payment AND p.id = n.source_id
        LEFT JOIN document AS d ON NOT n.by_payment AND d.id = n.source_id
      WHERE p.id IS NOT NULL AND p.type <> 'reversal' OR d.id IS NOT NULL),
    paid AS (
      SELECT t.id, t.customer, t.deposit, t.total,
        sum(CASE a.source WHEN 'refund' THEN -a.amount WHEN 'write_off' THEN a.discount
          ELSE a.amount + a.discount END) AS paid
      FROM application AS a JOIN document AS t ON t.id = a.target
      WHERE a.target_type = 'deposit' GROUP BY t.id),
    returned AS (
      SELECT f.customer AS refunder, h.customer AS holder,
        f.amount - coalesce(u.amount, 0) AS amount
      FROM payment AS f JOIN payment AS h ON h.id = f.reverses AND h.type = 'deposit'
        LEFT JOIN (SELECT payment, sum(amount) AS amount FROM application
          WHERE payment IS NOT NULL GROUP BY payment) AS u ON u.payment = f.id
      WHERE f.type = 'refund'),
    job AS MATERIALIZED (SELECT job_id AS id, customer_id AS customer FROM jobs WHERE \(known)),
    moves (customer, net, held, deposits) AS (
      SELECT customer, CASE WHEN type <> 'deposit' OR :requests THEN total ELSE 0 END, retainage,
        CASE type WHEN 'deposit' THEN 0 ELSE deposit END FROM document
      UNION ALL
      SELECT customer, CASE WHEN target_type = 'deposit' AND (source = 'refund' OR NOT :requests)
        THEN 0 WHEN source = 'refund' THEN amount ELSE -amount - discount END, 0, 0
      FROM application
      UNION ALL
      SELECT source_customer, CASE source WHEN 'deposit' THEN 0 WHEN 'refund' THEN -amount
        ELSE amount END, 0, CASE source WHEN 'deposit' THEN -amount ELSE 0 END FROM application
      UNION ALL
      SELECT customer, CASE type WHEN 'payment' THEN -amount WHEN 'refund' THEN amount ELSE 0 END, 0,
        CASE type WHEN 'deposit' THEN amount ELSE 0 END FROM payment
      UNION ALL
      SELECT customer, 0, 0, CASE WHEN deposit = total OR total = 0 THEN paid
        ELSE (2 * abs(paid * deposit) + abs(total)) / (2 * abs(total))
          * sign(paid) * sign(deposit) * sign(total) END FROM paid
      UNION ALL
      SELECT refunder, -amount, 0, 0 FROM returned
      UNION ALL
      SELECT holder, 0, 0, -amount FROM returned
      UNION ALL
      SELECT coalesce(nullif(o.customer_id, ''), j.customer),
        CASE lower(measure) WHEN 'unapplied' THEN \(cents("amount")) ELSE 0 END,
        CASE lower(measure) WHEN 'retainage' THEN \(cents("amount")) ELSE 0 END,
        CASE lower(measure) WHEN 'deposit' THEN \(cents("amount")) ELSE 0 END
      FROM opening_balances AS o LEFT JOIN job AS j ON j.id = o.job_id
      WHERE \(known) AND date <= :day)
    SELECT customer, sum(net) AS net, sum(held) AS held, sum(deposits) AS deposits
    FROM moves WHERE customer IS NOT NULL GROUP BY customer ORDER BY customer
    """
}
