"""Changes a book behind its back, a value or a row at a time, and asks `tieout verify` what it sees.

    python3 Tests/tamper.py             # every column of every table, and every kind of row change
    python3 Tests/tamper.py --changes 60 --seed 7

A book is made from sample-data: imported, drafts issued, a document voided, money applied, a month closed,
late work imported. Each change is made on a copy by another SQLite client, with the book's own triggers
taken off and put back, so that nothing but the changed value shows. Exit status 1 where verify calls a
changed book whole.
"""

import argparse
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def run(tool, *arguments, status=0):
    done = subprocess.run([tool, *arguments], capture_output=True, text=True)
    if done.returncode != status:
        raise SystemExit(f"{' '.join(arguments)}: {done.returncode}\n{done.stderr}")
    return done.stdout


def make(tool, place):
    """A book with an entry of every kind."""
    sample = os.path.join(HERE, "../sample-data")
    book = os.path.join(place, "book.tieout")
    drafts = os.path.join(place, "drafts")
    run(tool, "import", sample, "--book", book, "--quiet")
    run(tool, "bill", book, "--as-of", "2026-10-31", "--out", drafts, "--quiet")
    run(tool, "issue", drafts, "--book", book, "--as-of", "2026-10-31", "--series", "INV-", "--quiet")
    run(tool, "close", "2026-10", "--book", book, "--out", os.path.join(place, "pack"), "--quiet")
    run(tool, "void", "INV-2117", "--on", "2026-11-02", "--reason", "twice", "--book", book, "--quiet")
    run(tool, "apply", "PMT-541", "INV-2114", "--amount", "900.00", "--on", "2026-11-03",
        "--book", book, "--quiet")
    late = os.path.join(place, "late")
    shutil.copytree(sample, late)
    path = os.path.join(late, "timesheets.csv")
    with open(path, encoding="utf-8") as file:
        lines = file.read().splitlines(keepends=True)
    lines.insert(2, lines[1].replace("TS-", "LATE-", 1))  # all others move a line down
    lines[5] = lines[5].replace(",yes,yes,", ",yes,no,")
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(lines)
    run(tool, "import", late, "--book", book, "--quiet")
    run(tool, "close", "2026-11", "--book", book, "--out", os.path.join(place, "pack2"), "--quiet")
    run(tool, "reopen", "2026-11", "--reason", "a test", "--book", book, "--quiet")
    return book


def open_freely(book):
    """A connection whose changes no trigger, check or key refuses; and how to put the triggers back."""
    db = sqlite3.connect(book, isolation_level=None)
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("PRAGMA ignore_check_constraints = ON")
    triggers = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        db.execute(f'DROP TRIGGER "{name}"')

    def restore():
        for _, sql in triggers:
            db.execute(sql)
        db.close()

    return db, restore


def other(value):
    """A value of the same type that is not this one."""
    if value is None:
        return "x"
    if isinstance(value, int):
        return value + 1
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:] if value else b"x"
    if value and value[-1].isdigit():
        return value[:-1] + str((int(value[-1]) + 1) % 10)
    return value + "x"


def changes(book):
    """Every way to change it: a name, and what to do with an open connection."""
    db = sqlite3.connect(book)
    tables = [name for (name,) in db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
    found = []
    for table in tables:
        rows = db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        if not rows:
            continue
        columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
        keys = [row[1] for row in db.execute(f"PRAGMA table_info({table})") if row[5]] or ["rowid"]

        def pick(connection, choose, table=table, keys=keys, rows=rows, what="*"):
            place = choose.randrange(rows)
            names = ", ".join(f'"{key}"' if key != "rowid" else key for key in keys)
            return connection.execute(
                f"SELECT {names} FROM {table} ORDER BY {names} LIMIT 1 OFFSET {place}").fetchone()

        where = " AND ".join(f'"{key}" = ?' if key != "rowid" else "rowid = ?" for key in keys)

        def change(column, table=table, where=where, pick=pick):
            def do(connection, choose):
                key = pick(connection, choose)
                value = connection.execute(
                    f'SELECT "{column}" FROM {table} WHERE {where}', key).fetchone()[0]
                new = other(value)
                while True:
                    try:
                        connection.execute(
                            f'UPDATE {table} SET "{column}" = ? WHERE {where}', [new, *key])
                        return f"{key}: {value!r} is {new!r}"
                    except sqlite3.IntegrityError as error:
                        if "UNIQUE" not in str(error):
                            # An integer column takes no text, a blob column no text.
                            new = 10_000 if "INTEGER" in str(error) else b"x"
                        elif isinstance(new, int):
                            new += 10_000
                        else:
                            new = new + (b"y" if isinstance(new, bytes) else "y")
            return do

        for column in columns:
            found.append((f"{table}.{column} changed", change(column)))

        def delete(connection, choose, table=table, where=where, pick=pick):
            key = pick(connection, choose)
            connection.execute(f"DELETE FROM {table} WHERE {where}", key)
            return f"{key}"

        found.append((f"{table}: a row deleted", delete))

        def double(connection, choose, table=table, where=where, pick=pick, keys=keys,
                   columns=columns):
            key = pick(connection, choose)
            row = dict(zip(columns, connection.execute(
                f"SELECT * FROM {table} WHERE {where}", key).fetchone()))
            if "occurrence" in row:
                row["version"] = 1_000_000
                row["occurrence"] = 77
            elif keys != ["rowid"]:
                last = row[keys[-1]]
                row[keys[-1]] = last + 1_000 if isinstance(last, int) else last + "+"
            if "request" in row:
                row["request"] = None
            if table == "source":
                row["file"] += "+"
            if table == "closing":
                row["period"] += "+"
            if table == "grdb_migrations":
                row["identifier"] += "+"
            names = ", ".join(f'"{name}"' for name in row)
            marks = ", ".join("?" * len(row))
            connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))
            return f"{key}"

        found.append((f"{table}: a row doubled", double))
    return found


