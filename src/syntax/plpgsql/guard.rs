//! Guards: what the condition of an IF asks of the schema, and what a handler catches.
//!
//! Migrations make themselves repeatable by asking the catalogs first (`IF NOT EXISTS (SELECT … FROM pg_type …)`) or by catching an error
//! (`EXCEPTION WHEN duplicate_object`). Here a condition becomes a question that a model of the schema can answer; which catalogs there are
//! and what their columns hold is for a floor above. Invariant: what is not understood is [`Guard::Unknown`], or leaves a [`Lookup`] that
//! says of itself that it is a part.

use std::borrow::Cow;

use crate::syntax::expression::{
    self, ArgumentMode, Call, Constant, Expression, ExpressionKind as Kind, Negated, Operator, Quantified, Quantifier, Quantity, TypeRef,
    ValueFunction,
};
use crate::syntax::literal;
use crate::syntax::tree::Expr;
use crate::text::Span;

use super::rows::Rows;
use super::{Body, Condition, Handler, Sql};

/// What must hold for a branch to be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Guard {
    /// The catalogs hold such a row.
    Row(Lookup),
    /// The number of such rows compares so with a number.
    Count(Lookup, Comparison, u64),
    /// `to_regclass('x') IS NOT NULL`: the text names an object of the kind.
    Named(ObjectKind, String),
    /// The opposite.
    Not(Box<Guard>),
    /// All of them.
    All(Vec<Guard>),
    /// Any of them.
    Any(Vec<Guard>),
    /// `true` or `false`.
    Constant(bool),
    /// A boolean variable, by its name as PostgreSQL stores it.
    Variable(String),
    /// It can't be told.
    Unknown,
}

/// How a count is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// The kinds of object that PostgreSQL finds by a name in a string (PostgreSQL 15, 8.19).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ObjectKind {
    /// `regclass`: a table, view, index, sequence.
    Relation,
    /// `regtype`
    Type,
    /// `regnamespace`
    Schema,
    /// `regproc`: a function by its name alone.
    Function,
    /// `regprocedure`: a function with its arguments.
    Procedure,
    /// `regrole`
    Role,
}

/// Rows of catalogs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup {
    /// Which catalogs: the parts of each name. Sub-queries that give one value are joined to them.
    pub relations: Vec<Vec<String>>,
    /// All of which a row fulfils.
    pub tests: Vec<Test>,
    /// Whether that is all that is asked.
    pub completeness: Completeness,
}

/// How much of a question is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completeness {
    /// All of it.
    Whole,
    /// There is more that a row must fulfil: where no row fulfils this much, none fulfils all.
    Part,
}

/// What a row must fulfil.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// `a = 'x'`, `a IN ('x', 'y')`.
    OneOf(Column, Vec<Value>),
    /// `a <> 'x'`, `a NOT IN ('x', 'y')`.
    NoneOf(Column, Vec<Value>),
    /// `a = b`.
    Same(Column, Column),
    /// `a`, `NOT a` of a boolean.
    Is(Column, bool),
    /// `a IS NULL`.
    Null(Column),
    /// `a IS NOT NULL`.
    NotNull(Column),
}

/// A column of a catalog; where no relation can have it, a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Which of the relations of the lookup it belongs to, if that is written or there is one only.
    pub relation: Option<usize>,
    /// Its name.
    pub name: String,
}

/// What a column is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A string.
    Text(String),
    /// A number.
    Number(String),
    /// A boolean.
    Boolean(bool),
    /// `'public.t'::regclass`: the object that the text names, which must exist for a cast to succeed.
    Object(ObjectKind, String),
    /// `current_schema()`.
    CurrentSchema,
    /// `current_database()`.
    CurrentDatabase,
    /// `current_user` and its kin.
    CurrentUser,
}

/// What a handler catches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caught {
    /// `OTHERS`: everything but `query_canceled` and `assert_failure`.
    Others,
    /// A condition by its name, in lower case.
    Name(String),
    /// A condition by its SQLSTATE.
    SqlState(String),
}

