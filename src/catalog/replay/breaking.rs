//! What of the schema that was there before a migration its clients can't go on using as they did.
//!
//! Each statement is told with what it takes away or demands: an object or a column that is dropped or renamed, a column that gets another type,
//! what has to be given a value or fulfil a constraint from now on. Invariant: what the migration itself makes is never broken by it, and
//! nothing is told that is there again at its end under its name, with its columns.

use std::collections::BTreeSet;

use crate::catalog::describe;
use crate::catalog::model::{Column, Constraint, ConstraintKind, Persistence, Relation, RelationKind, Type, TypeId, TypeUse};
use crate::catalog::object::{Body, Class, Name, Object, Origin};
use crate::catalog::past::Kind;
use crate::catalog::run::World;
use crate::catalog::store::Catalog;
use crate::catalog::types::format_type;
use crate::catalog::{ColumnNumber, Oid};

use super::{Direction, stepwise};

/// Something that clients can't go on using as they did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// The statement, by its place in the script.
    pub statement: usize,
    /// What it does, in words: ``drops column `t.c` ``.
    pub deed: String,
    /// What the thing is called, and what it is a part of; without schemas.
    pub names: Vec<Name>,
}

/// What a migration breaks of what was there before it, statement by statement.
pub fn breaks(world: &World<'_>, before: &Catalog, up: Direction<'_>, index: u32) -> Vec<Break> {
    let mut steps: Vec<(usize, Catalog, Catalog)> = Vec::new();
    let mut rolled_back = None;
    let end = stepwise(world, before, up, index, &mut |at, old, new| {
        // A statement that fails, or says so, takes everything back: what was broken up to there is what breaks once that is mended.
        if new.is_untouched_since(before) {
            rolled_back = (!old.is_untouched_since(before)).then(|| old.clone());
        } else if !old.is_untouched_since(new) {
            steps.push((at, old.clone(), new.clone()));
        }
    });
    let end = rolled_back.unwrap_or(end);
    let mut found = Vec::new();
    for (statement, old, new) in &steps {
        let mut step = Step { before, old, new, end: &end, index, statement: *statement, found: &mut found };
        step.look();
    }
    found
}

/// One statement.
struct Step<'c> {
    /// What the migration began with.
    before: &'c Catalog,
    old: &'c Catalog,
    new: &'c Catalog,
    /// What the migration leaves.
    end: &'c Catalog,
    index: u32,
    statement: usize,
    found: &'c mut Vec<Break>,
}

