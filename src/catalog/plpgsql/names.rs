//! The names in a body, block by block (`pl_funcs.c`: `plpgsql_ns_lookup`).

use crate::catalog::model::{RelationKind, Type, TypeId, TypeUse};
use crate::catalog::object::Body;
use crate::catalog::run::Run;
use crate::catalog::typing::base_type;

/// What a variable is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// One value, which has no fields.
    Scalar,
    /// A cursor.
    Cursor,
    /// A record or a row; its fields are looked up when the body runs.
    Record,
    /// It can't be told.
    Untold,
}

#[derive(Debug)]
struct Variable {
    name: String,
    kind: Kind,
    constant: bool,
}

/// The names of one block or loop.
#[derive(Debug, Default)]
struct Level {
    label: Option<String>,
    variables: Vec<Variable>,
}

/// All names in scope.
#[derive(Debug)]
pub(super) struct Names {
    levels: Vec<Level>,
}

/// What a target means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) kind: Kind,
    pub(super) constant: bool,
    /// Whether it is a field of the variable.
    pub(super) field: bool,
}

impl Names {
    /// Those of a function: its arguments stand under its name.
    pub(super) fn new(function: &str) -> Names {
        let mut names = Names { levels: vec![Level { label: Some(function.to_owned()), ..Level::default() }] };
        names.declare("found", Kind::Scalar);
        names
    }

    pub(super) fn declare(&mut self, name: &str, kind: Kind) {
        self.add(name, kind, false);
    }

    pub(super) fn declare_constant(&mut self, name: &str, kind: Kind) {
        self.add(name, kind, true);
    }

    pub(super) fn declare_all(&mut self, names: &[&str], kind: Kind) {
        names.iter().for_each(|name| self.declare(name, kind));
    }

    fn add(&mut self, name: &str, kind: Kind, constant: bool) {
        if let Some(level) = self.levels.last_mut()
            && !name.is_empty()
        {
            level.variables.push(Variable { name: name.to_owned(), kind, constant });
        }
    }

    pub(super) fn push(&mut self, label: Option<String>) {
        self.levels.push(Level { label, ..Level::default() });
    }

    pub(super) fn pop(&mut self) {
        self.levels.pop();
    }

    /// What the parts of a name mean, from the innermost block outward.
    pub(super) fn find(&self, parts: &[String]) -> Option<Found> {
        let (first, second) = (parts.first()?, parts.get(1));
        let found = |variable: &Variable, field: bool| Found { kind: variable.kind, constant: variable.constant, field };
        for level in self.levels.iter().rev() {
            for variable in level.variables.iter().rev() {
                if variable.name == *first && (second.is_none() || matches!(variable.kind, Kind::Record | Kind::Untold)) {
                    return Some(found(variable, second.is_some()));
                }
            }
            if let Some(second) = second
                && level.label.as_deref() == Some(first)
            {
                for variable in level.variables.iter().rev() {
                    if variable.name == *second && (parts.len() == 2 || matches!(variable.kind, Kind::Record | Kind::Untold)) {
                        return Some(found(variable, parts.len() > 2));
                    }
                }
            }
        }
        None
    }
}

/// What a variable of a type is.
pub(super) fn kind_of(run: &Run<'_>, ty: &TypeUse) -> Kind {
    if ty.array {
        return Kind::Scalar;
    }
    match base_type(&run.catalog, ty).unwrap_or_else(|| ty.clone()).id {
        TypeId::BuiltIn("record") => Kind::Record,
        TypeId::BuiltIn("refcursor") => Kind::Cursor,
        TypeId::BuiltIn(name) if name.starts_with("any") => Kind::Untold,
        TypeId::BuiltIn(name) => match crate::postgres::facts::system().type_named(name, run.world.target).map(|fact| fact.kind) {
            Some(crate::postgres::facts::TypeKind::Composite) | None => Kind::Untold,
            Some(_) => Kind::Scalar,
        },
        TypeId::User(oid) => match run.catalog.get(oid).map(|object| &object.body) {
            Some(Body::Relation(relation)) if relation.kind == RelationKind::Unknown => Kind::Untold,
            Some(Body::Relation(_)) => Kind::Record,
            Some(Body::Type(ty)) if matches!(**ty, Type::Unknown(_) | Type::Shell) => Kind::Untold,
            Some(Body::Type(_)) => Kind::Scalar,
            _ => Kind::Untold,
        },
    }
}
