#!/usr/bin/env python3
"""Let `migration-lint` mend the migrations of a real repository, and hold what they do on a real PostgreSQL against what they did.

  fixes.py BINARY REPOSITORY FOLDER [--prelude PRELUDE.sql] [--count 1000] [--keep COPY] [--show 20]

A copy of REPOSITORY is mended by `--fix --unsafe-fixes FOLDER`. The migrations of FOLDER then run in their order, as psql runs them; one that fails
is left out. Each that applies runs again as mended, on the schema that the original found: it must apply too, everything that pg_dump shows of the
original's schema must be there, and what is there beside it is told. One that ran twice, or whose down section took everything back, must still
do so. PG_BIN names the server's bin folder. Exit status 1 where a migration is worse than it was.
"""
import argparse, collections, json, os, re, shutil, subprocess, sys, tempfile

from downs import dump
from mutants import Cluster


def mend(binary, repository, folder, copy):
    """The texts of the migrations by their names in order, before and after; and what is found in them before and after, by rule."""
    shutil.copytree(repository, copy, symlinks=True, dirs_exist_ok=True)

    def run(*arguments):
        done = subprocess.run([os.path.abspath(binary), *arguments, folder], cwd=copy, text=True, capture_output=True)
        if done.returncode > 1:
            raise SystemExit(done.stderr)
        return done

    def found():
        return collections.Counter(one["rule"] for one in json.loads(run("--format", "json").stdout)["findings"])

    def texts():
        migrations = json.loads(run("replay", "--format", "json").stdout)["migrations"]
        return {one["id"]: open(os.path.join(copy, one["path"]), encoding="utf-8").read() for one in migrations}

    before, rules_before = texts(), found()
    run("--fix", "--unsafe-fixes", "--quiet")
    return before, texts(), rules_before, found()


def down(text):
    """What stands in comments below the line that begins the down section."""
    start = re.search(r"(?mi)^--\s*DOWN MIGRATION.*$", text)
    return start and "\n".join(re.findall(r"(?m)^--[ \t]?(.*)$", text[start.end():]))


def lost(before, after):
    """What `before` shows and `after` does not; and the objects that `after` adds to."""
    lines = lambda bodies: collections.Counter(line for body in bodies for line in body.splitlines())
    missing = {name: list((lines(bodies) - lines(after.get(name, []))).elements()) for name, bodies in before.items()}
    added = sorted(name for name, bodies in after.items() if lines(bodies) - lines(before.get(name, [])))
    return {name: gone for name, gone in missing.items() if gone}, added


def behaviour(cluster, origin, text):
    """The error with which `text` fails on `origin`, what is there after it, whether it runs twice, and whether its down section restores the schema."""
    cluster.clone(origin, "applied")
    error = cluster.sql("applied", text)
    if error:
        return error, None, False, False
    after = dump(cluster, "applied")
    cluster.clone("applied", "probe")
    reruns = not cluster.sql("probe", text) and dump(cluster, "probe") == after
    back, reverts = down(text), False
    if back is not None:
        cluster.clone("applied", "probe")
        reverts = not cluster.sql("probe", back) and dump(cluster, "probe") == dump(cluster, origin)
    return None, after, reruns, reverts


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("repository")
    parser.add_argument("folder")
    parser.add_argument("--prelude")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--keep")
    parser.add_argument("--show", type=int, default=20)
    arguments = parser.parse_args()
    copy = arguments.keep or tempfile.mkdtemp(prefix="fixes")
    before, after, rules_before, rules_after = mend(arguments.binary, arguments.repository, arguments.folder, copy)
    counts, worse = collections.Counter(), []
    with Cluster() as cluster:
        cluster.sql("postgres", "CREATE DATABASE cur")
        error = arguments.prelude and cluster.sql("cur", open(arguments.prelude).read())
        if error:
            raise SystemExit("prelude: " + error)
        for name, text in before.items():
            error, schema, reruns, reverts = behaviour(cluster, "cur", text)
            if error:
                counts["the original does not apply"] += 1
                print(f"[{name}] does not apply: {error}")
                continue
            cluster.clone("applied", "next")
            if counts["tried"] < arguments.count and after[name] != text:
                counts["tried"] += 1
                error, mended, reruns_now, reverts_now = behaviour(cluster, "cur", after[name])
                gone, added = ({}, []) if error else lost(schema, mended)
                faults = [f"fails: {error}"] if error else []
                faults += [f"{object}: {'; '.join(lines)[:200]!r} is gone" for object, lines in gone.items()]
                faults += ["no longer runs twice"] if reruns and not error and not reruns_now else []
                faults += ["no longer reverts"] if reverts and not error and not reverts_now else []
                counts["equal" if not faults and not added else "equal but for what is added" if not faults else "worse"] += 1
                counts["newly run twice"] += reruns_now and not reruns
                counts["newly revert"] += reverts_now and not reverts
                worse += [(name, fault) for fault in faults]
                if added:
                    print(f"[{name}] adds to {', '.join(added)}")
            cluster.sql("postgres", "DROP DATABASE cur; ALTER DATABASE next RENAME TO cur;")
    for name, fault in worse[: arguments.show]:
        print(f"[{name}] WORSE: {fault}")
    print(", ".join(f"{outcome} {count}" for outcome, count in sorted(counts.items())))
    for rule in sorted(rules_before | rules_after):
        print(f"  {rule}: {rules_before[rule]} -> {rules_after[rule]}")
    if not arguments.keep:
        shutil.rmtree(copy, ignore_errors=True)
    return int(bool(worse))


if __name__ == "__main__":
    sys.exit(main())
