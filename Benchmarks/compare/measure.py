"""Measures whole processes: wall time, CPU time and peak memory of one child at a time."""

import argparse
import os
import platform
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1_000_000


@dataclass
class Run:
    """One process from spawn to exit; times in seconds, memory in bytes."""

    wall: float
    user: float
    system: float
    memory: int

    @property
    def cpu(self):
        return self.user + self.system


class Failed(Exception):
    """A measured process did not end with status 0."""


def run(command, log):
    """Runs a command with its output in the file `log`.

    Linux counts the memory of the parent at the time of the spawn into the child's peak, so the
    measuring process must stay small: it reads no report before the last run.
    """
    command = [str(word) for word in command]
    mode = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    actions = [(os.POSIX_SPAWN_OPEN, 1, str(log), mode, 0o644), (os.POSIX_SPAWN_DUP2, 1, 2)]
    start = time.perf_counter()
    child = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - start
    if code := os.waitstatus_to_exitcode(status):
        end = "\n".join(Path(log).read_text(errors="replace").splitlines()[-20:])
        raise Failed(f"{' '.join(command)}\nended with status {code}\n{end}")
    return Run(wall, usage.ru_utime, usage.ru_stime, usage.ru_maxrss * 1024)


def say(progress):
    """Shows on a terminal what is being measured, in place of what was; an empty text clears it."""
    if sys.stderr.isatty():
        print(f"\r\033[K{progress}", end="", file=sys.stderr, flush=True)


@dataclass
class Summary:
    """The runs of one command."""

    runs: list

    @property
    def median(self):
        return statistics.median(run.wall for run in self.runs)

    @property
    def spread(self):
        walls = [run.wall for run in self.runs]
        return f"{min(walls):.2f}–{max(walls):.2f}"

    @property
    def cpu(self):
        return statistics.median(run.cpu for run in self.runs)

    @property
    def memory(self):
        return max(run.memory for run in self.runs)


def machine():
    """Cores, processor and memory in one line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    cores = len(os.sched_getaffinity(0))
    return (f"{cores} cores, {processor()}, {memory / 1e9:.0f} GB of memory, "
            f"{platform.system()} {platform.release()}, Python {platform.python_version()}")


def processor():
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def table(header, rows):
    """A Markdown table; all columns but the first are set to the right."""
    rule = ["---"] + ["---:"] * (len(header) - 1)
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in [header, rule, *rows])


def positive(text):
    """A number of runs on a command line."""
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError("a whole number above zero")
    return int(text)


def tool_path(path):
    """The tool to measure, or an end with what to do about it."""
    path = Path(path).resolve()
    if not os.access(path, os.X_OK):
        sys.exit(f"{path} is no program; build it with: swift build -c release")
    return path
