#!/usr/bin/env python3
"""Records what PostgreSQL's own parser says of SQL files; README.md beside this file tells how to use it."""

import argparse
import difflib
import json
import re
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from recorder import environments

# The rest of `recorder` needs pglast, so it is imported after the change of interpreter.

HERE = Path(__file__).resolve().parent
STATEMENTS = HERE / "statements"
RECORD = HERE / "record.jsonl"

# What an open parenthesis or quote of an earlier statement has taken in.
SWALLOWED = re.compile(r"^-- rejected", re.MULTILINE)

# Trees are walked recursively, and PostgreSQL's own tests nest deep.
RECURSION = 50_000
STACK = 512 * 1024 * 1024


def main() -> int:
    """Reads the arguments, and records under the newest parser, where recursion has room."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", nargs="?", type=Path, help="a directory of .sql files instead of our statements")
    parser.add_argument("--output", type=Path, help="write here instead of record.jsonl, or standard output")
    parser.add_argument("--check", action="store_true", help="compare with record.jsonl instead of writing it")
    arguments = parser.parse_args()
    if arguments.directory is not None and not arguments.directory.is_dir():
        parser.error(f"no such directory: {arguments.directory}")
    environments.run_with_newest()
    status = []
    sys.setrecursionlimit(RECURSION)
    threading.stack_size(STACK)
    thread = threading.Thread(target=lambda: status.append(run(arguments)))
    thread.start()
    thread.join()
    return status[0] if status else 2


def run(arguments: argparse.Namespace) -> int:
    """Records, and writes or compares."""
    if arguments.directory is not None:
        write(arguments.output, jsonl(corpus(arguments.directory)))
        return 0
    records = own_statements()
    wrong = broken_expectations(records)
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
        return 1
    text = jsonl(without_expectations(records))
    if arguments.check:
        return compare(RECORD, text)
    write(arguments.output or RECORD, text)
    return 0


def corpus(directory: Path) -> Iterator[dict]:
    """The records of every .sql file under a directory."""
    from recorder import judge

    for path in sorted(directory.rglob("*.sql")):
        if path.is_file():
            yield from judge.file(path.relative_to(directory).as_posix(), path.read_bytes())


def own_statements() -> list[dict]:
    """The records of our own statements, with the versions that accept them and what their files expect."""
    from recorder import judge, split

    records = []
    for path in sorted(STATEMENTS.glob("*.sql")):
        source = path.read_bytes()
        sql, _ = split.what_the_server_sees(source)
        for record in judge.file(path.name, source):
            record["expected"] = judge.expected(source, record["start"])
            record["text"] = sql[record["start"] : record["end"]].decode("utf-8", "surrogateescape")
            records.append(record)
    older = judge.versions([record["text"] for record in records])
    for record, accepting in zip(records, older, strict=True):
        if record["accepted"]:
            record["since"] = min(accepting, default=environments.NEWEST)
        elif accepting:
            record["until"] = max(accepting)
    return records


def broken_expectations(records: list[dict]) -> list[str]:
    """Where a file's `-- rejected` and PostgreSQL's verdict differ, or where a statement swallows others."""
    wrong = []
    for record in records:
        if SWALLOWED.search(record["text"]):
            wrong.append(f"{record['file']}: one statement swallows others: {record['text'][:80]}")
        elif record["accepted"] != record["expected"]:
            verdict = "accepts" if record["accepted"] else f"rejects ({record['error']})"
            wrong.append(f"{record['file']}: PostgreSQL {verdict}: {record['text']}")
    return wrong


def without_expectations(records: list[dict]) -> Iterator[dict]:
    """The records as they are written: what the files hold is not repeated."""
    for record in records:
        yield {key: value for key, value in record.items() if key not in ("expected", "text")}


def jsonl(records: Iterator[dict]) -> str:
    """One record a line."""
    return "".join(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n" for record in records)


def write(path: Path | None, text: str) -> None:
    """Writes to a file or to standard output."""
    if path is None:
        sys.stdout.write(text)
    else:
        path.write_text(text, encoding="utf-8", newline="\n")


def compare(path: Path, text: str) -> int:
    """Prints how a record differs from what PostgreSQL says now."""
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    difference = list(difflib.unified_diff(old.splitlines(), text.splitlines(), str(path), "now", lineterm="", n=0))
    print("\n".join(difference))
    return 1 if difference else 0


if __name__ == "__main__":
    sys.exit(main())