def refusals(book):
    """What another program tries on a book whose triggers stand; each must be refused."""
    db = sqlite3.connect(book, isolation_level=None)
    tables = [name for (name,) in db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
    taken = []
    tried = 0
    for table in tables:
        if table == "grdb_migrations" or not db.execute(f"SELECT 1 FROM {table}").fetchone():
            continue
        columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
        statements = [f"DELETE FROM {table}"]
        # Where a row stands may change: an export may have it on another line.
        statements += [f'UPDATE {table} SET "{column}" = "{column}"' for column in columns
                       if column not in ("ended", "origin", "epoch", "line")]
        if "occurrence" in columns:
            own = ", ".join(f'"{column}"' for column in columns if column != "version")
            again = own.replace('"occurrence"', "occurrence + 1000")
            statements.append(f"INSERT INTO {table} ({own}) SELECT {again} FROM {table}")
            statements.append(f"UPDATE {table} SET ended = (SELECT max(id) FROM log)")
        for statement in statements:
            tried += 1
            db.execute("BEGIN")
            try:
                db.execute(statement)
                taken.append(f"taken: {statement}")
            except sqlite3.IntegrityError:
                pass
            db.execute("ROLLBACK")
    db.close()
    return tried, taken


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--changes", type=int, default=None, help="so many, chosen at random")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--tool", default=os.path.join(HERE, "../.build/release/tieout"))
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.randrange(1 << 30)
    choose = random.Random(seed)
    tool = os.path.abspath(options.tool)
    missed = []
    with tempfile.TemporaryDirectory() as place:
        book = make(tool, place)
        head = run(tool, "verify", "--book", book).splitlines()[-1].split()[1]
        tried, taken = refusals(book)
        missed += taken
        ways = changes(book)
        if options.changes is not None:
            ways = choose.sample(ways, min(options.changes, len(ways)))
        copy = os.path.join(place, "copy.tieout")
        for name, way in ways:
            shutil.copy(book, copy)
            db, restore = open_freely(copy)
            what = way(db, choose)
            restore()
            verified = subprocess.run(
                [tool, "verify", "--book", copy], capture_output=True, text=True)
            if verified.returncode != 65 or not verified.stderr:
                missed.append(f"{name}, {what}: {verified.returncode} {verified.stderr}")
        # The log's end cut off leaves a whole book, which lacks the head that was written down.
        shutil.copy(book, copy)
        db, restore = open_freely(copy)
        last = db.execute("SELECT max(id) FROM log").fetchone()[0]
        db.execute("UPDATE closing SET ended = NULL WHERE ended = ?", [last])
        for table in ["seal", "log"]:
            key = "entry" if table == "seal" else "id"
            db.execute(f"DELETE FROM {table} WHERE {key} = ?", [last])
        restore()
        run(tool, "verify", "--book", copy)
        cut = subprocess.run(
            [tool, "verify", "--book", copy, "--head", head], capture_output=True, text=True)
        if cut.returncode != 65 or head not in cut.stderr:
            missed.append(f"the log's end cut off: {cut.returncode} {cut.stderr}")
        # A trigger gone, and a byte of a file that was handed out.
        shutil.copy(book, copy)
        db = sqlite3.connect(copy, isolation_level=None)
        db.execute("DROP TRIGGER log_deleted")
        db.close()
        gone = subprocess.run([tool, "verify", "--book", copy], capture_output=True, text=True)
        if gone.returncode != 65 or "missing: trigger log_deleted" not in gone.stderr:
            missed.append(f"a trigger dropped: {gone.returncode} {gone.stderr}")
        path = os.path.join(place, "pack", "ar-aging.csv")
        with open(path, "rb") as file:
            text = bytearray(file.read())
        text[choose.randrange(len(text))] ^= 1
        with open(path, "wb") as file:
            file.write(text)
        flipped = subprocess.run([tool, "verify", "--book", book], capture_output=True, text=True)
        if flipped.returncode != 65 or "ar-aging.csv is not as it was" not in flipped.stderr:
            missed.append(f"a byte of a closed pack: {flipped.returncode} {flipped.stderr}")
    for line in missed:
        print(line)
    print(f"{tried} statements of another program refused but {len(taken)}")
    print(f"{len(ways) + 3} changes, seed {seed}: {len(missed)} not found")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
