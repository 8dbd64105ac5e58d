//! Analysis: what the names in an expression or a query mean, and what type it has (PostgreSQL's `parse_analyze`).

use std::sync::Arc;

use super::analyser::Analyser;
use super::{Completeness, Form, Stored, Use, Used};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Routine, TypeUse};
use crate::catalog::object::Name;
use crate::catalog::run::Run;
use crate::catalog::typing::ExprType;
use crate::catalog::{Address, Oid};
use crate::syntax::expression::{Expression, read, read_data_change, read_query};
use crate::syntax::tree::Volatility;
use crate::text::Span;

/// What names without further ado may mean in an expression.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// Rows whose columns may be named, by the name that stands for them (`t`, `NEW`, `excluded`); the first ones are searched for
    /// unqualified names too.
    pub relations: Vec<ScopeRelation>,
    /// Values without a relation: `VALUE` in a domain's CHECK, the arguments of a function, the variables of PL/pgSQL. A type that is none
    /// can't be told.
    pub values: Vec<(Name, Option<TypeUse>)>,
    /// What the expression stands in, as PostgreSQL's messages call it, and what it must not hold there.
    pub place: Place,
}

/// A row in a scope.
#[derive(Debug, Clone)]
pub struct ScopeRelation {
    /// The name that stands for it.
    pub name: Name,
    /// The relation.
    pub relation: Oid,
    /// Whether its columns are found without the name before them.
    pub visibility: Visibility,
}

/// Whether a row's columns are found without a qualifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Visibility {
    Unqualified,
    QualifiedOnly,
}

/// What an expression stands in: it decides which constructs are refused in it (0A000 for a subquery in CHECK, 42803 for an aggregate …).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum Place {
    #[default]
    Anywhere,
    /// A routine's body in SQL: the values are its arguments, in their order, and behind them its own name.
    Routine,
    ColumnDefault,
    Check,
    DomainCheck,
    Generated,
    IndexExpression,
    IndexPredicate,
    PartitionKey,
    PartitionBound,
    TriggerWhen,
    Policy,
    RuleWhere,
    /// What a rule does, which is rewritten only where it is done.
    RuleAction,
    AlterUsing,
    FunctionDefault,
    StatisticsExpression,
    PublicationFilter,
    /// A statement of PL/pgSQL, in which a name that means a column and a variable is refused.
    Code,
}

/// A column that a query gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Output {
    /// Its name; `?column?` where PostgreSQL finds none.
    pub name: Name,
    /// Its type, if it can be told.
    pub ty: Option<TypeUse>,
    /// The column that it is, if it is simply one.
    pub source: Option<Address>,
}

/// What analysing a query gives.
#[derive(Debug, Clone)]
pub struct AnalysedQuery {
    /// To be kept.
    pub stored: Stored,
    /// What it gives; none if that can't be told.
    pub outputs: Option<Vec<Output>>,
}

/// Analyses an expression: `text[span]`, where `text` is what the statement was read from.
///
/// # Errors
/// What PostgreSQL raises when it analyses it (42703, 42883, 42804, …), or that it can't be told whether it does. Where a part of it can't be
/// read but nothing is known to be wrong, it is [`Completeness::Part`].
pub fn expression(run: &mut Run<'_>, text: &str, span: Span, scope: &Scope) -> Result<Stored> {
    analysed(run, text, span, scope, |analyser, tree| match scope.place {
        Place::Check | Place::DomainCheck => {
            analyser.condition(tree, "CHECK")?;
            Ok(ExprType::built_in("bool"))
        }
        Place::IndexPredicate | Place::RuleWhere | Place::PublicationFilter => {
            analyser.condition(tree, "WHERE")?;
            Ok(ExprType::built_in("bool"))
        }
        Place::TriggerWhen => {
            analyser.condition(tree, "WHEN")?;
            Ok(ExprType::built_in("bool"))
        }
        Place::Policy => {
            analyser.condition(tree, "POLICY")?;
            Ok(ExprType::built_in("bool"))
        }
        _ => analyser.expression(tree),
    })
}

/// What PostgreSQL calls the column of an index or a query that an expression is; none if it finds no name in it (`FigureIndexColname`).
pub fn name_of(text: &str) -> Option<String> {
    read(text).name().map(str::to_owned)
}

/// Analyses an expression that must become a value of type `ty`, as a default must: what else PostgreSQL casts by assignment.
///
/// # Errors
/// As those of [`expression`]; 42804 if there is no such cast, 22P02 and its kin if a constant is none of that type.
pub fn expression_as(run: &mut Run<'_>, text: &str, span: Span, scope: &Scope, ty: &TypeUse) -> Result<Stored> {
    analysed(run, text, span, scope, |analyser, tree| {
        let own = analyser.expression(tree)?;
        if scope.place == Place::Generated {
            expect_given_columns(analyser, tree.span)?;
            immutable(analyser, scope.place)?;
        }
        analyser.assignable(&own, Some(tree), ty, "?", tree.span)?;
        Ok(own)
    })
}

