"""Kills commands that change a book at random moments, and looks at the book after each.

    python3 Tests/kills.py --runs 200

Each run copies a book, starts a command on the copy, kills it (SIGKILL) after a random time, and then
asks `tieout verify`: the book must be whole, and the command's entry wholly there or wholly absent. A
new book must be there with its first import or not at all. Exit status 1 where one is not; the seed is
printed, and --seed repeats a run.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))


def run(tool, *arguments):
    return subprocess.run([tool, *arguments], capture_output=True, text=True)


def entries(tool, book):
    """The number of entries of a whole book; None where it is not whole."""
    verified = run(tool, "verify", "--book", book)
    if verified.returncode != 0:
        print(verified.stderr, file=sys.stderr)
        return None
    return int(verified.stdout.splitlines()[-2].split()[0])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--tool", default=os.path.join(HERE, "../.build/release/tieout"))
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.randrange(1 << 30)
    choose = random.Random(seed)
    tool = os.path.abspath(options.tool)
    sample = os.path.join(HERE, "../sample-data")
    states = {}
    with tempfile.TemporaryDirectory() as place:
        full = os.path.join(place, "full")
        os.mkdir(full)
        first = os.path.join(place, "first")
        shutil.copytree(sample, first)
        second = os.path.join(place, "second")
        shutil.copytree(sample, second)
        path = os.path.join(second, "timesheets.csv")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace(",yes,yes,", ",yes,no,"))
        base = os.path.join(place, "base.tieout")
        assert run(tool, "import", first, "--book", base, "--quiet").returncode == 0
        commands = {
            "first import": (None, ["import", first, "--quiet"]),
            "second import": (base, ["import", second, "--quiet"]),
        }
        # How long each takes when nobody kills it.
        spans = {}
        for name, (start, arguments) in commands.items():
            book = os.path.join(full, name)
            if start:
                shutil.copy(start, book)
            began = time.monotonic()
            assert run(tool, *arguments, "--book", book).returncode == 0, name
            spans[name] = time.monotonic() - began
            states[name] = (entries(tool, start) if start else 0, entries(tool, book))
        counts = {}
        for number in range(options.runs):
            name = choose.choice(list(commands))
            start, arguments = commands[name]
            folder = os.path.join(place, f"run-{number}")
            os.mkdir(folder)
            book = os.path.join(folder, "book.tieout")
            if start:
                shutil.copy(start, book)
            process = subprocess.Popen(
                [tool, *arguments, "--book", book], stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL)
            time.sleep(choose.random() * spans[name] * 1.1)
            process.send_signal(signal.SIGKILL)
            process.wait()
            found = entries(tool, book) if os.path.exists(book) else 0
            if found not in states[name]:
                print(f"seed {seed}, run {number}, {name}: {found} entries of {states[name]}")
                return 1
            # What is left of a command that died is no hindrance to the next.
            again = run(tool, *arguments, "--book", book)
            if again.returncode != 0 or entries(tool, book) != states[name][1]:
                print(f"seed {seed}, run {number}, {name}: repeated, {again.stderr}")
                return 1
            left = set(os.listdir(folder)) - {"book.tieout", "book.tieout.lock"}
            if left:
                print(f"seed {seed}, run {number}, {name}: leaves {sorted(left)}")
                return 1
            key = (name, "done" if found == states[name][1] else "as before")
            counts[key] = counts.get(key, 0) + 1
            shutil.rmtree(folder)
    for (name, state), count in sorted(counts.items()):
        print(f"{name}: {count} {state}")
    print(f"{options.runs} kills, seed {seed}: every book whole")
    return 0


if __name__ == "__main__":
    sys.exit(main())
