WITH split AS (
  SELECT
    w.*, c.*,
    CASE
      WHEN c.status = 'cancelled' THEN 'job_cancelled'
      WHEN c.status = 'closed' THEN 'job_closed'
      WHEN c.status = 'on_hold' THEN 'job_on_hold'
      WHEN is_customer_on_hold THEN 'customer_on_hold'
    END AS block,
    coalesce(w.open, 0) AS clear, coalesce(w.not_approved, 0) AS unapproved,
    -- Entries of a job are cut at its cap in order of day, but what is left of them all depends on
    -- their sum only.
    CASE WHEN c.cap IS NULL THEN clear
      ELSE least(clear, greatest(c.cap - coalesce(b.billed, 0), 0)) END AS within_cap
  FROM work w JOIN contract c USING (job_id) LEFT JOIN billing b USING (job_id)
  WHERE w.oldest_date IS NOT NULL
), stated AS (
  SELECT
    *, CASE WHEN block IS NULL AND NOT lacks_closeout THEN within_cap ELSE 0 END AS ready,
    CASE WHEN block IS NULL AND NOT lacks_closeout THEN clear - within_cap ELSE 0 END AS beyond
  FROM split
)
SELECT
  job_id, job, customer_id, customer, billing_method, status,
  coalesce(labor_hours, 0) AS labor_hours, coalesce(labor, 0) AS labor,
  coalesce(material, 0) AS material, coalesce(other, 0) AS other, total,
  ready, clear + unapproved - ready AS blocked, coalesce(later, 0) AS billed_later,
  CASE WHEN block = 'job_cancelled' THEN clear + unapproved ELSE 0 END AS blocked_job_cancelled,
  CASE WHEN block = 'job_closed' THEN clear + unapproved ELSE 0 END AS blocked_job_closed,
  CASE WHEN block = 'job_on_hold' THEN clear + unapproved ELSE 0 END AS blocked_job_on_hold,
  CASE WHEN block = 'customer_on_hold' THEN clear + unapproved ELSE 0 END
    AS blocked_customer_on_hold,
  0 AS blocked_held,  -- adjustments alone hold an entry
  CASE WHEN block IS NULL THEN unapproved ELSE 0 END AS blocked_not_approved,
  0 AS blocked_no_rate, 0 AS blocked_no_cost,  -- an entry without a price has no amount
  CASE WHEN block IS NULL AND lacks_closeout THEN clear ELSE 0 END AS blocked_closeout_incomplete,
  beyond AS blocked_not_to_exceed,
  coalesce(days_0_30, 0) AS days_0_30, coalesce(days_31_60, 0) AS days_31_60,
  coalesce(days_61_90, 0) AS days_61_90, coalesce(over_90, 0) AS over_90, oldest_date
FROM stated
ORDER BY job_id
