#!/usr/bin/env python3
"""Break real histories a little, and hold what `migration-lint replay` says of them against a real PostgreSQL.

  mutants.py BINARY HISTORY.json [--prelude PRELUDE.sql] [--count 200] [--seed 1] [--ahead 25] [--show 20] [--keep FOLDER]

A mutant is the history with a migration taken out, two neighbours swapped, a statement said twice, or a name misspelt in one place. The server
runs it from there on up to the first migration that fails, at most `--ahead` migrations; so do we, and the first failure and its SQLSTATE must be
the same. HISTORY.json is a list of {"id", "up", "up_transaction"}. PG_BIN names the server's bin folder. Exit status 1 where one is wrong.
"""
import argparse, json, os, random, re, shutil, subprocess, sys, tempfile

BIN = os.environ.get("PG_BIN") or os.environ.get("MIGRATION_LINT_PG_BIN") or "/usr/lib/postgresql/15/bin"


class Cluster:
    """A throw-away server on a socket of its own."""

    def __enter__(self):
        self.dir = tempfile.mkdtemp(prefix="mutants")
        if os.getuid() == 0:
            shutil.chown(self.dir, "postgres")
        self.su("initdb", "-D", self.dir + "/d", "-A", "trust", "-U", "postgres", "--locale=C", "--encoding=UTF8", "--no-sync")
        options = f"-k {self.dir} -c listen_addresses= -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c autovacuum=off -c jit=off"
        self.su("pg_ctl", "-D", self.dir + "/d", "-o", options, "-l", self.dir + "/log", "-w", "start")
        return self

    def __exit__(self, *_):
        self.su("pg_ctl", "-D", self.dir + "/d", "-m", "immediate", "stop")
        shutil.rmtree(self.dir, ignore_errors=True)

    def su(self, program, *arguments):
        command = [f"{BIN}/{program}", *arguments]
        if os.getuid() == 0:
            command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/")

    def sql(self, database, text, single=False):
        """The SQLSTATE and message of the first error, or None."""
        command = ["psql", "-X", "-q", *(["--single-transaction"] if single else []), "-h", self.dir, "-U", "postgres", "-d", database,
                   "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=verbose", "-f", "-"]
        done = subprocess.run(command, input=text, text=True, capture_output=True, timeout=120)
        if done.returncode == 0:
            return None
        line = next((line for line in done.stderr.splitlines() if re.search(r"(ERROR|FATAL):", line)), done.stderr.strip()[:200])
        return re.sub(r"^.*?(ERROR|FATAL):\s*", "", line)

    def clone(self, source, target):
        error = self.sql("postgres", f'DROP DATABASE IF EXISTS "{target}"; CREATE DATABASE "{target}" TEMPLATE "{source}" STRATEGY file_copy;')
        if error:
            raise SystemExit(error)


