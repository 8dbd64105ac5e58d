"""The client's side of a migration: what psql takes out of a file before the server sees it.

Migrations are fed to psql, and its files hold lines that are no SQL: meta-commands (`\\set`, `\\i`) and the data of
COPY … FROM stdin. They are blanked with spaces here, byte for byte, so that every offset stays true. The tokens are
psql's: coarse, never failing, enough to know what is inside a string or a comment.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

SPACE, COMMENT, STRING, NAME, NUMBER, OTHER, BACKSLASH = range(7)

IDENT_START = rb"[A-Za-z_\x80-\xff]"
IDENT = IDENT_START + rb"[A-Za-z0-9_$\x80-\xff]*"

# A string goes on after white space with a line break in it, comments included; the pieces are one token.
CONTINUE = rb"(?:[ \t\f\v]*[\n\r](?:[ \t\f\v\n\r]|--[^\n\r]*[\n\r])*"
ESCAPED = rb"'[^'\\]*(?:(?:\\.|'')[^'\\]*)*(?:'|\Z)"
PLAIN = rb"'[^']*(?:''[^']*)*(?:'|\Z)"

TOKEN = re.compile(
    rb"(?P<space>[ \t\n\r\f\v]+)"
    rb"|(?P<line>--[^\n\r]*)"
    rb"|(?P<block>/\*)"
    rb"|(?P<string>[eE]" + ESCAPED + CONTINUE + ESCAPED + rb")*"
    rb"|(?:[bBxXnN]|[uU]&)?" + PLAIN + CONTINUE + PLAIN + rb")*"
    rb'|(?:[uU]&)?"[^"]*(?:""[^"]*)*(?:"|\Z))'
    rb"|(?P<dollar>\$(?:" + IDENT_START + rb"[A-Za-z0-9_\x80-\xff]*)?\$)"
    rb"|(?P<name>" + IDENT + rb")"
    rb"|(?P<number>\$?[0-9]+(?:" + IDENT + rb")?)"
    rb"|(?P<backslash>\\)"
    rb"|(?P<other>.)",
    re.DOTALL,
)
KINDS = {
    "space": SPACE,
    "line": COMMENT,
    "string": STRING,
    "name": NAME,
    "number": NUMBER,
    "backslash": BACKSLASH,
    "other": OTHER,
}
COMMENT_EDGE = re.compile(rb"/\*|\*/")

# The meta-commands that send what was typed so far, as `;` does.
SENDING = {b"g", b"gx", b"gset", b"gexec", b"gdesc", b"crosstabview", b"watch", b"parse", b"sendpipeline"}
# The meta-commands that take the rest of their line whatever it holds.
WHOLE_LINE = {b"!", b"copy", b"h", b"help", b"ef", b"ev", b"sf", b"sv", b"sf+", b"sv+"}
ARGUMENT = re.compile(rb"""[ \t]+|'(?:[^'\\\n]|\\[^\n]|'')*'?|"(?:[^"\n]|"")*"?|`[^`\n]*`?|[^\s\\'"`]+|.""", re.DOTALL)
COPY_STDIN = re.compile(rb"\bfrom\s+(?:stdin|pstdin)\b", re.IGNORECASE)
DATA_END = re.compile(rb"^\\\.[ \t]*\r?(?:\n|\Z)", re.MULTILINE)


@dataclass(frozen=True)
class Token:
    """A token of psql's: kind and byte range."""

    kind: int
    start: int
    end: int


def token_at(sql: bytes | bytearray, at: int) -> Token:
    """The token that begins at a byte; what is unterminated reaches to the end."""
    match = TOKEN.match(sql, at)
    assert match is not None, "the last branch takes any byte"
    group = match.lastgroup
    if group == "block":
        end = block_comment_end(sql, at)
        # An open comment is an error that belongs to a statement, not a comment.
        return Token(OTHER, at, len(sql)) if end is None else Token(COMMENT, at, end)
    if group == "dollar":
        closing = sql.find(match.group(), match.end())
        return Token(STRING, at, len(sql) if closing < 0 else closing + len(match.group()))
    return Token(KINDS[group], at, match.end())