impl Step<'_> {
    fn look(&mut self) {
        let (old, new) = (self.old, self.new);
        let touched: BTreeSet<Oid> = old.changed(new).into_iter().collect();
        for oid in touched {
            match (old.get(oid).filter(|object| self.is_older(object.origin)), new.get(oid)) {
                (Some(was), None) => self.dropped(oid, was),
                (Some(was), Some(is)) => self.changed(oid, was, is),
                (None, Some(is)) if self.is_older(is.origin) => self.assumed(oid, is),
                (None, Some(is)) => self.made(is),
                (None, None) => {}
            }
        }
        self.lost();
    }

    /// Whether it was there before the migration.
    fn is_older(&self, origin: Origin) -> bool {
        origin.migration != Some(self.index)
    }

    fn tell(&mut self, deed: String, names: impl IntoIterator<Item = Name>) {
        self.found.push(Break { statement: self.statement, deed, names: names.into_iter().collect() });
    }

    fn dropped(&mut self, oid: Oid, was: &Object) {
        if !is_used_by_name(was) || self.is_there_again(was) {
            return;
        }
        if let Some(identity) = describe::identity(self.old, oid) {
            self.tell(format!("drops {}", identity.shown()), [Name::clone(&was.name)]);
        }
    }

    fn changed(&mut self, oid: Oid, was: &Object, is: &Object) {
        let is_renamed = was.name != is.name || was.schema != is.schema;
        if is_renamed && is_used_by_name(was) && !self.is_there_again(was) {
            let (from, to) = (describe::identity(self.old, oid), describe::shown(self.new, oid));
            if let Some(from) = from {
                let deed = format!("renames {} to `{to}`", from.shown());
                self.tell(deed, [Name::clone(&was.name), Name::clone(&is.name)]);
            }
        }
        if let (Some(old), Some(new)) = (was.relation(), is.relation())
            && is_shown(old)
        {
            self.columns(oid, is, old, new);
        }
        if let (Some(Type::Enum(old)), Some(Type::Enum(new))) = (was.ty(), is.ty()) {
            for label in old.iter().filter(|label| !new.iter().any(|other| other.text == label.text)) {
                let deed = format!("takes the label `{}` from `{}`", label.text, describe::shown(self.new, oid));
                self.tell(deed, [Name::clone(&is.name), Name::clone(&label.text)]);
            }
        }
    }

    fn columns(&mut self, oid: Oid, table: &Object, old: &Relation, new: &Relation) {
        let holder = describe::shown(self.old, oid);
        let called = |name: &str| format!("`{holder}.{}`", describe::name(name));
        let at_end = self.end.relation(oid);
        let index = self.index;
        let is_older = |column: &Column| column.origin.migration != Some(index);
        for was in old.columns.iter().filter(|column| is_older(column) && column.inherited == 0) {
            let names = [Name::clone(&was.name), Name::clone(&table.name)];
            let Some(is) = new.column_at(was.number) else {
                if at_end.and_then(|end| end.column(&was.name)).is_none_or(|again| again.ty != was.ty) {
                    self.tell(format!("drops column {}", called(&was.name)), names);
                }
                continue;
            };
            if is.name != was.name {
                self.tell(format!("renames column {} to `{}`", called(&was.name), describe::name(&is.name)), names.clone());
            }
            if let (Some(from), Some(to)) = (&was.ty, &is.ty)
                && !is_wider(from, to)
            {
                let (from, to) = (format_type(self.old, from), format_type(self.new, to));
                self.tell(format!("makes column {} `{to}`, which was `{from}`", called(&is.name)), names.clone());
            }
            self.demands(&called(&is.name), &names, Some(was), is);
        }
        for is in new.columns.iter().filter(|column| column.inherited == 0 && old.column_at(column.number).is_none()) {
            self.new_column(&called(&is.name), &table.name, is);
        }
    }

    /// A column that was not there, or not known to be, before the statement.
    fn new_column(&mut self, called: &str, table: &Name, is: &Column) {
        let names = [Name::clone(&is.name), Name::clone(table)];
        if !self.is_older(is.origin) {
            if needs_value(is) {
                self.tell(format!("adds column {called}, which is NOT NULL and has no default"), names);
            }
            return;
        }
        if let (Some(ty), Some(_)) = (&is.ty, is.retyped.filter(|origin| !self.is_older(*origin))) {
            self.tell(format!("makes column {called} `{}`", format_type(self.new, ty)), names.clone());
        }
        self.demands(called, &names, None, is);
    }

    /// What a column demands from now on that it did not before.
    fn demands(&mut self, called: &str, names: &[Name; 2], was: Option<&Column>, is: &Column) {
        if is.not_null && was.is_none_or(|was| !was.not_null) {
            self.tell(format!("makes column {called} NOT NULL"), names.clone());
        } else if needs_value(is) && was.is_some_and(|was| !needs_value(was)) {
            self.tell(format!("takes the default from column {called}, which is NOT NULL"), names.clone());
        }
    }

    /// A relation that is assumed to be there because this statement names it.
    fn assumed(&mut self, oid: Oid, is: &Object) {
        let Some(relation) = is.relation().filter(|relation| is_shown(relation)) else { return };
        let holder = describe::shown(self.new, oid);
        for column in &relation.columns {
            self.new_column(&format!("`{holder}.{}`", describe::name(&column.name)), &is.name, column);
        }
    }

    /// A constraint or a unique index that is new on something that is not.
    fn made(&mut self, is: &Object) {
        let Some((of, holder)) = is.of.and_then(|of| Some((of, self.new.get(of)?))) else { return };
        if !self.is_older(holder.origin) || holder.relation().is_some_and(|relation| !is_shown(relation)) {
            return;
        }
        let columns = match &is.body {
            Body::Constraint(constraint) if self.is_demand(of, is, constraint) => constraint.columns.clone(),
            Body::Relation(relation) => match relation.index() {
                Some(index) if index.unique && index.constraint.is_none() && index.parent.is_none() => {
                    index.columns().flatten().collect::<Vec<ColumnNumber>>()
                }
                _ => return,
            },
            _ => return,
        };
        let column = |number: &ColumnNumber| holder.relation().and_then(|relation| relation.column_at(*number));
        // What is only on columns that are new themselves asks nothing of those who don't know them.
        if !columns.is_empty() && columns.iter().all(|number| column(number).is_some_and(|column| !self.is_older(column.origin))) {
            return;
        }
        let what = if matches!(is.body, Body::Constraint(_)) { "constraint" } else { "unique index" };
        let deed = format!("adds {what} `{}` to `{}`", describe::name(&is.name), describe::shown(self.new, of));
        let names = [&is.name, &holder.name].into_iter().chain(columns.iter().filter_map(|number| Some(&column(number)?.name)));
        let names: Vec<Name> = names.cloned().collect();
        self.tell(deed, names);
    }

    /// Whether a constraint demands something that nothing has demanded before.
    fn is_demand(&self, of: Oid, is: &Object, constraint: &Constraint) -> bool {
        let is_kind = match &constraint.kind {
            ConstraintKind::NotNull | ConstraintKind::Trigger(_) => false,
            // The index was there, and demands the same.
            ConstraintKind::PrimaryKey(index) | ConstraintKind::Unique(index) | ConstraintKind::Exclude(index) => {
                self.old.get(*index).is_none()
            }
            ConstraintKind::Check(_) | ConstraintKind::ForeignKey(_) => true,
        };
        let replaces = |(oid, other): (Oid, &Constraint)| {
            let is_same_kind = std::mem::discriminant(&other.kind) == std::mem::discriminant(&constraint.kind);
            let name = self.before.get(oid).map(|object| &object.name);
            is_same_kind && (name == Some(&is.name) || other.columns == constraint.columns)
        };
        is_kind && constraint.parent.is_none() && constraint.local && !self.before.constraints(of).any(replaces)
    }

    /// What was only assumed to be there, and is dropped or renamed by the statement that named it first.
    fn lost(&mut self) {
        let lost: Vec<_> = self.new.lost_since(self.old).cloned().collect();
        for (kind, scope, name) in lost {
            match kind {
                Kind::Column if self.old.get(scope).is_none_or(|table| table.relation().is_none_or(|of| of.column(&name).is_none())) => {
                    let Some(table) = self.new.get(scope) else { continue };
                    let deed = format!("drops or renames column `{}.{}`", describe::shown(self.new, scope), describe::name(&name));
                    self.tell(deed, [name, Name::clone(&table.name)]);
                }
                Kind::Object(class @ (Class::Relation | Class::Type | Class::Routine))
                    if self.old.named(class, scope, &name).is_empty() =>
                {
                    self.tell(format!("drops or renames `{}`", describe::name(&name)), [name]);
                }
                _ => {}
            }
        }
    }

    /// Whether the migration leaves something under this name that has all columns of what had it.
    fn is_there_again(&self, was: &Object) -> bool {
        let Some(schema) = was.schema else { return false };
        let again = self.end.named(was.body.class(), schema, &was.name).iter().filter_map(|oid| self.end.get(*oid));
        again.into_iter().any(|again| match (&was.body, &again.body) {
            (Body::Relation(old), Body::Relation(new)) => {
                let has = |column: &Column| new.column(&column.name).is_some_and(|again| again.ty == column.ty);
                old.columns.iter().all(has)
            }
            (Body::Routine(old), Body::Routine(new)) => {
                let types = |routine: &crate::catalog::model::Routine| {
                    routine.arguments.iter().map(|argument| argument.ty.clone()).collect::<Vec<_>>()
                };
                old.returns == new.returns && types(old) == types(new)
            }
            (Body::Type(old), Body::Type(new)) => match (&**old, &**new) {
                (Type::Enum(old), Type::Enum(new)) => old.iter().all(|label| new.iter().any(|other| other.text == label.text)),
                (old, new) => old == new,
            },
            _ => false,
        })
    }
}

