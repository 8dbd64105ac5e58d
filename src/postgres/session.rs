//! What a session remembers that decides what a name without a schema means: `search_path`, and its temporary relations.
//!
//! The search path is followed through SET, SET LOCAL, RESET, `set_config` with constants, and the transactions around them (PostgreSQL 15,
//! 5.9.3 and 20.1). Before a session sets it, it is the role's and the database's, which no migration shows: then a name without a schema is in no
//! schema that can be told.

use std::collections::BTreeSet;

use crate::syntax::lexer::{Token, TokenKind};
use crate::syntax::literal;
use crate::syntax::tree::{
    CreateView, DiscardTarget, Name, Node, SessionAction, SetScope, TransactionAction, VariableChange, VariableName, VariableSetting,
    VariableValue,
};

use super::effect::{Effect, effects};
use super::object::{Object, Place};

/// What a session remembers.
#[derive(Debug, Clone, Default)]
pub struct Session {
    path: SearchPath,
    /// What `path` becomes at COMMIT.
    path_after: SearchPath,
    /// What it becomes at ROLLBACK; `None` outside a transaction.
    path_before: Option<SearchPath>,
    temporary: BTreeSet<String>,
    /// Relations that it made without writing a schema: schema and name.
    made: BTreeSet<(String, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
enum SearchPath {
    /// As the role and the database have it, or it can't be read.
    #[default]
    Unknown,
    /// These schemas.
    Schemas(Vec<String>),
}

/// Where an object is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Home {
    /// In this schema.
    Schema(String),
    /// Among the session's temporary objects.
    Temporary,
    /// In a schema that can't be told.
    Unknown,
    /// In none.
    Nowhere,
}

impl Home {
    /// The schema's name, if it can be told.
    pub fn schema(&self) -> Option<&str> {
        match self {
            Home::Schema(schema) => Some(schema),
            _ => None,
        }
    }
}

impl Session {
    /// A fresh one.
    pub fn new() -> Self {
        Self::default()
    }

    /// A fresh one, in a transaction.
    pub fn in_transaction() -> Self {
        Self { path_before: Some(SearchPath::Unknown), ..Self::default() }
    }

    /// Where `object`, which the next statement names, is.
    pub fn home(&self, text: &str, object: &Object<'_>) -> Home {
        match object.place {
            Place::Schema(schema) if schema.is_template(text) => Home::Unknown,
            Place::Schema(schema) => Home::Schema(schema.value(text).into_owned()),
            Place::Temporary => Home::Temporary,
            Place::Nowhere => Home::Nowhere,
            Place::Unknown => Home::Unknown,
            Place::Creation => self.creation_home(),
            Place::Lookup => {
                let name = object.placing_name().map(|name| name.object.value(text)).unwrap_or_default();
                let in_temporary = object.of.is_some() || object.kind.is_relation();
                if in_temporary && self.temporary.contains(&*name) { Home::Temporary } else { self.lookup_home(&name) }
            }
        }
    }

    /// Whether `name` is a temporary relation of this session.
    pub fn is_temporary(&self, text: &str, name: Name) -> bool {
        match name.schema {
            Some(schema) => schema.is(text, "pg_temp"),
            None => self.temporary.contains(&*name.object.value(text)),
        }
    }

    /// The schemas of the search path, if the session has set it.
    pub fn schemas(&self) -> Option<&[String]> {
        match &self.path {
            SearchPath::Unknown => None,
            SearchPath::Schemas(schemas) => Some(schemas),
        }
    }

    fn creation_home(&self) -> Home {
        match &self.path {
            SearchPath::Unknown => Home::Unknown,
            SearchPath::Schemas(schemas) => match schemas.first().map(String::as_str) {
                Some("pg_temp") => Home::Temporary,
                // Where there is no schema of the role's name, the next one counts.
                Some("$user" | "pg_catalog") | None => Home::Unknown,
                Some(schema) => Home::Schema(schema.to_owned()),
            },
        }
    }

    fn lookup_home(&self, name: &str) -> Home {
        let SearchPath::Schemas(schemas) = &self.path else { return Home::Unknown };
        match schemas.as_slice() {
            [only] if !matches!(only.as_str(), "$user" | "pg_temp" | "pg_catalog") => Home::Schema(only.clone()),
            [first, ..] if self.made.contains(&(first.clone(), name.to_owned())) => Home::Schema(first.clone()),
            _ => Home::Unknown,
        }
    }

