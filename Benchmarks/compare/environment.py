"""The virtual environment of the comparison: Benchmarks/.venv, made where it is missing."""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent / ".venv"
PYTHON = FOLDER / "bin" / "python"


def enter():
    """Runs the program again inside the environment, unless it is there already."""
    if Path(sys.prefix) == FOLDER:
        return
    install()
    os.execv(PYTHON, [str(PYTHON), *sys.argv])


def install():
    wanted, done = HERE / "requirements.txt", FOLDER / "requirements.txt"
    if done.exists() and done.read_text() == wanted.read_text():
        return
    print(f"installing {wanted.name} into {FOLDER}", file=sys.stderr)
    venv.create(FOLDER, clear=True, symlinks=True, with_pip=True)
    (FOLDER / ".gitignore").write_text("*\n")
    subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", "-r", wanted], check=True)
    shutil.copy(wanted, done)
