WITH position AS (
  SELECT
    c.*, coalesce(b.billed, 0) AS billed, coalesce(b.tax_billed, 0) AS tax_billed,
    coalesce(b.retainage_held, 0) AS retainage_held,
    coalesce(b.retainage_released, 0) AS retainage_released,
    coalesce(b.received, 0) AS received, coalesce(b.open_ar, 0) AS open_ar,
    coalesce(b.deposits_held, 0) AS deposits_held, b.last_invoice_date,
    coalesce(w.cost, 0) AS cost, coalesce(w.approved, 0) AS approved_work,
    c.status IN ('complete', 'closed') AS is_completed,
    least(as_of(), CASE WHEN c.status = 'cancelled' THEN c.cancelled_date END) AS served
  FROM contract c LEFT JOIN billing b USING (job_id) LEFT JOIN work w USING (job_id)
), earning AS (
  SELECT
    *,
    CASE
      WHEN estimate IS NULL OR estimate <= 0 THEN NULL
      WHEN cost >= estimate OR (billing_method = 'fixed_price' AND is_completed) THEN 100
      ELSE greatest(0, percentage(cost, estimate))
    END AS complete_pct,
    CASE billing_method
      WHEN 'time_and_materials' THEN least(cap, billed + approved_work)
      WHEN 'cost_plus' THEN least(cap, billed + approved_work)
      WHEN 'fixed_price' THEN CASE
        WHEN is_completed THEN revised
        WHEN status = 'cancelled' THEN billed
        WHEN estimate IS NULL OR estimate <= 0 THEN least(greatest(cost, 0), revised)
        WHEN cost <= 0 THEN 0
        WHEN cost >= estimate THEN revised
        ELSE least(share(revised, cents(cost), cents(estimate)), revised) END
      WHEN 'service_agreement' THEN share(
        revised, greatest(0, least(served, end_date) - start_date + 1), end_date - start_date + 1)
      ELSE 0
    END AS earned
  FROM position
)
SELECT
  job_id, job, customer_id, customer, manager, billing_method, status,
  original AS original_contract, approved AS approved_changes, pending AS pending_changes,
  revised AS revised_contract, billed, percentage(billed, revised) AS billed_pct, tax_billed,
  retainage_held, retainage_released, received, open_ar, deposits_held,
  CASE WHEN has_amount THEN revised - billed END AS left_to_bill,
  cost AS cost_to_date, complete_pct, earned, earned - cost AS gross_profit,
  greatest(0, earned - billed) AS underbilled, greatest(0, billed - earned) AS overbilled,
  last_invoice_date, as_of() - last_invoice_date AS days_since_invoice
FROM earning
ORDER BY job_id
