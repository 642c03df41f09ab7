"""Whether two folders of reports say the same in every row and every column."""

import csv
import re
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path

# The column that says which row is meant.
KEYS = {"ar-aging": "customer_id", "unbilled": "job_id", "contract-status": "job_id"}
# Numbers whose unit is not the cent.
NOT_MONEY = {
    "past_due_pct", "billed_pct", "complete_pct", "labor_hours", "oldest_days",
    "average_days_to_pay", "days_since_invoice",
}
NUMBER = re.compile(r"-?\d+(\.\d+)?")
EXAMPLES = 10


@dataclass
class Difference:
    """A cell, or a row that only one side has."""

    key: str
    column: str
    ours: str
    theirs: str


@dataclass
class Total:
    """A money column over all rows."""

    ours: Decimal = Decimal(0)
    theirs: Decimal = Decimal(0)

    @property
    def distance(self):
        return abs(self.theirs - self.ours)

    def is_within(self, share):
        return self.distance <= abs(self.ours) * share


@dataclass
class Comparison:
    """What was compared of one report, and what differs."""

    report: str
    rows: int = 0
    cells: int = 0
    left_out: list = field(default_factory=list)
    money: int = 0  # cells that differ in an amount
    numbers: int = 0  # in another number
    others: int = 0  # in a text or day, or as a row that one side lacks
    examples: list = field(default_factory=list)
    totals: dict = field(default_factory=dict)
    furthest: Decimal = Decimal(0)  # the greatest distance of one amount

    @property
    def differences(self):
        return self.money + self.numbers + self.others

    @property
    def is_equal(self):
        return self.rows > 0 and self.differences == 0 and not self.left_out

    def is_close(self, share):
        """The same rows and texts, and every total within a share of it."""
        return self.rows > 0 and self.others == 0 and not self.left_out and all(
            total.is_within(share) for total in self.totals.values())

    def note(self, *cell):
        if len(self.examples) < EXAMPLES:
            self.examples.append(Difference(*cell))


def rows(folder, report):
    with open(Path(folder) / f"{report}.csv", newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def compare(report, ours, theirs):
    """Compares row by row, in the order of the files; numbers by value, so 95.0 is 95.00."""
    result = Comparison(report)
    key = KEYS[report]
    for left, right in zip_longest(rows(ours, report), rows(theirs, report), fillvalue={}):
        if left.get(key) != right.get(key):
            result.others += 1
            ids = [row.get(key, "no row") for row in (left, right)]
            result.note(left.get(key) or right[key], key, *ids)
            return result  # all that follows would be compared with the wrong row
        if result.rows == 0:
            result.left_out = [name for name in left if name not in right]
        result.rows += 1
        compare_row(result, left, right)
    return result


def compare_row(result, left, right):
    for column, ours in left.items():
        if column not in right:
            continue
        theirs = right[column]
        result.cells += 1
        if NUMBER.fullmatch(ours) and NUMBER.fullmatch(theirs):
            is_equal = compare_numbers(result, column, Decimal(ours), Decimal(theirs))
        else:
            is_equal = ours == theirs
            result.others += not is_equal
        if not is_equal:
            result.note(left[KEYS[result.report]], column, ours, theirs)


def compare_numbers(result, column, ours, theirs):
    if column in NOT_MONEY:
        result.numbers += ours != theirs
        return ours == theirs
    total = result.totals.setdefault(column, Total())
    total.ours += ours
    total.theirs += theirs
    result.money += ours != theirs
    result.furthest = max(result.furthest, abs(ours - theirs))
    return ours == theirs