fn analysed(
    run: &mut Run<'_>,
    text: &str,
    span: Span,
    scope: &Scope,
    work: impl FnOnce(&mut Analyser<'_, '_>, &Expression) -> Result<ExprType>,
) -> Result<Stored> {
    let source = &text[span];
    let tree = read(source);
    let mut analyser = Analyser::new(run, scope);
    let ty = work(&mut analyser, &tree).and_then(|ty| immutable(&analyser, scope.place).map(|()| ty));
    let ty = ty.map_err(|stop| stop.shifted(span.start))?;
    Ok(stored(analyser, source, Form::Expression, ty.known().cloned()))
}

/// A generated column is computed from columns that are not (`check_nested_generated`).
fn expect_given_columns(analyser: &Analyser<'_, '_>, span: Span) -> Result {
    let column = |used: &Use| match used.what {
        Used::Column(address) => analyser.run.catalog.column(address).filter(|column| column.generated.is_some()),
        _ => None,
    };
    match analyser.uses.iter().find_map(column) {
        Some(column) => {
            let message = format!("cannot use generated column \"{}\" in column generation expression", column.name);
            Err(Stop::fails("42P17", message, span))
        }
        None => Ok(()),
    }
}

/// Where an index or a generated column stands on it, an expression must not depend on anything but its columns.
fn immutable(analyser: &Analyser<'_, '_>, place: Place) -> Result {
    let message = match place {
        _ if analyser.volatility == Volatility::Immutable => return Ok(()),
        Place::IndexExpression => "functions in index expression must be marked IMMUTABLE",
        Place::IndexPredicate => "functions in index predicate must be marked IMMUTABLE",
        Place::PartitionKey => "functions in partition key expression must be marked IMMUTABLE",
        Place::Generated => "generation expression is not immutable",
        _ => return Ok(()),
    };
    Err(Stop::fails("42P17", message, None))
}

fn stored(mut analyser: Analyser<'_, '_>, source: &str, form: Form, ty: Option<TypeUse>) -> Stored {
    analyser.uses.sort_by_key(|used| (used.span.start, used.span.end));
    analyser.uses.dedup();
    analyser.filled.sort_by_key(|(span, filling)| (span.start, span.end, filling.rank()));
    analyser.filled.dedup_by_key(|(span, filling)| (*span, filling.rank()));
    Stored {
        text: Arc::from(source),
        form,
        uses: analyser.uses.into(),
        filled: analyser.filled.into(),
        completeness: analyser.completeness,
        ty,
        recast: false,
    }
}

/// Analyses a query.
///
/// # Errors
/// As those of [`expression`].
pub fn query(run: &mut Run<'_>, text: &str, span: Span, scope: &Scope) -> Result<AnalysedQuery> {
    let source = &text[span];
    let Some(tree) = read_query(source) else {
        let stored = Stored::opaque(source, Form::Query, Completeness::Part);
        return Ok(AnalysedQuery { stored, outputs: None });
    };
    let mut analyser = Analyser::new(run, scope);
    let outputs = analyser.outer_query(&tree).map_err(|stop| stop.shifted(span.start))?;
    Ok(AnalysedQuery { stored: stored(analyser, source, Form::Query, None), outputs })
}

/// Analyses a statement that changes data, or a query: what a rule or a function may hold.
///
/// # Errors
/// As those of [`expression`].
pub fn statement(run: &mut Run<'_>, text: &str, span: Span, scope: &Scope) -> Result<Stored> {
    giving(run, text, span, scope).map(|analysed| analysed.stored)
}

/// The same, with what the query or RETURNING gives: nothing where there is no RETURNING.
///
/// # Errors
/// As those of [`expression`].
pub fn giving(run: &mut Run<'_>, text: &str, span: Span, scope: &Scope) -> Result<AnalysedQuery> {
    let source = &text[span];
    let Some(tree) = read_data_change(source) else {
        let analysed = query(run, text, span, scope)?;
        return Ok(AnalysedQuery { stored: Stored { form: Form::Statement, ..analysed.stored }, ..analysed });
    };
    let mut analyser = Analyser::new(run, scope);
    let outputs = analyser.outer_change(&tree, source).map_err(|stop| stop.shifted(span.start))?;
    Ok(AnalysedQuery { stored: stored(analyser, source, Form::Statement, None), outputs })
}

impl Scope {
    /// The columns of one relation, under a name.
    pub fn of(name: impl Into<Name>, relation: Oid, place: Place) -> Scope {
        let relation = ScopeRelation { name: name.into(), relation, visibility: Visibility::Unqualified };
        Scope { relations: vec![relation], values: Vec::new(), place }
    }

    /// What a body in SQL knows: the arguments by name and by number, and the function's own name before them.
    pub fn of_routine(name: &str, routine: &Routine) -> Scope {
        let inputs = routine.arguments.iter().filter(|argument| argument.mode.is_input());
        let mut values: Vec<(Name, Option<TypeUse>)> = inputs.map(|argument| (Name::clone(&argument.name), argument.ty.clone())).collect();
        values.push((Name::from(name), None));
        Scope { values, ..Scope::none(Place::Routine) }
    }

    /// No names at all.
    pub fn none(place: Place) -> Scope {
        Scope { place, ..Scope::default() }
    }
}