/// What `condition`, an expression of `body`, asks.
pub fn guard(body: &Body, text: &str, condition: Expr) -> Guard {
    asked(expression::read(body.slice(text, condition.span)))
}

/// What `SELECT … INTO variable`, a statement of `body`, puts into its one variable.
pub fn selected(body: &Body, text: &str, sql: &Sql) -> Guard {
    let span = sql.statement.span;
    let into = sql.into.as_ref().map_or(Span::empty(span.end), |into| into.span);
    let pieces = [Span::new(span.start, into.start), Span::new(into.end, span.end)];
    let query = pieces.into_iter().filter(|piece| !piece.is_empty()).map(|piece| body.slice(text, piece)).collect::<String>();
    match query.get(.."select".len()) {
        Some(word) if word.eq_ignore_ascii_case("select") => asked(expression::read(&query[word.len()..])),
        _ => Guard::Unknown,
    }
}

/// What `handler`, of `body`, catches.
pub fn caught(body: &Body, text: &str, handler: &Handler) -> Vec<Caught> {
    let caught = handler.conditions.iter().map(|condition| match condition {
        Condition::SqlState(span) => {
            let written = body.slice(text, *span);
            Caught::SqlState(literal::value(written, Span::new(0, written.len() as u32)).into_owned())
        }
        Condition::Name(name) => match name.value(text) {
            others if others == "others" => Caught::Others,
            name => Caught::Name(Cow::into_owned(name)),
        },
    });
    caught.collect()
}

fn asked(expression: Expression) -> Guard {
    match expression.kind {
        Kind::Constant(Constant::Boolean(value)) => Guard::Constant(value),
        // There is no row around a condition, so a name in it is a variable's.
        Kind::Column(mut parts) if parts.len() == 1 => Guard::Variable(parts.remove(0)),
        Kind::And(parts) => Guard::All(parts.into_iter().map(asked).collect()),
        Kind::Or(parts) => Guard::Any(parts.into_iter().map(asked).collect()),
        Kind::Not(operand) => not(asked(*operand)),
        Kind::Exists(query) => Rows::of(*query).and_then(lookup).map_or(Guard::Unknown, Guard::Row),
        Kind::IsNull(operand, Negated::No) => not(not_null(*operand)),
        Kind::IsNull(operand, Negated::Yes) => not_null(*operand),
        Kind::Scalar(query) => Rows::of(*query).map_or(Guard::Unknown, value_of),
        Kind::Operator(operator) => match *operator {
            Operator { name, left: Some(left), right } => compared(left, &name, right),
            Operator { .. } => Guard::Unknown,
        },
        _ => Guard::Unknown,
    }
}

fn not(guard: Guard) -> Guard {
    match guard {
        Guard::Unknown => Guard::Unknown,
        Guard::Constant(value) => Guard::Constant(!value),
        Guard::Not(guard) => *guard,
        guard => Guard::Not(Box::new(guard)),
    }
}

/// What `operand IS NOT NULL` asks.
fn not_null(operand: Expression) -> Guard {
    match operand.kind {
        Kind::Call(call) => match (reg_function(&call.name), only_argument(&call)) {
            (Some(kind), Some(argument)) => string(argument).map_or(Guard::Unknown, |text| Guard::Named(kind, text)),
            _ => Guard::Unknown,
        },
        // Neither a constant nor an OID is null where there is a row.
        Kind::Scalar(query) => match Rows::of(*query) {
            Some(rows) if rows.columns.len() == 1 && is_never_null(&rows.columns[0]) => lookup(rows).map_or(Guard::Unknown, Guard::Row),
            _ => Guard::Unknown,
        },
        _ => Guard::Unknown,
    }
}

fn only_argument(call: &Call) -> Option<&Expression> {
    call.plain_arguments().filter(|arguments| arguments.len() == 1)?.next()
}

