"""What a server's catalogs hold, in lines, and the lines of several versions in one text.

The queries are `catalogs/*.sql`, one for each kind of fact, and give lines; the comment in each says what a line is. The tests of the
facts ask a server the same queries.
"""

import difflib
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from . import servers

QUERIES = Path(__file__).resolve().parents[1] / "catalogs"

# The kinds of facts that extensions bring too, in the order in which they are written.
MEMBERS = ["types", "casts", "operators", "functions", "classes", "families", "relations", "names"]
KINDS = [*MEMBERS, "settings"]

# A line of the list that servers bring: the code, that it is an error, a macro, the name of the condition.
CONDITION = re.compile(r"^(\w{5}) +E +ERRCODE_\w+ +(\w+)", re.MULTILINE)

# In an extension's section: a heading, then what its control file says, then for each kind of fact another.
HEADING = "-- "

# Where an extension goes whose control file does not say it.
HOME = "extension_home"
CREATE = f"""
DO $$
DECLARE
    wanted text := current_setting('oracle.extension');
    place text := (
        SELECT CASE WHEN v.schema IS NULL THEN 'SCHEMA {HOME}' ELSE '' END
        FROM pg_available_extension_versions v JOIN pg_available_extensions e ON e.name = v.name AND e.default_version = v.version
        WHERE v.name = wanted);
BEGIN
    IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = wanted) THEN
        EXECUTE format('CREATE EXTENSION %I %s CASCADE', wanted, place);
    END IF;
END
$$"""

# What a server logs while it is asked: errors, each with its statement.
LOG = {"log_min_messages": "error", "log_line_prefix": ""}
ABORTED = "current transaction is aborted"

# Libraries that refuse to be loaded later.
PRELOADED = ["pg_cron", "pg_stat_statements", "pg_stat_kcache", "pg_qualstats", "pg_wait_sampling", "pglogical", "pgaudit", "set_user"]

Lines = list[str]
Table = dict[str, Lines]


@dataclass
class Catalog:
    """What one server says: the lines of each kind for initdb, and for each extension, with those of its control file as `control`."""

    initdb: Table = field(default_factory=dict)
    extensions: dict[str, Table] = field(default_factory=dict)


def ask(programs: Path) -> Catalog:
    """Everything that a server says. What it refuses is printed, and left out."""
    catalog = Catalog()
    prepare = statements("prepare")
    with tempfile.TemporaryDirectory() as directory, servers.data(programs) as data:
        folder = Path(directory)
        servers.give(folder)
        print(errors(programs, data, [*prepare, *statements("members_of_initdb"), *copies(folder / "initdb", KINDS)]), end="", file=sys.stderr)
        catalog.initdb = table(folder / "initdb", KINDS) | {"conditions": conditions(servers.share(programs))}
        for name in available(servers.share(programs)):
            kinds = ["control", *MEMBERS]
            script = [*prepare, f"SET oracle.extension = '{name}'", "BEGIN", f"CREATE SCHEMA {HOME}", CREATE]
            script += [*statements("members_of_extension"), *copies(folder / name, kinds), "ROLLBACK"]
            refused = errors(programs, data, script)
            if refused:
                print(f"no {name} in {programs}: {refused}", end="", file=sys.stderr)
            else:
                catalog.extensions[name] = table(folder / name, kinds)
    return catalog


def errors(programs: Path, data: Path, script: list[str]) -> str:
    """What a server logs about a script, run with the libraries that it must have from its start."""
    present = [name for name in PRELOADED if (servers.libraries(programs) / f"{name}.so").exists()]
    try:
        log = servers.run(programs, data, script, LOG | {"shared_preload_libraries": ",".join(present)})
    except subprocess.CalledProcessError as error:
        return f"{error}\n"
    return "".join(line + "\n" for line in log.splitlines() if re.match("(ERROR|FATAL|PANIC): ", line) and ABORTED not in line)


def copies(path: Path, kinds: list[str]) -> list[str]:
    """The statements that write the lines of each kind to a file."""
    return [f"COPY (\n{statements(kind)[0]}\n) TO '{path}.{kind}'" for kind in kinds]


def table(path: Path, kinds: list[str]) -> Table:
    """What those wrote."""
    return {kind: read(path.with_name(f"{path.name}.{kind}"), kind) for kind in kinds}


def statements(name: str) -> list[str]:
    """The statements of a file: between them is an empty line, and none in them."""
    text = (QUERIES / f"{name}.sql").read_text(encoding="utf-8")
    return [statement.strip().removesuffix(";") for statement in text.split("\n\n")]


