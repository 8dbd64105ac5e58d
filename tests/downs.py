#!/usr/bin/env python3
"""Let `migration-lint` write the down migrations of a real history, and run them on a real PostgreSQL.

  downs.py BINARY HISTORY.json [--prelude PRELUDE.sql] [--count 200] [--show 20] [--keep FOLDER]

Each migration is applied on the schema that the history before it leaves; then its written down migration runs, and the schema must be what it
was, as pg_dump shows it, the order of a table's columns aside. HISTORY.json is a list of {"id", "up", "up_transaction"}; down migrations in it
are left out. Of a longer history `--count` migrations are tried, evenly spread; all are applied. PG_BIN names the server's bin folder. Exit
status 1 where fewer than 95% of those revert that lose nothing.
"""
import argparse, collections, json, os, re, shutil, subprocess, sys, tempfile

from mutants import BIN, Cluster

OWN = re.compile(r"(?m)^(SET |SELECT pg_catalog\.set_config|\\(un)?restrict |-- PostgreSQL database dump complete).*\n?")


def dump(cluster, database):
    """The schema: by object its statements, a table's lines sorted."""
    command = [BIN + "/pg_dump", "-s", "--no-owner", "-h", cluster.dir, "-U", "postgres", database]
    done = subprocess.run(command, text=True, capture_output=True)
    if done.returncode:
        raise SystemExit("pg_dump: " + done.stderr.strip()[:200])
    blocks = re.split(r"(?m)^--\n-- (Name: .*; Type: .*; Schema: [^\n]*)\n--\n", OWN.sub("", done.stdout))
    objects = collections.defaultdict(list)
    for name, body in zip(blocks[1::2], blocks[2::2]):
        lines = [line.rstrip(",") for line in re.sub(r"(\n--|\s)*$", "", body).strip().splitlines()]
        name = re.sub(r"; Owner:.*", "", name)
        objects[name].append("\n".join(sorted(lines) if "Type: TABLE;" in name else lines))
    return {name: sorted(bodies) for name, bodies in objects.items()}


def difference(before, after):
    """The first object that is another."""
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            old, new = "\n".join(before.get(name, ["nothing"])), "\n".join(after.get(name, ["nothing"]))
            lines = [line for line in old.splitlines() if line not in new.splitlines()], [line for line in new.splitlines() if line not in old.splitlines()]
            return f"{name}: {'; '.join(lines[0])[:200]!r} became {'; '.join(lines[1])[:200]!r}"
    return None


def written(binary, history, prelude, folder):
    """The down migrations by their places in the history, as diesel lays them out."""
    migrations = os.path.join(folder, "migrations")
    config = {"migration_lint": {"layout": "diesel", "history": "complete" if prelude else "partial"}}
    if prelude:
        shutil.copy(prelude, os.path.join(folder, "prelude.sql"))
        config["migration_lint"]["schema"] = "prelude.sql"
    with open(os.path.join(folder, "migration-lint.yaml"), "w") as file:
        json.dump(config, file)
    for number, migration in enumerate(history):
        directory = os.path.join(migrations, f"{number:05}_m")
        os.makedirs(directory)
        with open(os.path.join(directory, "up.sql"), "w") as file:
            file.write(migration["up"])
        if not migration.get("up_transaction"):
            with open(os.path.join(directory, "metadata.toml"), "w") as file:
                file.write("run_in_transaction = false\n")
    command = [os.path.abspath(binary), "--select", "require-down-migration", "--fix", "--unsafe-fixes", "--quiet", "migrations"]
    done = subprocess.run(command, cwd=folder, text=True, capture_output=True)
    if done.returncode > 1:
        raise SystemExit(done.stderr)
    downs = {}
    for number in range(len(history)):
        path = os.path.join(migrations, f"{number:05}_m", "down.sql")
        if os.path.exists(path):
            downs[number] = open(path).read()
    return downs


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("history")
    parser.add_argument("--prelude")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--show", type=int, default=20)
    parser.add_argument("--keep")
    arguments = parser.parse_args()
    history = json.load(open(arguments.history))
    folder = arguments.keep or tempfile.mkdtemp(prefix="downs")
    os.makedirs(folder, exist_ok=True)
    downs = written(arguments.binary, history, arguments.prelude, folder)
    chosen = {number * len(history) // min(arguments.count, len(history)) for number in range(min(arguments.count, len(history)))}
    counts, shown = collections.Counter(), []
    with Cluster() as cluster:
        cluster.sql("postgres", "CREATE DATABASE cur")
        if arguments.prelude:
            error = cluster.sql("cur", open(arguments.prelude).read())
            if error:
                raise SystemExit("prelude: " + error)
        for number, migration in enumerate(history):
            tried = number in chosen
            before = dump(cluster, "cur") if tried else None
            error = cluster.sql("cur", migration["up"], migration.get("up_transaction", False))
            if error:
                print(f"{migration['id']} does not apply: {error}; the rest is left out")
                break
            if not tried:
                continue
            down = downs.get(number)
            if down is None:
                counts["not written"] += 1
                shown.append((migration["id"], "not written", ""))
                continue
            loses = "-- IRREVERSIBLE:" in down
            cluster.clone("cur", "probe")
            error = cluster.sql("probe", down, migration.get("up_transaction", False))
            left = None if error else difference(before, dump(cluster, "probe"))
            outcome = "fails" if error else "leaves a difference" if left else "reverts"
            counts[(outcome + " and loses data") if loses else outcome] += 1
            if outcome != "reverts":
                shown.append((migration["id"], error or left, down))
    for name, why, down in shown[: arguments.show]:
        print(f"[{name}] {why}\n{down}" if down else f"[{name}] {why}")
    print(", ".join(f"{outcome} {count}" for outcome, count in sorted(counts.items())))
    lossless = sum(count for outcome, count in counts.items() if not outcome.endswith("data"))
    print(f"{counts['reverts']} of {lossless} that lose nothing revert")
    if not arguments.keep:
        shutil.rmtree(folder, ignore_errors=True)
    return int(counts["reverts"] < 0.95 * lossless)


if __name__ == "__main__":
    sys.exit(main())
