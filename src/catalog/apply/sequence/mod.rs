//! Sequences: CREATE and ALTER, and those of serial and identity columns.

pub(super) mod options;

use std::sync::Arc;

use super::{Statement, creation};
use crate::catalog::evaluate::{count_from, state_of};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Persistence, Relation, RelationKind, Sequence};
use crate::catalog::object::{Body, Class, Name, Object, Standing};
use crate::catalog::run::Run;
use crate::catalog::{Address, Dependency, Oid};
use crate::syntax::tree::{self, AlterSequence, CreateSequence, Node, OwnedBy, SequenceOption, SequenceOptionKind};
use crate::text::Span;

use options::Purpose;

/// Applies a statement of this family.
pub(super) fn apply(run: &mut Run<'_>, statement: Statement<'_>) -> Result {
    match statement.node {
        Node::CreateSequence(create) => create_sequence(run, statement.text, create),
        Node::AlterSequence(alter) => alter_sequence(run, statement.text, alter),
        _ => Err(Stop::unknown("this kind of statement is not replayed", None)),
    }
}

fn create_sequence(run: &mut Run<'_>, text: &str, create: &CreateSequence) -> Result {
    let (schema, persistence) = creation::home(run, text, create.name, create.persistence)?;
    let name = creation::new_name(text, create.name)?;
    if create.guard.is_written() && run.find_in(Class::Relation, schema, &name)?.is_some() {
        return Ok(());
    }
    let options = options::initial(run, text, &create.options, Purpose::Sequence, None)?;
    creation::expect_free(run, schema, &name, create.name.span())?;
    let sequence = create_owned(run, schema, &name, Sequence { options, ..Sequence::default() }, persistence);
    let owner = run.current_user();
    own(run, text, sequence, &owner, &create.options)
}

/// Makes a sequence, and its dependencies: on its schema, and on the column that owns it.
pub(super) fn create_owned(run: &mut Run<'_>, schema: Oid, name: &str, sequence: Sequence, persistence: Persistence) -> Oid {
    let owner = sequence.owned_by.map(|column| (column, sequence.identity));
    let relation = Relation { persistence, ..Relation::new(RelationKind::Sequence(sequence)) };
    let object = Object::new(name, Body::Relation(Arc::new(relation)), run.origin).in_schema(schema);
    run.catalog.settle(Class::Relation, name);
    let oid = run.catalog.add(object);
    run.catalog.link(oid, schema, Dependency::Normal);
    if let Some((column, identity)) = owner {
        run.catalog.link(oid, column, ownership(identity));
    }
    oid
}

const fn ownership(identity: bool) -> Dependency {
    if identity { Dependency::Internal } else { Dependency::Auto }
}

fn alter_sequence(run: &mut Run<'_>, text: &str, alter: &AlterSequence) -> Result {
    let Some(oid) = run.find_relation(text, alter.name)? else {
        if alter.guard.is_written() {
            return Ok(());
        }
        if let Some(fact) = run.own_relation(text, alter.name)? {
            return Err(Run::kept(fact, alter.name.span()));
        }
        if let Some(schema) = alter.name.schema {
            run.schema(&schema.value(text), schema.span)?;
        }
        let message = format!("relation \"{}\" does not exist", alter.name.display(text));
        return Err(Stop::fails("42P01", message, alter.name.span()));
    };
    match run.catalog.relation(oid).map(|relation| &relation.kind) {
        Some(RelationKind::Sequence(_)) => {}
        Some(RelationKind::Unknown) | None => return Ok(()),
        Some(_) => {
            let message = format!("\"{}\" is not a sequence", alter.name.object.value(text));
            return Err(Stop::fails("42809", message, alter.name.span()));
        }
    }
    change(run, text, oid, &alter.options, alter.span)?;
    let owner = owner_of(run, oid);
    own(run, text, oid, &owner, &alter.options)
}

