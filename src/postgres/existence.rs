//! What a statement brings into being and what it takes away: objects, and states that a statement can't bring about twice, such as a
//! partition's belonging to its table.
//!
//! A statement of this kind fails where what it makes is there already, or where what it takes away is not, unless it says otherwise
//! (`IF [NOT] EXISTS`, `OR REPLACE`). Whatever else a statement does (SET, OWNER, ENABLE, COMMENT, GRANT, …) it does a second time without
//! an error and without a difference. The errors are those of PostgreSQL 15; each was seen on a server.

use std::borrow::Cow;

use crate::syntax::lexer::Token;
use crate::syntax::tree::{
    AlterAction, AlterActionKind, AlterTable, AlteredKind, Behavior, Ident, Name, Node, ObjectKind, RenamedPart, TableConstraintKind,
};
use crate::syntax::{Version, literal};
use crate::text::Span;

use super::effect::{Action, Effect, Safeguard, effects};
use super::object::{Identity, Key, Kind, Object, Unnamed};
use super::state;

/// Something that a statement makes or takes away.
#[derive(Debug, Clone)]
pub struct Existence<'t> {
    /// Which of the two.
    pub turn: Turn,
    /// What.
    pub subject: Subject,
    /// The object that the statement names: what it makes or takes away, or what the state is one of.
    pub object: Object<'t>,
    /// What keeps it from failing.
    pub safety: Safety,
    /// What happens where it is there, or is not there, already.
    pub fault: Fault,
    /// The part of the statement that does it.
    pub span: Span,
    /// What the statement does, as a sentence says it of its subject: `is created`.
    pub deed: &'static str,
    /// Whether CASCADE takes along what depends on it.
    pub cascade: bool,
}

/// Whether something comes or goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It comes.
    Comes,
    /// It comes, or takes the place of what is there: `OR REPLACE`.
    Replaces,
    /// It goes.
    Goes,
    /// It goes by getting another name or another schema, with what belongs to it; under that it comes right after.
    Leaves,
}

/// What comes or goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// An object.
    Object(Key),
    /// An object of this kind, for which PostgreSQL finds a name that is not foretold; and the name of what it is a part of.
    Nameless(Kind, Option<String>),
    /// Rows of this table.
    Rows(Key),
    /// That something belongs to this object, or holds of it, and what; an empty text stands for all that may.
    State(Key, String),
}

/// What happens where something is done a second time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// PostgreSQL refuses it.
    Refused(Error),
    /// It is done again, if nothing in the table is against it: then PostgreSQL refuses it so.
    Repeated(Error),
}

impl Fault {
    /// How PostgreSQL refuses it, if it does.
    pub const fn error(self) -> Error {
        match self {
            Fault::Refused(error) | Fault::Repeated(error) => error,
        }
    }
}

/// What keeps a statement from failing where something is, or is not, there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Safety {
    /// It says so, or PostgreSQL lets it pass.
    Safe,
    /// What it could say.
    Clause(Safeguard),
    /// There is nothing that it could say.
    None,
}

/// How PostgreSQL refuses something: the SQLSTATE, and what PL/pgSQL calls it (PostgreSQL 15, appendix A).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Error {
    /// Five characters.
    pub sqlstate: &'static str,
    /// For `EXCEPTION WHEN`.
    pub condition: &'static str,
}

impl Error {
    pub(super) const fn new(sqlstate: &'static str, condition: &'static str) -> Self {
        Self { sqlstate, condition }
    }
}

impl Subject {
    /// Whether `other` can be the same.
    pub fn may_be(&self, other: &Subject) -> bool {
        match (self, other) {
            (Subject::Object(a), Subject::Object(b)) | (Subject::Rows(a), Subject::Rows(b)) => a.may_be(b),
            (Subject::State(a, what), Subject::State(b, other)) => a.may_be(b) && (what == other || what.is_empty() || other.is_empty()),
            (Subject::Nameless(kind, of), Subject::Object(key)) | (Subject::Object(key), Subject::Nameless(kind, of)) => {
                key.is_of(*kind) && (key.of == *of || key.of.is_none())
            }
            _ => false,
        }
    }
}

