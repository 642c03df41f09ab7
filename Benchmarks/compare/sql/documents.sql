-- Documents, payments and applications as they stand on the as-of day.

CREATE TEMP TABLE document AS
SELECT
  invoice_id, customer_id, job_id, type, date, due_date, terms, subtotal, tax, deposit, retainage,
  total, disputed = 'yes' AND coalesce(disputed_from <= as_of(), true) AS is_disputed
FROM invoices
WHERE date <= as_of() AND (status <> 'void' OR void_date > as_of());

-- The few documents whose entries are not billed on the day, though they name one.
CREATE TEMP TABLE not_billing AS
SELECT invoice_id, status <> 'void' AS bills_later
FROM invoices
WHERE date > as_of() OR (status = 'void' AND coalesce(void_date, date) <= as_of());

CREATE TEMP TABLE payment AS
SELECT payment_id, customer_id, amount, date
FROM payments
WHERE type = 'payment' AND date <= as_of() AND payment_id NOT IN (
  SELECT reverses FROM payments WHERE type = 'reversal' AND date <= as_of());

CREATE TEMP TABLE applied AS
SELECT
  a.invoice_id, a.source_id, a.amount, coalesce(a.discount_taken, 0) AS discount,
  coalesce(s.type, 'payment') AS source,
  target.customer_id, target.date AS invoiced,
  greatest(a.date, target.date, p.date) AS since
FROM applications a
JOIN document target ON target.invoice_id = a.invoice_id
LEFT JOIN document s
  ON s.invoice_id = CASE WHEN a.source_type <> 'payment' THEN a.source_id END
LEFT JOIN payment p
  ON p.payment_id = CASE WHEN a.source_type = 'payment' THEN a.source_id END
WHERE a.date <= as_of() AND (s.invoice_id IS NOT NULL OR p.payment_id IS NOT NULL);

CREATE MACRO due_day(day, terms) AS CASE
  WHEN regexp_matches(terms, 'Net \d+$') THEN day + CAST(regexp_extract(terms, '\d+$') AS INTEGER)
  WHEN terms = 'EOM' THEN last_day(day + to_days(CASE WHEN day(day) > 25 THEN 7 ELSE 0 END))
  WHEN terms LIKE '%th prox'
    THEN last_day(day) + CAST(regexp_extract(terms, '^\d+') AS INTEGER)
  WHEN terms = 'Due on receipt' THEN day
END;

-- What is open on each document. What a credit memo or write-off gave to others raises it; what a
-- deposit gave lowers what is held and leaves the request alone.
CREATE TEMP TABLE balance AS
WITH taken AS (
  SELECT
    invoice_id, sum(amount) AS amount, sum(discount) AS discount,
    sum(amount) FILTER (source = 'payment') AS received,
    sum(amount) FILTER (source = 'write_off') AS written_off
  FROM applied GROUP BY invoice_id
), given AS (
  SELECT source_id AS invoice_id, sum(amount) AS amount
  FROM applied WHERE source <> 'payment' GROUP BY source_id
)
SELECT
  d.* EXCLUDE (due_date, terms),
  total - coalesce(taken.amount + taken.discount, 0)
    + CASE WHEN type = 'deposit' THEN 0 ELSE coalesce(given.amount, 0) END AS open,
  coalesce(taken.received, 0) AS received,
  CASE WHEN type = 'deposit'
    THEN coalesce(taken.amount + taken.discount - coalesce(taken.written_off, 0), 0)
      - coalesce(given.amount, 0)
    ELSE deposit END AS held,
  as_of() - coalesce(due_date, due_day(date, terms)) AS days_past_due
FROM document d
LEFT JOIN taken USING (invoice_id)
LEFT JOIN given USING (invoice_id);