    /// Runs `node`, whose tokens are `tokens`.
    pub fn run(&mut self, text: &str, node: &Node, tokens: &[Token]) {
        match node {
            Node::SetVariable(set) => {
                if let SessionAction::Change(scope, setting) = &set.action {
                    self.set(text, *scope, setting);
                }
            }
            Node::Discard(discard) if discard.target == DiscardTarget::All => self.assign(SearchPath::Unknown),
            Node::Transaction(transaction) => self.transaction(&transaction.action),
            Node::Select(_) => self.configure(text, tokens),
            _ => {}
        }
        for effect in effects(text, node).iter().filter(|effect| effect.action.creates() && effect.object.kind.is_relation()) {
            self.create(text, node, effect);
        }
    }

    fn create(&mut self, text: &str, node: &Node, effect: &Effect<'_>) {
        let Object { name: Some(name), of: None, .. } = effect.object else { return };
        let reads_temporary = |view: &CreateView| view.query.reads.iter().any(|relation| self.is_temporary(text, *relation));
        // A view of temporary tables is temporary (PostgreSQL 15, CREATE VIEW).
        let temporary_view = name.schema.is_none() && matches!(node, Node::CreateView(view) if reads_temporary(view));
        let object = name.object.value(text).into_owned();
        match self.home(text, &effect.object) {
            Home::Temporary => self.temporary.insert(object),
            _ if temporary_view => self.temporary.insert(object),
            Home::Schema(schema) => self.made.insert((schema, object)),
            Home::Unknown | Home::Nowhere => false,
        };
    }

    fn assign(&mut self, path: SearchPath) {
        self.path = path.clone();
        self.path_after = path;
    }

    fn set(&mut self, text: &str, scope: SetScope, setting: &VariableSetting) {
        let is_path = |name: &VariableName| name.value(text) == "search_path";
        let path = match &setting.change {
            VariableChange::Values(name, values) if is_path(name) => schemas(text, values),
            VariableChange::Default(name, _) | VariableChange::FromCurrent(name, _) | VariableChange::Reset(name) if is_path(name) => {
                SearchPath::Unknown
            }
            VariableChange::ResetAll(_) => SearchPath::Unknown,
            _ => return,
        };
        match scope {
            SetScope::Local(_) if self.path_before.is_some() => self.path = path,
            SetScope::Local(_) => {}
            SetScope::Session(_) | SetScope::Unwritten => self.assign(path),
        }
    }

    fn transaction(&mut self, action: &TransactionAction) {
        match action {
            TransactionAction::Begin(_) | TransactionAction::Start(_) => {
                if self.path_before.is_none() {
                    self.path_before = Some(self.path_after.clone());
                }
            }
            TransactionAction::Commit(chain) => self.end(self.path_after.clone(), chain.is_some()),
            TransactionAction::Rollback(chain) => {
                let path = self.path_before.clone().unwrap_or_else(|| self.path_after.clone());
                self.end(path, chain.is_some());
            }
            TransactionAction::Prepare(_) => self.end(self.path_after.clone(), false),
            // What was set since the savepoint is gone.
            TransactionAction::RollbackTo(_) => self.assign(SearchPath::Unknown),
            TransactionAction::Savepoint(_)
            | TransactionAction::Release(_)
            | TransactionAction::CommitPrepared(_)
            | TransactionAction::RollbackPrepared(_) => {}
        }
    }

    fn end(&mut self, path: SearchPath, chained: bool) {
        self.path_before = chained.then(|| path.clone());
        self.assign(path);
    }