fn is_never_null(column: &Expression) -> bool {
    match &column.kind {
        Kind::Constant(constant) => *constant != Constant::Null,
        Kind::Column(parts) => parts.last().is_some_and(|name| name == "oid"),
        _ => false,
    }
}

/// What a query that gives one boolean asks.
fn value_of(mut rows: Rows) -> Guard {
    let [_] = rows.columns[..] else { return Guard::Unknown };
    let column = rows.columns.remove(0);
    if rows.relations.is_empty() && rows.conditions.is_empty() {
        return asked(column);
    }
    match column.kind {
        Kind::Operator(operator) => match &*operator {
            Operator { name, left: Some(left), right } if counts_rows(left) => count(rows, name, right),
            _ => Guard::Unknown,
        },
        _ => Guard::Unknown,
    }
}

fn counts_rows(expression: &Expression) -> bool {
    let Kind::Call(call) = &expression.kind else { return false };
    let counts = match &call.name[..] {
        [name] => name == "count",
        [schema, name] => schema == "pg_catalog" && name == "count",
        _ => false,
    };
    counts && call.mode == ArgumentMode::Star && call.filter.is_none() && call.over.is_none()
}

fn compared(left: Expression, operator: &[String], right: Expression) -> Guard {
    match (left.kind, right.kind) {
        (kind, Kind::Constant(Constant::Boolean(value))) if is_sign(operator, "=") || is_sign(operator, "<>") => {
            let guard = asked(Expression { span: left.span, kind });
            if value == is_sign(operator, "=") { guard } else { not(guard) }
        }
        (Kind::Scalar(query), kind) => match Rows::of(*query) {
            Some(rows) if rows.columns.len() == 1 && counts_rows(&rows.columns[0]) => {
                count(rows, operator, &Expression { span: right.span, kind })
            }
            _ => Guard::Unknown,
        },
        _ => Guard::Unknown,
    }
}

fn is_sign(operator: &[String], sign: &str) -> bool {
    match operator {
        [own] => own == sign,
        [schema, own] => schema == "pg_catalog" && own == sign,
        _ => false,
    }
}

/// What the comparison of a count asks; where only none and some differ, it is asked whether there is a row.
fn count(rows: Rows, operator: &[String], right: &Expression) -> Guard {
    let comparison = match operator.last().map(String::as_str).filter(|sign| is_sign(operator, sign)) {
        Some("=") => Comparison::Equal,
        Some("<>") => Comparison::NotEqual,
        Some("<") => Comparison::Less,
        Some("<=") => Comparison::LessOrEqual,
        Some(">") => Comparison::Greater,
        Some(">=") => Comparison::GreaterOrEqual,
        _ => return Guard::Unknown,
    };
    let Kind::Constant(Constant::Number(number)) = &right.kind else { return Guard::Unknown };
    let (Ok(number), Some(lookup)) = (number.parse(), lookup(rows)) else { return Guard::Unknown };
    match (comparison, number) {
        (Comparison::Equal | Comparison::LessOrEqual, 0) | (Comparison::Less, 1) => not(Guard::Row(lookup)),
        (Comparison::NotEqual | Comparison::Greater, 0) | (Comparison::GreaterOrEqual, 1) => Guard::Row(lookup),
        _ => Guard::Count(lookup, comparison, number),
    }
}

fn lookup(rows: Rows) -> Option<Lookup> {
    if rows.relations.is_empty() {
        return None;
    }
    let mut lookup = Lookup { relations: Vec::new(), tests: Vec::new(), completeness: Completeness::Whole };
    add(&mut lookup, rows);
    Some(lookup)
}

/// The relations of one query, by what they are called there, and which of the lookup's they are.
struct Scope {
    names: Vec<String>,
    first: usize,
}

impl Scope {
    /// The column that `parts` name, if they name one of this query.
    fn column(&self, parts: &[String]) -> Option<Column> {
        let (name, qualifiers) = parts.split_last()?;
        let relation = match qualifiers.last() {
            Some(relation) => Some(self.names.iter().position(|name| name == relation)?),
            None if self.names.len() == 1 => Some(0),
            None => None,
        };
        Some(Column { relation: relation.map(|at| at + self.first), name: name.clone() })
    }
}

