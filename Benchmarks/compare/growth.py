#!/usr/bin/env python3
"""How the time and memory of `tieout report` grow with its input, as a table and a picture.

The inputs lie in one folder, each under its number of timesheet lines; --generate makes the missing
ones. Each scale has one run that is not counted and leaves its files in the page cache.
"""

import argparse
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import environment
import equality
import measure
import tables

HERE = Path(__file__).resolve().parent
BUILT = HERE.parent / ".build"
TIME, MEMORY, INK, FAINT = "#1f6feb", "#b35900", "#24292f", "#d0d7de"


@dataclass
class Point:
    """What one scale took; `size` in bytes."""

    lines: int
    size: int
    summary: measure.Summary

    @property
    def seconds_per_million(self):
        return self.summary.median / self.lines * 1e6

    @property
    def rate(self):
        return self.size / self.summary.median


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tieout", default=HERE.parents[1] / ".build" / "release" / "tieout",
                        metavar="PATH", help="the program (default: .build/release/tieout)")
    parser.add_argument("--scales", type=scales, default=[10**4, 10**5, 10**6, 10**7],
                        help="timesheet lines, with commas (default: 10000 to 10000000 by tens)")
    parser.add_argument("--inputs", type=Path, default=BUILT / "inputs", metavar="DIR",
                        help="where DIR/SCALE lie (default: Benchmarks/.build/inputs)")
    parser.add_argument("--generate", action="store_true",
                        help="make missing inputs with Benchmarks/.build/release/generate")
    parser.add_argument("--as-of", default="2026-10-31", metavar="DAY",
                        help="the last day that counts (default: %(default)s)")
    parser.add_argument("--runs", type=measure.positive, default=5, metavar="N",
                        help="counted runs of each scale (default: %(default)s)")
    parser.add_argument("--png", type=Path, metavar="FILE", help="draw the picture")
    return parser.parse_args()


def scales(text):
    try:
        return sorted({int(word) for word in text.split(",")})
    except ValueError:
        raise argparse.ArgumentTypeError("whole numbers with commas between") from None


def input_folder(scale, options):
    folder = options.inputs / str(scale)
    if (folder / "company.toml").exists():  # written last
        return folder
    if not options.generate:
        sys.exit(f"{folder} is missing; --generate makes it")
    folder.mkdir(parents=True, exist_ok=True)
    program = measure.tool_path(BUILT / "release" / "generate")
    subprocess.run([program, folder, "--scale", str(scale)], check=True, stdout=subprocess.DEVNULL)
    return folder


def measured(scale, options, scratch):
    folder = input_folder(scale, options)
    command = [measure.tool_path(options.tieout), "report", *equality.KEYS, folder,
               "--as-of", options.as_of, "--format", "csv", "--out", scratch / "out", "--quiet"]
    runs = []
    for turn in range(options.runs + 1):
        measure.say(f"{scale:,} lines, run {turn} of {options.runs}")
        runs.append(measure.run(command, scratch / "log"))
    size = sum(path.stat().st_size for path in folder.glob("*.csv"))
    return Point(scale, size, measure.Summary(runs[1:]))


def print_table(points):
    print(measure.table(
        ["timesheet lines", "input MB", "median s", "min–max s", "CPU s", "peak memory MB",
         "s per million lines", "MB/s"],
        [[f"{p.lines:,}", f"{p.size / 1e6:,.1f}", f"{p.summary.median:.2f}", p.summary.spread,
          f"{p.summary.cpu:.2f}", f"{p.summary.memory / measure.MEGABYTE:,.0f}",
          f"{p.seconds_per_million:.2f}", f"{p.rate / 1e6:,.0f}"] for p in points]))
    print(f"\nMachine: {measure.machine()}")


def draw(points, path):
    import matplotlib  # after the last run, as it is large
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    plt.rcParams.update({"font.size": 11, "text.color": INK, "axes.labelcolor": INK,
                         "axes.edgecolor": FAINT, "xtick.color": INK, "ytick.color": INK})
    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4.6), layout="constrained")
    draw_line(left, points, [p.summary.median for p in points], TIME, seconds)
    left.set(title="Wall time, median", ylabel="seconds")
    peaks = [p.summary.memory / measure.MEGABYTE for p in points]
    draw_line(right, points, peaks, MEMORY, megabytes)
    right.set(title="Peak memory", ylabel="megabytes")
    figure.suptitle("tieout report ar-aging unbilled contract-status", fontsize=12)
    figure.savefig(path, dpi=150)


def draw_line(axes, points, values, color, text):
    """Both axes in logarithms; the dashed line goes through the last point."""
    lines = [point.lines for point in points]
    axes.set_xscale("log")
    axes.set_yscale("log")
    proportional = [values[-1] * n / lines[-1] for n in lines]
    axes.plot(lines, proportional, color="#8c959f", linewidth=1, linestyle=(0, (4, 4)),
              label="proportional to the lines")
    axes.plot(lines, values, color=color, linewidth=2, marker="o", markersize=6)
    for n, value in zip(lines, values):
        axes.annotate(text(value), (n, value), xytext=(-6, 7), textcoords="offset points",
                      ha="right", color=color)
    axes.xaxis.set_major_formatter(lambda n, _: short(n))
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
    axes.yaxis.set_minor_formatter("")
    axes.set_xlabel("timesheet lines")
    axes.margins(x=0.2, y=0.12)
    axes.grid(color=FAINT, linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, loc="lower right")


def short(n):
    return f"{n / 1e6:g} million" if n >= 1e6 else f"{n:,.0f}"


def seconds(value):
    return f"{value:.2f} s" if value < 10 else f"{value:.1f} s"


def megabytes(value):
    return f"{value:,.0f} MB"


def main():
    environment.enter()
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="tieout-growth-") as scratch:
        try:
            points = [measured(scale, options, Path(scratch)) for scale in options.scales]
        except measure.Failed as failure:
            sys.exit(str(failure))
    measure.say("")
    print_table(points)
    if options.png:
        draw(points, options.png)


if __name__ == "__main__":
    main()