def statements(text):
    """A script's statements, roughly: cut at semicolons outside of strings, dollar quotes, comments and parentheses."""
    token = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|(\$\w*\$).*?\1|--[^\n]*|/\*.*?\*/|[();]|[^'\"$()/;-]+|.", re.S)
    found, current, depth = [], "", 0
    for match in token.finditer(text):
        piece = match.group()
        if piece in "()":
            depth += 1 if piece == "(" else -1
        current += piece
        if piece == ";" and depth <= 0:
            found.append(current)
            current = ""
    return found + [current]


NAME = re.compile(r"'(?:[^']|'')*'|(\$\w*\$).*?\1|--[^\n]*|/\*.*?\*/|\b([a-z][a-z0-9]*_[a-z0-9_]+|[a-z]{4,})\b", re.S)
KEYWORDS = set("""abort action after also alter always analyze atomic before begin between boolean bigint cascade case cast check collate column
comment commit concurrently constraint create current_timestamp database date declare default deferrable deferred delete desc distinct domain drop each
else elsif enable enum event except exception execute exists extension false float foreign form from full function generated grant group having
identity immutable including index inherit initially inner insert instead integer interval into join json jsonb language left like limit local
loop materialized merge nothing notice null nulls numeric only order outer over partition perform plpgsql policy primary privileges procedure public raise
range real references refresh rename replace restart restrict return returning returns returns revoke right role rollback rows rule schema security
select sequence serial setof session smallint smallserial stable stored strict table temp temporary text then time timestamp timestamptz
transaction trigger true truncate type union unique update using uuid validate values varchar varying view volatile when where with without work zone
bigserial bytea char character double precision conflict excluded exclude foreach array coalesce count record strpos lower upper""".split())


def misspelt(text, rng):
    """The text with one name spelt otherwise in one place."""
    places = [match for match in NAME.finditer(text) if match.group(2) and match.group(2) not in KEYWORDS]
    if not places:
        return None
    place = rng.choice(places)
    name = place.group(2)
    at = rng.randrange(1, len(name))
    return text[:place.start()] + name[:at] + "q" + name[at:] + text[place.end():]


def mutants(history, rng, count):
    """(what, first place that differs, the history)"""
    made, seen = [], set()
    for _ in range(count * 20):
        if len(made) == count:
            break
        kind, at = rng.choice(("out", "swap", "twice", "misspelt", "misspelt")), rng.randrange(len(history))
        copy = list(history)
        if kind == "out":
            what = "without " + copy.pop(at)["id"]
        elif kind == "swap" and at + 1 < len(history):
            copy[at], copy[at + 1] = copy[at + 1], copy[at]
            what = f"{copy[at]['id']} before {copy[at + 1]['id']}"
        elif kind == "twice":
            parts = statements(copy[at]["up"])
            place = rng.randrange(len(parts))
            if not parts[place].strip():
                continue
            said = parts[place].strip().rstrip(";")
            copy[at] = {**copy[at], "up": "".join(parts[:place + 1]) + "\n" + said + ";\n" + "".join(parts[place + 1:])}
            what = f"{copy[at]['id']} says twice: {' '.join(said.split())[:80]}"
        elif kind == "misspelt":
            text = misspelt(copy[at]["up"], rng)
            if text is None:
                continue
            new = next((line for line in text.splitlines() if line not in copy[at]["up"]), "")
            copy[at] = {**copy[at], "up": text}
            what = f"{copy[at]['id']} misspelt: {' '.join(new.split())[:80]}"
        else:
            continue
        if what not in seen:
            seen.add(what)
            made.append((what, at, copy))
    return sorted(made, key=lambda mutant: mutant[1])


def write(history, folder):
    """As diesel lays migrations out."""
    for index, migration in enumerate(history):
        place = os.path.join(folder, f"{index:06d}_{re.sub(r'[^A-Za-z0-9_]', '_', migration['id'])}")
        os.makedirs(place)
        with open(place + "/up.sql", "w", encoding="utf-8") as file:
            file.write(migration["up"])
        if not migration.get("up_transaction"):
            with open(place + "/metadata.toml", "w", encoding="utf-8") as file:
                file.write("run_in_transaction = false\n")


def ours(binary, history, prelude):
    """The verdicts of `applies`, in order."""
    with tempfile.TemporaryDirectory() as folder:
        write(history, folder)
        command = [binary, "replay", "--isolated", "--history", "complete", "--target-postgres", "15", "--format", "json"]
        done = subprocess.run(command + (["--schema", prelude] if prelude else []) + [folder], capture_output=True, text=True)
        try:
            return [migration["applies"] for migration in json.loads(done.stdout)["migrations"]]
        except ValueError:
            raise SystemExit(f"no verdicts: {done.stderr[:500]}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("history")
    parser.add_argument("--prelude")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ahead", type=int, default=25)
    parser.add_argument("--show", type=int, default=20)
    arguments = parser.parse_args()
    history = json.load(open(arguments.history, encoding="utf-8"))
    prelude = open(arguments.prelude, encoding="utf-8").read() if arguments.prelude else ""
    right = unknown = applied = conditional = 0
    wrong = []
    with Cluster() as cluster:
        cluster.sql("postgres", "CREATE DATABASE cur")
        if prelude and (error := cluster.sql("cur", prelude)):
            raise SystemExit("prelude: " + error)
        # What the server takes of the history as it is.
        cluster.clone("cur", "whole")
        for index, migration in enumerate(history):
            if cluster.sql("whole", migration["up"], migration.get("up_transaction", False)):
                history = history[:index]
                break
        at = 0
        for what, first, mutant in mutants(history, random.Random(arguments.seed), arguments.count):
            while at < first:
                cluster.sql("cur", history[at]["up"], history[at].get("up_transaction", False))
                at += 1
            cluster.clone("cur", "probe")
            theirs = None
            end = min(first + arguments.ahead, len(mutant))
            for index in range(first, end):
                error = cluster.sql("probe", mutant[index]["up"], mutant[index].get("up_transaction", False))
                if error:
                    theirs = (index, error)
                    break
            verdicts = ours(arguments.binary, mutant, arguments.prelude)[:(theirs[0] + 1) if theirs else end]
            doubt = next((index for index, verdict in enumerate(verdicts[first:], first) if verdict["verdict"] == "unknown"), None)
            refuted = next(((index, verdict) for index, verdict in enumerate(verdicts[first:], first) if verdict["verdict"] == "refuted"), None)
            if theirs and refuted and refuted[0] == theirs[0] and theirs[1].startswith(refuted[1].get("sqlstate") or "?"):
                right += 1
            elif doubt is not None and (not refuted or doubt < refuted[0]):
                unknown += 1
            elif not theirs and not refuted:
                applied += 1
            elif theirs and not refuted and any(theirs[1].startswith(condition["sqlstate"]) for condition in verdicts[theirs[0]]["conditions"]):
                conditional += 1
            else:
                said = f"{mutant[refuted[0]]['id']} refuted {refuted[1].get('sqlstate')} {refuted[1].get('reason')}" if refuted else "all proved"
                server = f"{mutant[theirs[0]]['id']} {theirs[1]}" if theirs else "all apply"
                wrong.append((what, said, server))
    print(
        f"{right + unknown + applied + conditional + len(wrong)} mutants: {right} refuted as the server does, {applied} apply for both, "
        f"{conditional} fail on a condition that was told, {unknown} unknown, {len(wrong)} wrong"
    )
    for what, said, server in wrong[:arguments.show]:
        print(f"  {what}\n      we:     {said}\n      server: {server}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
