//! Calls of functions, aggregates and window functions (`parse_func.c`).

use super::Analyser;
use super::grouping::Certainty;
use crate::catalog::expression::Filling;
use crate::catalog::expression::analysis::Place;
use crate::catalog::model::{RoutineKind, TypeUse};
use crate::catalog::typing::{Callee, Context, ExprType, Mode, RoutineUse, fact_type, resolve_routine};
use crate::catalog::{Result, Stop};
use crate::postgres::facts::FunctionKind;
use crate::syntax::expression::{ArgumentMode, Call, Expression, ExpressionKind as Kind, Over};
use crate::syntax::tree::Volatility;
use crate::text::Span;

impl Analyser<'_, '_> {
    /// What a call gives.
    pub(super) fn call(&mut self, call: &Call, span: Span) -> Result<ExprType> {
        let mut types = Vec::with_capacity(call.arguments.len());
        for argument in &call.arguments {
            types.push(self.star_or_expression(&argument.value)?);
        }
        for key in call.order_by.iter().chain(&call.within_group) {
            let ty = self.expression(&key.value)?;
            if !call.within_group.is_empty() {
                types.push(ty);
            }
        }
        if let Some(filter) = &call.filter {
            self.condition(filter, "FILTER")?;
        }
        self.over(call.over.as_ref())?;
        let whole_rows = call.arguments.iter().any(|argument| matches!(argument.value.kind, Kind::Star(_)));
        if call.mode == ArgumentMode::Star || whole_rows {
            types.clear();
        }
        let named: Vec<Option<String>> = call.arguments.iter().map(|argument| argument.name.clone()).collect();
        let mode = if call.mode == ArgumentMode::Variadic { Mode::Variadic } else { Mode::Plain };
        // `t.f` of a row, and what can be neither told nor refused.
        if whole_rows && call.mode != ArgumentMode::Star {
            return Ok(self.partly());
        }
        let used = resolve_routine(self.run, &call.name, &types, &named, mode, span)?;
        if let (Callee::Cast, [argument], [source], ExprType::Known(target)) = (used.callee, &call.arguments[..], &types[..], &used.result)
        {
            self.used_type(span, target);
            self.filled.push((span, Filling::Cast(target.clone())));
            self.cast(&argument.value, source, target, Context::Explicit, span)?;
        }
        self.used_callee(span, used.callee);
        let volatility = match used.callee {
            Callee::BuiltIn(fact) => fact.volatility,
            Callee::Extension(_, fact) => fact.volatility,
            Callee::User(oid) => self.volatility_of(oid, span)?,
            Callee::Cast | Callee::Untold => Volatility::Immutable,
        };
        self.at_least(volatility);
        if let Callee::BuiltIn(fact) = used.callee {
            let window = fact.kind == FunctionKind::Window;
            if window && call.over.is_none() {
                let name = call.name.join(".");
                return Err(Stop::fails("42809", format!("window function {name} requires an OVER clause"), span));
            }
        }
        if self.is_plain(&used) {
            expect_plain(call, span)?;
        } else if call.over.is_some() {
            expect_windowed(call, used.aggregate, span)?;
        }
        let handed: Vec<(&Expression, &ExprType)> = call.arguments.iter().map(|argument| &argument.value).zip(&types).collect();
        self.taken(&handed, &used.types)?;
        let gathered = &call.arguments[call.arguments.len().saturating_sub(used.gathered)..];
        if let (Some(first), Some(last)) = (gathered.first(), gathered.last()) {
            self.filled.push((first.value.span.to(last.value.span), Filling::Variadic));
        }
        match used.callee {
            _ if used.aggregate && call.over.is_none() => {
                self.no_aggregate(span)?;
                self.aggregated(span, Certainty::Certain);
            }
            Callee::Untold => self.aggregated(span, Certainty::Possible),
            _ => {}
        }
        if used.returns_set {
            self.no_set(span)?;
        }
        if used.result == ExprType::Untold {
            self.partly();
        }
        Ok(used.result)
    }

    /// Whether it is a function that is neither an aggregate nor a window function.
    fn is_plain(&self, used: &RoutineUse) -> bool {
        match used.callee {
            Callee::BuiltIn(fact) | Callee::Extension(_, fact) => fact.kind == FunctionKind::Plain,
            Callee::User(oid) => {
                let routine = self.run.catalog.get(oid).and_then(|object| object.routine());
                routine.is_some_and(|routine| routine.kind == RoutineKind::Function && !routine.window)
            }
            Callee::Cast => true,
            Callee::Untold => false,
        }
    }

    pub(super) fn over(&mut self, over: Option<&Over>) -> Result {
        let Some(Over::Window(window)) = over else { return Ok(()) };
        let keys: Vec<&Expression> = window.partition_by.iter().chain(window.order_by.iter().map(|key| &key.value)).collect();
        for key in keys {
            self.expression(key)?;
        }
        Ok(())
    }

    fn no_aggregate(&mut self, span: Span) -> Result {
        let place = match self.place {
            _ if self.queries > 0 => return Ok(()),
            Place::Anywhere | Place::Routine | Place::Code | Place::RuleAction => return Ok(()),
            Place::ColumnDefault | Place::FunctionDefault => "DEFAULT expressions",
            Place::Check | Place::DomainCheck => "check constraints",
            Place::Generated => "column generation expressions",
            Place::IndexExpression => "index expressions",
            Place::IndexPredicate => "index predicates",
            Place::PartitionKey => "partition key expressions",
            Place::PartitionBound => "partition bound",
            Place::TriggerWhen => "trigger WHEN conditions",
            Place::Policy => "policy expressions",
            Place::RuleWhere => "rule WHERE conditions",
            Place::AlterUsing => "transform expressions",
            Place::StatisticsExpression => "statistics expressions",
            Place::PublicationFilter => "publication WHERE expressions",
        };
        Err(Stop::fails("42803", format!("aggregate functions are not allowed in {place}"), span))
    }

