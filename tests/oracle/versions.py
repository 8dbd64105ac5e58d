#!/usr/bin/env python3
"""Records which of our statements older servers do not read; README.md beside this file tells how to use it."""

import argparse
import sys
from collections.abc import Iterator

import record
from recorder import environments, servers

VERSIONS = record.HERE / "versions.jsonl"
NEWEST = max(servers.RELEASES)


def main() -> int:
    """Reads the arguments, asks the servers, and writes or compares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with versions.jsonl instead of writing it")
    arguments = parser.parse_args()
    environments.run_with_newest()
    text = record.jsonl(younger(record.own_statements()))
    if arguments.check:
        return record.compare(VERSIONS, text)
    record.write(VERSIONS, text)
    return 0


def younger(statements: list[dict]) -> Iterator[dict]:
    """The statements that not every server reads, each with the first version from which on all do."""
    accepted = [statement for statement in statements if statement["accepted"]]
    texts = [statement["text"] for statement in accepted]
    answers = [(version, servers.accepted_by(version, texts)) for version in servers.RELEASES]
    for number, statement in enumerate(accepted):
        last = max((version for version, reads in answers if not reads[number]), default=None)
        if last == NEWEST:
            raise AssertionError(f"the parser of PostgreSQL {NEWEST} reads what its server does not: {statement['text']}")
        if last is not None:
            yield {key: statement[key] for key in ("file", "index", "start", "end")} | {"since": last + 1}


if __name__ == "__main__":
    sys.exit(main())
