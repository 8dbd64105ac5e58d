"""Cuts a file into statements, where PostgreSQL cuts it.

psql's way is the one that never fails: a `;` outside parentheses, strings and comments ends a statement, and so does
a meta-command that sends what was typed so far, wherever it stands. libpg_query's splitters are held against it: its
scanner, which passes over what holds no keyword and gives up at what it cannot read, may know no boundary that is not
ours; and where a `BEGIN ATOMIC` body may be, its parser is asked, or, where the file does not parse, pieces are joined
until they do.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass

import pglast
from pglast.parser import ParseError

from . import psql

ATOMIC_BODY = re.compile(rb"\bbegin\s+atomic\b", re.IGNORECASE)
ROUTINE_WITH_BODY = re.compile(rb"create\s+(?:or\s+replace\s+)?(?:function|procedure)\b", re.IGNORECASE)
CLIENT = re.compile(rb"\b(?:stdin|stdout)\b", re.IGNORECASE)  # After FROM and TO both words mean the client.
VARIABLE = re.compile(rb"(?<!:):(?:\{\?)?['\"A-Za-z_]")
TEMPLATE = re.compile(rb"\$\{|\{\{|\{%")

# How many pieces a body that never parses is tried with; beyond that psql's way of counting decides.
MOST_PIECES = 200


@dataclass(frozen=True)
class Piece:
    """A statement's byte range, and whether it holds a placeholder outside strings and comments."""

    start: int
    end: int
    placeholder: bool


def what_the_server_sees(source: bytes) -> tuple[bytes, frozenset[int]]:
    """A file without what psql keeps to itself, every byte in its place, and where a meta-command sent a statement."""
    return psql.blank_client_lines(source, copies_from_client)


def statements(sql: bytes, sent: frozenset[int]) -> list[Piece]:
    """The statements of what the server sees of a file."""
    found = psql.tokens(sql)
    pieces = []
    for start, end in cuts(sql, found, sent):
        inside = tokens_within(found, start, end)
        if inside:
            pieces.append(Piece(inside[0].start, inside[-1].end, holds_placeholder(sql, inside)))
    return pieces


def tokens_within(found: list[psql.Token], start: int, end: int) -> list[psql.Token]:
    """The tokens of a byte range, without white space and comments."""
    first = bisect_left(found, start, key=lambda token: token.start)
    last = bisect_left(found, end, key=lambda token: token.start)
    return [token for token in found[first:last] if token.kind not in (psql.SPACE, psql.COMMENT)]


def cuts(sql: bytes, found: list[psql.Token], sent: frozenset[int]) -> list[tuple[int, int]]:
    """The byte ranges between the `;` that end statements."""
    pieces = client_cuts(sql, found, sent)
    if not sent:
        check_against_scanner(sql, found, pieces)
    if ATOMIC_BODY.search(sql) is None:
        return pieces
    try:
        return ranges(pglast.split(one_byte_characters(sql), only_slices=True))
    except ParseError:
        return joined(sql, found, pieces)


def check_against_scanner(sql: bytes, found: list[psql.Token], pieces: list[tuple[int, int]]) -> None:
    """Fails where PostgreSQL's scanner sees a statement that is none of the pieces."""
    try:
        scanned = ranges(pglast.split(one_byte_characters(sql), with_parser=False, only_slices=True))
    except ParseError:
        return
    ours = {trimmed(found, piece) for piece in pieces}
    unknown = [piece for piece in scanned if trimmed(found, piece) not in ours]
    if unknown:
        raise AssertionError(f"PostgreSQL's scanner sees other statements: {unknown}")


def trimmed(found: list[psql.Token], piece: tuple[int, int]) -> tuple[int, int]:
    """A range without white space and comments around it."""
    inside = tokens_within(found, *piece)
    return (inside[0].start, inside[-1].end) if inside else (0, 0)


