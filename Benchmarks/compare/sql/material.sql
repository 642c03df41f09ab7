-- Parts of each job, from `costed`: the cost of every movement (row, unit_cost, cost).

-- The tiers that hold for each category: its own, or those for all.
CREATE TEMP TABLE tier AS
SELECT
  category, cost_over,
  lead(cost_over, 1, 99999) OVER (
    PARTITION BY category ORDER BY cost_over) AS cost_to,
  CAST(1 + markup_pct * CAST(0.01 AS DECIMAL(2, 2)) AS DECIMAL(4, 2)) AS factor
FROM markups WHERE markup_schedule = getvariable('markup_schedule');

CREATE TEMP TABLE item_tier AS
SELECT CAST(i.item_id AS item) AS item, t.cost_over, t.cost_to, t.factor
FROM items i JOIN tier t ON t.category IS NOT DISTINCT FROM CASE
  WHEN i.category IN (SELECT category FROM tier WHERE category IS NOT NULL) THEN i.category END;

CREATE TEMP TABLE part AS
SELECT
  m.movement_id, m.reverses, m.job_id, m.date, m.kind, m.quantity, m.bill_price, c.cost,
  j.cost_factor, j.bills_entries, n.bills_later IS TRUE AS is_later,
  m.invoice_id IS NOT NULL AND (n.invoice_id IS NULL OR n.bills_later) AS has_document,
  m.is_billable,
  CASE
    WHEN NOT j.bills_entries THEN NULL
    WHEN j.cost_factor IS NOT NULL THEN round(c.cost * j.cost_factor, 2)
    WHEN m.bill_price IS NOT NULL THEN round(m.quantity * m.bill_price, 2)
    ELSE round(m.quantity * c.unit_cost * coalesce(t.factor, 1), 2)
  END::DECIMAL(14, 2) AS price
FROM movement m
JOIN costed c ON c.row = m.rowid
JOIN job j ON j.job_id = m.job_id
LEFT JOIN item_tier t
  ON t.item = m.item AND c.unit_cost > t.cost_over AND c.unit_cost <= t.cost_to
LEFT JOIN not_billing n ON n.invoice_id = m.invoice_id
WHERE m.kind <> 0;

-- A return bills what its issue did, negative, unless it has a price of its own.
CREATE TEMP TABLE material AS
WITH undone AS (
  SELECT movement_id, quantity, price, is_billable, has_document
  FROM part WHERE kind = 1 AND movement_id IN (SELECT reverses FROM part WHERE kind = 2)
), line AS (
  SELECT
    p.job_id, p.date, p.is_later,
    CASE WHEN p.kind = 2 THEN -p.cost ELSE p.cost END AS cost,
    p.bills_entries AND (p.is_later OR (p.is_billable AND NOT p.has_document
      AND (i.movement_id IS NULL OR i.is_billable OR i.has_document))) AS is_unbilled,
    CASE
      WHEN p.kind = 1 THEN p.price
      WHEN p.bill_price IS NOT NULL AND p.cost_factor IS NULL THEN -p.price
      WHEN i.is_billable OR i.has_document
        THEN -share(i.price, CAST(p.quantity AS BIGINT), CAST(i.quantity AS BIGINT))
      ELSE 0
    END AS price
  FROM part p LEFT JOIN undone i ON i.movement_id = p.reverses
), priced AS (
  SELECT * REPLACE (CASE WHEN is_unbilled THEN price END AS price) FROM line
)
SELECT
  job_id, 'material' AS kind, sum(cost) AS cost, 0 AS hours,
  sum(price) AS unbilled,
  sum(price) FILTER (is_later) AS later,
  sum(price) FILTER (is_later) AS later_approved,
  sum(price) FILTER (NOT is_later) AS open,
  0 AS not_approved,
  sum(price) FILTER (as_of() - date <= 30) AS days_0_30,
  sum(price) FILTER (as_of() - date BETWEEN 31 AND 60) AS days_31_60,
  sum(price) FILTER (as_of() - date BETWEEN 61 AND 90) AS days_61_90,
  sum(price) FILTER (as_of() - date > 90) AS over_90,
  min(date) FILTER (is_unbilled) AS oldest
FROM priced GROUP BY job_id;