def block_comment_end(sql: bytes | bytearray, at: int) -> int | None:
    """Where a block comment ends, nested ones included."""
    depth = 0
    for edge in COMMENT_EDGE.finditer(sql, at):
        depth += 1 if edge.group() == b"/*" else -1
        if depth == 0:
            return edge.end()
    return None


def tokens(sql: bytes) -> list[Token]:
    """Every token of a text that holds no meta-commands any more."""
    found = []
    at = 0
    while at < len(sql):
        token = token_at(sql, at)
        found.append(token)
        at = token.end
    return found


def blank_client_lines(sql: bytes, copies_from_client: Callable[[bytes], bool]) -> tuple[bytes, frozenset[int]]:
    """The file without what psql keeps to itself, every byte in its place, and where a meta-command sent a statement.

    `copies_from_client` tells whether a statement is a COPY … FROM stdin: psql learns that from the server.
    """
    out = bytearray(sql)
    sent = set()
    if sql.startswith(b"\xef\xbb\xbf"):
        blank(out, 0, 3)
    at = statement = depth = 0
    pending = 0  # COPY statements on this line: their data begin on the next one
    while at < len(out):
        token = token_at(out, at)
        text = out[token.start : token.end]
        if pending and b"\n" in text:
            data = token.start + text.index(b"\n") + 1
            for _ in range(pending):
                data = blank_data(out, data)
            pending = 0
            continue  # what this token reached over has changed: read it again
        at = token.end
        if text == b"(":
            depth += 1
        elif text == b")":
            depth = max(0, depth - 1)
        elif text == b";" and depth == 0:
            if copies_from_client(bytes(out[statement : token.start])):
                pending += 1
            statement = token.end
        elif token.kind == BACKSLASH:
            at, data = blank_command(out, token.start)
            pending += data
            if out[token.start : token.start + 1] == b";":
                sent.add(token.start)
                statement, depth = token.start + 1, 0
    return bytes(out), frozenset(sent)


def blank_command(out: bytearray, at: int) -> tuple[int, int]:
    """Blanks the meta-command at a backslash. Gives where SQL goes on, and how many blocks of data follow."""
    if out[at + 1 : at + 2] in (b";", b":"):
        blank(out, at, at + 1)
        return at + 1, 0
    line_end = out.find(b"\n", at)
    line_end = len(out) if line_end < 0 else line_end
    name = re.compile(rb"[^\s\\]*").match(out, at + 1).group()
    end = line_end
    if name not in WHOLE_LINE:
        end = command_end(out, at + 1 + len(name), line_end)
    text = bytes(out[at:end])
    blank(out, at, end)
    if name in SENDING:
        out[at : at + 1] = b";"
    return end, int(name == b"copy" and COPY_STDIN.search(text) is not None)


def command_end(out: bytearray, at: int, line_end: int) -> int:
    """Where a meta-command's arguments end: the line's end, another meta-command, or past a double backslash."""
    while at < line_end:
        if out[at : at + 2] == b"\\\\":
            return at + 2
        if out[at : at + 1] == b"\\":
            return at
        at = min(ARGUMENT.match(out, at).end(), line_end)
    return line_end


def blank_data(out: bytearray, at: int) -> int:
    """Blanks the data of one COPY, with the line `\\.` that ends them. Gives where the next data would begin."""
    ending = DATA_END.search(out, at)
    end = ending.end() if ending else len(out)
    blank(out, at, end)
    return end


def blank(out: bytearray, start: int, end: int) -> None:
    """Overwrites with spaces; line breaks stay, so that a line comment in front still ends."""
    for at in range(start, end):
        if out[at] != 0x0A:
            out[at] = 0x20
