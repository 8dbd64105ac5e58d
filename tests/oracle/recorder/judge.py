"""PostgreSQL's verdict on each statement of a file."""

import re
from collections.abc import Iterator

import pglast
from pglast.parser import ParseError

from . import environments, facts, split

EXPECTED_REJECTED = re.compile(rb"--[ \t]*rejected[^\n]*\n\s*\Z")


def file(path: str, source: bytes) -> Iterator[dict]:
    """A record for each statement of a file."""
    sql, sent = split.what_the_server_sees(source)
    for index, piece in enumerate(split.statements(sql, sent)):
        record = {"file": path, "index": index, "start": piece.start, "end": piece.end}
        record |= statement(sql[piece.start : piece.end], piece.start)
        if piece.placeholder and not record["accepted"]:
            record["placeholder"] = True
        yield record


def statement(sql: bytes, start: int) -> dict:
    """What PostgreSQL says of one statement that begins at a byte of its file."""
    try:
        text = sql.decode("utf-8")
    except UnicodeDecodeError as error:
        return rejected(f"invalid byte sequence for encoding UTF8: 0x{sql[error.start]:02x}", start + error.start)
    if "\0" in text:
        return rejected("invalid byte sequence for encoding UTF8: 0x00", start + sql.index(0))
    try:
        trees = pglast.parse_sql(text)
    except ParseError as error:
        message, index = error.args[0], error.args[1]
        at = len(sql) if index is None else len(text[:index].encode())
        return rejected(message, start + at)
    if len(trees) != 1:
        return rejected(f"{len(trees)} statements where one was expected", start)
    tree = trees[0].stmt
    return {"accepted": True, "kind": type(tree).__name__, "facts": facts.of(tree)}


def rejected(message: str, at: int) -> dict:
    """The record of a statement that PostgreSQL refuses at a byte."""
    return {"accepted": False, "error": message, "at": at}


def expected(source: bytes, start: int) -> bool:
    """Whether a statement should be accepted: no line `-- rejected` stands directly above it."""
    return EXPECTED_REJECTED.search(source, max(0, start - 200), start) is None


def versions(statements: list[str]) -> list[list[int]]:
    """For each statement, the older versions that accept it."""
    older = [version for version in sorted(environments.RELEASES) if version != environments.NEWEST]
    answers = [environments.accepted_by(version, statements) for version in older]
    return [
        [version for version, answer in zip(older, answers, strict=True) if answer[number]]
        for number in range(len(statements))
    ]