/// Joins a query to a lookup.
fn add(lookup: &mut Lookup, rows: Rows) -> Scope {
    let mut scope = Scope { names: Vec::new(), first: lookup.relations.len() };
    for (name, alias) in rows.relations {
        scope.names.extend(alias.or_else(|| name.last().cloned()));
        lookup.relations.push(name);
    }
    for condition in rows.conditions {
        match test(lookup, &scope, condition) {
            Some(test) => lookup.tests.push(test),
            None => lookup.completeness = Completeness::Part,
        }
    }
    scope
}

fn test(lookup: &mut Lookup, scope: &Scope, condition: Expression) -> Option<Test> {
    match condition.kind {
        Kind::Column(parts) => Some(Test::Is(scope.column(&parts)?, true)),
        Kind::IsNull(operand, negated) => {
            let null = if negated == Negated::Yes { Test::NotNull } else { Test::Null };
            column(scope, &operand).map(null)
        }
        Kind::In(operand, items, negated) => {
            let of = if negated == Negated::Yes { Test::NoneOf } else { Test::OneOf };
            Some(of(column(scope, &operand)?, values(&items)?))
        }
        Kind::Quantified(quantified) => match *quantified {
            Quantified { left, operator, quantifier: Quantifier::Any, right: Quantity::Array(array) } if is_sign(&operator, "=") => {
                let Kind::Array(items) = array.kind else { return None };
                Some(Test::OneOf(column(scope, &left)?, values(&items)?))
            }
            _ => None,
        },
        Kind::Not(operand) => match test(&mut lookup.clone(), scope, *operand)? {
            Test::Is(column, true) => Some(Test::Is(column, false)),
            Test::Null(column) => Some(Test::NotNull(column)),
            Test::NotNull(column) => Some(Test::Null(column)),
            Test::OneOf(column, values) => Some(Test::NoneOf(column, values)),
            _ => None,
        },
        Kind::Operator(operator) => match *operator {
            Operator { name, left: Some(left), right } if is_sign(&name, "=") => equality(lookup, scope, left, right),
            Operator { name, left: Some(left), right } if is_sign(&name, "<>") => {
                Some(Test::NoneOf(column(scope, &left)?, vec![value(&right)?]))
            }
            _ => None,
        },
        _ => None,
    }
}

fn equality(lookup: &mut Lookup, scope: &Scope, left: Expression, right: Expression) -> Option<Test> {
    let Some(own) = column(scope, &left) else {
        return Some(Test::OneOf(column(scope, &right)?, vec![value(&left)?]));
    };
    if let Some(value) = value(&right) {
        return Some(Test::OneOf(own, vec![value]));
    }
    match right.kind {
        Kind::Scalar(query) => {
            let mut rows = Rows::of(*query).filter(|rows| !rows.relations.is_empty() && rows.columns.len() == 1)?;
            let selected = rows.columns.remove(0);
            let inner = add(lookup, rows);
            Some(Test::Same(own, column(&inner, &selected)?))
        }
        kind => Some(Test::Same(own, column(scope, &Expression { span: right.span, kind })?)),
    }
}

/// A column, perhaps cast to a type that does not change what it compares equal to.
fn column(scope: &Scope, expression: &Expression) -> Option<Column> {
    match &expression.kind {
        Kind::Column(parts) => scope.column(parts),
        Kind::Cast(operand, ty) if is_text(ty) || object_kind(ty).is_some() => operand.as_column().and_then(|parts| scope.column(parts)),
        _ => None,
    }
}

fn values(items: &[Expression]) -> Option<Vec<Value>> {
    items.iter().map(value).collect()
}

