//! The expressions and queries that an object keeps, whatever its kind.

use super::expression::{Completeness, Stored};
use super::model::{ConstraintKind, KeySubject, Relation, RelationKind, RoutineBody, Type};
use super::object::{Body, Object};

impl Object {
    /// Whether it is known what all its expressions and queries use.
    pub fn is_whole(&self) -> bool {
        let mut whole = true;
        self.each_stored(&mut |stored| whole &= stored.completeness == Completeness::Whole);
        whole
    }

    /// Calls `see` with each expression and query that it keeps.
    pub fn each_stored(&self, see: &mut dyn FnMut(&Stored)) {
        match &self.body {
            Body::Relation(relation) => of_relation(relation, see),
            Body::Routine(routine) => {
                routine.arguments.iter().filter_map(|argument| argument.default.as_ref()).for_each(&mut *see);
                if let RoutineBody::Sql(body) = &routine.body {
                    see(body);
                }
            }
            Body::Constraint(constraint) => {
                if let ConstraintKind::Check(check) = &constraint.kind {
                    see(check);
                }
            }
            Body::Default(default) => see(&default.expression),
            Body::Trigger(trigger) => trigger.when.iter().for_each(see),
            Body::Policy(policy) => policy.using.iter().chain(&policy.check).for_each(see),
            Body::Rule(rule) => rule.condition.iter().chain(&rule.actions).for_each(see),
            Body::Statistics(statistics) => keys(statistics.keys.iter(), see),
            Body::Publication(publication) => publication.tables.values().filter_map(|table| table.filter.as_ref()).for_each(see),
            Body::Type(ty) => of_type(ty, see),
            Body::Schema
            | Body::Extension(_)
            | Body::Role(_)
            | Body::Operator(_)
            | Body::OperatorClass(_)
            | Body::OperatorFamily(_)
            | Body::Cast(_)
            | Body::Subscription(_)
            | Body::Other(..) => {}
        }
    }
}

fn of_relation(relation: &Relation, see: &mut dyn FnMut(&Stored)) {
    if let Some(view) = relation.view() {
        see(&view.query);
    }
    if let RelationKind::Index(index) = &relation.kind {
        keys(index.keys.iter().map(|key| &key.subject), see);
        index.predicate.iter().for_each(&mut *see);
    }
    if let Some(partitioned) = &relation.partitioned {
        keys(partitioned.keys.iter().map(|key| &key.subject), see);
    }
}

fn keys<'k>(subjects: impl Iterator<Item = &'k KeySubject>, see: &mut dyn FnMut(&Stored)) {
    for subject in subjects {
        if let KeySubject::Expression(stored) = subject {
            see(stored);
        }
    }
}

const fn of_type(_ty: &Type, _see: &mut dyn FnMut(&Stored)) {}
