#!/usr/bin/env python3
"""Records what PostgreSQL's own catalogs hold, and what extensions bring; README.md beside this file tells how to use it."""

import argparse
import sys
from pathlib import Path

import record
from recorder import environments, facts_of_catalogs, servers

FACTS = environments.ROOT / "src" / "postgres" / "facts" / "data"
EXTENSIONS = FACTS / "extensions"

# Those that PostgreSQL does not come with are asked of one server that an operating system's packages were added to.
OTHERS = {"postgis.txt": ("postgis", "address_standardizer"), "others.txt": ()}


def main() -> int:
    """Reads the arguments, asks the servers, and writes or compares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the files instead of writing them")
    parser.add_argument("--others", type=Path, help="a server's bin folder: record the extensions that PostgreSQL does not come with, and no more")
    arguments = parser.parse_args()
    texts = others(arguments.others) if arguments.others else own()
    if arguments.check:
        return max(record.compare(path, text) for path, text in texts.items())
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        record.write(path, text)
    return 0


def own() -> dict[Path, str]:
    """What the servers from the oldest to the newest come with, by file."""
    catalogs = {version: facts_of_catalogs.ask(servers.package(version) / "native" / "bin") for version in servers.RELEASES}
    initdb = {version: catalog.initdb for version, catalog in catalogs.items()}
    contrib = {version: catalog.extensions for version, catalog in catalogs.items()}
    texts = {FACTS / f"{kind}.txt": text for kind, text in facts_of_catalogs.tables(initdb).items()}
    texts[EXTENSIONS / "contrib.txt"] = facts_of_catalogs.sections(contrib)
    return texts


def others(programs: Path) -> dict[Path, str]:
    """What a server has beyond that."""
    version = servers.version(programs)
    known = facts_of_catalogs.named((EXTENSIONS / "contrib.txt").read_text(encoding="utf-8"))
    found = {name: facts for name, facts in facts_of_catalogs.ask(programs).extensions.items() if name not in known}
    texts = {}
    for file, prefixes in OTHERS.items():
        chosen = {name: found.pop(name) for name in sorted(found) if not prefixes or name.startswith(prefixes)}
        texts[EXTENSIONS / file] = facts_of_catalogs.sections({version: chosen})
    return texts


if __name__ == "__main__":
    sys.exit(main())