/// What `node`, a statement of `text` whose tokens are `tokens`, makes and takes away on PostgreSQL `version`, in the order in which it does
/// so.
pub fn existences<'t>(text: &'t str, node: &'t Node, tokens: &[Token], version: Version) -> Vec<Existence<'t>> {
    let mut list = Vec::new();
    for effect in effects(text, node) {
        add(text, node, version, effect, &mut list);
    }
    state::add(text, node, tokens, &mut list);
    list
}

fn add<'t>(text: &'t str, node: &'t Node, version: Version, effect: Effect<'t>, list: &mut Vec<Existence<'t>>) {
    let object = effect.object;
    let base = Existence {
        turn: Turn::Comes,
        subject: subject_of(text, &object),
        object,
        safety: Safety::None,
        fault: made_twice(&object, node, effect.span),
        span: effect.span,
        deed: "is created",
        cascade: false,
    };
    match effect.action {
        Action::Create | Action::Replace => {
            if let Some(index) = index_taken_over(node, effect.span) {
                list.push(taken_over(text, base.clone(), index));
            }
            let turn = if effect.action == Action::Replace { Turn::Replaces } else { Turn::Comes };
            let deed = if is_added(node) { "is added" } else { "is created" };
            list.push(Existence { turn, deed, safety: safety_of_creation(node, version, &effect), ..base });
        }
        Action::Drop => {
            let safety = safety(effect.safeguard);
            let (turn, fault) = (Turn::Goes, Fault::Refused(gone_already(object.kind)));
            list.push(Existence { turn, safety, fault, deed: "is dropped", cascade: cascades(node, effect.span), ..base });
        }
        Action::Rename(to) => {
            let kept = if is_relation_whole(node) { safety(effect.safeguard) } else { Safety::None };
            let new = renamed(&base.subject, &text_of(text, to));
            let missing = if object.kind == Kind::EnumLabel { Error::new("22023", "invalid_parameter_value") } else { left(object.kind) };
            list.push(Existence { turn: Turn::Leaves, safety: kept, fault: Fault::Refused(missing), deed: "is renamed", ..base.clone() });
            list.push(Existence { subject: new, deed: "is renamed", ..base });
        }
        Action::Move(schema) if object.kind != ObjectKind::Extension => {
            let kept = if object.kind.is_relation() { safety(effect.safeguard) } else { Safety::None };
            let new = moved(&base.subject, schema.value(text));
            list.push(Existence {
                turn: Turn::Leaves,
                safety: kept,
                fault: Fault::Refused(left(object.kind)),
                deed: "is moved",
                ..base.clone()
            });
            list.push(Existence { subject: new, deed: "is moved", ..base });
        }
        _ => {}
    }
}

/// Whether what the statement makes is a part of what it alters.
const fn is_added(node: &Node) -> bool {
    matches!(node, Node::AlterTable(_) | Node::AlterDomain(_) | Node::AlterEnum(_))
}

fn subject_of(text: &str, object: &Object<'_>) -> Subject {
    match object.key(text) {
        Some(key) => Subject::Object(key),
        None => Subject::Nameless(object.kind, object.of.map(|of| of.object.value(text).into_owned())),
    }
}

pub(super) fn safety(safeguard: Option<Safeguard>) -> Safety {
    match safeguard {
        Some(safeguard) if safeguard.is_written() => Safety::Safe,
        Some(safeguard) => Safety::Clause(safeguard),
        None => Safety::None,
    }
}

