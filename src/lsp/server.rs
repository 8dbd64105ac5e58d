//! What each message is about: the conversation itself, or a file, and then the project that it belongs to.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use lsp_server::{ErrorCode, Message, Notification, Request};
use lsp_types::notification::{
    DidChangeTextDocument, DidChangeWatchedFiles, DidChangeWorkspaceFolders, DidCloseTextDocument, DidOpenTextDocument,
    DidSaveTextDocument, Notification as _,
};
use lsp_types::request::{RegisterCapability, Request as _};
use lsp_types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWatchedFilesRegistrationOptions, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, FileSystemWatcher, GlobPattern, InitializeParams,
    Registration, RegistrationParams, Uri, WatchKind,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::engine::{Tree, configuration_above};

use super::answer;
use super::client::{Abilities, Client};
use super::document::Document;
use super::position::Encoding;
use super::project::{Event, Project};
use super::told::Board;
use super::uri::path_of;

/// How a conversation ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The client said so, and shut the server down before.
    Orderly,
    /// The client is gone.
    Gone,
}

/// How far the conversation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    New,
    Open,
    ShutDown,
}

/// The server.
pub(super) struct Server {
    client: Client,
    stage: Stage,
    /// The folders that the client works in.
    roots: Vec<PathBuf>,
    projects: Vec<Project>,
    /// What is open, and the project that it belongs to.
    open: std::collections::BTreeMap<PathBuf, Document>,
    board: Board,
}

impl Server {
    /// One that nobody has spoken to yet.
    pub(super) fn new(client: Client) -> Self {
        Self { client, stage: Stage::New, roots: Vec::new(), projects: Vec::new(), open: Default::default(), board: Board::default() }
    }

    /// Answers what is no message.
    pub(super) fn refuse(&self, answer: Value) {
        self.client.send(answer);
    }

    /// Ends all projects.
    pub(super) fn end(mut self) {
        self.projects.drain(..).for_each(Project::end);
    }

    /// Does what a message says; whether the conversation is over then.
    pub(super) fn take(&mut self, message: Message) -> Option<End> {
        match (message, self.stage) {
            (Message::Notification(notification), stage) if notification.method == "exit" => {
                return Some(if stage == Stage::ShutDown { End::Orderly } else { End::Gone });
            }
            (Message::Request(request), Stage::New) if request.method == "initialize" => self.initialize(request),
            (Message::Request(request), Stage::New) => {
                self.client.refuse(request.id, ErrorCode::ServerNotInitialized, "the first request is `initialize`");
            }
            (Message::Request(request), Stage::ShutDown) => {
                self.client.refuse(request.id, ErrorCode::InvalidRequest, "the server is shut down");
            }
            (Message::Request(request), Stage::Open) if request.method == "shutdown" => {
                self.stage = Stage::ShutDown;
                self.client.answer(request.id, ());
            }
            (Message::Request(request), Stage::Open) => self.ask(request),
            (Message::Notification(notification), Stage::Open) => self.hear(notification),
            // Answers tell nothing that is not known, and before and after the conversation nothing is heard.
            (Message::Response(_) | Message::Notification(_), _) => {}
        }
        None
    }

    fn initialize(&mut self, request: Request) {
        let sent = request.params.get("capabilities").cloned().unwrap_or_default();
        let params: InitializeParams = match serde_json::from_value(request.params) {
            Ok(params) => params,
            Err(error) => return self.client.refuse(request.id, ErrorCode::InvalidParams, error.to_string()),
        };
        self.stage = Stage::Open;
        let offered = params.capabilities.general.as_ref().and_then(|general| general.position_encodings.as_deref());
        self.client.encoding = Encoding::agreed(offered);
        self.client.can = Abilities::of(&params.capabilities, &sent);
        #[allow(deprecated)]
        let root = params.root_uri;
        let folders = params.workspace_folders.unwrap_or_default().into_iter().map(|folder| folder.uri);
        self.roots = folders.chain(root).filter_map(|uri| path_of(&uri)).collect();
        self.roots.dedup();
        self.client.answer(request.id, capabilities(&self.client));
    }

