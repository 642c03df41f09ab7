-- What the as-of day makes of each job, and what an hour of each technician costs and bills.

CREATE TEMP TABLE job AS
SELECT
  j.* EXCLUDE (rate_card, status),
  c.name AS customer,
  CASE
    WHEN j.status = 'cancelled' AND coalesce(cancelled_date <= as_of(), true) THEN 'cancelled'
    WHEN j.status = 'closed' AND coalesce(closed_date <= as_of(), true) THEN 'closed'
    WHEN j.status = 'on_hold' AND coalesce(hold_from <= as_of(), true) THEN 'on_hold'
    WHEN completion_date <= as_of() THEN 'complete'
    ELSE 'open'
  END AS status,
  c.on_hold = 'yes' AS is_customer_on_hold,
  coalesce(completion_date <= as_of(), false)
    AND (signature_on_file <> 'yes' OR photos_on_file <> 'yes') AS lacks_closeout,
  billing_method IN ('time_and_materials', 'cost_plus') AS bills_entries,
  -- What a cost-plus contract adds to cost; null where entries have prices of their own.
  CASE WHEN billing_method = 'cost_plus'
    THEN CAST(1 + coalesce(fee_pct, 0) * CAST(0.01 AS DECIMAL(2, 2)) AS DECIMAL(6, 4))
  END AS cost_factor,
  -- Every card of the input has a regular rate for every role, so the first card named answers.
  coalesce(j.rate_card, c.rate_card, getvariable('rate_card')) AS rate_card
FROM jobs j JOIN customers c USING (customer_id);

CREATE TEMP TABLE pay_type AS
SELECT * FROM (VALUES
  ('REG', CAST(1 AS DECIMAL(2, 1))), ('OT', 1.5), ('DT', 2), ('TRAVEL', 1)
) AS t(pay_type, multiplier);

-- By technician, pay type, card and day: all products that do not depend on the line. The types
-- keep each line's products within 18 digits, which DuckDB computes in 64 bits.
CREATE TEMP TABLE labor_rate AS
WITH technician AS (
  SELECT *, lead(effective_from, 1, DATE '9999-12-31') OVER (
    PARTITION BY technician_id ORDER BY effective_from) AS effective_until
  FROM technicians
), rate AS (
  SELECT *, lead(effective_from, 1, DATE '9999-12-31') OVER (
    PARTITION BY rate_card, role, pay_type ORDER BY effective_from) AS effective_until
  FROM rates
), card_rate AS (
  SELECT
    r.rate_card, r.role, p.pay_type, r.effective_from, r.effective_until,
    CASE WHEN r.pay_type = p.pay_type
      THEN CAST(r.bill_rate AS DECIMAL(9, 3)) ELSE r.bill_rate * p.multiplier END AS hour_price
  FROM rate r JOIN pay_type p ON r.pay_type = p.pay_type OR (
    r.pay_type = 'REG' AND NOT EXISTS (
      FROM rate own WHERE (own.rate_card, own.role, own.pay_type)
        = (r.rate_card, r.role, p.pay_type)))
)
SELECT
  t.technician_id, c.pay_type, c.rate_card,
  greatest(t.effective_from, c.effective_from) AS effective_from,
  least(t.effective_until, c.effective_until) AS effective_until,
  t.cost_rate * p.multiplier AS hour_cost,
  CAST(t.cost_rate * p.multiplier * t.burden_pct * CAST(0.01 AS DECIMAL(2, 2))
    AS DECIMAL(14, 7)) AS hour_burden,
  c.hour_price
FROM technician t
JOIN card_rate c ON c.role = t.role
  AND c.effective_from < t.effective_until AND t.effective_from < c.effective_until
JOIN pay_type p ON p.pay_type = c.pay_type;
