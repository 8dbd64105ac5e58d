//! What can't be told after a statement that could not be followed: whatever it may have made, changed or dropped.
//!
//! Code is looked into: the statements that it holds, the names in the texts that it computes, and the functions of the history that it calls.

use std::collections::BTreeSet;

use super::Oid;
use super::model::{Relation, RoutineBody};
use super::object::{Class, Name};
use super::rows::Contents;
use super::run::Run;
use crate::postgres::{self, Action, effects};
use crate::syntax::expression::{Constant, ExpressionKind, Node as TreeNode, read, read_query};
use crate::syntax::lexer::{Keyword, Token, TokenKind};
use crate::syntax::plpgsql::Body;
use crate::syntax::tree::{AlterActionKind, ColumnChange, ColumnRef, Ident, Node, ObjectKind};
use crate::syntax::{Content, Script, Statement as ScriptStatement, literal, plpgsql};
use crate::text::Span;

/// What a name in a computed text may be the name of.
const NAMED: [Class; 9] = [
    Class::Relation,
    Class::Type,
    Class::Routine,
    Class::Schema,
    Class::Role,
    Class::Constraint,
    Class::Trigger,
    Class::Policy,
    Class::Rule,
];

/// How deep functions are followed that call each other.
const DEEPEST: u32 = 6;

/// What a statement, of these tokens, may have done is not known from now on. Of one that can't be read, that is whatever it names.
pub(super) fn doubt_effects(run: &mut Run<'_>, text: &str, statement: &ScriptStatement, tokens: &[Token], reason: &str) {
    let is_plain = |node: &Node| !matches!(node, Node::Do(_) | Node::Call(_) | Node::Select(_) | Node::Execute(_));
    if !matches!(&statement.content, Content::Parsed(node) if is_plain(node)) {
        run.catalog.note_untraced(run.origin);
    }
    match &statement.content {
        Content::Parsed(node) => doubt_node(run, text, node, reason, 0),
        Content::Rejected(_) | Content::Template | Content::Opaque => {
            let named = tokens.iter().filter(|token| matches!(token.kind, TokenKind::Ident | TokenKind::QuotedIdent));
            let words = named.map(|token| Ident { span: token.span }.value(text).into_owned()).collect();
            doubt_words(run, words, reason);
        }
        Content::MetaCommand => {}
    }
}

fn doubt_node(run: &mut Run<'_>, text: &str, node: &Node, reason: &str, depth: u32) {
    match node {
        Node::Do(code) => {
            for body in code.bodies.iter().filter_map(|body| plpgsql::parse(text, *body).ok()) {
                doubt_code(run, text, &body, reason, depth);
            }
            return;
        }
        Node::Call(call) => return doubt_calls(run, &text[call.call.span], reason, depth),
        Node::Select(select) => doubt_calls(run, &text[select.span], reason, depth),
        _ => {}
    }
    let extent = extent(run, text, node);
    if let Node::AlterTable(alter) = node {
        for action in &alter.actions {
            // What becomes a partition takes keys, defaults and more from the whole.
            if let AlterActionKind::AttachPartition(attach) = &action.kind {
                blur(run, text, attach.partition, Extent::Whole);
            }
        }
    }
    for effect in effects(text, node) {
        let object = effect.object;
        let name = object.name.map(|name| name.object.value(text));
        match effect.action {
            Action::Create | Action::Replace => {
                if let (Some(name), Some(class)) = (&name, class_of(object.kind)) {
                    run.catalog.doubt(class, Name::from(&**name), reason);
                }
                if let Some(of) = object.of {
                    blur(run, text, of, extent);
                }
            }
            Action::Rename(to) => {
                if let Some(class) = class_of(object.kind) {
                    run.catalog.doubt(class, Name::from(crate::syntax::tree::Ident { span: to }.value(text).as_ref()), reason);
                }
            }
            Action::Alter | Action::Drop => {
                if let (Action::Drop, Some(name), Some(class)) = (effect.action, &name, class_of(object.kind)) {
                    run.catalog.doubt(class, Name::from(&**name), reason);
                }
                if let Some(of) = object.of.or(object.name) {
                    blur(run, text, of, extent);
                }
            }
            Action::Write => {
                if let Some(Ok(Some(table))) = object.name.map(|name| run.find(Class::Relation, text, name)) {
                    run.catalog.rows.insert(table, Contents::Unknown(reason.into()));
                }
            }
            _ => {}
        }
    }
}

