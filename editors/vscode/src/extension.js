// Starts the server, and shows the pages of rules in a preview beside the file.

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

const EXPLAIN = "migration-lint.explain";
const SCHEME = "migration-lint";

let client;

function start() {
  const command = vscode.workspace.getConfiguration("migration-lint").get("path");
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
  return client.start();
}

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
    vscode.commands.registerCommand("migration-lint.restart", async () => {
      await client?.stop();
      await start();
    }),
  );
  await start();
};

exports.deactivate = () => client?.stop();
