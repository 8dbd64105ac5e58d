//! What a change of a table does to the rows that it holds: whether PostgreSQL writes them again.
//!
//! ALTER COLUMN TYPE leaves the rows where the bytes of every value are the same (`ATColumnChangeRequiresRewrite`; PostgreSQL 15, ALTER TABLE):
//! where the types are binary coercible and no modifier is applied, or only a wider one of the same type (`varchar_support`,
//! `numeric_support`, `TemporalSimplify`). ADD COLUMN leaves them unless the default is volatile, or the type is a domain that has constraints
//! (`ATExecAddColumn`, in PostgreSQL 12 to 18 alike). What can't be told is said to be so.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::evaluate::check::fulfils;
use super::evaluate::{Cast, Evaluator, cast};
use super::expression::{Stored, Use, Used, canonical};
use super::model::{ConstraintKind, Domain, Routine, RoutineBody, RoutineKind, Type, TypeId, TypeUse};
use super::object::{Body, Class, Name};
use super::rows::Value;
use super::run::{Knowledge, Run, World};
use super::store::Catalog;
use super::typing::{Context, Fit, coercion};
use super::{ColumnNumber, Oid};
use crate::postgres::facts::{self, FunctionFact, FunctionKind};
use crate::syntax::Version;
use crate::syntax::expression::{Body as QueryBody, Distinct, Expression, ExpressionKind, Negated, Node, read, read_query};
use crate::syntax::tree::Volatility;

/// What becomes of the rows of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// They stay as they are.
    Kept,
    /// They stay as they are only if the session's time zone is UTC (since PostgreSQL 12).
    KeptInUtc,
    /// They are all written again.
    Rewritten,
    /// It can't be told.
    Untold,
}

/// What becomes of the rows where a column of one type gets another without USING, or with one that says no more than that.
pub fn retyped(catalog: &Catalog, version: Version, from: &TypeUse, to: &TypeUse) -> Rows {
    if from == to {
        return Rows::Kept;
    }
    match (restriction(catalog, to), restriction(catalog, from)) {
        (Some(Restriction::Checks), _) => return Rows::Rewritten,
        (Some(Restriction::Untold), _) | (_, Some(Restriction::Untold)) => return Rows::Untold,
        _ => {}
    }
    let (Some(from), Some(to)) = (unrestricted(catalog, from), unrestricted(catalog, to)) else { return Rows::Untold };
    if from.is_same_type(&to) {
        return if is_wider(&from, &to) { Rows::Kept } else { Rows::Rewritten };
    }
    if let (TypeId::BuiltIn("timestamp" | "timestamptz"), TypeId::BuiltIn("timestamp" | "timestamptz")) = (from.id, to.id)
        && !from.array
        && !to.array
    {
        let widened = TypeUse { modifier: to.modifier.clone(), ..from.clone() };
        return if is_wider(&from, &widened) { Rows::KeptInUtc } else { Rows::Rewritten };
    }
    match coercion(catalog, version, &from, &to, Context::Explicit) {
        Fit::Same if to.modifier.is_none() && !to.array && !from.array => Rows::Kept,
        Fit::Same | Fit::Converted | Fit::Spelled => Rows::Rewritten,
        // USING must say how, and what it says is run for each row.
        Fit::None => Rows::Rewritten,
        Fit::Untold => Rows::Untold,
    }
}

/// What a domain asks of values.
enum Restriction {
    Checks,
    Nothing,
    Untold,
}

/// What a type asks of values that are of what it is a domain over; none of a type that is no domain.
fn restriction(catalog: &Catalog, ty: &TypeUse) -> Option<Restriction> {
    let TypeId::User(oid) = ty.id else { return None };
    match catalog.get(oid).map(|object| &object.body) {
        Some(Body::Type(found)) => match &**found {
            Type::Domain(domain) if domain.not_null || catalog.constraints(oid).next().is_some() => Some(Restriction::Checks),
            Type::Domain(domain) => match domain.base.as_ref().and_then(|base| restriction(catalog, base)) {
                Some(below) => Some(below),
                None => Some(Restriction::Nothing),
            },
            Type::Unknown(_) | Type::Shell => {
                catalog.get(oid).is_none_or(|object| object.extension.is_none()).then_some(Restriction::Untold)
            }
            _ => None,
        },
        Some(_) => None,
        None => Some(Restriction::Untold),
    }
}

