-- Costs of each job that are neither hours nor parts; without a markup they are billed as they are.
CREATE TEMP TABLE other AS
WITH line AS (
  SELECT
    c.job_id, c.date, c.amount AS cost, n.bills_later IS TRUE AS is_later,
    j.bills_entries AND (n.bills_later IS TRUE
      OR (c.billable = 'yes' AND (c.invoice_id IS NULL OR n.invoice_id IS NOT NULL)))
      AS is_unbilled,
    round(c.amount * coalesce(j.cost_factor, 1), 2) AS price
  FROM costs c
  JOIN job j ON j.job_id = c.job_id
  LEFT JOIN not_billing n ON n.invoice_id = c.invoice_id
  WHERE c.date <= as_of()
), priced AS (
  SELECT * REPLACE (CASE WHEN is_unbilled THEN price END AS price) FROM line
)
SELECT
  job_id, 'other' AS kind, sum(cost) AS cost, 0 AS hours,
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