/// What code may have done is not known from now on: what its statements make or change, and whatever its computed texts name.
///
/// Returns whether there are such texts.
fn doubt_code(run: &mut Run<'_>, text: &str, body: &Body, reason: &str, depth: u32) -> bool {
    let Some(block) = body.block() else { return false };
    let mut ran = Vec::new();
    postgres::runs(block, &[], &mut |one, _| ran.push(one));
    doubt_ran(run, text, body, ran, reason, depth)
}

/// What a statement of code may have done is not known from now on.
pub(super) fn doubt_statement(run: &mut Run<'_>, text: &str, body: &Body, statement: &plpgsql::Statement, reason: &str) {
    let mut ran = Vec::new();
    postgres::runs_of(statement, &mut |one, _| ran.push(one));
    doubt_ran(run, text, body, ran, reason, 0);
}

fn doubt_ran(run: &mut Run<'_>, text: &str, body: &Body, ran: Vec<postgres::Run<'_>>, reason: &str, depth: u32) -> bool {
    let mut words: BTreeSet<String> = BTreeSet::new();
    let mut computes = false;
    for one in ran {
        let statement = match one {
            postgres::Run::Sql(statement) => statement,
            postgres::Run::Text(dynamic) => {
                words.extend(words_of(body.slice(text, dynamic.text.span)));
                computes = true;
                if says_row_security(body.slice(text, body.span)) {
                    doubt_row_security(run);
                }
                continue;
            }
        };
        match statement.node() {
            // It may be PERFORM, which only reads as a SELECT here.
            Some(Node::Select(_)) => {
                let source = body.slice(text, statement.span);
                let source = source.get(..7).filter(|word| word.eq_ignore_ascii_case("perform")).map_or(source, |_| &source[7..]);
                doubt_calls(run, source, reason, depth);
            }
            Some(node) => doubt_node(run, text, node, reason, depth),
            None => {}
        }
    }
    if computes {
        // What is put into variables first, and names that go on behind the end of a text.
        for written in statements_in(text, body) {
            words.extend(words_of(&written));
            beginnings(&written).for_each(|beginning| run.catalog.doubt_computed(beginning, reason));
        }
    }
    words.retain(|word| Keyword::lookup(word.as_bytes()).is_none());
    doubt_words(run, words, reason);
    computes
}

/// Whether code may be about row level security: of what it computes only the code as a whole can tell.
fn says_row_security(code: &str) -> bool {
    let code = code.to_ascii_lowercase();
    code.contains("policy") || code.contains("row level security")
}

/// Which tables have row level security, and policies, is not known from now on.
fn doubt_row_security(run: &mut Run<'_>) {
    let tables = run.catalog.objects().filter(|(_, object)| object.relation().is_some_and(Relation::is_table));
    let tables: Vec<Oid> = tables.map(|(oid, _)| oid).collect();
    for table in tables {
        run.catalog.update_relation(table, |relation| relation.row_security.untold = true);
    }
}

fn words_of(text: &str) -> impl Iterator<Item = String> {
    let named = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    named.filter(|word| word.len() > 1).map(str::to_owned)
}

/// The texts in code that begin as a statement does which makes, changes or drops something.
fn statements_in(text: &str, body: &Body) -> Vec<String> {
    const VERBS: [&str; 3] = ["create", "alter", "drop"];
    let strings =
        body.tokens.iter().filter(|token| matches!(token.kind, TokenKind::String | TokenKind::EscapeString | TokenKind::DollarString));
    let values = strings.map(|token| {
        let written = body.slice(text, token.span);
        literal::value(written, Span::new(0, written.len() as u32)).into_owned()
    });
    let is_statement = |value: &String| {
        let verb = value.split_whitespace().next().unwrap_or_default();
        VERBS.iter().any(|known| known.eq_ignore_ascii_case(verb))
    };
    values.filter(is_statement).collect()
}