def read(path: Path, kind: str) -> Lines:
    """The lines of a file, sorted unless they have an order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    if any("\\" in line or "@" in line.split(" ")[-1] for line in lines if kind not in ("operators", "families")):
        raise AssertionError(f"what a line can't hold: {path}")
    return lines if kind == "relations" else sorted(lines, key=str.encode)


def conditions(share: Path) -> Lines:
    """The names of errors in PL/pgSQL, each with its codes in the order in which they are tried: `name code,code`."""
    (path,) = share.rglob("errcodes.txt")
    codes: dict[str, Lines] = {}
    for code, name in CONDITION.findall(path.read_text(encoding="utf-8")):
        codes.setdefault(name, []).append(code)
    return sorted(f"{name} {','.join(own)}" for name, own in codes.items())


def available(share: Path) -> list[str]:
    """The names of the extensions that a server has."""
    return sorted(path.stem for path in share.rglob("extension/*.control") if "--" not in path.stem)


def tables(catalogs: dict[int, Table]) -> dict[str, str]:
    """For each kind the text that tells what each version has."""
    every = set(catalogs)
    return {kind: text(merged(kind, {version: table[kind] for version, table in catalogs.items()}, every)) for kind in [*KINDS, "conditions"]}


def sections(catalogs: dict[int, dict[str, Table]]) -> str:
    """The text that tells what each extension brings in each version."""
    written = []
    for name in sorted({name for extensions in catalogs.values() for name in extensions}):
        found = {version: extensions[name] for version, extensions in catalogs.items() if name in extensions}
        having = set(found)
        written.append(f"{HEADING}extension {name}{mark(having, set(catalogs))}")
        for kind in ["control", *MEMBERS]:
            lines = list(merged(kind, {version: table[kind] for version, table in found.items()}, having))
            if lines and kind != "control":
                written.append(HEADING + kind)
            written += lines
    return text(written)


def named(text: str) -> set[str]:
    """The extensions that a text has sections of."""
    return {line.split(" ")[2] for line in text.splitlines() if line.startswith(HEADING + "extension ")}


def text(lines: Iterable[str]) -> str:
    """One line a line."""
    return "".join(line + "\n" for line in lines)


def merged(kind: str, lines: dict[int, Lines], every: set[int]) -> Iterator[str]:
    """The lines that any version has, each with those that have it unless all do."""
    if kind != "relations":
        having: dict[str, set[int]] = {}
        for version, own in lines.items():
            for line in own:
                having.setdefault(line, set()).add(version)
        for line in sorted(having, key=str.encode):
            yield line + mark(having[line], every)
        return
    grouped = {version: groups(own) for version, own in lines.items()}
    for heading in sorted({heading for own in grouped.values() for heading in own}, key=str.encode):
        columns = {version: own[heading] for version, own in grouped.items() if heading in own}
        yield heading + mark(set(columns), every)
        for line, versions in in_order(columns):
            yield line + mark(versions, set(columns))


def groups(lines: Lines) -> dict[str, Lines]:
    """Lines that are indented, by the line before them that is not."""
    found: dict[str, Lines] = {}
    for line in lines:
        if line.startswith(" "):
            found[heading].append(line)
        else:
            heading = line
            found[heading] = []
    return found


def in_order(columns: dict[int, Lines]) -> list[tuple[str, set[int]]]:
    """One list that gives every version its lines in its order."""
    all_lines: list[tuple[str, set[int]]] = []
    for version, own in columns.items():
        before = [line for line, _ in all_lines]
        after: list[tuple[str, set[int]]] = []
        for change, a, b, c, d in difflib.SequenceMatcher(None, before, own, autojunk=False).get_opcodes():
            for line, versions in all_lines[a:b]:
                after.append((line, versions | {version} if change == "equal" else versions))
            if change != "equal":
                after += [(line, {version}) for line in own[c:d]]
        all_lines = after
    for version, own in columns.items():
        if own != [line for line, versions in all_lines if version in versions]:
            raise AssertionError(f"the order of columns is lost: {own}")
    return all_lines


def mark(versions: set[int], every: set[int]) -> str:
    """How a line says which versions have it: ` @-13`, ` @14-`, ` @13-15,17`; nothing if all have it."""
    if versions == every:
        return ""
    oldest, newest = min(servers.RELEASES), max(servers.RELEASES)
    runs: list[list[int]] = []
    for version in sorted(versions):
        if runs and runs[-1][1] == version - 1:
            runs[-1][1] = version
        else:
            runs.append([version, version])
    written = []
    for first, last in runs:
        start = "" if first == oldest else str(first)
        end = "" if last == newest else str(last)
        written.append(str(first) if first == last else f"{start}-{end}")
    return " @" + ",".join(written)