    /// `SELECT set_config('search_path', …, …)`: read if its arguments are constants.
    fn configure(&mut self, text: &str, tokens: &[Token]) {
        let is = |token: &Token, word: &str| text[token.span].eq_ignore_ascii_case(word);
        let Some(at) = tokens.iter().position(|token| is(token, "set_config")) else { return };
        let call = &tokens[at + 1..];
        let string = |at: usize| call.get(at).filter(|token| token.kind.is_string()).map(|token| literal::value(text, token.span));
        let other_name = string(1).is_some_and(|name| !name.eq_ignore_ascii_case("search_path"));
        if other_name {
            return;
        }
        let local = |token: &Token| is(token, "true").then_some(true).or_else(|| is(token, "false").then_some(false));
        let path = string(3).filter(|_| string(1).is_some());
        match (path, call.get(5).and_then(local), call.get(6).map(|token| token.kind)) {
            (Some(path), Some(local), Some(TokenKind::RightParen)) => {
                let path = SearchPath::Schemas(listed(&path));
                if !local {
                    self.assign(path);
                } else if self.path_before.is_some() {
                    self.path = path;
                }
            }
            _ => self.assign(SearchPath::Unknown),
        }
    }
}

/// The values of SET search_path.
fn schemas(text: &str, values: &[VariableValue]) -> SearchPath {
    let mut schemas = Vec::new();
    for value in values {
        match value {
            VariableValue::Word(word) if word.is_template(text) => return SearchPath::Unknown,
            VariableValue::Word(word) => schemas.push(word.value(text).into_owned()),
            // SET quotes each value that it is given, so that a string is one name, commas and all.
            VariableValue::String(string) => schemas.push(literal::value(text, *string).into_owned()),
            VariableValue::Number(_) | VariableValue::Interval(_) => return SearchPath::Unknown,
        }
    }
    // The empty name is nobody's.
    schemas.retain(|schema| !schema.is_empty());
    SearchPath::Schemas(schemas)
}

/// The names in the value of `search_path`: `a, "B"`.
fn listed(value: &str) -> Vec<String> {
    let names = value.split(',').map(str::trim).filter(|name| !name.is_empty());
    let unquoted = |name: &str| match name.strip_prefix('"').and_then(|name| name.strip_suffix('"')) {
        Some(quoted) => quoted.replace("\"\"", "\""),
        None => name.to_ascii_lowercase(),
    };
    names.map(unquoted).filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Script;
    use crate::text::Span;

    /// Where each object of the last statement of `sql` is.
    fn homes(sql: &str) -> Vec<Home> {
        let script = Script::parse(sql, Span::new(0, sql.len() as u32));
        let mut session = Session::new();
        let mut homes = Vec::new();
        for statement in &script.statements {
            let node = statement.node().unwrap_or_else(|| panic!("{sql} does not parse"));
            homes = effects(sql, node).iter().map(|effect| session.home(sql, &effect.object)).collect();
            session.run(sql, node, script.tokens_of(statement));
        }
        homes
    }

    fn marketing() -> Vec<Home> {
        vec![Home::Schema("marketing".to_owned())]
    }

    #[test]
    fn a_search_path_decides() {
        for sql in [
            "CREATE TABLE marketing.t ()",
            "SET search_path TO marketing; CREATE TABLE t ()",
            "SET search_path = marketing, public; CREATE TABLE t ()",
            "SET search_path = 'marketing'; CREATE FUNCTION f() RETURNS int RETURN 1",
            "SET SCHEMA 'marketing'; CREATE TYPE t AS ENUM ()",
            "SELECT pg_catalog.set_config('search_path', 'marketing, public', false); CREATE TABLE t ()",
            "BEGIN; SET LOCAL search_path TO \"marketing\"; CREATE TABLE t ()",
            "SET search_path TO marketing; ALTER TABLE t ADD a int",
            "SET search_path TO marketing, public; CREATE TABLE t (); CREATE INDEX i ON t (a)",
            "BEGIN; SET search_path TO marketing; COMMIT; CREATE TABLE t ()",
            "SET search_path TO marketing; BEGIN; SET search_path TO public; ROLLBACK; CREATE TABLE t ()",
        ] {
            assert_eq!(homes(sql), marketing(), "{sql}");
        }
    }

    #[test]
    fn what_can_not_be_told_is_unknown() {
        for sql in [
            "CREATE TABLE t ()",
            "SET LOCAL search_path TO marketing; CREATE TABLE t ()",
            "BEGIN; SET LOCAL search_path TO marketing; COMMIT; CREATE TABLE t ()",
            "SET search_path TO marketing; RESET search_path; CREATE TABLE t ()",
            "SET search_path TO marketing; RESET ALL; CREATE TABLE t ()",
            "SET search_path TO \"$user\", public; CREATE TABLE t ()",
            "SET search_path TO marketing, public; ALTER TABLE t ADD a int",
            "SELECT set_config('search_path', current_setting('app.path'), false); CREATE TABLE t ()",
            "SELECT set_config('search_path', '', false); CREATE TABLE t ()",
            "SET search_path TO marketing; BEGIN; SAVEPOINT a; SET search_path TO public; ROLLBACK TO a; CREATE TABLE t ()",
            "SET search_path TO marketing; DISCARD ALL; CREATE TABLE t ()",
            "CREATE TABLE ${schema}.t ()",
            "SET search_path TO ${schema}; CREATE TABLE t ()",
        ] {
            assert_eq!(homes(sql), [Home::Unknown], "{sql}");
        }
    }

    #[test]
    fn temporary_relations_are_found_first() {
        for sql in [
            "CREATE TEMP TABLE t (); CREATE INDEX i ON t (a)",
            "CREATE TEMP TABLE t (); DROP TABLE t",
            "CREATE TABLE pg_temp.t (); INSERT INTO t VALUES (1)",
            "SET search_path TO pg_temp; CREATE TABLE t ()",
            "SELECT 1 INTO TEMP t; CREATE VIEW v AS SELECT * FROM t; GRANT SELECT ON v TO PUBLIC",
        ] {
            assert_eq!(homes(sql), [Home::Temporary], "{sql}");
        }
    }
}