/// What names begin with of which the rest is computed: at the end of a text, or before a placeholder of `format`.
fn beginnings(text: &str) -> impl Iterator<Item = &str> {
    let word = |before: &'_ str| before.rfind(|c: char| !c.is_alphanumeric() && c != '_').map_or(0, |at| at + 1);
    let ends = text.match_indices('%').map(|(at, _)| at).chain([text.len()]);
    let found = ends.map(move |end| text[word(&text[..end])..end].trim_end_matches('_'));
    found.filter(|beginning| beginning.len() > 1 && Keyword::lookup(beginning.as_bytes()).is_none())
}

/// Whether there is anything of these names, and which columns a relation has, is not known from now on.
fn doubt_words(run: &mut Run<'_>, words: BTreeSet<String>, reason: &str) {
    for word in words {
        for class in NAMED {
            run.catalog.doubt(class, Name::from(word.as_str()), reason);
        }
        if let Ok(Some(oid)) = run.find_named(Class::Relation, None, &word) {
            blur_relation(run, oid, Extent::Whole);
        }
    }
}

/// What the functions of the history may have done that a query or an expression calls.
fn doubt_calls(run: &mut Run<'_>, source: &str, reason: &str, depth: u32) {
    if depth >= DEEPEST {
        return;
    }
    let mut called: BTreeSet<String> = BTreeSet::new();
    let mut handed: BTreeSet<String> = BTreeSet::new();
    let mut see = |node: TreeNode<'_>| {
        let TreeNode::Expression(expression) = node else { return };
        match &expression.kind {
            ExpressionKind::Call(call) => called.extend(call.name.last().cloned()),
            ExpressionKind::Constant(Constant::String(text)) => drop(handed.insert(text.clone())),
            _ => {}
        }
    };
    match read_query(source) {
        Some(query) => query.walk(&mut see),
        None => read(source).walk(&mut see),
    }
    for name in called {
        let schemas = run.catalog.in_schema(Class::Schema, Oid::NONE);
        let found: Vec<Oid> = schemas.iter().flat_map(|schema| run.catalog.named(Class::Routine, *schema, &name).to_vec()).collect();
        for oid in found {
            let Some(routine) = run.catalog.get(oid).and_then(|object| object.routine()) else { continue };
            let RoutineBody::Text(text) = routine.body.clone() else { continue };
            let whole = Span::new(0, text.len() as u32);
            match &*routine.language {
                "plpgsql" => {
                    // A name that is handed over is the beginning of those that are computed from it.
                    if let Ok(body) = plpgsql::parse(&text, whole)
                        && doubt_code(run, &text, &body, reason, depth + 1)
                    {
                        let tables = handed.iter().filter(|name| matches!(run.find_named(Class::Relation, None, name), Ok(Some(_))));
                        let tables: Vec<&String> = tables.collect();
                        tables.into_iter().for_each(|name| run.catalog.doubt_computed(name.as_str(), reason));
                    }
                }
                "sql" => {
                    let script = Script::parse(&text, whole);
                    for node in script.statements.iter().filter_map(ScriptStatement::node) {
                        doubt_node(run, &text, node, reason, depth + 1);
                    }
                }
                _ => {}
            }
        }
    }
}

/// How much of a relation a statement may change.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// Its columns, or what stands on them.
    Whole,
    /// Columns that it may have got beside those that it has, or what stands on them or is asked of their values.
    More,
    /// What it has beside them.
    Beside,
    /// The same, and who sees its rows.
    Security,
}