/// Gives a sequence other options. What it has counted already must stay between its bounds, and goes on from there.
///
/// # Errors
/// 22023 for options that contradict each other or the count.
pub(super) fn change(run: &mut Run<'_>, text: &str, sequence: Oid, options: &[SequenceOption], span: Span) -> Result {
    let Some(object) = run.catalog.get(sequence) else { return Ok(()) };
    let Some(before) = object.relation().and_then(|relation| relation.sequence().copied()) else { return Ok(()) };
    let (name, known) = (object.name.clone(), object.standing == Standing::Made);
    let count = state_of(&run.catalog, sequence).filter(|_| known);
    let (after, count) = options::changed(run, text, options, before, count)?;
    run.catalog.update_relation(sequence, |relation| {
        if let RelationKind::Sequence(sequence) = &mut relation.kind {
            sequence.options = after;
        }
    });
    if let Some((last, called)) = count {
        count_from(run, sequence, last, called);
    }
    if after.max < before.max || after.min > before.min {
        run.condition("22023", format!("if the last number of {name} is outside of its new bounds"), span);
    }
    Ok(())
}

/// OWNED BY, if it stands among the options (`process_owned_by`).
fn own(run: &mut Run<'_>, text: &str, sequence: Oid, role: &Name, options: &[SequenceOption]) -> Result {
    let found = options.iter().find_map(|option| match &option.kind {
        SequenceOptionKind::OwnedBy(owner) => Some((*owner, option.span)),
        _ => None,
    });
    let Some((owner, span)) = found else { return Ok(()) };
    let column = match owner {
        OwnedBy::None(_) => None,
        OwnedBy::Column(None, _) => return Err(Stop::fails("42601", "invalid OWNED BY option", span)),
        OwnedBy::Column(Some(table), column) => owning_column(run, text, (sequence, role), table, column)?,
    };
    let before = match run.catalog.relation(sequence).map(|relation| &relation.kind) {
        Some(RelationKind::Sequence(before)) => before.clone(),
        _ => return Ok(()),
    };
    if before.identity {
        return Err(Stop::fails("0A000", "cannot change ownership of identity sequence", span));
    }
    run.catalog.unlink_all(Address::whole(sequence), Dependency::Auto);
    run.catalog.update_relation(sequence, |relation| {
        if let RelationKind::Sequence(sequence) = &mut relation.kind {
            sequence.owned_by = column;
        }
    });
    if let Some(column) = column {
        run.catalog.link(sequence, column, Dependency::Auto);
    }
    Ok(())
}

fn owner_of(run: &Run<'_>, oid: Oid) -> Name {
    run.catalog.get(oid).and_then(|object| object.owner.clone()).unwrap_or_else(|| Name::clone(&run.world.user))
}

/// The column that OWNED BY names, for a sequence and its owner; none where it belongs to a table of which nothing is known.
fn owning_column(
    run: &mut Run<'_>,
    text: &str,
    (sequence, role): (Oid, &Name),
    table: tree::Name,
    column: tree::Ident,
) -> Result<Option<Address>> {
    let oid = run.relation(text, table)?;
    let schema = run.catalog.get(sequence).and_then(|object| object.schema);
    let Some(object) = run.catalog.get(oid) else { return Ok(None) };
    let Some(relation) = object.relation() else { return Ok(None) };
    let shown = &object.name;
    if matches!(
        relation.kind,
        RelationKind::Sequence(_) | RelationKind::Index(_) | RelationKind::MaterializedView(_) | RelationKind::Composite
    ) {
        return Err(Stop::fails("42809", format!("sequence cannot be owned by relation \"{shown}\""), table.span()));
    }
    if object.standing == Standing::Made && owner_of(run, oid) != *role {
        return Err(Stop::fails("55000", "sequence must have same owner as table it is linked to", table.span()));
    }
    if object.schema != schema {
        return Err(Stop::fails("55000", "sequence must be in same schema as table it is linked to", table.span()));
    }
    let name = column.value(text);
    match relation.column(&name) {
        Some(found) => Ok(Some(Address::column(oid, found.number))),
        None if !relation.columns_known => Ok(None),
        None => {
            let message = format!("column \"{name}\" of relation \"{shown}\" does not exist");
            Err(Stop::fails("42703", message, column.span))
        }
    }
}
