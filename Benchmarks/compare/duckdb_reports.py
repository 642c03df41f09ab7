"""The reports ar-aging, unbilled and contract-status by DuckDB, exact to the cent.

usage: duckdb_reports.py DIR AS_OF OUT

The rules are in sql/, in decimals throughout. Only the moving-average cost of stock is computed
outside, by NumPy, as SQL has no way to say it but row by row.
"""

import sys
from pathlib import Path

import duckdb

from moving_average import moving_average
from source import Source, TABLES, Unsupported

SQL = Path(__file__).parent / "sql"
REPORTS = ("ar-aging", "unbilled", "contract-status")

# Money and quantities as narrow as the input allows: products within 18 digits are computed in 64
# bits. A column that is not named is text.
MONEY = "DECIMAL(12,2)"
TYPES = {
    "amount": MONEY, "contract_amount": MONEY, "credit_limit": MONEY, "deposit": MONEY,
    "discount_taken": MONEY, "estimated_cost": MONEY, "not_to_exceed": MONEY, "retainage": MONEY,
    "subtotal": MONEY, "tax": MONEY, "total": MONEY,
    "bill_price": "DECIMAL(9,4)", "cost_over": "DECIMAL(9,4)", "standard_cost": "DECIMAL(9,4)",
    "unit_cost": "DECIMAL(9,4)",
    "bill_rate": "DECIMAL(5,2)", "cost_rate": "DECIMAL(5,2)", "hours": "DECIMAL(4,2)",
    "burden_pct": "DECIMAL(5,2)", "fee_pct": "DECIMAL(4,2)", "markup_pct": "DECIMAL(4,0)",
    "quantity": "DECIMAL(4,0)",
}
DAYS = {
    "approved_date", "cancelled_date", "closed_date", "completion_date", "date", "disputed_from",
    "due_date", "effective_from", "end_date", "hold_from", "start_date", "void_date",
}


def open_tables(connection, source):
    """A view of each file, with the type of every column: nothing is guessed by sampling."""
    for table in TABLES:
        columns = {
            name: "DATE" if name in DAYS else TYPES.get(name, "VARCHAR")
            for name in source.header(table)
        }
        listed = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
        path = source.path(table).replace("'", "''")
        connection.execute(
            f"CREATE VIEW {table} AS FROM read_csv('{path}', columns = {{{listed}}}, "
            "auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"', "
            "new_line = '\\n', dateformat = '%Y-%m-%d')")


def run(connection, name):
    return connection.execute((SQL / f"{name}.sql").read_text())


def cost_movements(connection, costing):
    """Makes the table `costed`: cost and unit cost of each row of `movement`."""
    run(connection, "movements")
    if costing == "standard":
        run(connection, "standard_cost")
        return
    columns = run(connection, "moving_average").fetchnumpy()
    cost, average = moving_average(
        *(columns[name] for name in ("item", "kind", "quantity", "unit_cost", "reverses")))
    costs = {"cost": cost, "average": average}
    connection.register("costs_by_row", costs)
    run(connection, "averaged")


def connect(source, as_of):
    """A database in memory on all cores, with the variables that the SQL refers to."""
    connection = duckdb.connect()
    # The planner does not know how long a CSV file is and would build hash tables of timesheets:
    # twice the time and more of memory. The joins are written with the smaller table last.
    connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
    connection.execute("SET VARIABLE as_of = CAST(? AS DATE)", [as_of])
    connection.execute("SET VARIABLE rate_card = ?", [source.rate_card])
    connection.execute("SET VARIABLE markup_schedule = ?", [source.markup_schedule])
    open_tables(connection, source)
    return connection


def write_reports(folder, as_of, out):
    source = Source(folder)
    connection = connect(source, as_of)
    for step in ("macros", "documents", "terms", "labor"):
        run(connection, step)
    cost_movements(connection, source.costing)
    for step in ("material", "other", "contracts"):
        run(connection, step)
    Path(out).mkdir(parents=True, exist_ok=True)
    for report in REPORTS:
        query = (SQL / f"{report}.sql").read_text()
        path = str(Path(out) / f"{report}.csv").replace("'", "''")
        connection.execute(f"COPY ({query}) TO '{path}' (FORMAT csv, HEADER)")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    try:
        write_reports(*sys.argv[1:])
    except Unsupported as rule:
        sys.exit(f"{sys.argv[1]}: {rule}")
