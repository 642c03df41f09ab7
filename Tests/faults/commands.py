"""The commands that change a book or a pack, the states they start from and what they leave.

A new command is a line of COMMANDS; faults.py, power_cuts.py and ../kills.py walk them all.
"""

import contextlib
import dataclasses
import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys

REPOSITORY = os.path.abspath(os.path.join(os.path.dirname(__file__), "../.."))
SERIES = ["--series", "INV-"]


@dataclasses.dataclass(frozen=True)
class Command:
    name: str
    start: str  # a folder of Prepared: nothing, book, closed
    words: list  # {folder}, {sample}, {changed} and {drafts} are put in; a book is {folder}/book.tieout
    posts: bool = True  # whether it adds an entry to the book


MONTH_END = Command(
    "month-end", "book",
    ["month-end", "{sample}", "--as-of", "2026-10-31", "--out", "{folder}/pack"], posts=False)
# A list that can be done in its order on one book, too.
COMMANDS = [
    Command("first import", "nothing", ["import", "{sample}"]),
    Command("issue", "book", ["issue", "{drafts}", "--as-of", "2026-10-31", *SERIES]),
    Command("void", "book", ["void", "INV-2110", "--on", "2026-11-04", "--reason", "wrong order"]),
    Command(
        "apply", "book",
        ["apply", "PMT-541", "INV-2114", "--amount", "900.00", "--on", "2026-11-03"]),
    Command(
        "deposit", "book",
        ["deposit", "J-1003", "--amount", "100.00", "--on", "2026-11-02", "--reason", "long lead",
         *SERIES]),
    Command(
        "release", "book",
        ["release", "J-1005", "--amount", "100.00", "--on", "2026-11-15", "--reason", "half",
         *SERIES]),
    Command("close", "book", ["close", "2026-10", "--out", "{folder}/pack"]),
    Command("reopen", "closed", ["reopen", "2026-10", "--reason", "statement came late"]),
    Command("import", "book", ["import", "{changed}"]),
    MONTH_END,
]
NAMES = {"book.tieout", "book.tieout.lock", "pack"}


def add_options(parser):
    parser.add_argument("--tool", default=os.path.join(REPOSITORY, ".build/release/tieout"))
    parser.add_argument("--commands", help="only these, by name, with commas between")


def chosen(options):
    if options.commands is None:
        return COMMANDS
    names = options.commands.split(",")
    found = [command for command in COMMANDS if command.name in names]
    if len(found) != len(names):
        sys.exit(f"of {names}, only {[command.name for command in found]} are commands")
    return found


def run(tool, *words, **extra):
    environment = dict(os.environ, SWIFT_BACKTRACE="enable=no", **extra)
    return subprocess.run([tool, *words], capture_output=True, text=True, env=environment)


def compiled(name, folder):
    """A library of this folder for LD_PRELOAD, made by the clang beside swift or the system's compiler."""
    compiler = shutil.which("clang") or shutil.which("cc")
    if not compiler:
        sys.exit("no C compiler: neither clang, which comes with Swift, nor cc")
    library = os.path.join(folder, name + ".so")
    source = os.path.join(REPOSITORY, "Tests/faults", name + ".c")
    subprocess.run(
        [compiler, "-Wall", "-Wextra", "-Werror", "-O1", "-shared", "-fPIC", "-o", library, source,
         "-ldl"],
        check=True)
    return library