fn value(expression: &Expression) -> Option<Value> {
    match &expression.kind {
        Kind::Constant(Constant::String(text)) => Some(Value::Text(text.clone())),
        Kind::Constant(Constant::Number(number)) => Some(Value::Number(number.clone())),
        Kind::Constant(Constant::Boolean(value)) => Some(Value::Boolean(*value)),
        Kind::Cast(operand, ty) => match (string(operand), object_kind(ty)) {
            (Some(text), Some(kind)) => Some(Value::Object(kind, text)),
            (Some(text), None) if is_text(ty) => Some(Value::Text(text)),
            _ => None,
        },
        Kind::Call(call) => called(call),
        Kind::Value(ValueFunction::CurrentSchema, _) => Some(Value::CurrentSchema),
        Kind::Value(ValueFunction::CurrentCatalog, _) => Some(Value::CurrentDatabase),
        Kind::Value(ValueFunction::CurrentUser | ValueFunction::CurrentRole | ValueFunction::User, _) => Some(Value::CurrentUser),
        _ => None,
    }
}

fn called(call: &Call) -> Option<Value> {
    if let (Some(kind), Some(argument)) = (reg_function(&call.name), only_argument(call)) {
        return string(argument).map(|text| Value::Object(kind, text));
    }
    let bare = call.plain_arguments()?.len() == 0;
    match call.name.last()?.as_str() {
        "current_schema" if bare => Some(Value::CurrentSchema),
        "current_database" if bare => Some(Value::CurrentDatabase),
        _ => None,
    }
}

/// The text of a string constant, perhaps cast to a kind of text.
fn string(expression: &Expression) -> Option<String> {
    match &expression.kind {
        Kind::Constant(Constant::String(text)) => Some(text.clone()),
        Kind::Cast(operand, ty) if is_text(ty) => string(operand),
        _ => None,
    }
}

/// The name of a type that is nothing more than a name, alone or in one of the schemas that are always there.
fn type_name(ty: &TypeRef) -> Option<&str> {
    let standard = match &ty.name[..] {
        [_] => true,
        [schema, _] => schema == "pg_catalog" || schema == "information_schema",
        _ => false,
    };
    ty.simple_name().filter(|_| standard)
}

fn is_text(ty: &TypeRef) -> bool {
    matches!(type_name(ty), Some("text" | "name" | "varchar" | "cstring" | "char" | "sql_identifier" | "character_data"))
}

fn object_kind(ty: &TypeRef) -> Option<ObjectKind> {
    kind_of(type_name(ty)?)
}

fn kind_of(reg_type: &str) -> Option<ObjectKind> {
    Some(match reg_type {
        "regclass" => ObjectKind::Relation,
        "regtype" => ObjectKind::Type,
        "regnamespace" => ObjectKind::Schema,
        "regproc" => ObjectKind::Function,
        "regprocedure" => ObjectKind::Procedure,
        "regrole" => ObjectKind::Role,
        _ => return None,
    })
}

