#!/usr/bin/env node
// Starts the program of the package for this machine, and ends as it does.
"use strict";

const { spawnSync } = require("node:child_process");

const name = `postgresql-migration-lint-${process.platform}-${process.arch}`;
const file = process.platform === "win32" ? "migration-lint.exe" : "migration-lint";

let program;
try {
  program = require.resolve(`${name}/${file}`);
} catch {
  console.error(
    `migration-lint: the package ${name} is not installed: either there is no program for this machine, which \`cargo install\` can build, ` +
      "or npm was told to leave optional dependencies out (`--omit=optional`)",
  );
  process.exit(2);
}

const { error, signal, status } = spawnSync(program, process.argv.slice(2), { stdio: "inherit" });
if (error) {
  console.error(`migration-lint: ${program} can't be run: ${error.message}`);
  process.exit(2);
}
if (signal) process.kill(process.pid, signal);
process.exit(status ?? 2);
