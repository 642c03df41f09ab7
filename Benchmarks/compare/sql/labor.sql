-- Hours of each job: their cost, and the price of what is not billed on the day, in one pass.
CREATE TEMP TABLE labor AS
WITH line AS (
  SELECT
    t.job_id, t.date, t.hours,
    CAST(round(t.hours * r.hour_cost, 2) AS DECIMAL(9, 2))
      + CAST(round(t.hours * r.hour_burden, 2) AS DECIMAL(9, 2)) AS cost,
    t.hours * r.hour_price AS price, j.cost_factor,
    t.approved = 'yes' AND coalesce(t.approved_date <= as_of(), true) AS is_approved,
    n.bills_later IS TRUE AS is_later,
    j.bills_entries AND (n.bills_later IS TRUE
      OR (t.billable = 'yes' AND (t.invoice_id IS NULL OR n.invoice_id IS NOT NULL)))
      AS is_unbilled
  FROM timesheets t
  JOIN job j ON j.job_id = t.job_id
  JOIN labor_rate r
    ON r.technician_id = t.technician_id AND r.pay_type = t.pay_type
    AND r.rate_card = j.rate_card AND t.date >= r.effective_from AND t.date < r.effective_until
  LEFT JOIN not_billing n ON n.invoice_id = t.invoice_id
  WHERE t.date <= as_of()
), priced AS (
  SELECT * REPLACE (CASE
    WHEN NOT is_unbilled THEN NULL
    WHEN cost_factor IS NULL THEN CAST(round(price, 2) AS DECIMAL(10, 2))
    ELSE CAST(round(cost * cost_factor, 2) AS DECIMAL(10, 2)) END AS price)
  FROM line
)
SELECT
  job_id, 'labor' AS kind, sum(cost) AS cost,
  sum(hours) FILTER (is_unbilled) AS hours,
  sum(price) AS unbilled,
  sum(price) FILTER (is_later) AS later,
  sum(price) FILTER (is_later AND is_approved) AS later_approved,
  sum(price) FILTER (NOT is_later AND is_approved) AS open,
  sum(price) FILTER (NOT is_later AND NOT is_approved) AS not_approved,
  sum(price) FILTER (as_of() - date <= 30) AS days_0_30,
  sum(price) FILTER (as_of() - date BETWEEN 31 AND 60) AS days_31_60,
  sum(price) FILTER (as_of() - date BETWEEN 61 AND 90) AS days_61_90,
  sum(price) FILTER (as_of() - date > 90) AS over_90,
  min(date) FILTER (is_unbilled) AS oldest
FROM priced GROUP BY job_id;
