CREATE TEMP TABLE costed AS
SELECT
  row_number() OVER () - 1 AS row,
  CAST(average AS DECIMAL(9, 0)) * CAST(0.0001 AS DECIMAL(4, 4)) AS unit_cost,
  CAST(cost AS DECIMAL(10, 0)) * CAST(0.01 AS DECIMAL(2, 2)) AS cost
FROM costs_by_row;