/// `OR REPLACE` of a trigger is new in PostgreSQL 14, and none of a constraint trigger; a composite type's attributes have no
/// `IF NOT EXISTS`, and neither has a schema with elements. A not-null constraint that is there already is no error (PostgreSQL 18).
fn safety_of_creation(node: &Node, version: Version, effect: &Effect<'_>) -> Safety {
    const OR_REPLACE_TRIGGER: u8 = 14;
    match node {
        Node::CreateTrigger(trigger)
            if trigger.replace.is_none() && (trigger.constraint.is_some() || version.major() < OR_REPLACE_TRIGGER) =>
        {
            Safety::None
        }
        Node::AlterTable(alter) if alter.kind == AlteredKind::Type => Safety::None,
        Node::CreateSchema(create) if !create.elements.is_empty() => Safety::None,
        _ if matches!(effect.object.identity, Identity::Unnamed(Unnamed::Constraint(constraint)) if is_not_null(&constraint.kind)) => {
            Safety::Safe
        }
        Node::AlterTable(alter) if is_not_null_action(alter, effect.span) => Safety::Safe,
        _ => safety(effect.safeguard),
    }
}

fn is_not_null(kind: &TableConstraintKind) -> bool {
    matches!(kind, TableConstraintKind::NotNull(_))
}

/// The action whose bytes are `span`.
fn action_at(alter: &AlterTable, span: Span) -> Option<&AlterAction> {
    let at = alter.actions.partition_point(|action| action.span.start < span.start);
    alter.actions.get(at).filter(|action| action.span == span)
}

fn constraint_at(alter: &AlterTable, span: Span) -> Option<&TableConstraintKind> {
    match &action_at(alter, span)?.kind {
        AlterActionKind::AddConstraint(constraint) => Some(&constraint.kind),
        _ => None,
    }
}

fn is_not_null_action(alter: &AlterTable, span: Span) -> bool {
    constraint_at(alter, span).is_some_and(is_not_null)
}

/// The index that a new constraint takes over, and with it the index's name.
fn index_taken_over(node: &Node, span: Span) -> Option<(Name, Ident)> {
    let Node::AlterTable(alter) = node else { return None };
    match constraint_at(alter, span)? {
        TableConstraintKind::UniqueUsing(index) | TableConstraintKind::PrimaryKeyUsing(index) => Some((alter.relation.name, index.value)),
        _ => None,
    }
}

/// The index is no index of its own any more: nothing but its constraint can be dropped.
fn taken_over<'t>(text: &str, base: Existence<'t>, (table, index): (Name, Ident)) -> Existence<'t> {
    let object = Object {
        kind: Kind::Object(ObjectKind::Index),
        span: index.span,
        name: Some(Name::unqualified(index)),
        of: Some(table),
        ..base.object
    };
    let object = Object { identity: Identity::Name, ..object };
    let fault = Fault::Refused(gone_already(object.kind));
    Existence { turn: Turn::Leaves, subject: subject_of(text, &object), object, safety: Safety::None, fault, deed: "is taken over", ..base }
}

/// Whether a rename is one of a whole relation, which is the only one that IF EXISTS saves: a table without the column is no table that
/// is missing.
fn is_relation_whole(node: &Node) -> bool {
    matches!(node, Node::Rename(rename) if rename.part == RenamedPart::Whole && Kind::Object(rename.object.kind).is_relation())
}

fn renamed(subject: &Subject, name: &str) -> Subject {
    match subject {
        Subject::Object(key) => Subject::Object(key.clone().called(name)),
        other => other.clone(),
    }
}

fn moved(subject: &Subject, schema: Cow<'_, str>) -> Subject {
    match subject {
        Subject::Object(key) => Subject::Object(key.clone().in_schema(&schema)),
        other => other.clone(),
    }
}

/// What the bytes of a new name, or of a label, say.
fn text_of(text: &str, span: Span) -> Cow<'_, str> {
    match text[span].contains('\'') {
        true => literal::value(text, span),
        false => Ident { span }.value(text),
    }
}