    fn no_set(&mut self, span: Span) -> Result {
        let place = match self.place {
            _ if self.queries > 0 => return Ok(()),
            Place::ColumnDefault | Place::FunctionDefault => "DEFAULT expressions",
            Place::Check | Place::DomainCheck => "check constraints",
            Place::Generated => "column generation expressions",
            Place::IndexExpression => "index expressions",
            Place::IndexPredicate => "index predicates",
            Place::PartitionKey => "partition key expressions",
            Place::TriggerWhen => "trigger WHEN conditions",
            Place::Policy => "policy expressions",
            Place::AlterUsing => "transform expressions",
            _ => return Ok(()),
        };
        Err(Stop::fails("0A000", format!("set-returning functions are not allowed in {place}"), span))
    }

    /// The columns that a function in FROM gives: its row's, or one of its own name.
    pub(super) fn function_columns(&mut self, call: &Call, callee: Callee, result: &ExprType) -> Option<Vec<(String, ExprType)>> {
        let own = call.name.last().cloned().unwrap_or_default();
        match callee {
            Callee::BuiltIn(fact) | Callee::Extension(_, fact) => {
                let outputs: Vec<_> = fact.outputs().collect();
                if outputs.len() > 1 {
                    let columns = outputs.iter().enumerate().map(|(at, argument)| {
                        let name = argument.name.map_or_else(|| format!("column{}", at + 1), str::to_owned);
                        (name, ExprType::Known(fact_type(argument.type_name)))
                    });
                    return Some(columns.collect());
                }
                if fact.result == Some("record") {
                    return None;
                }
                let name = outputs.first().and_then(|argument| argument.name).map_or(own, str::to_owned);
                Some(vec![(name, result.clone())])
            }
            Callee::User(oid) => {
                let routine = self.run.catalog.get(oid)?.routine()?.clone();
                let outputs: Vec<_> = routine
                    .arguments
                    .iter()
                    .filter(|argument| {
                        use crate::syntax::tree::ArgumentMode as Direction;
                        matches!(argument.mode, Direction::Out | Direction::InOut | Direction::Table)
                    })
                    .collect();
                if outputs.len() > 1 || outputs.iter().any(|argument| argument.mode == crate::syntax::tree::ArgumentMode::Table) {
                    let columns = outputs.iter().enumerate().map(|(at, argument)| {
                        let name = if argument.name.is_empty() { format!("column{}", at + 1) } else { argument.name.to_string() };
                        (name, argument.ty.clone().into())
                    });
                    return Some(columns.collect());
                }
                if let Some(columns) = self.row_columns(result) {
                    return Some(columns);
                }
                match result {
                    ExprType::Known(TypeUse { id: crate::catalog::model::TypeId::BuiltIn("record"), .. }) | ExprType::Untold => None,
                    other => {
                        let name = outputs.first().filter(|argument| !argument.name.is_empty()).map(|argument| argument.name.to_string());
                        Some(vec![(name.unwrap_or(own), other.clone())])
                    }
                }
            }
            Callee::Cast => Some(vec![(own, result.clone())]),
            Callee::Untold => None,
        }
    }

    /// The columns of a row type.
    pub(super) fn row_columns(&self, ty: &ExprType) -> Option<Vec<(String, ExprType)>> {
        let TypeUse { id: crate::catalog::model::TypeId::User(oid), array: false, .. } = ty.known()? else { return None };
        let relation = self.run.catalog.relation(*oid).filter(|relation| relation.columns_known)?;
        Some(relation.columns.iter().map(|column| (column.name.to_string(), column.ty.clone().into())).collect())
    }
}

/// Expects of a call nothing that only an aggregate or a window function takes (`ParseFuncOrColumn`).
fn expect_plain(call: &Call, span: Span) -> Result {
    let name = call.name.join(".");
    let refuse = |what: &str, needs: &str| Err(Stop::fails("42809", format!("{what} specified, but {name} is not {needs}"), span));
    let aggregate = "an aggregate function";
    match call.mode {
        ArgumentMode::Star => return refuse(&format!("{name}(*)"), aggregate),
        ArgumentMode::Distinct => return refuse("DISTINCT", aggregate),
        _ => {}
    }
    if !call.within_group.is_empty() {
        return refuse("WITHIN GROUP", aggregate);
    }
    if !call.order_by.is_empty() {
        return refuse("ORDER BY", aggregate);
    }
    if call.filter.is_some() {
        return refuse("FILTER", aggregate);
    }
    if call.over.is_some() {
        return refuse("OVER", "a window function nor an aggregate function");
    }
    Ok(())
}

/// Expects of a call with OVER nothing that PostgreSQL has not come to yet.
fn expect_windowed(call: &Call, is_aggregate: bool, span: Span) -> Result {
    let missing = match () {
        () if call.mode == ArgumentMode::Distinct => "DISTINCT is not implemented for window functions",
        () if !call.order_by.is_empty() => "aggregate ORDER BY is not implemented for window functions",
        () if call.filter.is_some() && !is_aggregate => "FILTER is not implemented for non-aggregate window functions",
        () => return Ok(()),
    };
    Err(Stop::fails("0A000", missing, span))
}