    fn hear(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        match method.as_str() {
            "initialized" => {
                self.watch();
                self.open_roots();
            }
            DidOpenTextDocument::METHOD => {
                let Some(DidOpenTextDocumentParams { text_document }) = self.understood(&method, params) else { return };
                let Some(path) = path_of(&text_document.uri) else { return };
                self.set(path, Document::new(text_document.version, text_document.text));
            }
            DidChangeTextDocument::METHOD => {
                let Some(DidChangeTextDocumentParams { text_document, content_changes }) = self.understood(&method, params) else { return };
                let Some(path) = path_of(&text_document.uri) else { return };
                let Some(mut document) = self.open.get(&path).cloned() else { return };
                document.change(text_document.version, content_changes, self.client.encoding);
                self.set(path, document);
            }
            DidCloseTextDocument::METHOD => {
                let Some(DidCloseTextDocumentParams { text_document }) = self.understood(&method, params) else { return };
                let Some(path) = path_of(&text_document.uri) else { return };
                if self.open.remove(&path).is_some()
                    && let Some(project) = self.project_of(&path)
                {
                    project.tell(Event::Closed(path));
                    self.end_idle();
                }
            }
            DidSaveTextDocument::METHOD => {
                let Some(DidSaveTextDocumentParams { text_document, .. }) = self.understood(&method, params) else { return };
                self.changed_on_disk(path_of(&text_document.uri).into_iter().collect());
            }
            DidChangeWatchedFiles::METHOD => {
                let Some(DidChangeWatchedFilesParams { changes }) = self.understood(&method, params) else { return };
                self.changed_on_disk(changes.iter().filter_map(|change| path_of(&change.uri)).collect());
            }
            DidChangeWorkspaceFolders::METHOD => {
                let Some(DidChangeWorkspaceFoldersParams { event }) = self.understood(&method, params) else { return };
                let gone: Vec<PathBuf> = event.removed.iter().filter_map(|folder| path_of(&folder.uri)).collect();
                self.roots.retain(|root| !gone.contains(root));
                self.roots.extend(event.added.iter().filter_map(|folder| path_of(&folder.uri)));
                self.begin_again();
            }
            _ => {}
        }
    }

    /// The parameters of a notification; what can't be understood is told to the client's log.
    fn understood<P: DeserializeOwned>(&self, method: &str, params: Value) -> Option<P> {
        let error = match serde_json::from_value(params) {
            Ok(params) => return Some(params),
            Err(error) => error,
        };
        self.client.log(lsp_types::MessageType::WARNING, format!("`{method}` can't be understood: {error}"));
        None
    }

    fn set(&mut self, path: PathBuf, document: Document) {
        self.open.insert(path.clone(), document.clone());
        if let Some(project) = self.project_of(&path) {
            project.tell(Event::Text(path, document));
        }
    }

    fn changed_on_disk(&mut self, paths: Vec<PathBuf>) {
        // Where a configuration comes or goes, a file may belong to another project.
        let is_moved = |path: &&PathBuf| {
            super::configuration::is_one(path)
                && (path.is_file() != self.projects.iter().any(|project| Some(&*project.folder) == path.parent()))
        };
        if paths.iter().any(|path| is_moved(&path)) {
            return self.begin_again();
        }
        for path in paths {
            if let Some(project) = self.project_of(&path) {
                project.tell(Event::Disk(vec![path]));
            }
        }
    }

    fn ask(&mut self, request: Request) {
        match request.method.as_str() {
            lsp_types::request::WorkspaceDiagnosticRequest::METHOD => answer::all_findings(&self.client, &self.board, request),
            lsp_types::request::ExecuteCommand::METHOD => answer::execute(&self.client, request),
            method if answer::METHODS.contains(&method) => {
                let uri = request.params.pointer("/textDocument/uri").cloned();
                let path = uri.and_then(|uri| serde_json::from_value::<Uri>(uri).ok()).and_then(|uri| path_of(&uri));
                match path.and_then(|path| self.project_of(&path)) {
                    Some(project) => project.tell(Event::Asked(request)),
                    None => self.client.refuse(request.id, ErrorCode::InvalidParams, "`textDocument.uri` is no file"),
                }
            }
            method => {
                let message = format!("this server does not know `{method}`");
                self.client.refuse(request.id, ErrorCode::MethodNotFound, message);
            }
        }
    }