/// Whether the statement, or its part at `span`, says CASCADE.
fn cascades(node: &Node, span: Span) -> bool {
    let behavior = match node {
        Node::Drop(drop) => drop.behavior,
        Node::AlterTable(alter) => action_at(alter, span).and_then(|action| match &action.kind {
            AlterActionKind::DropColumn(drop) | AlterActionKind::DropConstraint(drop) => drop.behavior,
            _ => None,
        }),
        _ => None,
    };
    matches!(behavior, Some(Behavior::Cascade(_)))
}

pub(super) const DUPLICATE_OBJECT: Error = Error::new("42710", "duplicate_object");
const DUPLICATE_TABLE: Error = Error::new("42P07", "duplicate_table");
pub(super) const UNDEFINED_OBJECT: Error = Error::new("42704", "undefined_object");

/// What happens to what is made a second time. What has no name gets another one, and stands there twice; but there is only one primary key.
fn made_twice(object: &Object<'_>, node: &Node, span: Span) -> Fault {
    let constraint = match node {
        Node::AlterTable(alter) => constraint_at(alter, span),
        _ => None,
    };
    match constraint {
        Some(TableConstraintKind::PrimaryKey(_)) => return Fault::Refused(Error::new("42P16", "invalid_table_definition")),
        Some(TableConstraintKind::UniqueUsing(_) | TableConstraintKind::PrimaryKeyUsing(_)) => return Fault::Refused(UNDEFINED_OBJECT),
        _ => {}
    }
    match (object.identity, constraint) {
        (Identity::Unnamed(Unnamed::Constraint(_) | Unnamed::DomainConstraint(_) | Unnamed::Index(_) | Unnamed::Statistics), _) => {
            Fault::Repeated(DUPLICATE_OBJECT)
        }
        // They have an index of their name.
        (_, Some(TableConstraintKind::Unique(..) | TableConstraintKind::Exclude(_))) => Fault::Refused(DUPLICATE_TABLE),
        _ => Fault::Refused(there_already(object.kind)),
    }
}

/// How PostgreSQL refuses to make what is there.
fn there_already(kind: Kind) -> Error {
    use ObjectKind::*;
    let kind = match kind {
        kind if kind.is_relation() => return DUPLICATE_TABLE,
        Kind::Object(kind) => kind,
        Kind::EnumLabel | Kind::UserMapping => return DUPLICATE_OBJECT,
    };
    match kind {
        Column => Error::new("42701", "duplicate_column"),
        Schema => Error::new("42P06", "duplicate_schema"),
        Database => Error::new("42P04", "duplicate_database"),
        Function | Procedure | Routine | Aggregate | Operator => Error::new("42723", "duplicate_function"),
        TextSearchConfiguration | TextSearchDictionary | TextSearchParser | TextSearchTemplate => Error::new("23505", "unique_violation"),
        _ => DUPLICATE_OBJECT,
    }
}

/// How PostgreSQL refuses to drop what is not there.
fn gone_already(kind: Kind) -> Error {
    match kind {
        Kind::Object(ObjectKind::Index | ObjectKind::ForeignTable) => UNDEFINED_OBJECT,
        kind => left(kind),
    }
}

/// How PostgreSQL refuses to rename or move what is not there.
fn left(kind: Kind) -> Error {
    use ObjectKind::*;
    let kind = match kind {
        kind if kind.is_relation() => return Error::new("42P01", "undefined_table"),
        Kind::Object(kind) => kind,
        Kind::EnumLabel | Kind::UserMapping => return UNDEFINED_OBJECT,
    };
    match kind {
        Column => Error::new("42703", "undefined_column"),
        Schema => Error::new("3F000", "invalid_schema_name"),
        Database => Error::new("3D000", "invalid_catalog_name"),
        Function | Procedure | Routine | Aggregate | Operator => Error::new("42883", "undefined_function"),
        _ => UNDEFINED_OBJECT,
    }
}
