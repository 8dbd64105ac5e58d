//! Answers to what is asked about a project and its files.

mod actions;
mod completion;
mod hints;
mod hover;
mod names;
mod places;
mod symbols;

use std::path::{Path, PathBuf};

use lsp_server::{ErrorCode, Request};
use lsp_types::request::{
    CodeActionRequest, Completion, DocumentDiagnosticRequest, DocumentSymbolRequest, GotoDefinition, HoverRequest, InlayHintRequest,
    References, Request as _, ShowDocument,
};
use lsp_types::{ExecuteCommandParams, Location, ShowDocumentParams, Uri};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::engine::{Live, absolute};
use crate::rules;
use crate::text::{SourceFile, Span};

use super::client::Client;
use super::position::Encoding;
use super::project::Keeper;
use super::told::Board;
use super::uri::{path_of, uri_of};

/// The command that shows a rule's page.
pub(super) const EXPLAIN: &str = "migration-lint.explain";

/// The kinds of code actions that there are.
pub(super) const ACTION_KINDS: [&str; 2] = ["quickfix", "source.fixAll.migration-lint"];

/// What can be asked about a file.
pub(super) const METHODS: [&str; 8] = [
    CodeActionRequest::METHOD,
    Completion::METHOD,
    DocumentDiagnosticRequest::METHOD,
    DocumentSymbolRequest::METHOD,
    GotoDefinition::METHOD,
    HoverRequest::METHOD,
    InlayHintRequest::METHOD,
    References::METHOD,
];

/// Answers a question about a file of a project.
pub(super) fn answer(keeper: &Keeper, live: &mut Live<'_>, request: Request) {
    let Request { id, method, params } = request;
    let file = params.pointer("/textDocument/uri").and_then(|uri| serde_json::from_value::<Uri>(uri.clone()).ok());
    let Some(path) = file.and_then(|uri| path_of(&uri)) else {
        return keeper.client.refuse(id, ErrorCode::InvalidParams, "`textDocument.uri` is no file");
    };
    let asked = Asked { keeper, name: path.to_string_lossy().into_owned(), path };
    let result = match method.as_str() {
        CodeActionRequest::METHOD => understood(params).map(|params| written(actions::actions(&asked, live, params))),
        Completion::METHOD => understood(params).map(|place| written(completion::candidates(&asked, live, place))),
        DocumentDiagnosticRequest::METHOD => Ok(asked.findings(&params)),
        DocumentSymbolRequest::METHOD => Ok(written(symbols::symbols(&asked, live))),
        GotoDefinition::METHOD => understood(params).map(|place| written(places::definition(&asked, live, place))),
        HoverRequest::METHOD => understood(params).map(|place| written(hover::hover(&asked, live, place))),
        InlayHintRequest::METHOD => understood(params).map(|params| written(hints::hints(&asked, live, &params))),
        References::METHOD => understood(params).map(|place| written(places::references(&asked, live, place))),
        _ => Ok(Value::Null),
    };
    match result {
        Ok(result) => keeper.client.answer(id, result),
        Err(Misunderstood(why)) => keeper.client.refuse(id, ErrorCode::InvalidParams, why),
    }
}

/// Parameters that are not what the protocol says.
struct Misunderstood(String);

fn understood<P: DeserializeOwned>(params: Value) -> Result<P, Misunderstood> {
    serde_json::from_value(params).map_err(|error| Misunderstood(error.to_string()))
}

fn written(result: impl Serialize) -> Value {
    serde_json::to_value(result).unwrap_or_default()
}

/// A question about a file.
struct Asked<'k> {
    keeper: &'k Keeper,
    path: PathBuf,
    /// The path as the engine takes it.
    name: String,
}

impl Asked<'_> {
    fn encoding(&self) -> Encoding {
        self.keeper.client.encoding
    }

    /// Where a place of a file is; the file's path counts from the project's folder.
    fn location(&self, source: &SourceFile, span: Span) -> Option<Location> {
        let uri = uri_of(&absolute(&self.keeper.folder, Path::new(source.path())))?;
        Some(Location { uri, range: self.encoding().range(source, span) })
    }

    /// What is found in the file.
    fn findings(&self, params: &Value) -> Value {
        let (found, state) = self.keeper.told.board.shown(&self.path);
        let state = state.to_string();
        if params.get("previousResultId").and_then(Value::as_str) == Some(&state) {
            return json!({"kind": "unchanged", "resultId": state});
        }
        json!({"kind": "full", "resultId": state, "items": found})
    }
}

/// Answers a question about a project of which no file is read yet.
pub(super) fn without_files(keeper: &Keeper, request: Request) {
    match request.method.as_str() {
        DocumentDiagnosticRequest::METHOD => keeper.client.answer(request.id, json!({"kind": "full", "items": []})),
        _ => keeper.client.answer(request.id, ()),
    }
}

/// What is found in all files.
pub(super) fn all_findings(client: &Client, board: &Board, request: Request) {
    let known = |params: &Value, uri: &Uri| {
        let ids = params.get("previousResultIds").and_then(Value::as_array).into_iter().flatten();
        ids.filter(|id| id.get("uri").and_then(Value::as_str) == Some(uri.as_str()))
            .find_map(|id| id.get("value")?.as_str().map(str::to_owned))
    };
    let items: Vec<Value> = board
        .files()
        .into_iter()
        .filter_map(|path| {
            let uri = uri_of(&path)?;
            let (found, state) = board.shown(&path);
            let state = state.to_string();
            Some(match known(&request.params, &uri) == Some(state.clone()) {
                true => json!({"kind": "unchanged", "uri": uri, "version": null, "resultId": state}),
                false => json!({"kind": "full", "uri": uri, "version": null, "resultId": state, "items": found}),
            })
        })
        .collect();
    client.answer(request.id, json!({"items": items}));
}

/// Does what a command says.
pub(super) fn execute(client: &Client, request: Request) {
    let params: ExecuteCommandParams = match serde_json::from_value(request.params) {
        Ok(params) => params,
        Err(error) => return client.refuse(request.id, ErrorCode::InvalidParams, error.to_string()),
    };
    let name = params.arguments.first().and_then(Value::as_str).unwrap_or_default();
    match (params.command.as_str(), rules::find(name)) {
        (EXPLAIN, Some(rule)) => {
            let page = rule.meta().body();
            if client.can.show
                && let Some(uri) = page_file(rule.meta().id, page).and_then(|file| uri_of(&file))
            {
                client.ask::<ShowDocument>(ShowDocumentParams { uri, external: None, take_focus: Some(true), selection: None });
            }
            client.answer(request.id, page);
        }
        (EXPLAIN, None) => client.refuse(request.id, ErrorCode::InvalidParams, format!("there is no rule `{name}`")),
        (other, _) => client.refuse(request.id, ErrorCode::InvalidParams, format!("this server has no command `{other}`")),
    }
}

/// A file that holds a rule's page, for clients that show files.
fn page_file(rule: &str, page: &str) -> Option<PathBuf> {
    let file = crate::engine::own_folder()?.join(format!("{rule}.md"));
    if !file.exists() {
        crate::engine::replace(&file, None, page).ok()?;
    }
    Some(file)
}