    /// The project of a file.
    fn project_of(&mut self, path: &Path) -> Option<&Project> {
        self.project_in(self.folder_of(path)?)
    }

    /// The folder of a file's project: that of the nearest configuration above it, or else the one that the client works in, or its own.
    fn folder_of(&self, path: &Path) -> Option<PathBuf> {
        let root = || self.roots.iter().filter(|root| path.starts_with(root)).max_by_key(|root| root.as_os_str().len()).cloned();
        configured_folder(path.parent()?).or_else(root).or_else(|| Some(path.parent()?.to_owned()))
    }

    /// Ends the projects that the client neither works in nor has a file of.
    fn end_idle(&mut self) {
        let of_roots = self.roots.iter().map(|root| configured_folder(root).unwrap_or_else(|| root.clone()));
        let needed: BTreeSet<PathBuf> = of_roots.chain(self.open.keys().filter_map(|path| self.folder_of(path))).collect();
        let (kept, idle): (Vec<Project>, Vec<Project>) = self.projects.drain(..).partition(|project| needed.contains(&project.folder));
        self.projects = kept;
        idle.into_iter().for_each(Project::end);
    }

    fn project_in(&mut self, folder: PathBuf) -> Option<&Project> {
        if let Some(at) = self.projects.iter().position(|project| project.folder == folder) {
            return self.projects.get(at);
        }
        match Project::start(folder, self.client.clone(), self.board.clone()) {
            Ok(project) => self.projects.push(project),
            Err(error) => self.client.log(lsp_types::MessageType::ERROR, format!("a project can't be started: {error}")),
        }
        self.projects.last()
    }

    /// Starts the projects whose configurations are in the folders that the client works in, or above them.
    fn open_roots(&mut self) {
        for root in self.roots.clone() {
            self.project_in(configured_folder(&root).unwrap_or(root));
        }
    }

    /// Starts all projects anew.
    fn begin_again(&mut self) {
        self.projects.drain(..).for_each(Project::end);
        self.open_roots();
        for (path, document) in self.open.clone() {
            self.set(path, document);
        }
    }

    /// Asks the client to watch what findings depend on.
    fn watch(&self) {
        if !self.client.can.watch {
            return;
        }
        let watchers = ["**/*.sql", "**/*.yaml", "**/*.toml", "**/*.sql.conf", "**/*.md", "**/*.json"];
        let watcher = |glob: &str, kind| FileSystemWatcher { glob_pattern: GlobPattern::String(glob.to_owned()), kind };
        // A folder that goes is one event, by its own path.
        let watchers = watchers.map(|glob| watcher(glob, None)).into_iter().chain([watcher("**/*", Some(WatchKind::Delete))]).collect();
        let options = DidChangeWatchedFilesRegistrationOptions { watchers };
        let registration = Registration {
            id: "files".to_owned(),
            method: DidChangeWatchedFiles::METHOD.to_owned(),
            register_options: serde_json::to_value(options).ok(),
        };
        self.client.ask::<RegisterCapability>(RegistrationParams { registrations: vec![registration] });
    }
}

/// The folder of the nearest configuration, in a folder or above it.
fn configured_folder(folder: &Path) -> Option<PathBuf> {
    configuration_above(Tree::Disk, folder).and_then(|file| Some(file.parent()?.to_owned()))
}

/// What the server can do.
fn capabilities(client: &Client) -> Value {
    json!({
        "serverInfo": {"name": "migration-lint", "version": env!("CARGO_PKG_VERSION")},
        "capabilities": {
            "positionEncoding": client.encoding.kind(),
            "textDocumentSync": {"openClose": true, "change": 2, "save": {"includeText": false}},
            "workspace": {"workspaceFolders": {"supported": true, "changeNotifications": true}},
            "diagnosticProvider": client.can.pull.then(|| json!({"identifier": "migration-lint", "interFileDependencies": true, "workspaceDiagnostics": true})),
            "codeActionProvider": {"codeActionKinds": answer::ACTION_KINDS},
            "hoverProvider": true,
            "definitionProvider": true,
            "referencesProvider": true,
            "documentSymbolProvider": true,
            "inlayHintProvider": true,
            "completionProvider": {"triggerCharacters": [".", "("]},
            "executeCommandProvider": {"commands": [answer::EXPLAIN]},
        },
    })
}
