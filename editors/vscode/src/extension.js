// Starts the server, and shows the pages of rules in a preview beside the file.

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

const EXPLAIN = "migration-lint.explain";
const SCHEME = "migration-lint";
const PATH = "migration-lint.path";

let client;

// What keeps the server from being started is told by `start`, in words that help.
class Client extends LanguageClient {
  error(message, data, show) {
    super.error(message, data, this.isRunningYet ? show : false);
  }
}

async function start() {
  const command = vscode.workspace.getConfiguration().get(PATH);
  const documents = [
    { language: "sql", scheme: "file" },
    { pattern: "**/{global-config,migration-lint}.yaml", scheme: "file" },
  ];
  client = new Client("migration-lint", { command, args: ["server"] }, {
    documentSelector: documents,
    middleware: {
      // The server answers with the page; showing it is the editor's business.
      executeCommand: async (name, args, next) => {
        const answer = await next(name, args);
        if (name === EXPLAIN && typeof answer === "string") {
          await vscode.commands.executeCommand("markdown.showPreviewToSide", vscode.Uri.from({ scheme: SCHEME, path: `/${args[0]}.md` }));
        }
        return answer;
      },
    },
  });
  client.registerFeature(showsPages);
  const started = client;
  try {
    await started.start();
    started.isRunningYet = true;
  } catch (error) {
    tellOfFailure(command, error);
  }
}

async function tellOfFailure(command, error) {
  const reason = String(error?.message ?? error).replace(/^Launching server using command .* failed\. (Error: )?/, "");
  const setting = "Open the setting";
  const message = `migration-lint: \`${command}\` can't be started (${reason}). Install the program, or name it in the setting \`${PATH}\`.`;
  if ((await vscode.window.showErrorMessage(message, setting)) === setting) {
    // The setting belongs to the machine that the program runs on.
    const place = vscode.env.remoteName === undefined ? "openSettings" : "openRemoteSettings";
    await vscode.commands.executeCommand(`workbench.action.${place}`, { query: PATH });
  }
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

// The page of a rule, also of one that another page links to.
function page(uri) {
  const rule = uri.path.replace(/^\//, "").replace(/\.md$/, "");
  return client.sendRequest("workspace/executeCommand", { command: EXPLAIN, arguments: [rule] }).catch((error) => String(error.message ?? error));
}

exports.activate = async (context) => {
  context.subscriptions.push(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, { provideTextDocumentContent: page }),
    vscode.commands.registerCommand("migration-lint.restart", restart),
    vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration(PATH) && restart()),
  );
  await start();
};

exports.deactivate = stop;
