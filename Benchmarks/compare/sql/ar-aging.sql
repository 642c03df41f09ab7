WITH document AS (
  SELECT
    customer_id,
    sum(retainage) AS retainage_held, sum(held) AS deposits_held,
    sum(open) FILTER (type = 'credit_memo') AS credits,
    sum(open) FILTER (type <> 'credit_memo') AS open,
    sum(open) FILTER (type <> 'credit_memo' AND days_past_due <= 0) AS not_due,
    sum(open) FILTER (type <> 'credit_memo' AND days_past_due BETWEEN 1 AND 30) AS days_1_30,
    sum(open) FILTER (type <> 'credit_memo' AND days_past_due BETWEEN 31 AND 60) AS days_31_60,
    sum(open) FILTER (type <> 'credit_memo' AND days_past_due BETWEEN 61 AND 90) AS days_61_90,
    sum(open) FILTER (type <> 'credit_memo' AND days_past_due > 90) AS over_90,
    sum(open) FILTER (type <> 'credit_memo' AND is_disputed) AS disputed,
    max(greatest(days_past_due, 0)) FILTER (type <> 'credit_memo' AND open > 0) AS oldest_days,
    count(*) FILTER (type <> 'credit_memo' AND open <> 0) AS open_documents
  FROM balance GROUP BY customer_id
), cash AS (
  SELECT customer_id, sum(amount) AS amount
  FROM (
    SELECT customer_id, amount FROM payment
    UNION ALL
    SELECT p.customer_id, -a.amount
    FROM applied a JOIN payment p ON p.payment_id = a.source_id WHERE a.source = 'payment')
  GROUP BY customer_id
), paid AS (
  SELECT
    customer_id,
    quotient(sum(cents(amount) * (since - invoiced)), sum(cents(amount))) AS average_days_to_pay
  FROM applied
  WHERE source = 'payment' AND since > CASE
    WHEN as_of() = last_day(as_of()) THEN last_day(as_of() - INTERVAL 12 MONTH)
    ELSE as_of() - INTERVAL 12 MONTH END
  GROUP BY customer_id HAVING sum(amount) > 0
), unbilled AS (
  SELECT c.customer_id, sum(w.total) AS unbilled
  FROM work w JOIN contract c USING (job_id) GROUP BY c.customer_id
), customer AS (
  SELECT
    c.customer_id, c.name AS customer, c.credit_limit,
    coalesce(d.open, 0) AS open,
    coalesce(d.credits, 0) - coalesce(cash.amount, 0) AS unapplied,
    coalesce(d.not_due, 0) AS not_due, coalesce(d.days_1_30, 0) AS days_1_30,
    coalesce(d.days_31_60, 0) AS days_31_60, coalesce(d.days_61_90, 0) AS days_61_90,
    coalesce(d.over_90, 0) AS over_90, coalesce(d.retainage_held, 0) AS retainage_held,
    coalesce(d.deposits_held, 0) AS deposits_held, coalesce(d.disputed, 0) AS disputed,
    coalesce(u.unbilled, 0) AS unbilled, d.oldest_days, d.open_documents, p.average_days_to_pay
  FROM customers c
  LEFT JOIN document d USING (customer_id)
  LEFT JOIN cash USING (customer_id)
  LEFT JOIN paid p USING (customer_id)
  LEFT JOIN unbilled u USING (customer_id)
)
SELECT
  customer_id, customer, not_due, days_1_30, days_31_60, days_61_90, over_90, open, unapplied,
  open + unapplied AS net,
  CASE WHEN open > 0 THEN percentage(open - not_due, open) END AS past_due_pct,
  retainage_held, deposits_held, disputed, credit_limit,
  CASE WHEN credit_limit IS NOT NULL
    THEN greatest(0, open + unapplied + unbilled + retainage_held - credit_limit) END AS over_limit,
  oldest_days, average_days_to_pay
FROM customer
WHERE open_documents > 0 OR unapplied <> 0 OR retainage_held <> 0 OR deposits_held <> 0
ORDER BY customer_id
