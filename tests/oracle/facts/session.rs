//! What changes or asks the session: variables, prepared statements, cursors, notifications, EXPLAIN.

use migration_lint::syntax::tree::{
    Cursor, CursorAction, Deallocate, Discard, DiscardTarget, Execute, Explain, Load, Node, Notify, NotifyAction, Prepare, SessionAction,
    SetScope, SetVariable, TransactionMode, VariableChange, VariableName, VariableSetting, VariableValue,
};

use super::transaction::transaction_mode;
use super::words::{Words, list};
use super::{Facts, Kind};

pub fn set_variable(f: &mut Facts, node: &SetVariable) -> Kind {
    match &node.action {
        SessionAction::Change(scope, setting) => {
            f.setting(setting);
            if matches!(scope, SetScope::Local(_)) {
                f.say("local");
            }
            "VariableSetStmt"
        }
        SessionAction::Show(name) => {
            f.say(format!("show {}", f.words.variable(name)));
            "VariableShowStmt"
        }
        SessionAction::ShowAll(_) => {
            f.say("show all");
            "VariableShowStmt"
        }
    }
}

pub fn discard(f: &mut Facts, node: &Discard) -> Kind {
    f.say(match node.target {
        DiscardTarget::All => "discard all",
        DiscardTarget::Plans => "discard plans",
        DiscardTarget::Sequences => "discard sequences",
        DiscardTarget::Temporary => "discard temp",
    });
    "DiscardStmt"
}

pub fn notify(f: &mut Facts, node: &Notify) -> Kind {
    let words = f.words;
    match node.action {
        NotifyAction::Listen(name) => {
            f.say(format!("name {}", words.ident(name)));
            "ListenStmt"
        }
        NotifyAction::Unlisten(name) => {
            f.say(format!("name {}", words.ident(name)));
            "UnlistenStmt"
        }
        NotifyAction::UnlistenAll(_) => "UnlistenStmt",
        NotifyAction::Notify(name, payload) => {
            f.say(format!("name {}", words.ident(name)));
            f.written("payload", &payload);
            "NotifyStmt"
        }
    }
}

pub fn prepare(f: &mut Facts, node: &Prepare) -> Kind {
    f.say(format!("name {}", f.words.ident(node.name)));
    if !node.arguments.is_empty() {
        f.say(format!("arguments {}", f.words.types(&node.arguments)));
    }
    f.inner(&node.statement);
    "PrepareStmt"
}

pub fn execute(f: &mut Facts, node: &Execute) -> Kind {
    f.say(format!("name {}", f.words.ident(node.name)));
    "ExecuteStmt"
}

pub fn deallocate(f: &mut Facts, node: &Deallocate) -> Kind {
    f.maybe("name", node.name.map(|name| f.words.ident(name)));
    "DeallocateStmt"
}

pub fn explain(f: &mut Facts, node: &Explain) -> Kind {
    f.utility_options(&node.options);
    f.inner(&node.statement);
    "ExplainStmt"
}

pub fn cursor(f: &mut Facts, node: &Cursor) -> Kind {
    let words = f.words;
    match &node.action {
        CursorAction::Declare(declare) => {
            f.say(format!("name {}", words.ident(declare.name)));
            f.reads_of(&declare.query);
            "DeclareCursorStmt"
        }
        CursorAction::Fetch(_, name) => {
            f.say(format!("name {}", words.ident(*name)));
            "FetchStmt"
        }
        CursorAction::Move(_, name) => {
            f.say(format!("name {}", words.ident(*name)));
            f.say("move");
            "FetchStmt"
        }
        CursorAction::Close(name) => {
            f.say(format!("name {}", words.ident(*name)));
            "ClosePortalStmt"
        }
        CursorAction::CloseAll(_) => "ClosePortalStmt",
    }
}

pub fn load(f: &mut Facts, node: &Load) -> Kind {
    f.say(format!("file {}", f.words.string(node.file)));
    "LoadStmt"
}

impl Facts<'_> {
    /// A SETTING.
    pub fn setting(&mut self, setting: &VariableSetting) {
        let words = self.words;
        let modes = |modes: &[TransactionMode]| list(modes.iter().map(|&mode| transaction_mode(mode)));
        self.say(match &setting.change {
            VariableChange::Values(name, values) => {
                let values = values.iter().map(|&value| match (name, value) {
                    // The one value that PostgreSQL writes in capitals.
                    (VariableName::XmlOption(_), VariableValue::Word(word)) => words.ident(word).to_uppercase(),
                    _ => words.variable_value(value),
                });
                format!("set {} = {}", words.variable(name), list(values))
            }
            VariableChange::Default(name, _) => format!("set {} default", words.variable(name)),
            VariableChange::FromCurrent(name, _) => format!("set {} current", words.variable(name)),
            VariableChange::Transaction(list) => format!("set TRANSACTION multi {}", modes(list)),
            VariableChange::SessionCharacteristics(list) => format!("set SESSION CHARACTERISTICS multi {}", modes(list)),
            VariableChange::Snapshot(literal) => format!("set TRANSACTION SNAPSHOT multi ({})", words.string(*literal)),
            VariableChange::Reset(name) => format!("reset {}", words.variable(name)),
            VariableChange::ResetAll(_) => "reset-all".to_owned(),
        });
    }

    /// The statement within a statement.
    fn inner(&mut self, node: &Node) {
        let kind = self.prefixed("statement", |f| f.statement(node));
        self.say(format!("statement {kind}"));
    }
}

impl Words<'_> {
    fn variable(self, name: &VariableName) -> String {
        match name {
            VariableName::Named(parts) => parts.iter().map(|&part| self.ident(part)).collect::<Vec<_>>().join("."),
            known => known.value(self.text),
        }
    }

    fn variable_value(self, value: VariableValue) -> String {
        match value {
            VariableValue::Word(word) => self.ident(word),
            VariableValue::String(literal) => self.string(literal),
            VariableValue::Number(number) => self.number(number),
            VariableValue::Interval(_) => "?".to_owned(),
        }
    }
}