/// The domain that has a column of type `ty` checked in every row as soon as it is added: it is one itself, and has constraints or is over one
/// that has. Of arrays and rows of it nothing is checked.
pub fn checking_domain(catalog: &Catalog, ty: &TypeUse) -> Option<Oid> {
    match (ty.id, restriction(catalog, ty)) {
        (TypeId::User(oid), Some(Restriction::Checks)) if !ty.array => Some(oid),
        _ => None,
    }
}

/// Whether a domain, or one that it is over, refuses nulls.
pub fn refuses_nulls(catalog: &Catalog, ty: &TypeUse) -> bool {
    domains(catalog, ty).any(|domain| domain.not_null)
}

/// What a column of type `ty` holds by itself: the default of a domain.
pub fn default_of_type<'c>(catalog: &'c Catalog, ty: &'c TypeUse) -> Option<&'c Stored> {
    domains(catalog, ty).find_map(|domain| domain.default.as_ref())
}

/// The domain that a type is, and those that it is over.
fn domains<'c>(catalog: &'c Catalog, ty: &'c TypeUse) -> impl Iterator<Item = &'c Domain> {
    let domain = |ty: &TypeUse| match (ty.id, ty.array) {
        (TypeId::User(oid), false) => match catalog.get(oid)?.ty() {
            Some(Type::Domain(domain)) => Some(domain),
            _ => None,
        },
        _ => None,
    };
    std::iter::successors(domain(ty), move |above| domain(above.base.as_ref()?))
}

/// What a domain is a domain over, with its modifier; any other type itself.
fn unrestricted(catalog: &Catalog, ty: &TypeUse) -> Option<TypeUse> {
    let TypeId::User(oid) = ty.id else { return Some(ty.clone()) };
    match catalog.get(oid)?.ty() {
        Some(Type::Domain(domain)) if !ty.array => unrestricted(catalog, domain.base.as_ref()?),
        _ => Some(ty.clone()),
    }
}

/// Whether the modifier of `to` lets every value of `from`, which is of the same type, be as it is, and PostgreSQL knows that.
fn is_wider(from: &TypeUse, to: &TypeUse) -> bool {
    if from.modifier == to.modifier {
        return true;
    }
    // Each element of an array is cast by itself.
    if from.array {
        return false;
    }
    let number = |modifier: &str| modifier.trim_matches(['(', ')', ' ']).parse::<u32>().ok();
    let (old, new) = (from.modifier.as_deref(), to.modifier.as_deref());
    match (to.id, old, new) {
        (TypeId::BuiltIn("varchar" | "varbit" | "numeric" | "timestamp" | "timestamptz" | "time" | "timetz" | "interval"), _, None) => true,
        (TypeId::BuiltIn("varchar" | "varbit"), Some(old), Some(new)) => number(old).zip(number(new)).is_some_and(|(old, new)| new >= old),
        (TypeId::BuiltIn("numeric"), Some(old), Some(new)) => {
            let (old, new) = (precision(old), precision(new));
            old.zip(new).is_some_and(|((old, old_scale), (new, new_scale))| new >= old && new_scale == old_scale)
        }
        (TypeId::BuiltIn("timestamp" | "timestamptz" | "time" | "timetz" | "interval"), old, Some(new)) => {
            const FINEST: u32 = 6;
            let old = old.map_or(Some(FINEST), number);
            old.zip(number(new)).is_some_and(|(old, new)| new >= old)
        }
        _ => false,
    }
}