def one_byte_characters(sql: bytes) -> str:
    """The same text with each byte one character, so that pglast's offsets are bytes.

    To the scanner, every byte of a character beyond ASCII is a letter, as `_` is; a NUL would end the text.
    """
    return bytes(b if 0 < b < 0x80 else 0x5F if b else 0x01 for b in sql).decode("ascii")


def ranges(slices: tuple[slice, ...]) -> list[tuple[int, int]]:
    """pglast's slices as pairs."""
    return [(piece.start, piece.stop) for piece in slices]


def client_cuts(sql: bytes, found: list[psql.Token], sent: frozenset[int]) -> list[tuple[int, int]]:
    """psql's own cutting: at each `;` outside parentheses, and where a meta-command sent the statement."""
    pieces = []
    start = depth = 0
    for token in found:
        match sql[token.start : token.end]:
            case b"(":
                depth += 1
            case b")":
                depth = max(0, depth - 1)
            case b";" if depth == 0 or token.start in sent:
                pieces.append((start, token.start))
                start, depth = token.end, 0
    pieces.append((start, len(sql)))
    return [(start, end) for start, end in pieces if tokens_within(found, start, end)]


def joined(sql: bytes, found: list[psql.Token], pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pieces, with those of one `BEGIN ATOMIC` body put together."""
    whole = []
    at = 0
    while at < len(pieces):
        count = pieces_of_body(sql, found, pieces[at:])
        whole.append((pieces[at][0], pieces[at + count - 1][1]))
        at += count
    return whole


def pieces_of_body(sql: bytes, found: list[psql.Token], pieces: list[tuple[int, int]]) -> int:
    """How many pieces make the first statement: as many as it takes to parse, or what psql would count."""
    start, end = pieces[0]
    inside = tokens_within(found, start, end)
    if not inside or not ROUTINE_WITH_BODY.match(sql, inside[0].start) or not ATOMIC_BODY.search(sql, start, end):
        return 1
    for count, (_, end) in enumerate(pieces[:MOST_PIECES], start=1):
        if parses(sql[start:end]):
            return count
    depth = 0
    for count, (start, end) in enumerate(pieces, start=1):
        for token in tokens_within(found, start, end):
            depth = depth_after(sql[token.start : token.end].lower(), depth)
        if depth == 0:
            return count
    return len(pieces)


def depth_after(word: bytes, depth: int) -> int:
    """psql's count of open BEGINs; CASE ends with END too, and counts within one."""
    if word == b"begin" or (word == b"case" and depth):
        return depth + 1
    return max(0, depth - 1) if word == b"end" else depth


def copies_from_client(statement: bytes) -> bool:
    """Whether a statement is a COPY … FROM stdin that PostgreSQL accepts."""
    if CLIENT.search(statement) is None:
        return False
    try:
        tree = pglast.parse_sql(one_byte_characters(statement))
    except ParseError:
        return False
    if len(tree) != 1 or not isinstance(tree[0].stmt, pglast.ast.CopyStmt):
        return False
    copy = tree[0].stmt
    return copy.is_from and not copy.is_program and copy.filename is None


def parses(statement: bytes) -> bool:
    """Whether PostgreSQL takes a text for one statement."""
    try:
        return len(pglast.parse_sql(one_byte_characters(statement))) == 1
    except ParseError:
        return False


def holds_placeholder(sql: bytes, inside: list[psql.Token]) -> bool:
    """Whether `:var`, `${x}`, `{{ x }}` or `{% x %}` stands in a statement's code.

    Templates write into quoted names too, and psql's variables take the forms `:'var'` and `:"var"`.
    """
    code = bytearray()
    for token in inside:
        text = sql[token.start : token.end]
        literal = token.kind == psql.STRING and not (text.startswith(b'"') and TEMPLATE.search(text))
        code += b" " * (token.start - inside[0].start - len(code)) + (text[:1].ljust(len(text)) if literal else text)
    return TEMPLATE.search(code) is not None or VARIABLE.search(code) is not None