/// Whether clients name it: a relation other than an index, a type, a routine, a schema.
pub fn is_used_by_name(object: &Object) -> bool {
    let is_kind = match &object.body {
        Body::Relation(relation) => is_shown(relation),
        Body::Type(ty) => !matches!(**ty, Type::Multirange(_)),
        Body::Routine(routine) => !["trigger", "event_trigger"].iter().any(|ty| routine.returns == Some(TypeUse::built_in(ty))),
        Body::Schema => true,
        _ => false,
    };
    is_kind && object.extension.is_none()
}

/// Whether clients see the relation: nothing temporary, no index, no partition, no sequence of a column.
fn is_shown(relation: &Relation) -> bool {
    let is_kind = match &relation.kind {
        RelationKind::Index(_) => false,
        RelationKind::Sequence(sequence) => sequence.owned_by.is_none(),
        _ => true,
    };
    is_kind && relation.persistence != Persistence::Temporary && relation.partition_bound.is_none()
}

/// Whether a row can't be written without a value for it.
fn needs_value(column: &Column) -> bool {
    column.not_null && column.default.is_none() && column.identity.is_none() && column.generated.is_none()
}

/// Whether whoever could use the one can use the other as well: the same, or a text that may be longer.
fn is_wider(from: &TypeUse, to: &TypeUse) -> bool {
    let is_text = |ty: &TypeUse| !ty.array && matches!(ty.id, TypeId::BuiltIn("text" | "varchar"));
    let length = |ty: &TypeUse| ty.modifier.as_deref().map_or(Some(u32::MAX), |modifier| modifier.parse().ok());
    from == to || is_text(from) && is_text(to) && length(from).zip(length(to)).is_some_and(|(from, to)| to >= from)
}