/// `10,2`, `10`
fn precision(modifier: &str) -> Option<(i32, i32)> {
    let (precision, scale) = modifier.split_once(',').unwrap_or((modifier, "0"));
    Some((precision.trim().parse().ok()?, scale.trim().parse().ok()?))
}

/// How often the value of an expression may change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Constancy {
    /// Not while a statement runs.
    Stable,
    /// From row to row, because of a function of this name.
    Volatile(String),
    /// It can't be told, because of this.
    Untold(String),
}

/// Whether a default has the same value for all rows of a statement.
pub fn constancy(catalog: &Catalog, version: Version, default: &Stored) -> Constancy {
    let expression = read(&default.text);
    let mut found = Constancy::Stable;
    expression.walk(&mut |node| {
        let Node::Expression(expression) = node else { return };
        let one = match &expression.kind {
            ExpressionKind::Call(call) => {
                let name = call.name.last().map_or("", String::as_str);
                of_function(catalog, version, default, name)
            }
            ExpressionKind::Unread => Constancy::Untold(default.text.to_string()),
            _ => Constancy::Stable,
        };
        if matches!((&found, &one), (Constancy::Stable, _) | (Constancy::Untold(_), Constancy::Volatile(_))) {
            found = one;
        }
    });
    found
}

fn of_function(catalog: &Catalog, version: Version, default: &Stored, name: &str) -> Constancy {
    let routines = default.uses.iter().filter_map(|used| match used.what {
        Used::Routine(oid) => catalog.get(oid),
        _ => None,
    });
    if let Some(routine) = routines.filter(|object| &*object.name == name).find_map(|object| object.routine()) {
        return match routine.volatility {
            // What a function in SQL comes to is put in its place, whatever it says of itself.
            Volatility::Volatile if &*routine.language == "sql" => {
                put_in_place(catalog, version, routine).unwrap_or_else(|| Constancy::Untold(name.to_owned()))
            }
            Volatility::Volatile => Constancy::Volatile(name.to_owned()),
            _ => Constancy::Stable,
        };
    }
    // `st('a')` for `'a'::st` (`FUNCDETAIL_COERCION`): what reads a value is not volatile.
    let is_type = |used: &Use| matches!(used.what, Used::Type(oid) if catalog.get(oid).is_some_and(|object| &*object.name == name));
    if default.uses.iter().any(is_type) {
        return Constancy::Stable;
    }
    let extensions = default.uses.iter().filter_map(|used| match used.what {
        Used::Object(oid) => catalog.extension_facts(oid),
        _ => None,
    });
    let mut facts: Vec<&'static FunctionFact> = facts::system().functions(name, version).collect();
    facts.extend(extensions.flat_map(|facts| facts.functions(name, version)));
    match facts.iter().any(|fact| fact.volatility == Volatility::Volatile) {
        true => Constancy::Volatile(name.to_owned()),
        false if facts.is_empty() => Constancy::Untold(name.to_owned()),
        false => Constancy::Stable,
    }
}

