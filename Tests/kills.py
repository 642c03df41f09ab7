"""Kills commands that change a book or a pack at random moments, and looks at what is left.

    python3 Tests/kills.py --runs 200

Each run puts a book and a pack into a folder, starts a command on them, kills it (SIGKILL, or a
signal that a person or the system sends) after a random time, and then asks `tieout verify`: the book must be whole, and the command's entry wholly there
or wholly absent; the pack must be the old one or the new one. A new book must be there with its first
import or not at all. The same command must then succeed and leave no temporary file. Exit status 1
where one does not hold; the seed is printed, and --seed repeats a run.
"""

import argparse
import collections
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "faults"))

from commands import Prepared, add_options, chosen, entries, pack, repeat, run  # noqa: E402


SIGNALS = [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP]


class Whole:
    """A command that nobody kills: what it starts from, what it leaves, how long it takes."""

    def __init__(self, prepared, command):
        folder = prepared.path(f"whole {command.name}")
        prepared.begin(command, folder)
        self.before = (entries(prepared.tool, folder), pack(folder))
        began = time.monotonic()
        outcome = run(prepared.tool, *prepared.words(command, folder))
        self.span = time.monotonic() - began
        if outcome.returncode != 0:
            sys.exit(f"{command.name}: {outcome.stderr}")
        self.after = (entries(prepared.tool, folder), pack(folder))
        shutil.rmtree(folder)


def kill(prepared, command, whole, folder, share, sent):
    """Sends a signal after a share of the command's time: what is wrong then, and how it ended."""
    prepared.begin(command, folder)
    process = subprocess.Popen(
        [prepared.tool, *prepared.words(command, folder)], stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL)
    time.sleep(share * whole.span * 1.1)
    process.send_signal(sent)
    process.wait()
    try:
        found = (entries(prepared.tool, folder), pack(folder))
    except ValueError as error:
        return [str(error)], "damaged"
    wrong = [
        f"{now}, and not {old} or {new}"
        for now, old, new in zip(found, whole.before, whole.after) if now not in (old, new)
    ]
    wrong += repeat(prepared, command, folder, whole.after)
    shutil.rmtree(folder)
    return wrong, "done" if found == whole.after else "as before"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=None)
    add_options(parser)
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.randrange(1 << 30)
    choose = random.Random(seed)
    counts = collections.Counter()
    with tempfile.TemporaryDirectory() as place:
        prepared = Prepared(os.path.abspath(options.tool), place)
        wholes = [(command, Whole(prepared, command)) for command in chosen(options)]
        for number in range(options.runs):
            command, whole = choose.choice(wholes)
            folder = prepared.path(f"run {number}")
            sent = choose.choice(SIGNALS)
            wrong, end = kill(prepared, command, whole, folder, choose.random(), sent)
            if wrong:
                print(f"seed {seed}, run {number}, {command.name}: {'; '.join(wrong)}")
                return 1
            counts[command.name, end] += 1
    for (name, end), count in sorted(counts.items()):
        print(f"{name}: {count} {end}")
    print(f"{options.runs} kills, seed {seed}: every book and pack whole")
    return 0


if __name__ == "__main__":
    sys.exit(main())
