//! The operators of EXCLUDE: each must be its own commutator, and a member of the operator family that the index uses (`ComputeIndexAttrs`).

use super::method::{default_class, present};
use crate::catalog::expression::names;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{IndexKey, KeySubject, TypeId};
use crate::catalog::object::Name;
use crate::catalog::run::Run;
use crate::catalog::types::format_type;
use crate::catalog::typing::{ExprType, resolve_operator};
use crate::catalog::{Address, Oid};
use crate::postgres::facts::{Facts, system};
use crate::text::Span;

/// The operators of families that mean something else with their operands exchanged.
const ONE_WAY: [&str; 26] = [
    "<", "<=", ">", ">=", "<<", ">>", "<<=", ">>=", "&<", "&>", "@>", "<@", "<<|", "|>>", "&<|", "|&>", "<^", ">^", "^@", "~<~", "~<=~",
    "~>~", "~>=~", "~~", "*<", "*>",
];

/// The operator that is written at `written` for a key of an index on `table`.
///
/// # Errors
/// 42883 if there is none, 42809 if it can't exclude.
pub(in crate::catalog::apply) fn operator(
    run: &mut Run<'_>,
    text: &str,
    table: Oid,
    method: &str,
    key: &IndexKey,
    written: Span,
) -> Result<Name> {
    let (schema, sign) = text[written].rsplit_once('.').map_or((None, &text[written]), |(schema, sign)| (Some(schema), sign));
    let sign = sign.trim();
    let ty = match &key.subject {
        KeySubject::Column(column) => run.catalog.column(Address::column(table, *column)).and_then(|column| column.ty.clone()),
        KeySubject::Expression(expression) => expression.ty.clone(),
    };
    if let Some(ty) = ty {
        let mut name = schema.and_then(names).unwrap_or_default();
        if let [schema] = &name[..] {
            run.schema(schema, written)?;
        }
        name.push(sign.to_owned());
        let operand = ExprType::Known(ty.clone());
        let used = resolve_operator(run, &name, Some(&operand), &operand, written)?;
        let class = key.class.clone().or_else(|| default_class(run, method, &ty));
        if let ([Some(left), Some(right)], None, Some(class)) = (&used.types[..], used.object, class)
            && ![left, right].iter().any(|ty| matches!(ty.id, TypeId::User(_)))
        {
            let [left, right] = [left, right].map(|ty| format_type(&run.catalog, &ty.bare()));
            expect_member(run, method, &class, sign, &format!("{sign}({left},{right})"), written)?;
        }
    }
    Ok(Name::from(sign))
}

/// Refuses an operator of PostgreSQL's own for a class of PostgreSQL's own, or of an extension that is there, if it can't exclude.
fn expect_member(run: &Run<'_>, method: &str, class: &str, sign: &str, shown: &str, span: Span) -> Result {
    let version = run.world.target;
    let all = || [system()].into_iter().chain(present(run).flatten());
    let Some(class) = all().find_map(|facts| facts.operator_class(method, class, version)) else { return Ok(()) };
    if ONE_WAY.contains(&sign) {
        return Err(Stop::fails("42809", format!("operator {shown} is not commutative"), span));
    }
    let is_member =
        |facts: &'static Facts| facts.family(method, class.family, version).any(|member| member.operator == sign && !member.orders);
    if all().any(is_member) || run.catalog.has_unknown_extension() {
        return Ok(());
    }
    Err(Stop::fails("42809", format!("operator {shown} is not a member of operator family \"{}\"", class.family), span))
}