/// Which kind `to_regclass` and its kin look for.
fn reg_function(name: &[String]) -> Option<ObjectKind> {
    match name {
        [function] => kind_of(function.strip_prefix("to_")?),
        [schema, function] if schema == "pg_catalog" => kind_of(function.strip_prefix("to_")?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::StatementKind;
    use super::*;

    fn ask(condition: &str) -> Guard {
        asked(expression::read(condition))
    }

    fn own(name: &str) -> Column {
        Column { relation: Some(0), name: name.to_owned() }
    }

    fn text(value: &str) -> Value {
        Value::Text(value.to_owned())
    }

    #[test]
    fn a_row_that_is_missing() {
        let Guard::Not(guard) = ask("NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'color' AND typtype IN ('e', 'd'))") else {
            panic!("no negation")
        };
        assert_eq!(
            *guard,
            Guard::Row(Lookup {
                relations: vec![vec!["pg_type".to_owned()]],
                tests: vec![Test::OneOf(own("typname"), vec![text("color")]), Test::OneOf(own("typtype"), vec![text("e"), text("d")])],
                completeness: Completeness::Whole,
            })
        );
    }

    #[test]
    fn joins_and_queries_of_one_value_are_the_same() {
        let column = |relation, name: &str| Column { relation: Some(relation), name: name.to_owned() };
        for condition in [
            "EXISTS (SELECT FROM pg_type t JOIN pg_namespace n ON t.typnamespace = n.oid WHERE n.nspname = 'a')",
            "EXISTS (SELECT FROM pg_type WHERE typnamespace = (SELECT oid FROM pg_namespace WHERE nspname = 'a'))",
        ] {
            let Guard::Row(lookup) = ask(condition) else { panic!("no lookup: {condition}") };
            assert_eq!(lookup.relations.len(), 2);
            assert!(lookup.tests.contains(&Test::Same(column(0, "typnamespace"), column(1, "oid"))), "{condition}");
            assert!(lookup.tests.contains(&Test::OneOf(column(1, "nspname"), vec![text("a")])), "{condition}");
            assert_eq!(lookup.completeness, Completeness::Whole);
        }
    }

    #[test]
    fn counts_are_rows_where_only_none_and_some_differ() {
        let row = ask("EXISTS (SELECT 1 FROM pg_class WHERE relname = 'x')");
        assert_eq!(ask("(SELECT count(*) FROM pg_class WHERE relname = 'x') > 0"), row);
        assert_eq!(ask("(SELECT count(*) FROM pg_class WHERE relname = 'x') = 0"), not(row.clone()));
        assert_eq!(ask("count(*) = 0 FROM pg_class WHERE relname = 'x'"), not(row.clone()));
        assert_eq!(ask("(SELECT EXISTS (SELECT 1 FROM pg_class WHERE relname = 'x')) = false"), not(row));
        assert!(matches!(ask("(SELECT count(*) FROM pg_class WHERE relname = 'x') = 2"), Guard::Count(_, Comparison::Equal, 2)));
    }

    #[test]
    fn names_that_mean_objects() {
        assert_eq!(ask("to_regclass('a.b') IS NULL"), not(Guard::Named(ObjectKind::Relation, "a.b".to_owned())));
        assert_eq!(ask("pg_catalog.to_regtype('t'::text) IS NOT NULL"), Guard::Named(ObjectKind::Type, "t".to_owned()));
        let Guard::Row(lookup) = ask("EXISTS (SELECT 1 FROM pg_constraint WHERE conrelid = 'a.b'::regclass)") else { panic!("no lookup") };
        assert_eq!(lookup.tests, [Test::OneOf(own("conrelid"), vec![Value::Object(ObjectKind::Relation, "a.b".to_owned())])]);
    }

    #[test]
    fn variables_that_hold_an_answer() {
        assert_eq!(ask("NOT found"), not(Guard::Variable("found".to_owned())));
        let text = "'BEGIN SELECT EXISTS (SELECT 1 FROM pg_class WHERE relname = ''x'') INTO y; END'";
        let body = super::super::parse(text, Span::new(0, text.len() as u32)).expect("a body");
        let StatementKind::Sql(sql) = &body.block().expect("a block").statements[0].kind else { panic!("no SELECT") };
        assert_eq!(selected(&body, text, sql), ask("EXISTS (SELECT 1 FROM pg_class WHERE relname = 'x')"));
    }

    #[test]
    fn what_is_not_understood_is_unknown_or_a_part() {
        assert_eq!(ask("v_count < 7"), Guard::Unknown);
        assert_eq!(ask("NOT (v_count < 7)"), Guard::Unknown);
        assert_eq!(ask("current_setting('server_version_num')::int >= 140000"), Guard::Unknown);
        let Guard::Row(lookup) = ask("EXISTS (SELECT 1 FROM pg_class WHERE relname = 'x' AND relname || 'y' = 'z')") else {
            panic!("no lookup")
        };
        assert_eq!((lookup.tests.len(), lookup.completeness), (1, Completeness::Part));
    }
}
