//! Where `IF NOT EXISTS` passes over something that is there and is not what the statement defines.
//!
//! Each such statement is applied once more beside the replay, on a catalog without the object, and what it makes there is compared with the
//! object. What fails there, or can't be told, is passed over. What was found once of a statement is not looked for again as long as nothing
//! changes: a file may say the same a million times.

use std::collections::{BTreeSet, HashMap};

use crate::catalog::apply::{Statement, apply};
use crate::catalog::deletion::{Behavior, delete};
use crate::catalog::difference::definition;
use crate::catalog::object::{Class, Object, Origin, Standing};
use crate::catalog::run::{Run, World};
use crate::catalog::script::run_script_watched;
use crate::catalog::session::Session;
use crate::catalog::store::Catalog;
use crate::catalog::{Address, Oid};
use crate::syntax::Script;
use crate::syntax::tree::{AlterActionKind, AlterTable, Guard, Name, Node};
use crate::text::Span;

use super::{Direction, beginning};

/// A definition that was passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// The part of the statement that defines something.
    pub span: Span,
    /// What is there instead: `table public.t`.
    pub object: String,
    /// What it is otherwise, each as a clause: `it has no column b`.
    pub differences: Vec<String>,
    /// What made it.
    pub origin: Origin,
}

/// Something that a statement makes unless it is there.
struct Guarded<'s> {
    span: Span,
    subject: Subject,
    /// The statement, or the one action of it.
    node: std::borrow::Cow<'s, Node>,
}

enum Subject {
    Relation(Name),
    /// An index, which lies where its table does.
    Index(Name, String),
    Column(Name, String),
}

/// What the migration passes over.
pub fn drifts(world: &World<'_>, before: &Catalog, up: Direction<'_>, index: u32) -> Vec<Drift> {
    let mut found = Vec::new();
    if !may_pass_over(before, up) {
        return found;
    }
    let mut run = beginning(world, before, index);
    let mut told = Told { catalog: before.clone(), session: Session::new(), statements: HashMap::new() };
    run_script_watched(&mut run, up, &mut |run, at| {
        let statement = &up.script.statements[at];
        let Some(node) = statement.node() else { return };
        let aborted = run.session.block.as_ref().is_some_and(|block| block.aborted);
        let guarded = guarded(up.text, node);
        if aborted || guarded.is_empty() {
            return;
        }
        told.expect(run);
        let drifts = told.statements.entry(&up.text[statement.span]).or_insert_with(|| {
            let drifts = guarded.iter().map(|guarded| drift(run, up.text, guarded, up.script.tokens_of(statement)));
            drifts.collect()
        });
        let spans = guarded.iter().map(|guarded| guarded.span);
        found.extend(spans.zip(drifts).filter_map(|(span, drift)| Some(Drift { span, ..drift.clone()? })));
    });
    found
}

/// What was found of statements, by their texts, on one state of the database.
struct Told<'s> {
    catalog: Catalog,
    session: Session,
    /// Of each definition in a statement.
    statements: HashMap<&'s str, Vec<Option<Drift>>>,
}

impl Told<'_> {
    /// Forgets what was found unless it was on what `run` works on now.
    fn expect(&mut self, run: &Run<'_>) {
        let Session { settings, pending_labels, .. } = &run.session;
        if !self.catalog.is_untouched_since(&run.catalog)
            || self.session.settings != *settings
            || self.session.pending_labels != *pending_labels
        {
            self.catalog = run.catalog.clone();
            self.session = Session { settings: settings.clone(), pending_labels: pending_labels.clone(), ..Session::new() };
            self.statements.clear();
        }
    }
}

/// Whether something that a guard stands before may be there already; most often it is not, and nothing needs to be replayed.
fn may_pass_over(before: &Catalog, up: Direction<'_>) -> bool {
    let Script { statements, .. } = up.script;
    let mut seen = BTreeSet::new();
    statements.iter().filter_map(|statement| statement.node()).flat_map(|node| guarded(up.text, node)).any(|guarded| {
        let (name, is_there) = match &guarded.subject {
            Subject::Relation(name) => {
                let name = name.object.value(up.text).into_owned();
                let is_there = before.schema_with(Class::Relation, &name);
                (name, is_there)
            }
            Subject::Index(_, name) => (name.clone(), before.schema_with(Class::Relation, name)),
            // Whether the table has the column by then is seen soon enough.
            Subject::Column(..) => return true,
        };
        is_there || !seen.insert(name)
    })
}