class Prepared:
    """The input folders, and a folder for each state that a command starts from."""

    def __init__(self, tool, place):
        self.tool, self.place = tool, place
        sample = os.path.join(REPOSITORY, "sample-data")
        changed, drafts = self.path("changed"), self.path("drafts")
        self.inputs = {"sample": sample, "changed": changed, "drafts": drafts}
        shutil.copytree(sample, changed)
        with open(os.path.join(changed, "timesheets.csv"), "r+", encoding="utf-8") as file:
            text = file.read()
            file.seek(0)
            file.write(text.replace(",yes,yes,", ",yes,no,"))
            file.truncate()
        os.mkdir(self.path("nothing"))
        book, pack = self.path("book/book.tieout"), self.path("book/pack")
        os.mkdir(self.path("book"))
        self.must("import", sample, "--book", book)
        self.must("bill", book, "--as-of", "2026-10-31", "--out", drafts)
        self.must("month-end", sample, "--as-of", "2026-09-30", "--out", pack)
        shutil.copytree(self.path("book"), self.path("closed"))
        closed = self.path("closed")
        self.must(
            "close", "2026-10", "--book", f"{closed}/book.tieout", "--out", f"{closed}/pack")

    def path(self, name):
        return os.path.join(self.place, name)

    def must(self, *words):
        outcome = run(self.tool, *words, "--quiet")
        if outcome.returncode != 0:
            sys.exit(f"{words}: {outcome.stderr}")

    def begin(self, command, folder):
        """Makes a folder in the state from which the command starts."""
        shutil.copytree(self.path(command.start), folder)

    def words(self, command, folder):
        """The command line; the request's name lets it be repeated."""
        words = [word.format(folder=folder, **self.inputs) for word in command.words]
        if command.posts:
            words += ["--book", f"{folder}/book.tieout", "--request", command.name]
        return words


def entries(tool, folder):
    """The entries of a folder's book, which `tieout verify` finds whole; 0 where there is none."""
    book = os.path.join(folder, "book.tieout")
    if not os.path.exists(book):
        return 0
    verified = run(tool, "verify", "--book", book)
    found = re.search(r"^(\d+) entr", verified.stdout, re.MULTILINE)
    if verified.returncode != 0 or not found:
        raise ValueError(f"not whole: {verified.stdout}{verified.stderr}")
    return int(found[1])


def entries_by_sqlite(folder):
    """The same by SQLite alone, which is faster."""
    book = os.path.join(folder, "book.tieout")
    if not os.path.exists(book):
        return 0
    with contextlib.closing(sqlite3.connect(book)) as db:
        whole = db.execute("PRAGMA integrity_check").fetchall()
        if whole != [("ok",)]:
            raise ValueError(f"not whole: {whole[:3]}")
        return db.execute("SELECT count(*) FROM log").fetchone()[0]


def pack(folder):
    """A digest of the folder's pack with every name and byte in it; None where there is none."""
    top = os.path.join(folder, "pack")
    if not os.path.isdir(top):
        return None
    digest = hashlib.sha256()
    for path, _, names in sorted(os.walk(top)):
        for name in sorted(names):
            with open(os.path.join(path, name), "rb") as file:
                inner = hashlib.file_digest(file, "sha256").hexdigest()
            digest.update(f"{os.path.relpath(path, top)}/{name} {inner}\n".encode())
    return digest.hexdigest()


def strays(folder):
    """Names in a folder that no command leaves behind."""
    return sorted(set(os.listdir(folder)) - NAMES)


def last(outcome):
    """The line of standard error that tells."""
    return (outcome.stderr.splitlines() or ["(no message)"])[-1]


def repeat(prepared, command, folder, after):
    """What is wrong when a command is done again, where it failed: it must end as `after`."""
    wrong = []
    outcome = run(prepared.tool, *prepared.words(command, folder))
    if outcome.returncode != 0:
        wrong.append(f"repeated: status {outcome.returncode}: {last(outcome)}")
    try:
        found = (entries_by_sqlite(folder), pack(folder))
        if found != after:
            wrong.append(f"repeated: {found}, and not {after}")
    except (ValueError, sqlite3.Error) as error:
        wrong.append(f"repeated: {error}")
    if strays(folder) and "{folder}/pack" in command.words:
        # What was done before writes no pack again; the next that does sweeps up.
        run(prepared.tool, *prepared.words(MONTH_END, folder))
    if strays(folder):
        wrong.append(f"repeated: leaves {strays(folder)}")
    return wrong
