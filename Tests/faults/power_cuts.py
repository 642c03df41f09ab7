"""Cuts the power at random points of a month's commands, and looks at what may be on the disk then.

    python3 Tests/faults/power_cuts.py --cuts 3000
    python3 Tests/faults/power_cuts.py --cuts 300 --self-check

All commands that change a book or a pack run once, one after the other, and what they do to files is
recorded (recorder.c). For a random point of the record a state is made of what was synced by then and
a random part of what was not (disk.py); --seed repeats a run. Of every state (RELIABILITY G1, E16):

- SQLite finds the book whole, with the entries of a state between what was acknowledged before the
  cut and what had begun: nothing that was acknowledged is lost;
- the pack is that of such a state too, every byte of it;
- of a sample (--verified), `tieout verify` finds the book whole, the digests of its closed packs
  included, the next import and the next pack succeed, and no temporary name is left.

--self-check proves that this bites: cuts of the same record with some syncs left out must lose or
damage something; the last of them is what SQLite leaves out with synchronous = FULL (D1).
"""

import argparse
import hashlib
import os
import random
import shutil
import sys
import tempfile

import disk
from commands import (
    MONTH_END, Prepared, add_options, chosen, compiled, entries, entries_by_sqlite, run,
    strays)


SELF_CHECKS = {
    "files": lambda node, before: isinstance(node, disk.File),
    "folders": lambda node, before: isinstance(node, disk.Folder),
    "folders after an unlink": lambda node, before: isinstance(node, disk.Folder) and before == "U",
}


class Load:
    """The record of commands, and what each left: `states[n]` is after n of them."""

    def __init__(self, prepared, library, commands):
        self.prepared, self.commands = prepared, commands
        self.folder = prepared.path("load")
        os.mkdir(self.folder)
        self.inode = os.stat(self.folder).st_ino
        self.records, self.bounds = [], []
        self.states = [(0, None)]
        follower = disk.Disk(self.folder, self.inode)
        for command in commands:
            log = prepared.path("record")
            outcome = run(
                prepared.tool, *prepared.words(command, self.folder), LD_PRELOAD=library,
                RECORD_UNDER=self.folder, RECORD_LOG=log)
            if outcome.returncode != 0:
                sys.exit(f"{command.name}: {outcome.stderr}")
            start = len(self.records)
            self.records += disk.records(log)
            os.remove(log)
            self.bounds.append((start, len(self.records)))
            for record in self.records[start:]:
                follower.follow(record)
            tree = on_disk(self.folder)
            followed = follower.root.whole()
            # The lock names its last holder, and that was `tieout verify`, which is not recorded.
            followed["book.tieout.lock"] = tree["book.tieout.lock"]
            if followed != tree:
                sys.exit(f"{command.name}: the record is not all that was done")
            self.states.append((entries(prepared.tool, self.folder), pack(tree)))

    def cuts(self, count, choose):
        """Points of the record, in order: each command gets as many, a quarter of them at its end."""
        points = []
        for number in range(count):
            start, end = self.bounds[number % len(self.bounds)]
            points.append(end if choose.random() < 0.25 else choose.randint(start, end))
        return sorted(points)

    def range(self, point):
        """How many commands were acknowledged before a point, and how many had begun."""
        begun = sum(start < point for start, _ in self.bounds)
        done = sum(
            any(record.kind == "A" for record in self.records[start:min(point, end)])
            for start, end in self.bounds[max(0, begun - 1):begun])
        return max(0, begun - 1) + done, begun


def on_disk(folder):
    """The names in a folder, each with its bytes or, for a folder, its names."""
    tree = {}
    for entry in os.scandir(folder):
        if entry.is_dir():
            tree[entry.name] = on_disk(entry.path)
        else:
            with open(entry.path, "rb") as file:
                tree[entry.name] = file.read()
    return tree


def pack(tree):
    """A digest of the pack, every name and byte in it; None where there is none."""
    return digest(tree["pack"]) if "pack" in tree else None


def digest(tree):
    lines = hashlib.sha256()
    for name, content in sorted(tree.items()):
        inner = digest(content) if isinstance(content, dict) else hashlib.sha256(content).hexdigest()
        lines.update(f"{name} {inner}\n".encode())
    return lines.hexdigest()


def lay_out(tree, folder, leaves_out=()):
    """Puts a state on the real disk, in place of what is there."""
    shutil.rmtree(folder, ignore_errors=True)
    os.mkdir(folder)
    for name, content in tree.items():
        path = os.path.join(folder, name)
        if isinstance(content, dict):
            if name not in leaves_out:
                lay_out(content, path)
        else:
            with open(path, "wb") as file:
                file.write(content)


def wrong(load, tree, point, is_verified):
    """What is wrong with a state."""
    first, last = load.range(point)
    states = load.states[first:last + 1]
    if pack(tree) not in [state[1] for state in states]:
        yield "the pack is none that there was"
    folders = [] if is_verified else [name for name in tree if isinstance(tree[name], dict)]
    lay_out(tree, load.folder, leaves_out=folders)
    tool, folder = load.prepared.tool, load.folder
    try:
        found = entries(tool, folder) if is_verified else entries_by_sqlite(folder)
    except Exception as error:
        yield f"{type(error).__name__}: {error}"
        return
    if found not in [state[0] for state in states]:
        yield f"{found} entries, and not {sorted({state[0] for state in states})}"
    if not is_verified:
        return
    for words in (
            ["import", load.prepared.inputs["sample"], "--book", f"{folder}/book.tieout"],
            load.prepared.words(MONTH_END, folder)):
        outcome = run(tool, *words, "--quiet")
        if outcome.returncode != 0:
            yield f"then {words[0]}: status {outcome.returncode}: {outcome.stderr}"
    if strays(folder):
        yield f"then there is still {strays(folder)}"


def cut(load, count, seed, every=0, *ignores):
    """Cuts the power so many times; the states that are wrong. Each `every`th is verified."""
    choose = random.Random(seed)
    device = disk.Disk(load.folder, load.inode, *ignores)
    followed = bad = 0
    for number, point in enumerate(load.cuts(count, choose)):
        for record in load.records[followed:point]:
            device.follow(record)
        followed = point
        tree = device.after_cut(choose)
        texts = list(wrong(load, tree, point, every > 0 and number % every == every // 2))
        bad += bool(texts)
        for text in texts if not ignores else []:
            print(f"seed {seed}, cut {number}, record {point} of {len(load.records)}: {text}")
    return bad


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cuts", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--verified", type=int, default=20, help="states for tieout verify")
    parser.add_argument("--self-check", action="store_true", help="show that it finds what is lost")
    add_options(parser)
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.randrange(1 << 30)
    with tempfile.TemporaryDirectory() as place:
        place = os.path.realpath(place)
        library = compiled("recorder", place)
        load = Load(Prepared(os.path.abspath(options.tool), place), library, chosen(options))
        every = max(1, options.cuts // options.verified) if options.verified else 0
        bad = cut(load, options.cuts, seed, every)
        print(
            f"{options.cuts} power cuts over {len(load.records)} records of {len(load.commands)} "
            f"commands, seed {seed}: {bad} bad")
        if not options.self_check:
            return 1 if bad else 0
        for what, ignores in SELF_CHECKS.items():
            found = cut(load, options.cuts, seed, 0, ignores)
            print(f"the same without syncs of {what}: {found} bad")
            bad += found == 0
        return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
