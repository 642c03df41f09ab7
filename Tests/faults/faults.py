"""Lets every call that changes a file fail once, in every command that changes a book or a pack.

    python3 Tests/faults/faults.py                # every call, every action: hours
    python3 Tests/faults/faults.py --points 200   # of each command, evenly spread

A command runs once to count its calls (write, sync, truncate, rename, unlink, mkdir). Then for a call
and an action (the process dies, EIO, ENOSPC, EINTR, half a write, or EIO from there on) it runs again
and that call goes wrong. After it (RELIABILITY G3, E12 to E15):

- the status is 0 or 74, and with 74 the message names what failed;
- the book is whole by `tieout verify` and has its entries of before or of after, the pack is the old
  one or the new one, byte for byte; after status 0 it is after;
- a write that was interrupted or short changes nothing: status 0;
- an output whose sync failed is not synced a second time: the second would report success;
- the same command again succeeds, ends where it would have ended, and leaves no temporary name.

Exit status 1 where one of them does not hold.
"""

import argparse
import collections
import concurrent.futures
import os
import shutil
import signal
import sys
import tempfile

from commands import Prepared, add_options, chosen, compiled, entries, last, pack, repeat, run

ACTIONS = ["KILL", "EIO", "EIO+", "ENOSPC", "EINTR", "SHORT"]
# A stream of the C library continues a short write itself, and a signal interrupts no write to a file.
APPLIES = {
    "EINTR": {"write", "pwrite", "fsync", "fdatasync", "ftruncate"},
    "SHORT": {"write", "pwrite"},
}


class Sweep:
    """One command under faults."""

    def __init__(self, prepared, library, command):
        self.prepared, self.library, self.command = prepared, library, command
        self.tool = prepared.tool
        folder = prepared.path(f"whole {command.name}")
        prepared.begin(command, folder)
        self.before = (entries(self.tool, folder), pack(folder))
        outcome, self.calls = self.run(folder, 0, "")
        if outcome.returncode != 0:
            sys.exit(f"{command.name}: {outcome.stderr}")
        self.after = (entries(self.tool, folder), pack(folder))
        if self.after == self.before:
            sys.exit(f"{command.name}: changes nothing")
        shutil.rmtree(folder)

    def points(self, count):
        """The calls and actions to try: all, or so many of them, evenly spread."""
        every = [
            (action, number, call) for action in ACTIONS for number, call, _, _ in self.calls
            if call in APPLIES.get(action, {call})
        ]
        if not 0 < count < len(every):
            return every
        return [every[place * len(every) // count] for place in range(count)]

    def run(self, folder, number, action):
        log = folder + ".log"
        outcome = run(
            self.tool, *self.prepared.words(self.command, folder), LD_PRELOAD=self.library,
            FAULT_AT=str(number), FAULT_ACTION=action, FAULT_LOG=log)
        calls = []
        with open(log, encoding="utf-8") as file:
            for line in file:
                place, call, path = line.rstrip("\n").split(" ", 2)
                calls.append((int(place), call, path.removesuffix(" FAULT"), path.endswith(" FAULT")))
        os.remove(log)
        return outcome, calls

    def try_point(self, action, number):
        """What is wrong after a fault, and how it ended."""
        folder = self.prepared.path(f"{self.command.name} {action} {number}")
        again = folder + " again"
        self.prepared.begin(self.command, folder)
        outcome, calls = self.run(folder, number, action)
        hit = next((call for call in calls if call[3]), None)
        shutil.copytree(folder, again)
        wrong = list(self.wrong(folder, action, outcome, calls, hit))
        wrong += repeat(self.prepared, self.command, again, self.after)
        state = "not reached" if hit is None else f"status {outcome.returncode}"
        shutil.rmtree(folder)
        shutil.rmtree(again)
        return wrong, hit, state

    def wrong(self, folder, action, outcome, calls, hit):
        status = outcome.returncode
        killed = action == "KILL" and hit is not None
        if status not in ([-signal.SIGKILL] if killed else [0, 74]):
            yield f"status {status}: {last(outcome)}"
        if status == 74 and not any(
                "error: " in line and (folder in line or "standard output" in line)
                for line in outcome.stderr.splitlines()):
            yield f"the message names no file: {last(outcome)}"
        try:
            found = (entries(self.tool, folder), pack(folder))
        except ValueError as error:
            yield str(error)
            return
        for name, now, old, new in zip(("entries", "pack"), found, self.before, self.after):
            if now not in ([new] if status == 0 else [old, new]):
                yield f"{name}: {now}, and not {old} or {new}, after status {status}"
        # SQLite does not repeat a sync that was interrupted: the command ends as before it began.
        if action in ("EINTR", "SHORT") and status != 0 and hit and hit[1] != "fdatasync":
            yield f"{action} was not got over: {last(outcome)}"
        if action in ("EIO", "ENOSPC") and hit and hit[1] == "fsync":
            later = [call for call in calls if call[0] > hit[0] and call[1:3] == hit[1:3]]
            if later:
                yield f"synced again after a sync that failed: {later[0]}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--points", type=int, default=0, help="of each command, evenly spread (default: all)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="commands at once")
    add_options(parser)
    options = parser.parse_args()
    total = bad = 0
    with tempfile.TemporaryDirectory() as place:
        library = compiled("nth_call", place)
        prepared = Prepared(os.path.abspath(options.tool), place)
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            for command in chosen(options):
                sweep = Sweep(prepared, library, command)
                points = sweep.points(options.points)
                tried = pool.map(lambda point: sweep.try_point(*point[:2]), points)
                counts = collections.Counter()
                for (action, number, call), (wrong, hit, state) in zip(points, tried):
                    counts[state] += 1
                    for text in wrong:
                        print(f"{command.name}: {action} at call {number}, {hit or call}: {text}")
                    bad += bool(wrong)
                total += len(points)
                ends = ", ".join(f"{count} {state}" for state, count in sorted(counts.items()))
                print(
                    f"{command.name}: {len(sweep.calls)} calls, {len(points)} faults: {ends}",
                    flush=True)
    print(f"{total} faults, {bad} bad")
    return 1 if bad or not total else 0


if __name__ == "__main__":
    sys.exit(main())
