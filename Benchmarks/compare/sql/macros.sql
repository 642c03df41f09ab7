-- numerator ÷ denominator to a whole number, half away from zero. DuckDB divides decimals in
-- floating point and cuts whole numbers off, so neither can be used as it is.
CREATE MACRO quotient(numerator, denominator) AS
  (CASE WHEN (numerator < 0) = (denominator < 0) THEN 1 ELSE -1 END)
  * ((2 * abs(numerator) + abs(denominator)) // (2 * abs(denominator)));

CREATE MACRO cents(amount) AS CAST(amount * 100 AS HUGEINT);

-- amount × part ÷ whole, to the cent.
CREATE MACRO share(amount, part, whole) AS
  CAST(quotient(cents(amount) * part, whole) AS DECIMAL(18, 2)) * CAST(0.01 AS DECIMAL(2, 2));

-- part of whole in percent, with four decimals.
CREATE MACRO percentage(part, whole) AS
  CAST(quotient(cents(part) * 1000000, nullif(cents(whole), 0)) AS DECIMAL(18, 4))
  * CAST(0.0001 AS DECIMAL(4, 4));

CREATE MACRO as_of() AS getvariable('as_of');
