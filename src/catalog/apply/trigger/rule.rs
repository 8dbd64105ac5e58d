//! Rewrite rules (`transformRuleStmt`, `DefineQueryRewrite`, `InsertRule`).

use std::sync::Arc;

use crate::catalog::expression::analysis::{self, Place, Scope, ScopeRelation, Visibility};
use crate::catalog::expression::link;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{RelationKind, Rule};
use crate::catalog::object::{Body, Class, Object};
use crate::catalog::run::Run;
use crate::catalog::{Dependency, Oid};
use crate::syntax::tree::{CreateRule, Firing, Node, RuleEvent, RuleMode};

pub(super) fn create(run: &mut Run<'_>, text: &str, create: &CreateRule) -> Result {
    let span = create.table.span();
    let table = run.relation(text, create.table)?;
    let shown = run.catalog.get(table).map(|object| object.name.to_string()).unwrap_or_default();
    let kind = run.catalog.relation(table).map(|relation| relation.kind.clone());
    if matches!(kind, Some(RelationKind::MaterializedView(_))) {
        return Err(Stop::fails("0A000", "rules on materialized views are not supported", span));
    }
    if create.event.value == RuleEvent::Select {
        return Err(on_select(run, create, kind.as_ref(), &shown));
    }
    let condition = match &create.condition {
        Some(clause) => {
            let scope =
                Scope { relations: rows(create.event.value, table, Visibility::Unqualified), place: Place::RuleWhere, ..Scope::default() };
            Some(analysis::expression(run, text, clause.value.span, &scope)?)
        }
        None => None,
    };
    let relations = rows(create.event.value, table, Visibility::QualifiedOnly);
    let scope = Scope { relations, place: Place::RuleAction, ..Scope::default() };
    let mut actions = Vec::new();
    for action in &create.actions {
        if matches!(action.node, Node::Select(_) | Node::Insert(_) | Node::Update(_) | Node::Delete(_)) {
            actions.push(analysis::statement(run, text, action.span, &scope)?);
        } else {
            let read = crate::catalog::expression::Stored::opaque(
                &text[action.span],
                crate::catalog::expression::Form::Statement,
                crate::catalog::expression::Completeness::Whole,
            );
            actions.push(read);
        }
    }
    if !matches!(kind, Some(RelationKind::Table | RelationKind::View(_) | RelationKind::Unknown) | None) {
        return Err(Stop::fails("42809", format!("relation \"{shown}\" cannot have rules"), span));
    }
    refuse_returning(create)?;
    let name = create.name.value(text);
    let replaced = run.catalog.part(table, Class::Rule, &name);
    if replaced.is_some() && create.replace.is_none() {
        return Err(Stop::fails("42710", format!("rule \"{name}\" for relation \"{shown}\" already exists"), create.name.span));
    }
    let rule = Rule {
        event: event(create.event.value),
        instead: create.mode.is_some_and(|clause| clause.value == RuleMode::Instead),
        condition,
        actions,
        firing: Firing::Enable,
    };
    let body = Body::Rule(Arc::new(rule));
    let oid = match replaced {
        Some(oid) => {
            run.catalog.update(oid, |object| object.body = body);
            run.catalog.unlink_all(oid.into(), Dependency::Normal);
            oid
        }
        None => run.catalog.add(Object::new(name.as_ref(), body, run.origin).part_of(table)),
    };
    depend(run, oid, table);
    Ok(())
}

/// A rule on SELECT is what makes a view; a table can't have one from version 16 on, and before that only one that makes it a view.
fn on_select(run: &Run<'_>, create: &CreateRule, kind: Option<&RelationKind>, shown: &str) -> Stop {
    match kind {
        Some(RelationKind::Table) if run.world.target.major() >= 16 => {
            Stop::fails("42809", format!("relation \"{shown}\" cannot have ON SELECT rules"), create.table.span())
        }
        _ => Stop::unknown("rules on SELECT are not followed", create.event.span),
    }
}

/// The rows that a rule knows.
fn rows(event: RuleEvent, table: Oid, visibility: Visibility) -> Vec<ScopeRelation> {
    let names: &[&str] = match event {
        RuleEvent::Insert => &["new"],
        RuleEvent::Delete | RuleEvent::Select => &["old"],
        RuleEvent::Update => &["old", "new"],
    };
    names.iter().map(|name| ScopeRelation { name: (*name).into(), relation: table, visibility }).collect()
}

const fn event(event: RuleEvent) -> &'static str {
    match event {
        RuleEvent::Select => "SELECT",
        RuleEvent::Insert => "INSERT",
        RuleEvent::Update => "UPDATE",
        RuleEvent::Delete => "DELETE",
    }
}

fn refuse_returning(create: &CreateRule) -> Result {
    let instead = create.mode.is_some_and(|clause| clause.value == RuleMode::Instead);
    let mut several = false;
    for action in &create.actions {
        let returning = match &action.node {
            Node::Insert(insert) => insert.returning.is_some(),
            Node::Update(update) => update.returning.is_some(),
            Node::Delete(delete) => delete.returning.is_some(),
            _ => false,
        };
        if !returning {
            continue;
        }
        let message = match () {
            () if several => "cannot have multiple RETURNING lists in a rule",
            () if create.condition.is_some() => "RETURNING lists are not supported in conditional rules",
            () if !instead => "RETURNING lists are not supported in non-INSTEAD rules",
            () => {
                several = true;
                continue;
            }
        };
        return Err(Stop::fails("0A000", message, action.span));
    }
    Ok(())
}

/// Notes what a rule depends on: its relation, and whatever it uses.
fn depend(run: &mut Run<'_>, oid: Oid, table: Oid) {
    let Some(Body::Rule(rule)) = run.catalog.get(oid).map(|object| object.body.clone()) else { return };
    run.catalog.link(oid, table, Dependency::Auto);
    for stored in rule.condition.iter().chain(&rule.actions) {
        link(&mut run.catalog, oid, stored, None);
    }
}
