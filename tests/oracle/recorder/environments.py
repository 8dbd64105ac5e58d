"""The Python environments that hold pglast: one for each major version of PostgreSQL.

`pglast` binds one version of PostgreSQL's parser each, so that several cannot live in one environment. They are made
once, beside the other things that the tests need, and never in the system's Python.
"""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

# The newest judges; the older ones say since when a statement is accepted. PyPI has none for 12, 13 and 14.
RELEASES = {15: "5.10", 16: "6.17", 17: "7.22", 18: "8.8"}
NEWEST = max(RELEASES)

PROBE = """
import json, sys
from pglast import parse_sql
from pglast.parser import ParseError
def accepted(sql):
    try:
        return len(parse_sql(sql)) == 1
    except (ParseError, UnicodeEncodeError):
        return False
json.dump([accepted(sql) for sql in json.load(sys.stdin)], sys.stdout)
"""


def folder() -> Path:
    """Where the environments live; MIGRATION_LINT_TEST_ENV moves them."""
    return Path(os.environ.get("MIGRATION_LINT_TEST_ENV", ROOT / ".test-env"))


def python(version: int) -> Path:
    """The interpreter that has PostgreSQL's parser of a version, made if there is none yet."""
    home = folder() / f"pglast-{version}"
    interpreter = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    marker = home / RELEASES[version]
    if not marker.exists():
        print(f"installing pglast {RELEASES[version]} in {home}", file=sys.stderr)
        venv.create(home, with_pip=True)
        subprocess.run(
            [interpreter, "-m", "pip", "install", "--quiet", f"pglast=={RELEASES[version]}"],
            check=True,
            stdout=sys.stderr,
        )
        marker.touch()
    return interpreter


def run_with_newest() -> None:
    """Starts this program again under the interpreter with the newest parser, unless it runs there already."""
    interpreter = python(NEWEST)
    if Path(sys.prefix) != interpreter.parents[1]:
        os.execv(interpreter, [str(interpreter), *sys.argv])


def accepted_by(version: int, statements: list[str]) -> list[bool]:
    """Which statements a version's grammar accepts."""
    answer = subprocess.run(
        [python(version), "-c", PROBE], input=json.dumps(statements), text=True, check=True, capture_output=True
    )
    return json.loads(answer.stdout)
