"""How much a folder of CSV files holds."""

from dataclasses import dataclass
from pathlib import Path

BLOCK = 1 << 20


@dataclass
class Table:
    """A file, without its header; `size` in bytes."""

    name: str
    rows: int
    size: int


def tables(folder):
    return [measured(path) for path in sorted(Path(folder).glob("*.csv"))]


def measured(path):
    return Table(path.stem, count_rows(path), path.stat().st_size)


def count_rows(path):
    """Rows after the header; a line end within quotes ends no row."""
    ends = 0
    is_quoted = False
    with open(path, "rb") as file:
        while block := file.read(BLOCK):
            for place, part in enumerate(block.split(b'"')):
                if place > 0:
                    is_quoted = not is_quoted
                if not is_quoted:
                    ends += part.count(b"\n")
    return ends - 1


def sentence(folder):
    """Bytes and rows by table, in one line."""
    all_tables = tables(folder)
    size = sum(table.size for table in all_tables)
    rows = ", ".join(
        f"{table.rows:,} {table.name}" for table in sorted(all_tables, key=lambda t: -t.rows))
    return f"{size / 1e6:,.1f} MB: {rows}"
