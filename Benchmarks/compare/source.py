"""What a source folder says: its policies, its tables' columns, and whether the reports of this
folder can express it."""

import csv
import tomllib
from pathlib import Path

TABLES = (
    "applications", "change_orders", "costs", "customers", "estimates", "inventory", "invoices",
    "items", "jobs", "markups", "payments", "rates", "technicians", "timesheets",
)
# No figure of the three reports depends on it: documents carry their tax.
IGNORED = ("tax_codes",)
PLAIN_POLICIES = ("name", "currency", "rate_card", "markup_schedule")
COSTINGS = ("moving_average", "standard")


class Unsupported(Exception):
    """The folder uses a rule of Tieout that DuckDB's and Polars' reports leave out."""


class Source:
    """A folder of CSV files as the generator writes them."""

    def __init__(self, folder):
        self.folder = Path(folder)
        company = tomllib.loads((self.folder / "company.toml").read_text())
        self.costing = company.pop("inventory", {}).get("costing", "moving_average")
        self.rate_card = company.get("rate_card", "standard")
        self.markup_schedule = company.get("markup_schedule", "standard")
        self._refuse_other_rules(company)

    def path(self, table):
        return str(self.folder / f"{table}.csv")

    def header(self, table):
        """The table's column names in the order of its file."""
        with open(self.path(table), newline="", encoding="utf-8") as file:
            return next(csv.reader(file))

    def _refuse_other_rules(self, company):
        tables = {path.stem for path in self.folder.glob("*.csv")}
        if other := sorted(tables - {*TABLES, *IGNORED}):
            raise Unsupported(f"these tables are not expressed: {', '.join(other)}")
        if other := sorted(set(company) - set(PLAIN_POLICIES)):
            raise Unsupported(f"these policies are not expressed: {', '.join(other)}")
        if self.costing not in COSTINGS:
            raise Unsupported(f"inventory costing {self.costing} is not expressed")
