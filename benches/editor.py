#!/usr/bin/env python3
"""Measures how long an editor waits for findings, as a client of the language server.

    python3 benches/editor.py PROGRAM FOLDER [--edits 400] [--first 12] [--rest 1000]

FOLDER holds one history, such as `corpus.py` writes; it is copied into a house of its own, with the configuration of this repository, a README
and a schema map. An edit appends a statement that drops a table which is not there, with a number of its own, and the clock runs until findings of the
file have come that name the table: those of the file are shown before anything else is looked at. Some edits create the table instead, and the clock
runs until it is told that the table has no primary key, which is known when everything is. What is written is the median, the 99th percentile and the
longest, in milliseconds, and how much memory the server has at rest.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path


class Client:
    """A client that has findings pushed to it."""

    def __init__(self, program, folder):
        self.began = self.arrived = time.perf_counter()
        self.server = subprocess.Popen([program, "server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.send("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}}, request=0)
        self.wait(lambda message: message.get("id") == 0)
        self.send("initialized", {})

    def send(self, method, parameters, request=None):
        message = {"jsonrpc": "2.0", "method": method, "params": parameters}
        if request is not None:
            message["id"] = request
        body = json.dumps(message).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.server.stdin.flush()

    def read(self):
        length = 0
        while (line := self.server.stdout.readline().strip()) != b"":
            name, value = line.split(b":")
            length = int(value) if name.lower() == b"content-length" else length
        body = self.server.stdout.read(length)
        self.arrived = time.perf_counter()
        message = json.loads(body)
        if "id" in message and "method" in message:
            body = json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": None}).encode()
            self.server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            self.server.stdin.flush()
        return message

    def wait(self, is_it):
        while not is_it(message := self.read()):
            pass
        return message

    def findings(self, uri, is_it):
        """Waits for findings of `uri` that are `is_it`."""
        self.wait(
            lambda message: message.get("method") == "textDocument/publishDiagnostics"
            and message["params"]["uri"] == uri
            and is_it(message["params"])
        )

    def memory(self):
        """In MB, once nothing is done any more."""
        before = -1
        while before != (now := processor_time(self.server.pid)):
            before = now
            time.sleep(1)
        status = Path(f"/proc/{self.server.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) // 1024


def processor_time(process):
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


class Document:
    """An open file."""

    def __init__(self, client, path):
        self.client, self.uri, self.text, self.version = client, path.as_uri(), path.read_text(), 1
        client.send(
            "textDocument/didOpen",
            {"textDocument": {"uri": self.uri, "languageId": "sql", "version": 1, "text": self.text}},
        )

    def edit(self):
        """How long it takes until what is wrong with a statement is told, in milliseconds."""
        return self.append("DROP TABLE {};", lambda one, table: table in one["message"])

    def edit_schema(self):
        """How long it takes until what is wrong with the schema is told, in milliseconds."""

        def is_told(one, table):
            return table in one["message"] and one["code"] == "require-primary-key"

        return self.append("CREATE TABLE IF NOT EXISTS public.{} (a integer);", is_told)

    def append(self, statement, is_told):
        self.version += 1
        table = f"missing_{self.version}"
        document = {"uri": self.uri, "version": self.version}
        change = {"textDocument": document, "contentChanges": [{"text": up_with(self.text, statement.format(table))}]}
        began = time.perf_counter()
        self.client.send("textDocument/didChange", change)
        self.client.findings(self.uri, lambda found: any(is_told(one, table) for one in found["diagnostics"]))
        return (self.client.arrived - began) * 1000


def up_with(text, statement):
    """`text` with `statement` at the end of what goes up."""
    up, marker, down = text.partition("\n-- DOWN MIGRATION")
    return f"{up}\n{statement}\n{marker}{down}"


def told(what, times):
    times = sorted(times)
    last = times[max(0, -(-len(times) * 99 // 100) - 1)]
    print(f"{what}, {len(times)} times: median {statistics.median(times):.1f} ms, 99th percentile {last:.1f} ms, longest {times[-1]:.1f} ms")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("program")
    options.add_argument("folder", type=Path)
    options.add_argument("--edits", type=int, default=400, help="of the newest file")
    options.add_argument("--first", type=int, default=12, help="edits of the first file")
    options.add_argument("--rest", type=int, default=1000, help="edits for which memory is told, each 20th in the first file")
    options = options.parse_args()
    program = shutil.which(options.program) or options.program
    program = str(Path(program).resolve())
    with tempfile.TemporaryDirectory() as scratch:
        house = Path(scratch)
        shutil.copy(Path(__file__).parent.parent / "global-config.yaml", house)
        folder = house / "ctb/data/migrations"
        shutil.copytree(options.folder, folder)
        files = sorted(folder.glob("*.sql"))
        documents = ["--fix", "--unsafe-fixes", "--select", "require-readme-entry,require-schema-map"]
        subprocess.run([program, *documents, folder], cwd=house, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        for document in [folder / "README.md", house / "docs/schema_map.json"]:
            assert document.is_file(), f"{document.name} was not written"
        client = Client(program, house)
        newest = Document(client, files[-1])
        client.findings(newest.uri, lambda found: True)
        print(f"start to the first findings: {(time.perf_counter() - client.began) * 1000:.0f} ms")
        newest.edit()
        print(f"start to the first findings of the whole history: {(time.perf_counter() - client.began) * 1000:.0f} ms")
        print(f"memory: {client.memory()} MB")
        told("the newest file changes: its own findings", [newest.edit() for _ in range(options.edits)])
        told("the newest file changes: all findings", [newest.edit_schema() for _ in range(options.edits // 10)])
        first = Document(client, files[0])
        told("the first file changes: its own findings", [first.edit() for _ in range(options.first)])
        print(f"memory: {client.memory()} MB")
        for number in range(1, options.rest + 1):
            (first if number % 20 == 0 else newest).edit()
            if number % 250 == 0:
                print(f"memory after {number} edits more: {client.memory()} MB")


if __name__ == "__main__":
    main()
