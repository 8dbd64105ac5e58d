#!/usr/bin/env python3
"""Writes a long history in the house's layout, made of the histories of real projects.

    python3 benches/corpus.py --migrations 5000 --together 2 OUT PROJECT[=PRELUDE]...

Each project is a folder of migrations with `up` and `down` files; PRELUDE is SQL for what is there before the first of them. The projects are
taken in turn, as often as it takes. After each, its schemas are renamed, so that the next finds an empty `public` and the database keeps
growing. `--together` migrations become one file: a header, up, and down in comments.
"""

import argparse
import re
import sys
from pathlib import Path

FILE = """\
-- Migration: {id}
-- Created: 2026-11-22
-- Barton Doctrine: Compliant
-- Schemas: public
-- Purpose: {purpose}

-- UP MIGRATION
{up}
"""

DOWN = """
-- DOWN MIGRATION (for rollback reference)
{down}
"""

RENAME = """\
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = '{schema}') THEN
    ALTER SCHEMA {schema} RENAME TO {schema}_{turn};
  END IF;
END $$"""

MOVE = """\
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_extension WHERE extname = '{extension}') THEN
    ALTER EXTENSION "{extension}" SET SCHEMA public;
  END IF;
END $$"""


def migrations(project: Path):
    """The name, up and down of each migration, in order."""
    for up in sorted(project.rglob("*up.sql"), key=lambda path: str(path.relative_to(project))):
        down = up.with_name(up.name[: -len("up.sql")] + "down.sql")
        name = up.parent.name if up.name == "up.sql" else up.name[: -len(".up.sql")]
        yield name, prepared(up.read_text()), prepared(down.read_text()) if down.exists() else ""


def prepared(text: str) -> str:
    """`text`, to be run in a transaction that is opened around it, and in a database that other projects share."""
    text = re.sub(r"(?im)^\s*(BEGIN|COMMIT)\s*;", "", text)
    text = re.sub(r"(?i)\bCONCURRENTLY\b", "", text)
    return re.sub(r"(?i)\bCREATE EXTENSION (?!IF NOT)", "CREATE EXTENSION IF NOT EXISTS ", text)


def made(kind: str, texts: list[str]) -> list[str]:
    """The names after CREATE `kind`."""
    found = re.findall(rf"(?i)\bCREATE {kind} (?:IF NOT EXISTS )?\"?([\w-]+)\"?", "\n".join(texts))
    return list(dict.fromkeys(name.lower() for name in found))


def in_transactions(texts: list[str]) -> str:
    return "\n\n".join(f"BEGIN;\n{text.rstrip().removesuffix(';')}\n;\nCOMMIT;" for text in texts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--migrations", type=int, default=5000)
    parser.add_argument("--together", type=int, default=1)
    parser.add_argument("out", type=Path)
    parser.add_argument("projects", nargs="+")
    options = parser.parse_args()
    options.out.mkdir(parents=True)
    histories = []
    for project in options.projects:
        folder, _, prelude = project.partition("=")
        prelude = [("prelude", Path(prelude).read_text(), "")] if prelude else []
        histories.append(prelude + list(migrations(Path(folder))))
    number = size = turn = 0
    extensions = set()
    while number < options.migrations:
        for history in histories:
            turn += 1
            ups = [up for _, up, _ in history]
            rename = [RENAME.format(schema=schema, turn=turn) for schema in ["public", *made("SCHEMA", ups)]]
            extensions.update(made("EXTENSION", ups))
            move = [MOVE.format(extension=extension) for extension in sorted(extensions)]
            end = ("end", ";\n".join([*rename, "CREATE SCHEMA public", *move]), "")
            steps = [history[first : first + options.together] for first in range(0, len(history), options.together)] + [[end]]
            for step in steps[: options.migrations - number]:
                number += 1
                name = step[0][0]
                id = f"{number:05}_" + re.sub(r"\W+", "_", name).strip("_").lower()
                text = FILE.format(id=id, purpose=name, up=in_transactions([up for _, up, _ in step]))
                if downs := [down for _, _, down in reversed(step) if down]:
                    text += DOWN.format(down="\n".join(f"-- {line}" for line in in_transactions(downs).splitlines()))
                (options.out / f"{id}.sql").write_text(text)
                size += len(text.encode())
    print(f"{number} migrations, {size} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
