//! What a column of a query is called where no label says it (`FigureColname`).

use crate::syntax::expression::{Body, Expression, ExpressionKind as Kind, Query, Target};

/// The name of a column of a query.
pub(in crate::catalog) fn label(target: &Target) -> String {
    match &target.label {
        Some(label) => label.clone(),
        None => figured(&target.value).map_or_else(|| "?column?".to_owned(), |(name, _)| name),
    }
}

/// The name of an expression, if it gives one.
pub(in crate::catalog::expression) fn name_of(expression: &Expression) -> Option<String> {
    figured(expression).map(|(name, _)| name)
}

/// How good a name is: a cast's type gives way to what it casts.
#[derive(PartialEq)]
enum Strength {
    Weak,
    Strong,
}

fn figured(expression: &Expression) -> Option<(String, Strength)> {
    let strong = |name: &str| Some((name.to_owned(), Strength::Strong));
    let weak = |name: &str| Some((name.to_owned(), Strength::Weak));
    match &expression.kind {
        Kind::Column(parts) => parts.last().and_then(|name| strong(name)),
        Kind::Call(call) => call.name.last().and_then(|name| strong(name)),
        Kind::Value(function, _) => strong(function.word()),
        Kind::Coalesce(_) => strong("coalesce"),
        Kind::Greatest(_) => strong("greatest"),
        Kind::Least(_) => strong("least"),
        Kind::NullIf(_) => strong("nullif"),
        Kind::Cast(value, ty) => match figured(value) {
            Some((name, Strength::Strong)) => Some((name, Strength::Strong)),
            _ => ty.name.last().and_then(|name| weak(name)),
        },
        Kind::Collate(value, _) => figured(value),
        Kind::Subscript(value, _) => figured(value),
        Kind::Field(_, name) => strong(name),
        Kind::Case(case) => match case.otherwise.as_ref().and_then(figured) {
            Some((name, Strength::Strong)) => Some((name, Strength::Strong)),
            _ => weak("case"),
        },
        Kind::Array(_) | Kind::ArrayQuery(_) => strong("array"),
        Kind::Row(..) => strong("row"),
        Kind::Exists(_) => strong("exists"),
        Kind::Scalar(query) => first_target(query).map(|target| (label(target), Strength::Strong)),
        Kind::Grouping(_) => strong("grouping"),
        Kind::Special(special) => strong(&special.word),
        _ => None,
    }
}

fn first_target(query: &Query) -> Option<&Target> {
    match &query.body {
        Body::Select(select) => select.targets.first(),
        Body::SetOperation(operation) => first_target(operation.parts.first()?),
        Body::Values(_) => None,
    }
}