fn extent(run: &mut Run<'_>, text: &str, node: &Node) -> Extent {
    use AlterActionKind::*;
    match node {
        Node::AlterTable(alter) => {
            let table = run.find(Class::Relation, text, alter.relation.name).ok().flatten();
            // What it has already would be another then.
            let has_default = |column: &ColumnRef| match (column, table.and_then(|table| run.catalog.relation(table))) {
                (ColumnRef::Name(name), Some(table)) => table.column(&name.value(text)).is_some_and(|column| column.default.is_some()),
                _ => false,
            };
            let is_beside = |kind: &AlterActionKind| {
                let is_of_parts = matches!(kind, Trigger(..) | Rule(..) | RowSecurity(_) | ValidateConstraint(_) | Owner(_));
                let is_of_partitions = matches!(kind, AttachPartition(_) | DetachPartition(..));
                let is_of_storage = matches!(kind, ClusterOn(_) | SetWithoutCluster | SetLogged | SetUnlogged | SetAccessMethod(_))
                    || matches!(kind, SetTablespace(_) | SetParameters(_) | ResetParameters(_) | ReplicaIdentity(_) | Options(_));
                let is_of_values = matches!(kind, AlterColumn(_, change) if is_storage(change));
                is_of_parts || is_of_partitions || is_of_storage || is_of_values
            };
            let adds = |kind: &AlterActionKind| match kind {
                AddColumn(_) | AddConstraint(_) | AlterColumn(_, ColumnChange::SetNotNull) => true,
                AlterColumn(column, ColumnChange::SetDefault(_) | ColumnChange::AddIdentity(_)) => !has_default(column),
                kind => is_beside(kind),
            };
            match () {
                () if !alter.actions.iter().all(|action| adds(&action.kind)) => Extent::Whole,
                () if !alter.actions.iter().all(|action| is_beside(&action.kind)) => Extent::More,
                () if alter.actions.iter().any(|action| matches!(action.kind, RowSecurity(_))) => Extent::Security,
                () => Extent::Beside,
            }
        }
        Node::CreateIndex(_) => Extent::More,
        Node::CreateTrigger(_) | Node::CreateRule(_) => Extent::Beside,
        Node::CreatePolicy(_) | Node::AlterPolicy(_) => Extent::Security,
        Node::Drop(drop) => match drop.kind {
            ObjectKind::Trigger | ObjectKind::Rule => Extent::Beside,
            ObjectKind::Policy => Extent::Security,
            _ => Extent::Whole,
        },
        _ => Extent::Whole,
    }
}

/// Whether it is about how values are kept or counted.
const fn is_storage(change: &ColumnChange) -> bool {
    use ColumnChange::*;
    matches!(change, SetStatistics(_) | SetOptions(_) | ResetOptions(_) | SetStorage(_) | SetCompression(_) | Options(_))
}

/// What a relation has is not known from now on, as far as a statement may have changed it.
fn blur(run: &mut Run<'_>, text: &str, name: crate::syntax::tree::Name, extent: Extent) {
    if let Ok(Some(oid)) = run.find(Class::Relation, text, name) {
        blur_relation(run, oid, extent);
    }
}

fn blur_relation(run: &mut Run<'_>, oid: Oid, extent: Extent) {
    run.catalog.update_relation(oid, |relation| match extent {
        Extent::Whole | Extent::More => {
            relation.columns_known = false;
            relation.columns_firm &= extent == Extent::More;
        }
        Extent::Beside | Extent::Security => {
            relation.settled = false;
            relation.row_security.untold |= extent == Extent::Security;
        }
    });
}

fn class_of(kind: postgres::Kind) -> Option<Class> {
    use ObjectKind::*;
    let postgres::Kind::Object(kind) = kind else { return None };
    Some(match kind {
        Table | View | MaterializedView | Sequence | Index | ForeignTable => Class::Relation,
        Type | Domain => Class::Type,
        Function | Procedure | Routine | Aggregate => Class::Routine,
        Schema => Class::Schema,
        Extension => Class::Extension,
        Role => Class::Role,
        Publication => Class::Publication,
        Statistics => Class::Statistics,
        Collation => Class::Collation,
        Trigger => Class::Trigger,
        Policy => Class::Policy,
        Rule => Class::Rule,
        TableConstraint | DomainConstraint => Class::Constraint,
        _ => return None,
    })
}
