-- Movements of stock through the day, in the order of the file, which is that of the days.

CREATE TYPE item AS ENUM (SELECT DISTINCT item_id FROM items);

CREATE TEMP TABLE movement AS
SELECT
  movement_id, CAST(item_id AS item) AS item,
  CASE type WHEN 'receipt' THEN 0 WHEN 'issue' THEN 1 ELSE 2 END AS kind,
  quantity, unit_cost, job_id, reverses, billable = 'yes' AS is_billable, bill_price, invoice_id,
  date
FROM inventory
WHERE date <= as_of();
