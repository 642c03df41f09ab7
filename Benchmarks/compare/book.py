"""A book beside DuckDB's own file: both are fed the same folder and read back, in turns.

    python3 Benchmarks/compare/book.py --input /tmp/b/1000000 --runs 3

DuckDB keeps typed columns in one state; the book keeps every row's text, file, line and versions, a
chain of digests, and syncs it to the disk. Medians, the quickest and the slowest of whole processes;
"read the book" is a stage of the report's, by its --timings.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(__file__))
import environment  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))

FEED = """
import duckdb, glob, os, sys
book = duckdb.connect(sys.argv[2])
for path in sorted(glob.glob(os.path.join(sys.argv[1], "*.csv"))):
    name = os.path.splitext(os.path.basename(path))[0]
    book.execute(f"CREATE TABLE {name} AS SELECT * FROM read_csv('{path}')")
book.close()
"""
READ = """
import duckdb, sys
book = duckdb.connect(sys.argv[2], read_only=True)
tables = [name for (name,) in book.execute("SHOW TABLES").fetchall()]
for name in tables:
    book.execute(f"SELECT * FROM {name}").fetchnumpy()
"""


def timed(command):
    began = time.monotonic()
    ended = subprocess.run(command, capture_output=True, text=True)
    if ended.returncode != 0:
        sys.exit(f"{' '.join(command)}: {ended.stderr}")
    return time.monotonic() - began, ended.stderr


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--input", required=True)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--tool", default=os.path.join(HERE, "../../.build/release/tieout"))
    options = parser.parse_args()
    environment.install()
    python = str(environment.PYTHON)
    rows = sum(
        sum(1 for _ in open(os.path.join(options.input, name), "rb")) - 1
        for name in os.listdir(options.input) if name.endswith(".csv"))
    times = {}
    print(f"load {os.getloadavg()[0]:.2f} before the first run")
    with tempfile.TemporaryDirectory() as place:
        for run in range(options.runs):
            ours, theirs = (os.path.join(place, f"{name}{run}") for name in ("book", "duckdb"))
            for name, command in [
                ("tieout import", [options.tool, "import", options.input, "--book", ours, "--quiet"]),
                ("tieout report ar-aging", [
                    options.tool, "report", "ar-aging", ours, "--as-of", "2026-10-31", "--out",
                    os.path.join(place, "out"), "--quiet", "--timings"]),
                ("tieout import again", [
                    options.tool, "import", options.input, "--book", ours, "--quiet"]),
                ("tieout verify", [options.tool, "verify", "--book", ours, "--quiet"]),
                ("duckdb import", [python, "-c", FEED, options.input, theirs]),
                ("duckdb read", [python, "-c", READ, options.input, theirs]),
            ]:
                seconds, errors = timed(command)
                times.setdefault(name, []).append(seconds)
                stage = re.search(r"(\d+) ms .*read the book", errors)
                if stage:
                    times.setdefault("  read the book", []).append(int(stage[1]) / 1000)
            sizes = {"tieout": os.path.getsize(ours), "duckdb": os.path.getsize(theirs)}
    print(f"{rows:,} rows")
    for name, spans in times.items():
        median = statistics.median(spans)
        print(f"{name:<24}{median:>8.2f} s  {min(spans):.2f}–{max(spans):.2f}"
              f"  {rows / median / 1e6:>6.2f} million rows a second")
    print(json.dumps(sizes))


if __name__ == "__main__":
    main()
