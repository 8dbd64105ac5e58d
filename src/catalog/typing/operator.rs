//! Which operator is meant (`oper`, `left_oper`; manual, 10.2).

use super::ExprType;
use super::candidates::{Choice, choose};
use super::family::fact_type;
use super::polymorphic::result_of;
use crate::catalog::model::{TypeId, TypeUse};
use crate::catalog::object::{Body, Class};
use crate::catalog::run::Run;
use crate::catalog::{Oid, Result, Stop};
use crate::postgres::facts::{self, OperatorFact};
use crate::text::Span;

/// An operator as an expression means it.
#[derive(Debug, Clone)]
pub struct OperatorUse {
    /// The object, if it is a user's; the extension, if it is an extension's; none if it is built in or can't be told.
    pub object: Option<Oid>,
    /// What it takes; none where that can't be told.
    pub types: Vec<Option<TypeUse>>,
    /// What it gives.
    pub result: ExprType,
}

#[derive(Debug, Clone)]
struct Candidate {
    object: Option<Oid>,
    types: Vec<Option<TypeUse>>,
    result: ExprType,
}

/// The operator `name` between these operands; a prefix operator has no left one.
///
/// # Errors
/// 42883 if there is none, 42725 if several fit equally well, or if it can't be told whether there is one.
pub fn resolve_operator(run: &mut Run<'_>, name: &[String], left: Option<&ExprType>, right: &ExprType, span: Span) -> Result<OperatorUse> {
    let (schema, sign) = match name {
        [sign] => (None, sign.as_str()),
        [.., schema, sign] => (Some(schema.as_str()), sign.as_str()),
        [] => return Err(Stop::unknown("an operator without a name", span)),
    };
    let arguments: Vec<ExprType> = left.into_iter().chain([right]).cloned().collect();
    if schema.is_none_or(|schema| schema == "pg_catalog")
        && let Some(found) = built_in(run, sign, &arguments)
    {
        return Ok(found);
    }
    chosen(run, (schema, sign), &arguments, span)
}

/// The operator that PostgreSQL chooses among all of that sign.
fn chosen(run: &mut Run<'_>, (schema, sign): (Option<&str>, &str), arguments: &[ExprType], span: Span) -> Result<OperatorUse> {
    let candidates = candidates(run, schema, sign, arguments.len())?;
    let exact = exact(&candidates, arguments);
    if let Some(found) = exact {
        return Ok(found.used(run, arguments));
    }
    match choose(&run.catalog, run.world.target, &candidates, arguments, |candidate: &Candidate| candidate.types.clone()) {
        Choice::One(found) => Ok(found.used(run, arguments)),
        Choice::Untold(possible) => {
            let mut used = possible.iter().map(|candidate| candidate.used(run, arguments));
            let Some(first) = used.next() else { return Err(Stop::unknown("which operator it is", span)) };
            let alike = used.all(|other| other.result == first.result);
            Ok(OperatorUse { object: None, types: Vec::new(), result: if alike { first.result } else { ExprType::Untold } })
        }
        choice => {
            if run.catalog.has_unknown_extension() || run.catalog.doubted(Class::Operator, sign).is_some() {
                return Err(Stop::unknown(format!("whether there is an operator `{sign}` for these types"), span));
            }
            let shown = |ty: &ExprType| match ty {
                ExprType::Known(ty) => crate::catalog::types::format_type(&run.catalog, &ty.bare()),
                ExprType::Literal | ExprType::Untold => "unknown".to_owned(),
            };
            let name = schema.map_or(sign.to_owned(), |schema| format!("{schema}.{sign}"));
            let shown = match arguments {
                [left, right] => format!("{} {name} {}", shown(left), shown(right)),
                others => others.iter().map(|ty| format!("{name} {}", shown(ty))).collect(),
            };
            match choice {
                Choice::Ambiguous => Err(Stop::fails("42725", format!("operator is not unique: {shown}"), span)),
                _ => Err(Stop::fails("42883", format!("operator does not exist: {shown}"), span)),
            }
        }
    }
}

/// The operator of `pg_catalog` between exactly these types, where nothing else has its sign: most operators are, and need no choosing.
fn built_in(run: &Run<'_>, sign: &str, arguments: &[ExprType]) -> Option<OperatorUse> {
    let name = |ty: &ExprType| match ty {
        ExprType::Known(TypeUse { id: TypeId::BuiltIn(name), array: false, .. }) => Some(*name),
        _ => None,
    };
    let (left, right) = match arguments {
        [left, ExprType::Literal] => (Some(name(left)?), name(left)?),
        [ExprType::Literal, right] => (Some(name(right)?), name(right)?),
        [left, right] => (Some(name(left)?), name(right)?),
        [right] => (None, name(right)?),
        _ => return None,
    };
    let ours = run.session.settings.search_path.as_ref()?.iter().all(|schema| &**schema != "pg_catalog");
    if !ours || run.catalog.schema_with(Class::Operator, sign) {
        return None;
    }
    let of = |left: Option<&str>, right: &str| {
        facts::system().operators(sign, run.world.target).find(|fact| fact.left == left && fact.right == Some(right))
    };
    // `varchar` has no operators of its own: it is taken for `text`, the preferred type of strings.
    let fact = of(left, right).or_else(|| {
        let is_string = matches!(right, "text" | "varchar") && matches!(left, Some("text" | "varchar"));
        is_string.then(|| of(Some("text"), "text")).flatten()
    })?;
    let used = of_fact(fact, arguments.len(), None, |name| Some(fact_type(name)))?;
    Some(OperatorUse { object: None, types: used.types, result: used.result })
}

