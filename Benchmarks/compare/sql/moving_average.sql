-- What `moving_average.py` is given; whole numbers, so that nothing is rounded on the way.
SELECT
  enum_code(m.item) AS item, m.kind,
  CAST(m.quantity * 10000 AS BIGINT) AS quantity,
  CAST(coalesce(m.unit_cost, 0) * 10000 AS BIGINT) AS unit_cost,
  coalesce(issue.row, -1) AS reverses
FROM movement m
LEFT JOIN (
  SELECT i.movement_id, i.rowid AS row FROM movement i
  WHERE i.movement_id IN (SELECT reverses FROM movement WHERE kind = 2)
) issue ON issue.movement_id = m.reverses
ORDER BY m.rowid;
