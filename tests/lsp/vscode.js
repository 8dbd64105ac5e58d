// Loads the extension that the first argument names, with an editor and a client for it that do what those of Visual Studio Code do, and no more.

const assert = require("node:assert");
const Module = require("node:module");

const clients = [];
const commands = {};
const shown = [];
const told = [];
const listeners = [];
let path = "missing";
let chosen;
let pages;

class LanguageClient {
  constructor(id, server, options) {
    Object.assign(this, { id, server, options, features: [], state: "initial" });
    clients.push(this);
  }
  registerFeature(feature) {
    this.features.push(feature);
  }
  async start() {
    this.state = this.server.command === "missing" ? "failed" : "running";
    if (this.state !== "failed") return;
    this.error("migration-lint client: couldn't create connection to server.", "spawn missing ENOENT", "force");
    throw "Launching server using command missing failed. Error: spawn missing ENOENT";
  }
  error(message, data, show) {
    if (show === "force") told.push(message);
  }
  async sendRequest(method, { command, arguments: [rule] }) {
    assert.deepEqual([method, command], ["workspace/executeCommand", "migration-lint.explain"]);
    if (rule !== "require-header") throw new Error(`there is no rule \`${rule}\``);
    return "# require-header";
  }
  async stop() {
    if (this.state !== "running") throw new Error("Client is not running and can't be stopped.");
    this.state = "stopped";
  }
}

const disposable = { dispose: () => {} };
const vscode = {
  Uri: { from: (parts) => parts },
  workspace: {
    getConfiguration: () => ({ get: (name) => (name === "migration-lint.path" ? path : undefined) }),
    registerTextDocumentContentProvider: (scheme, provider) => (pages = provider) && disposable,
    onDidChangeConfiguration: (listener) => listeners.push(listener) && disposable,
  },
  env: { remoteName: undefined },
  window: { showErrorMessage: async (message) => told.push(message) && chosen },
  commands: {
    registerCommand: (name, run) => (commands[name] = run) && disposable,
    executeCommand: async (name, ...args) => shown.push([name, ...args]),
  },
};

const load = Module._load;
Module._load = (name, ...rest) => ({ vscode, "vscode-languageclient/node": { LanguageClient } })[name] ?? load(name, ...rest);

const extension = require(process.argv[2]);
const states = () => clients.map((client) => client.state);
const change = async (name) => {
  await Promise.all(listeners.map((listener) => listener({ affectsConfiguration: (asked) => asked === name })));
};

(async () => {
  const context = { subscriptions: [] };
  await extension.activate(context);
  assert.deepEqual(states(), ["failed"], "the extension lives though its server does not");
  const help =
    "migration-lint: `missing` can't be started (spawn missing ENOENT). Install the program, or name it in the setting `migration-lint.path`.";
  assert.deepEqual(told, [help], "it says once why, and what can be done");
  chosen = "Open the setting";
  await commands["migration-lint.restart"]();
  assert.deepEqual(states(), ["failed", "failed"]);
  assert.deepEqual(shown.splice(0), [["workbench.action.openSettings", { query: "migration-lint.path" }]]);

  path = "there";
  await change("editor.fontSize");
  assert.equal(clients.length, 2, "other settings are nobody's business");
  await change("migration-lint.path");
  assert.deepEqual(states(), ["failed", "failed", "running"]);
  await commands["migration-lint.restart"]();
  assert.deepEqual(states().slice(2), ["stopped", "running"]);
  await Promise.all([1, 2, 3].map(() => commands["migration-lint.restart"]()));
  assert.equal(states().filter((state) => state === "running").length, 1, "there is one server, however often it is asked for");

  const client = clients.at(-1);
  const capabilities = { window: { showDocument: { support: true }, workDoneProgress: true } };
  client.features.forEach((feature) => feature.fillClientCapabilities(capabilities));
  assert.deepEqual(capabilities, { window: { workDoneProgress: true } }, "the server shows no page beside the preview");
  await client.options.middleware.executeCommand("migration-lint.explain", ["require-header"], async () => "# require-header");
  assert.deepEqual(shown, [["markdown.showPreviewToSide", { scheme: "migration-lint", path: "/require-header.md" }]]);
  assert.equal(await pages.provideTextDocumentContent({ path: "/require-header.md" }), "# require-header");
  assert.equal(await pages.provideTextDocumentContent({ path: "/gone.md" }), "there is no rule `gone`", "a link may lead astray");
  client.error("the server crashed", undefined, "force");
  assert.equal(told.at(-1), "the server crashed", "what happens later is told by the client");

  await extension.deactivate();
  assert.equal(client.state, "stopped");
  console.log("all is as it should be");
})().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