/// Of exactly these types; a constant in quotes is first taken for what the other operand is.
fn exact<'c>(candidates: &'c [Candidate], arguments: &[ExprType]) -> Option<&'c Candidate> {
    let wanted: Vec<&TypeUse> = match arguments {
        [ExprType::Known(left), ExprType::Literal] => vec![left, left],
        [ExprType::Literal, ExprType::Known(right)] => vec![right, right],
        [ExprType::Known(left), ExprType::Known(right)] => vec![left, right],
        [ExprType::Known(right)] => vec![right],
        _ => return None,
    };
    candidates.iter().find(|candidate| {
        candidate.types.iter().zip(&wanted).all(|(declared, ty)| declared.as_ref().is_some_and(|declared| declared.is_same_type(ty)))
    })
}

/// What the operator `sign` gives between two known types, if there is one of its own or by casts that are made unasked.
pub fn operator(run: &mut Run<'_>, sign: &str, left: &TypeUse, right: &TypeUse) -> Result<OperatorUse> {
    let (left, right) = (ExprType::Known(left.clone()), ExprType::Known(right.clone()));
    resolve_operator(run, &[sign.to_owned()], Some(&left), &right, Span::empty(0))
}

/// Whether two types can be compared for equality, as a foreign key demands; none if that can't be told.
pub fn comparable(run: &mut Run<'_>, left: &TypeUse, right: &TypeUse) -> Option<bool> {
    match operator(run, "=", left, right) {
        Ok(_) => Some(true),
        Err(Stop::Fails(_)) => Some(false),
        Err(Stop::Unknown(_)) => None,
    }
}

impl Candidate {
    fn used(&self, run: &Run<'_>, arguments: &[ExprType]) -> OperatorUse {
        let result = match &self.result {
            ExprType::Known(ty) => result_of(&run.catalog, run.world.target, ty, &self.types, arguments),
            other => other.clone(),
        };
        OperatorUse { object: self.object, types: self.types.clone(), result }
    }
}

fn candidates(run: &mut Run<'_>, schema: Option<&str>, sign: &str, operands: usize) -> Result<Vec<Candidate>> {
    let path = match schema {
        None => run.path()?,
        Some(schema) => run.find_schema(schema)?.into_iter().collect(),
    };
    let mut found: Vec<Candidate> = Vec::new();
    for schema in path {
        let mut here = Vec::new();
        if schema == Oid::PG_CATALOG {
            here.extend(
                facts::system()
                    .operators(sign, run.world.target)
                    .filter_map(|fact| of_fact(fact, operands, None, |name| Some(fact_type(name)))),
            );
        }
        for oid in run.catalog.named(Class::Operator, schema, sign) {
            if let Some(Body::Operator(operator)) = run.catalog.get(*oid).map(|object| &object.body)
                && operator.left.is_some() == (operands == 2)
            {
                let types = if operands == 2 { vec![operator.left.clone(), operator.right.clone()] } else { vec![operator.right.clone()] };
                here.push(Candidate { object: Some(*oid), types, result: operator.result.clone().into() });
            }
        }
        for (extension, facts) in run.catalog.extensions_in(schema) {
            let ty = |name: &'static str| {
                let bare = name.trim_start_matches('_');
                if facts.type_named(bare, run.world.target).is_none() {
                    return Some(fact_type(name));
                }
                let user = TypeUse::user(run.catalog.extension_type(extension, bare)?);
                Some(if name.starts_with('_') { user.array() } else { user })
            };
            here.extend(facts.operators(sign, run.world.target).filter_map(|fact| of_fact(fact, operands, Some(extension), ty)));
        }
        here.retain(|candidate| !found.iter().any(|earlier| earlier.types == candidate.types));
        found.extend(here);
    }
    Ok(found)
}

fn of_fact(
    fact: &'static OperatorFact,
    operands: usize,
    object: Option<Oid>,
    ty: impl Fn(&'static str) -> Option<TypeUse>,
) -> Option<Candidate> {
    let types = match (fact.left, fact.right, operands) {
        (Some(left), Some(right), 2) => vec![ty(left), ty(right)],
        (None, Some(right), 1) => vec![ty(right)],
        _ => return None,
    };
    let result = fact.result.and_then(ty).into();
    Some(Candidate { object, types, result })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::object::Class;
    use crate::catalog::run::{Knowledge, World};
    use crate::catalog::store::Catalog;
    use crate::syntax::Version;

    #[test]
    fn what_is_found_without_choosing_is_what_would_be_chosen() {
        let creates = |_: Class, _: &str| false;
        let world = World { target: Version::NEWEST, knowledge: Knowledge::Complete, creates: &creates, user: "postgres".into() };
        let mut run = Run::new(&world, Catalog::new());
        let [text, varchar] = ["text", "varchar"].map(ExprType::built_in);
        let mut found = 0;
        for sign in ["=", "<>", "<", "<=", ">", ">=", "||", "~~", "!~~", "~~*", "!~~*", "~", "!~", "~*", "!~*", "^@", "~<~", "~>=~"] {
            for (left, right) in [
                (&varchar, &varchar),
                (&varchar, &text),
                (&text, &varchar),
                (&varchar, &ExprType::Literal),
                (&ExprType::Literal, &varchar),
                (&text, &text),
            ] {
                let arguments = [left.clone(), right.clone()];
                let Some(short) = built_in(&run, sign, &arguments) else { continue };
                let long = chosen(&mut run, (None, sign), &arguments, Span::empty(0)).expect("there is one");
                assert_eq!((&short.types, &short.result), (&long.types, &long.result), "{left:?} {sign} {right:?}");
                found += 1;
            }
        }
        assert!(found > 90, "{found} were found without choosing");
    }
}