fn guarded<'s>(text: &str, node: &'s Node) -> Vec<Guarded<'s>> {
    let whole = |guard: Guard, span: Span, subject: Subject| {
        let node = std::borrow::Cow::Borrowed(node);
        guard.is_written().then_some(Guarded { span, subject, node }).into_iter().collect()
    };
    match node {
        Node::CreateTable(create) => whole(create.guard, create.name.span(), Subject::Relation(create.name)),
        Node::CreateTableAs(create) => whole(create.guard, create.name.span(), Subject::Relation(create.name)),
        Node::CreateSequence(create) => whole(create.guard, create.name.span(), Subject::Relation(create.name)),
        Node::CreateIndex(create) => match create.name {
            Some(name) => whole(create.guard, name.span, Subject::Index(create.table.name, name.value(text).into_owned())),
            None => Vec::new(),
        },
        Node::AlterTable(alter) => columns(text, alter),
        _ => Vec::new(),
    }
}

fn columns<'s>(text: &str, alter: &AlterTable) -> Vec<Guarded<'s>> {
    let added = alter.actions.iter().filter_map(|action| match &action.kind {
        AlterActionKind::AddColumn(add) if add.guard.is_written() => Some((action, add)),
        _ => None,
    });
    added
        .map(|(action, add)| {
            let alone = AlterTable { actions: vec![action.clone()], ..alter.clone() };
            Guarded {
                span: add.column.name.span,
                subject: Subject::Column(alter.relation.name, add.column.name.value(text).into_owned()),
                node: std::borrow::Cow::Owned(Node::AlterTable(Box::new(alone))),
            }
        })
        .collect()
}

fn drift(run: &Run<'_>, text: &str, guarded: &Guarded<'_>, tokens: &[crate::syntax::lexer::Token]) -> Option<Drift> {
    let mut trial = run.clone();
    let there = find(&mut trial, text, &guarded.subject)?;
    let object = run.catalog.get(there.object).filter(|object| is_known(object, there))?;
    delete(&mut trial, &[there], Behavior::Cascade, guarded.span).ok()?;
    apply(&mut trial, Statement { text, node: &guarded.node, tokens, data: None }).ok()?;
    let made = find(&mut trial, text, &guarded.subject)?;
    let differences = match there.column {
        0 => definition::of_relation(&run.catalog, there.object, &trial.catalog, made.object),
        _ => definition::of_added_column(&run.catalog, there, &trial.catalog, made),
    };
    let identity = match there.column {
        0 => crate::catalog::describe::identity(&run.catalog, there.object),
        _ => crate::catalog::describe::identity_of_column(&run.catalog, there),
    };
    let origin = run.catalog.column(there).map_or(object.origin, |column| column.origin);
    let object = identity?.to_string();
    (!differences.is_empty()).then_some(Drift { span: guarded.span, object, differences, origin })
}

fn find(run: &mut Run<'_>, text: &str, subject: &Subject) -> Option<Address> {
    match subject {
        Subject::Relation(name) => {
            let schema = run.schema_for(text, *name).ok()?;
            let oid = run.find_in(Class::Relation, schema, &name.object.value(text)).ok()??;
            Some(Address::whole(oid))
        }
        Subject::Index(table, name) => {
            let table = run.find(Class::Relation, text, *table).ok()??;
            let schema = run.catalog.get(table)?.schema.unwrap_or(Oid::NONE);
            Some(Address::whole(run.find_in(Class::Relation, schema, name).ok()??))
        }
        Subject::Column(table, name) => {
            let table = run.find(Class::Relation, text, *table).ok()??;
            let number = run.catalog.relation(table)?.column(name)?.number;
            Some(Address::column(table, number))
        }
    }
}

/// Whether a migration made it, and all of it is known.
fn is_known(object: &Object, there: Address) -> bool {
    let Some(relation) = object.relation() else { return false };
    let column_known = relation.column_at(there.column).is_none_or(|column| column.ty.is_some());
    object.standing == Standing::Made && object.origin.migration.is_some() && relation.columns_known && column_known
}
