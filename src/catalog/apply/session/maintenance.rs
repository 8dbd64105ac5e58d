//! VACUUM, ANALYZE, REINDEX, CLUSTER, LOCK, EXPLAIN: they need what they name, and change nothing that is kept here.

use super::super::{Statement, apply as apply_statement};
use super::option;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Relation, RelationKind};
use crate::catalog::object::Class;
use crate::catalog::run::Run;
use crate::postgres::{Barred, When};
use crate::syntax::tree::{Node, ReindexTarget};
use crate::text::Span;

pub(super) fn apply(run: &mut Run<'_>, statement: Statement<'_>) -> Result {
    let text = statement.text;
    match statement.node {
        Node::Vacuum(vacuum) => {
            option::vacuum(run, text, vacuum)?;
            for target in &vacuum.relations {
                if run.own_relation(text, target.relation.name)?.is_some() {
                    continue;
                }
                let oid = run.relation(text, target.relation.name)?;
                let Some(relation) = run.catalog.relation(oid).filter(|relation| relation.columns_known) else { continue };
                for column in &target.columns {
                    let name = column.value(text);
                    if relation.column(&name).is_none() {
                        let of = target.relation.name.object.value(text);
                        let message = format!("column \"{name}\" of relation \"{of}\" does not exist");
                        return Err(Stop::fails("42703", message, column.span));
                    }
                }
            }
            Ok(())
        }
        Node::Reindex(reindex) => match reindex.target {
            ReindexTarget::Index(name) => {
                let oid = run.relation(text, name)?;
                let wrong = |relation: &Relation| !matches!(relation.kind, RelationKind::Index(_) | RelationKind::Unknown);
                refuse(run, oid, wrong, "index", name.display(text), name.span())
            }
            ReindexTarget::Table(name) if run.own_relation(text, name)?.is_some() => Ok(()),
            ReindexTarget::Table(name) => {
                let oid = run.relation(text, name)?;
                let wrong = |relation: &Relation| {
                    !matches!(relation.kind, RelationKind::Table | RelationKind::MaterializedView(_) | RelationKind::Unknown)
                };
                refuse(run, oid, wrong, "table or materialized view", name.display(text), name.span())
            }
            ReindexTarget::Schema(schema) => run.schema(&schema.value(text), schema.span).map(drop),
            ReindexTarget::System(_) | ReindexTarget::Database(_) => Ok(()),
        },
        Node::Cluster(cluster) => {
            let Some(name) = cluster.table else { return Ok(()) };
            let oid = run.relation(text, name)?;
            let Some(index) = cluster.index else { return Ok(()) };
            let value = index.value(text);
            let found = run.catalog.parts(oid, Class::Relation).find(|(_, object)| *object.name == *value).map(|(oid, _)| oid);
            match found {
                Some(found) => {
                    run.catalog.update_relation(oid, |relation| relation.clustered_on = Some(found));
                    Ok(())
                }
                None if run.catalog.relation(oid).is_none_or(|relation| !relation.columns_known) => Ok(()),
                None => {
                    let message = format!("index \"{value}\" for table \"{}\" does not exist", name.object.value(text));
                    Err(Stop::fails("42704", message, index.span))
                }
            }
        }
        Node::Lock(lock) => {
            if !run.session.in_block() {
                return Err(Stop::fails("25P01", "LOCK TABLE can only be used in transaction blocks", lock.span));
            }
            for relation in &lock.relations {
                if run.own_relation(text, relation.name)?.is_some() {
                    continue;
                }
                let oid = run.relation(text, relation.name)?;
                let wrong =
                    |relation: &Relation| !matches!(relation.kind, RelationKind::Table | RelationKind::View(_) | RelationKind::Unknown);
                let name = relation.name;
                refuse(run, oid, wrong, "table or view", name.display(text), name.span())?;
            }
            Ok(())
        }
        Node::Explain(explain) => {
            // What EXPLAIN refuses is what its statement would refuse when it is analysed; nothing of it stays, unless it says ANALYZE.
            let analyze = option::explain(run, text, explain)?;
            let before = run.catalog.clone();
            let inner = Statement { node: &explain.statement, ..statement };
            let result = apply_statement(run, inner);
            if !analyze {
                run.catalog = before;
            }
            result
        }
        _ => Err(Stop::unknown("this kind of statement is not replayed", None)),
    }
}

fn refuse(run: &Run<'_>, oid: crate::catalog::Oid, wrong: impl Fn(&Relation) -> bool, wanted: &str, name: String, span: Span) -> Result {
    match run.catalog.relation(oid) {
        Some(relation) if wrong(relation) => {
            Err(Stop::fails("42809", format!("\"{name}\" is not a {wanted}").replace("a index", "an index"), span))
        }
        _ => Ok(()),
    }
}

/// Whether a statement that is `barred` from transactions can't run in one here: some can't only where they are about a partitioned table.
///
/// # Errors
/// If it can't be told what it is about.
pub(in crate::catalog) fn is_barred(run: &mut Run<'_>, text: &str, node: &Node, barred: Barred) -> Result<bool> {
    let name = match node {
        _ if barred.when == When::Always => return Ok(true),
        Node::Reindex(reindex) => match reindex.target {
            ReindexTarget::Index(name) | ReindexTarget::Table(name) => Some(name),
            _ => None,
        },
        Node::Cluster(cluster) => cluster.table,
        _ => None,
    };
    let Some(name) = name else { return Ok(false) };
    let Some(oid) = run.find(Class::Relation, text, name)? else { return Ok(false) };
    let table =
        run.catalog.get(oid).and_then(|object| object.of).filter(|_| run.catalog.relation(oid).is_some_and(|it| it.index().is_some()));
    Ok(run.catalog.relation(table.unwrap_or(oid)).is_some_and(|relation| relation.partitioned.is_some()))
}