/// What a function in SQL comes to of which PostgreSQL puts the body in the place of a call (`inline_function`): one without arguments that is a
/// single SELECT of one value from no table. None where that can't be told; of what it calls only PostgreSQL's own functions, operators and types are looked at.
fn put_in_place(catalog: &Catalog, version: Version, routine: &Routine) -> Option<Constancy> {
    let RoutineBody::Text(text) = &routine.body else { return None };
    let is_plain = routine.kind == RoutineKind::Function
        && routine.arguments.is_empty()
        && !(routine.returns_set || routine.security_definer)
        && routine.settings.is_empty();
    let query = read_query(text.trim().trim_end_matches(';')).filter(|_| is_plain)?;
    let is_bare =
        query.with.is_none() && query.order_by.is_empty() && query.limit.is_none() && query.offset.is_none() && query.locking.is_empty();
    let QueryBody::Select(select) = query.body else { return None };
    let is_one_value = select.distinct == Distinct::All
        && select.into.is_none()
        && select.from.is_empty()
        && select.condition.is_none()
        && select.group_by.is_none()
        && select.having.is_none()
        && select.windows.is_empty();
    let [target] = &select.targets[..] else { return None };
    let mut found = (is_bare && is_one_value).then_some(Constancy::Stable);
    target.value.walk(&mut |node| match node {
        Node::Expression(Expression { kind: ExpressionKind::Call(call), .. }) => {
            let name = call.name.last().map_or("", String::as_str);
            let facts: Vec<&FunctionFact> = facts::system().functions(name, version).collect();
            let is_own = !facts.is_empty() && !catalog.schema_with(Class::Routine, name);
            if !is_own || call.over.is_some() || facts.iter().any(|fact| fact.kind != FunctionKind::Plain || fact.returns_set) {
                found = None;
            } else if found.is_some() && facts.iter().any(|fact| fact.volatility == Volatility::Volatile) {
                found = Some(Constancy::Volatile(name.to_owned()));
            }
        }
        Node::Expression(Expression { kind: ExpressionKind::Operator(operator), .. })
            if catalog.schema_with(Class::Operator, operator.sign()) =>
        {
            found = None;
        }
        Node::Type(ty) if ty.name.last().is_some_and(|name| catalog.schema_with(Class::Type, name)) => found = None,
        Node::Expression(Expression { kind: ExpressionKind::Unread, .. }) | Node::Query(_) => found = None,
        _ => {}
    });
    found
}

/// Whether the rows of a table are known to have a value in a column, so that SET NOT NULL need not look at them: a validated CHECK of the
/// table says so, by itself or as one of several conditions that must all hold (PostgreSQL 15, ALTER TABLE, SET NOT NULL; `NotNullImpliedByRelConstraints`).
pub fn is_checked_not_null(catalog: &Catalog, table: Oid, column: &str) -> bool {
    catalog.constraints(table).any(|(_, constraint)| match &constraint.kind {
        ConstraintKind::Check(check) if constraint.validated && constraint.enforced => {
            let current = canonical::current_text(catalog, check);
            demands_value(&read(&current), column)
        }
        _ => false,
    })
}

/// Whether the valid CHECKs of a table refuse each row that has these values, as SQL writes them, in these columns; nothing if that can't be told.
pub fn refuses(catalog: &Catalog, version: Version, table: Oid, values: &[(Name, Arc<str>)]) -> Option<bool> {
    let world = World { target: version, knowledge: Knowledge::Complete, creates: &|_, _| false, user: Name::from("postgres") };
    let mut run = Run::new(&world, catalog.clone());
    let relation = catalog.relation(table)?;
    let mut row: BTreeMap<ColumnNumber, Value> = relation.columns.iter().map(|column| (column.number, Value::Unknown)).collect();
    for (name, written) in values {
        let column = relation.column(name)?;
        let value = Evaluator::new(&mut run).value(&read(written)).ok()?;
        row.insert(column.number, cast(&mut run, value, column.ty.as_ref()?, Cast::Assignment).ok()?);
    }
    let row = Arc::new(row);
    let mut is_known = true;
    for (_, constraint) in catalog.constraints(table).filter(|(_, constraint)| constraint.validated && constraint.enforced) {
        let ConstraintKind::Check(check) = &constraint.kind else { continue };
        match fulfils(&mut run, table, check, &row) {
            Ok(Some(false)) => return Some(true),
            Ok(Some(true)) => {}
            _ => is_known = false,
        }
    }
    is_known.then_some(false)
}

fn demands_value(expression: &Expression, column: &str) -> bool {
    let is_column = |parts: &[String]| parts.last().is_some_and(|name| name == column);
    match &expression.kind {
        ExpressionKind::And(items) => items.iter().any(|item| demands_value(item, column)),
        ExpressionKind::IsNull(value, Negated::Yes) => value.as_column().is_some_and(is_column),
        ExpressionKind::Not(inner) => match &inner.kind {
            ExpressionKind::IsNull(value, Negated::No) => value.as_column().is_some_and(is_column),
            _ => false,
        },
        _ => false,
    }
}
