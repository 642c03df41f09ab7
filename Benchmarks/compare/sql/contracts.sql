-- What each job's documents, contract and work come to.

CREATE TEMP TABLE billing AS
SELECT
  job_id,
  sum(subtotal) FILTER (type IN ('standard', 'progress', 'credit_memo')) AS billed,
  sum(tax) FILTER (type IN ('standard', 'progress', 'credit_memo')) AS tax_billed,
  sum(retainage) AS retainage_held,
  -sum(retainage) FILTER (type = 'retainage_release') AS retainage_released,
  sum(received) AS received,
  sum(open) FILTER (type <> 'credit_memo') AS open_ar,
  sum(held) AS deposits_held,
  max(date) FILTER (type IN ('standard', 'progress', 'deposit', 'retainage_release'))
    AS last_invoice_date
FROM balance GROUP BY job_id;

CREATE TEMP TABLE work AS
SELECT
  job_id, sum(cost) AS cost, sum(hours) AS labor_hours,
  sum(unbilled) FILTER (kind = 'labor') AS labor,
  sum(unbilled) FILTER (kind = 'material') AS material,
  sum(unbilled) FILTER (kind = 'other') AS other,
  sum(unbilled) AS total, sum(later) AS later,
  coalesce(sum(later_approved), 0) + coalesce(sum(open), 0) AS approved,
  sum(open) AS open, sum(not_approved) AS not_approved,
  sum(days_0_30) AS days_0_30, sum(days_31_60) AS days_31_60, sum(days_61_90) AS days_61_90,
  sum(over_90) AS over_90, min(oldest) AS oldest_date
FROM (FROM labor UNION ALL FROM material UNION ALL FROM other)
GROUP BY job_id;

-- A change approved after the estimate's day is not in the estimate yet.
CREATE TEMP TABLE contract AS
WITH latest AS (
  SELECT job_id, max(date) AS date, arg_max(estimated_cost, date) AS estimate
  FROM estimates WHERE date <= as_of() GROUP BY job_id
), change AS (
  SELECT
    c.job_id,
    sum(amount) FILTER (status = 'approved' AND approved_date <= as_of()) AS approved,
    sum(estimated_cost) FILTER (status = 'approved' AND approved_date <= as_of()
      AND coalesce(approved_date > latest.date, true)) AS added_cost,
    sum(amount) FILTER (c.date <= as_of() AND (status = 'pending'
      OR (status = 'approved' AND approved_date > as_of()))) AS pending
  FROM (SELECT * REPLACE (coalesce(approved_date, date) AS approved_date) FROM change_orders) c
  LEFT JOIN latest USING (job_id)
  GROUP BY c.job_id
)
SELECT
  j.job_id, j.name AS job, j.customer_id, j.customer, j.manager, j.billing_method, j.status,
  j.is_customer_on_hold, j.lacks_closeout, j.start_date, j.end_date, j.cancelled_date,
  coalesce(contract_amount, not_to_exceed) IS NOT NULL AS has_amount,
  coalesce(contract_amount, not_to_exceed, 0) AS original,
  coalesce(change.approved, 0) AS approved, coalesce(change.pending, 0) AS pending,
  CAST(coalesce(contract_amount, not_to_exceed, 0) + coalesce(change.approved, 0)
    AS DECIMAL(18, 2)) AS revised,
  not_to_exceed + coalesce(change.approved, 0) AS cap,
  coalesce(latest.estimate, j.estimated_cost) + coalesce(change.added_cost, 0) AS estimate
FROM job j
LEFT JOIN latest USING (job_id)
LEFT JOIN change USING (job_id);
