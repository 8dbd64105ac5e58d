// Starts the server, and shows the pages of rules in a preview beside the file.

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

const EXPLAIN = "migration-lint.explain";
const SCHEME = "migration-lint";
const PATH = "migration-lint.path";

let client;

function start() {
  const command = vscode.workspace.getConfiguration().get(PATH);
  const documents = [
    { language: "sql", scheme: "file" },
    { pattern: "**/{global-config,migration-lint}.yaml", scheme: "file" },
  ];
  client = new LanguageClient("migration-lint", { command, args: ["server"] }, {
    documentSelector: documents,
    middleware: {
      // The server answers with the page; showing it is the editor's business.
      executeCommand: async (name, args, next) => {
        const answer = await next(name, args);
        if (name === EXPLAIN && typeof answer === "string") {
          await show(args[0], answer);
        }
        return answer;
      },
    },
  });
  client.registerFeature(showsPages);
  // The client itself tells the user why it can't start.
  return client.start().catch(() => {});
}

// A client that never came to run can't be stopped.
function stop() {
  return client?.stop().catch(() => {});
}

let starts = 0;

// Of several that are asked for at once, the last one starts the server.
async function restart() {
  const turn = ++starts;
  await stop();
  if (turn === starts) {
    await start();
  }
}

// The server would open the page's text for a client that says that it shows documents, beside the preview.
const showsPages = {
  fillClientCapabilities: (capabilities) => {
    delete capabilities.window?.showDocument;
  },
  initialize: () => {},
  getState: () => ({ kind: "static" }),
  clear: () => {},
};

const pages = new Map();

async function show(rule, page) {
  pages.set(`/${rule}.md`, page);
  const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${rule}.md` });
  await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
}

exports.activate = async (context) => {
  const provider = { provideTextDocumentContent: (uri) => pages.get(uri.path) ?? "" };
  context.subscriptions.push(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, provider),
    vscode.commands.registerCommand("migration-lint.restart", restart),
    vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration(PATH) && restart()),
  );
  await start();
};

exports.deactivate = stop;
