#!/usr/bin/env python3
"""Compares `tieout report` with the same three reports by DuckDB and by Polars.

Each tool runs as a whole process, one after the other, after a first round that is not counted and
leaves the files in the page cache. Then the reports are compared: DuckDB's must equal Tieout's in
every cell, Polars' up to binary rounding. Exit status 1 where they do not.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import asdict
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path

import environment
import equality
import measure
import tables

HERE = Path(__file__).resolve().parent
REPORTS = tuple(equality.KEYS)
EXACT = ("duckdb",)
# Totals by binary floats may differ by so much; a line that ends on half a cent loses one.
FLOAT_SHARE = Decimal("0.0001")


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tieout", default=HERE.parents[1] / ".build" / "release" / "tieout",
                        metavar="PATH", help="the program (default: .build/release/tieout)")
    parser.add_argument("--input", required=True, type=Path, metavar="DIR",
                        help="a folder of CSV files that `generate` wrote")
    parser.add_argument("--as-of", default="2026-10-31", metavar="DAY",
                        help="the last day that counts (default: %(default)s)")
    parser.add_argument("--runs", type=measure.positive, default=5, metavar="N",
                        help="counted runs of each tool (default: %(default)s)")
    parser.add_argument("--tools", type=tool_names, default=["tieout", "duckdb", "polars"],
                        help="with commas between (default: tieout,duckdb,polars)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="save every run and comparison")
    return parser.parse_args()


def tool_names(text):
    names = text.split(",")
    if unknown := set(names) - {"tieout", "duckdb", "polars"}:
        raise argparse.ArgumentTypeError(f"no such tool: {', '.join(sorted(unknown))}")
    return names


def command(tool, options, out):
    if tool == "tieout":
        return [measure.tool_path(options.tieout), "report", *REPORTS, options.input, "--as-of",
                options.as_of, "--format", "csv", "--out", out, "--quiet"]
    return [sys.executable, HERE / f"{tool}_reports.py", options.input, options.as_of, out]


def tool_version(tool, options):
    if tool == "tieout":
        path = measure.tool_path(options.tieout)
        return subprocess.run([path, "--version"], capture_output=True, text=True).stdout.strip()
    return version(tool)


def run_all(options, folder):
    """The runs of each tool, taken in turns so that a busy moment of the machine hits all alike."""
    runs = {tool: [] for tool in options.tools}
    for turn in range(options.runs + 1):
        for tool in options.tools:
            measure.say(f"{tool}, run {turn} of {options.runs}")
            result = measure.run(command(tool, options, folder / tool), folder / f"{tool}.log")
            if turn > 0:
                runs[tool].append(result)
    measure.say("")
    return {tool: measure.Summary(list_) for tool, list_ in runs.items()}


def print_times(summaries, options):
    base = summaries.get("tieout")
    print(measure.table(
        ["tool", "version", "median s", "min–max s", "CPU s", "peak memory MB", "× tieout"],
        [[tool, tool_version(tool, options), f"{summary.median:.2f}", summary.spread,
          f"{summary.cpu:.2f}", f"{summary.memory / measure.MEGABYTE:.0f}",
          f"{summary.median / base.median:.2f}" if base else ""]
         for tool, summary in summaries.items()]))
    print(f"\nMachine: {measure.machine()}")
    print(f"Input: {tables.sentence(options.input)}")
    print(f"As of {options.as_of}; counted runs of each: {options.runs}, in turns, "
          "files in the page cache.\n")


def compare_reports(options, folder):
    """By tool, the comparison of each report with Tieout's."""
    if "tieout" not in options.tools:
        return {}
    return {
        tool: [equality.compare(report, folder / "tieout", folder / tool) for report in REPORTS]
        for tool in options.tools if tool != "tieout"
    }


def passes(tool, comparison):
    return comparison.is_equal if tool in EXACT else comparison.is_close(FLOAT_SHARE)


def print_comparison(tool, comparison):
    verdict = "PASS" if passes(tool, comparison) else "FAIL"
    wanted = "to the cent" if tool in EXACT else "up to binary rounding"
    print(f"{verdict} {tool} {comparison.report}, {wanted}: {comparison.rows:,} rows, "
          f"{comparison.cells:,} cells, {comparison.differences:,} differ")
    if comparison.left_out:
        print(f"     not compared: {', '.join(comparison.left_out)}")
    if comparison.money:
        print(f"     {comparison.money:,} of them amounts, by at most "
              f"{comparison.furthest * 100:,.0f} cents")
    for name, total in comparison.totals.items():
        if tool in EXACT or total.distance:
            off = f", off by {total.distance * 100:,.0f} cents" if total.distance else ""
            print(f"     total {name} {total.ours:,.2f}{off}")
    if verdict == "FAIL":
        for cell in comparison.examples:
            print(f"     {cell.key} {cell.column}: {cell.ours} and not {cell.theirs}")


def save(path, options, summaries, comparisons):
    content = {
        "machine": measure.machine(), "as_of": options.as_of,
        "input": [asdict(table) for table in tables.tables(options.input)],
        "versions": {tool: tool_version(tool, options) for tool in summaries},
        "runs": {tool: [asdict(run) for run in summary.runs]
                 for tool, summary in summaries.items()},
        "comparisons": {tool: [asdict(comparison) for comparison in list_]
                        for tool, list_ in comparisons.items()},
    }
    path.write_text(json.dumps(content, indent=2, default=str) + "\n")


def main():
    environment.enter()
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="tieout-compare-") as folder:
        folder = Path(folder)
        try:
            summaries = run_all(options, folder)
        except measure.Failed as failure:
            sys.exit(str(failure))
        print_times(summaries, options)
        comparisons = compare_reports(options, folder)
    for tool, list_ in comparisons.items():
        for comparison in list_:
            print_comparison(tool, comparison)
    if options.json:
        save(options.json, options, summaries, comparisons)
    if not all(passes(tool, one) for tool, list_ in comparisons.items() for one in list_):
        sys.exit(1)


if __name__ == "__main__":
    main()
