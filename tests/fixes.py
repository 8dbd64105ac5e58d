#!/usr/bin/env python3
"""Let `migration-lint` mend the migrations of a real repository, and hold what they do on a real PostgreSQL against what they did.

  fixes.py BINARY REPOSITORY FOLDER [--prelude PRELUDE.sql] [--count 1000] [--keep COPY] [--show 20]

A copy of REPOSITORY is mended by `--fix --unsafe-fixes FOLDER`. The migrations of FOLDER then run in their order, as psql runs them, in two databases:
as they were, and as mended; one that fails as it was is left out. Each that applies runs in the mended database both ways, on the schema that the
mended ones before it leave: as mended it must apply, everything that pg_dump shows of the original's schema must be there, and what is there beside
it is told. One that ran twice, or whose down section took everything back, must still do so. PG_BIN names the server's bin folder. Exit status 1
where a migration is worse than it was.
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


def companions(text, new):
    """Those of the `new` migrations that validate what `text` adds without a look at the rows."""
    validated = lambda other: re.findall(r'VALIDATE CONSTRAINT "?(\w+)', other)
    return [other for other in new if any(re.search(rf'\b{name}\b', text) for name in validated(other))]


def behaviour(cluster, origin, text, new=()):
    """The error with which `text` fails on `origin`, what is there after it, whether it runs twice, and whether its down section restores the schema.
    What those of the `new` migrations do that complete it belongs to it."""
    texts = [text, *companions(text, new)]
    cluster.clone(origin, "applied")
    error = next(filter(None, (cluster.sql("applied", one) for one in texts)), None)
    if error:
        return error, None, False, False
    after = dump(cluster, "applied")
    cluster.clone("applied", "probe")
    reruns = not any(cluster.sql("probe", one) for one in texts) and dump(cluster, "probe") == after
    back, reverts = down(text), False
    if back is not None:
        cluster.clone("applied", "probe")
        reverts = not cluster.sql("probe", back) and dump(cluster, "probe") == dump(cluster, origin)
    return None, after, reruns, reverts


def applies(cluster, database, text):
    """Runs `text` in `database`, which stays what it was where that fails; gives the error."""
    cluster.clone(database, "next")
    error = cluster.sql("next", text)
    if not error:
        cluster.sql("postgres", f"DROP DATABASE {database}; ALTER DATABASE next RENAME TO {database};")
    return error


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
    new = [text for name, text in after.items() if name not in before]
    with Cluster() as cluster:
        cluster.sql("postgres", "CREATE DATABASE was")
        error = arguments.prelude and cluster.sql("was", open(arguments.prelude).read())
        if error:
            raise SystemExit("prelude: " + error)
        cluster.clone("was", "mended")
        for name, text in before.items():
            error = applies(cluster, "was", text)
            if error:
                counts["the original does not apply"] += 1
                print(f"[{name}] does not apply: {error}")
                continue
            if counts["tried"] < arguments.count and after[name] != text:
                counts["tried"] += 1
                failed, schema, reruns, reverts = behaviour(cluster, "mended", text)
                error, mended, reruns_now, reverts_now = behaviour(cluster, "mended", after[name], new)
                counts["applies only as mended"] += bool(failed and not error)
                gone, added = ({}, []) if error or failed else lost(schema, mended)
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
            error = applies(cluster, "mended", after[name])
            if error and after[name] == text:
                worse.append((name, f"fails behind those before it: {error}"))
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
