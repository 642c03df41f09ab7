#!/usr/bin/env python3
"""Calculates every formula of a workbook anew with LibreOffice and compares it with its cached value.

    Tests/recalculate.py reports/2026-10/month-end.xlsx
    Tests/recalculate.py --self-test

Exit status 0: every cached value holds. 1: a cell differs by more than half a cent, or in its text;
it is named. 2: it could not be tried. The self-test proves that a wrong cached value is caught.
Needs soffice (libreoffice-calc-nogui) and Python's standard library.
"""

import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
HALF_A_CENT = 0.005

# Without this LibreOffice trusts the cached values of a workbook that Excel might have written.
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
 oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def sheet_paths(book):
    """The worksheets of a workbook: name and path of each."""
    links = {
        link.get("Id"): link.get("Target")
        for link in ET.fromstring(book.read("xl/_rels/workbook.xml.rels"))
    }
    for sheet in ET.fromstring(book.read("xl/workbook.xml")).iter(MAIN + "sheet"):
        target = links[sheet.get(LINK)]
        yield sheet.get("name"), target.lstrip("/") if target.startswith("/") else "xl/" + target


def cells(path):
    """Every cell with a value or a formula: (sheet, cell) to (formula or None, value)."""
    found = {}
    with zipfile.ZipFile(path) as book:
        shared = []
        if "xl/sharedStrings.xml" in book.namelist():
            for item in ET.fromstring(book.read("xl/sharedStrings.xml")):
                shared.append("".join(text.text or "" for text in item.iter(MAIN + "t")))
        for name, part in sheet_paths(book):
            with book.open(part) as stream:
                for _, cell in ET.iterparse(stream):
                    if cell.tag == MAIN + "row":
                        cell.clear()
                    if cell.tag != MAIN + "c":
                        continue
                    value = cell.findtext(MAIN + "v") or ""
                    kind = cell.get("t", "n")
                    if kind == "s":
                        value = shared[int(value)]
                    elif kind == "inlineStr":
                        value = "".join(text.text or "" for text in cell.iter(MAIN + "t"))
                    elif kind in ("n", "b") and value:
                        value = float(value)
                    found[name, cell.get("r")] = (cell.findtext(MAIN + "f"), value)
    return found


def recalculated(path, folder):
    """The workbook as LibreOffice saves it after calculating every formula."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE)
    done = subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out"), str(path)],
        capture_output=True, text=True, timeout=600)
    out = folder / "out" / (path.stem + ".xlsx")
    if not out.exists():
        raise RuntimeError(f"soffice made nothing of {path}: {done.stdout}{done.stderr}")
    return out


def differ(old, new):
    if isinstance(old, float) and isinstance(new, float):
        return abs(old - new) > HALF_A_CENT
    return old != new


def compare(path):
    """The number of formulas, and a sentence for each whose cached value does not hold."""
    with tempfile.TemporaryDirectory() as folder:
        before = cells(path)
        after = cells(recalculated(pathlib.Path(path).resolve(), pathlib.Path(folder)))
    formulas = {place: cell for place, cell in before.items() if cell[0] is not None}
    wrong = []
    for (sheet, cell), (formula, value) in formulas.items():
        now = after.get((sheet, cell), (None, ""))[1]
        if differ(value, now):
            wrong.append(f"{sheet}!{cell}: ={formula} is cached as {value!r} and comes to {now!r}")
    return len(formulas), wrong


PARTS = {
    "[Content_Types].xml": """<Types
 xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels"
 ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override
 PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.\
spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType=\
"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>""",
    "_rels/.rels": """<Relationships
 xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type=\
"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
 Target="xl/workbook.xml"/></Relationships>""",
    "xl/workbook.xml": """<workbook
 xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r=\
"http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S"
 sheetId="1" r:id="rId1"/></sheets></workbook>""",
    "xl/_rels/workbook.xml.rels": """<Relationships
 xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type=\
"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
 Target="worksheets/sheet1.xml"/></Relationships>""",
}
SHEET = """<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1"><v>10.25</v></c></row><row r="2"><c r="A2"><v>-3.20</v></c></row>
<row r="3"><c r="A3"><f>SUBTOTAL(109,A1:A2)</f><v>%s</v></c></row></sheetData></worksheet>"""


def self_test():
    """A right cached value passes; one that is a cent off is caught and named."""
    with tempfile.TemporaryDirectory() as folder:
        for cached, expected in (("7.05", 0), ("7.06", 1)):
            path = pathlib.Path(folder) / f"cached-{cached}.xlsx"
            with zipfile.ZipFile(path, "w") as book:
                for name, text in PARTS.items():
                    book.writestr(name, text)
                book.writestr("xl/worksheets/sheet1.xml", SHEET % cached)
            count, wrong = compare(path)
            if (count, len(wrong)) != (1, expected):
                print(f"self-test failed: {cached} gave {wrong}", file=sys.stderr)
                return 1
            if wrong and not re.match(r"S!A3: .*7\.06.*7\.05", wrong[0]):
                print(f"self-test failed: the cell is not named in {wrong}", file=sys.stderr)
                return 1
    print("self-test passed: a cached value that is a cent off is caught")
    return 0


def main(arguments):
    if arguments == ["--self-test"]:
        return self_test()
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        count, wrong = compare(arguments[0])
    except (OSError, RuntimeError, KeyError, ValueError, ET.ParseError, zipfile.BadZipFile) as error:
        print(f"{arguments[0]}: {error}", file=sys.stderr)
        return 2
    for sentence in wrong:
        print(sentence)
    print(f"{arguments[0]}: {count} formulas, {len(wrong)} with a cached value that does not hold")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
