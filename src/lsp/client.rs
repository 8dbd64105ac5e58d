//! The client, as every thread of the server sees it: what it can do, and how it is told something.

use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::mpsc::Sender;

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::LogMessage;
use lsp_types::{ClientCapabilities, LogMessageParams, MessageType, ResourceOperationKind};
use serde::Serialize;
use serde_json::Value;

use super::position::Encoding;
use super::wire;

/// Who speaks to the server.
#[derive(Debug, Clone)]
pub(super) struct Client {
    out: Sender<Value>,
    next: Arc<AtomicI32>,
    /// The unit of columns.
    pub(super) encoding: Encoding,
    /// What it can do.
    pub(super) can: Abilities,
}

/// What a client can do beyond what every client can.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Abilities {
    /// It asks for findings, and need not be sent those of migrations.
    pub(super) pull: bool,
    /// It asks again for findings when it is told to.
    pub(super) pull_again: bool,
    /// It asks again for inlay hints when it is told to.
    pub(super) hint_again: bool,
    /// It watches files.
    pub(super) watch: bool,
    /// It shows a document.
    pub(super) show: bool,
    /// It makes files that are part of an edit.
    pub(super) create: bool,
}

impl Abilities {
    /// What `capabilities` say, `sent` as they are: `lsp_types` 0.97 looks for `workspace.diagnostics` under another name.
    pub(super) fn of(capabilities: &ClientCapabilities, sent: &Value) -> Self {
        let (text, workspace) = (capabilities.text_document.as_ref(), capabilities.workspace.as_ref());
        let again = |refresh: Option<bool>| refresh == Some(true);
        Self {
            pull: text.is_some_and(|text| text.diagnostic.is_some()),
            pull_again: again(sent.pointer("/workspace/diagnostics/refreshSupport").and_then(Value::as_bool)),
            hint_again: again(workspace.and_then(|all| all.inlay_hint.as_ref()?.refresh_support)),
            watch: again(workspace.and_then(|all| all.did_change_watched_files?.dynamic_registration)),
            show: capabilities.window.as_ref().and_then(|window| window.show_document.as_ref()).is_some_and(|show| show.support),
            create: workspace
                .and_then(|all| all.workspace_edit.as_ref()?.resource_operations.as_ref())
                .is_some_and(|operations| operations.contains(&ResourceOperationKind::Create)),
        }
    }
}

impl Client {
    /// One that reads what is sent to `out`, of which nothing is known yet.
    pub(super) fn new(out: Sender<Value>) -> Self {
        Self { out, next: Arc::default(), encoding: Encoding::Utf16, can: Abilities::default() }
    }

    /// Sends what is no message of the protocol's usual kinds.
    pub(super) fn send(&self, value: Value) {
        // A client that is gone has nothing more to be told.
        let _ = self.out.send(value);
    }

    /// Tells something.
    pub(super) fn notify<N: lsp_types::notification::Notification>(&self, params: N::Params) {
        self.send(wire::written(&Message::Notification(Notification::new(N::METHOD.to_owned(), params))));
    }

    /// Asks for something whose answer does not matter.
    pub(super) fn ask<R: lsp_types::request::Request>(&self, params: R::Params) {
        let id = RequestId::from(self.next.fetch_add(1, Ordering::Relaxed));
        self.send(wire::written(&Message::Request(Request::new(id, R::METHOD.to_owned(), params))));
    }

    /// Answers a request.
    pub(super) fn answer(&self, id: RequestId, result: impl Serialize) {
        self.send(wire::written(&Message::Response(Response::new_ok(id, result))));
    }

    /// Answers a request that can't be met.
    pub(super) fn refuse(&self, id: RequestId, code: ErrorCode, message: impl Into<String>) {
        self.send(wire::written(&Message::Response(Response::new_err(id, code as i32, message.into()))));
    }

    /// Writes into the client's log.
    pub(super) fn log(&self, typ: MessageType, message: impl Into<String>) {
        self.notify::<LogMessage>(LogMessageParams { typ, message: message.into() });
    }

    /// Asks it to ask again for what may be different now.
    pub(super) fn refresh(&self) {
        if self.can.pull && self.can.pull_again {
            self.ask::<lsp_types::request::WorkspaceDiagnosticRefresh>(());
        }
        if self.can.hint_again {
            self.ask::<lsp_types::request::InlayHintRefreshRequest>(());
        }
    }
}
