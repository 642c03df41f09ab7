#!/usr/bin/env python3
"""Counts the instructions of each kernel with callgrind, as this machine's own counters cannot be read.

A kernel is run once with one round and once with three: half of the difference is what a round costs,
without what prepares it. Instructions are the same on every run; time is not.
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / "Benchmarks" / ".build"


def stripped(binary: pathlib.Path, folder: pathlib.Path) -> pathlib.Path:
    """A copy without debug information, which valgrind 3.19 cannot read where Swift writes it."""
    copy = folder / binary.name
    shutil.copy(binary, copy)
    subprocess.run(["strip", "-g", copy], check=True)
    return copy


def counted(binary: pathlib.Path, arguments: list[str], folder: pathlib.Path) -> tuple[int, str]:
    """Instructions of a whole process, and what it printed."""
    run = subprocess.run(
        ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/callgrind.out", binary]
        + arguments, capture_output=True, text=True, check=True)
    match = re.search(r"I\s+refs:\s+([\d,]+)", run.stderr)
    if match is None:
        raise SystemExit(run.stderr)
    return int(match.group(1).replace(",", "")), run.stdout.strip()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--input", default=str(BUILD / "inputs" / "10000"))
    parser.add_argument("--only", default="", help="kernels whose name has this")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        binary = stripped(BUILD / "release" / "kernel", folder)
        names = subprocess.run(
            [binary, options.input], capture_output=True, text=True, check=True
        ).stdout.splitlines()
        print("| kernel | instructions | per |")
        print("|---|---:|---|")
        for kernel in names:
            if options.only not in kernel:
                continue
            one, _ = counted(binary, [options.input, kernel, "1"], folder)
            three, printed = counted(binary, [options.input, kernel, "3"], folder)
            units, unit = printed.split(" ", 1)
            print(f"| {kernel} | {(three - one) / 2 / int(units):,.0f} | {unit} |", flush=True)


if __name__ == "__main__":
    main()
