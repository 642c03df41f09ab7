-- Issues at the standard cost of their item; returns take a share of their issue's cost.
CREATE TEMP TABLE costed AS
WITH issued AS (
  SELECT
    m.rowid AS row, m.movement_id, m.reverses, m.kind, m.quantity, i.standard_cost AS unit_cost,
    CAST(round(m.quantity * i.standard_cost, 2) AS DECIMAL(12, 2)) AS cost
  FROM movement m JOIN items i ON CAST(i.item_id AS item) = m.item
  WHERE m.kind <> 0
)
SELECT
  m.row, m.unit_cost,
  CASE WHEN m.kind = 2 THEN share(i.cost, CAST(m.quantity AS BIGINT), CAST(i.quantity AS BIGINT))
    ELSE m.cost END AS cost
FROM issued m LEFT JOIN (
  FROM issued WHERE movement_id IN (SELECT reverses FROM issued)
) i ON i.movement_id = m.reverses;
