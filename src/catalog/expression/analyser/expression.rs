//! Expressions: the type of each, and what it uses (`parse_expr.c`).

use super::Analyser;
use super::operator::elsewhere;
use crate::catalog::expression::analysis::Place;
use crate::catalog::expression::{Filling, Used};
use crate::catalog::model::{RelationKind, TypeId, TypeUse};
use crate::catalog::typing::{Context, ExprType, can_coerce, common_type, element_of};
use crate::catalog::{Result, Stop, types};
use crate::syntax::expression::{Case, Constant, Expression, ExpressionKind as Kind, Special, SpecialPart, Subscript, ValueFunction};
use crate::syntax::tree::Volatility;
use crate::text::Span;

impl Analyser<'_, '_> {
    /// The type of an expression.
    pub(in crate::catalog::expression) fn expression(&mut self, expression: &Expression) -> Result<ExprType> {
        let span = expression.span;
        let boolean = ExprType::built_in("bool");
        match &expression.kind {
            Kind::Column(parts) => self.column(parts, span),
            Kind::Star(parts) if !parts.is_empty() => self.whole_row(parts, span),
            Kind::Star(_) => Err(Stop::fails("42601", "row expansion via \"*\" is not supported here", span)),
            Kind::Parameter(number) => self.parameter(*number, span),
            Kind::Constant(constant) => Ok(constant_type(constant)),
            Kind::Default => Err(Stop::fails("42601", "DEFAULT is not allowed in this context", span)),
            Kind::Call(call) => self.call(call, span),
            Kind::Value(function, _) => Ok(self.value(*function)),
            Kind::Coalesce(items) => self.common(items, "COALESCE", span),
            Kind::Greatest(items) => self.common(items, "GREATEST", span),
            Kind::Least(items) => self.common(items, "LEAST", span),
            Kind::NullIf(pair) => {
                let [left, right] = &**pair;
                let ty = self.expression(left)?;
                let other = self.expression(right)?;
                self.operator_between(&["=".to_owned()], Some((left, &ty)), (right, &other), span)?;
                Ok(match (ty, other) {
                    (ExprType::Literal, ExprType::Literal) => ExprType::built_in("text"),
                    (ExprType::Literal, other) => other,
                    (ty, _) => ty,
                })
            }
            Kind::Cast(value, ty) => {
                let target = types::resolve(self.run, ty, span)?;
                self.used_type(span, &target);
                let source = self.expression(value)?;
                self.cast(value, &source, &target, Context::Explicit, span)?;
                Ok(ExprType::Known(target))
            }
            Kind::Collate(value, collation) => {
                let ty = self.expression(value)?;
                self.collation(collation, &ty, span)?;
                Ok(ty)
            }
            Kind::Not(value) => {
                self.condition(value, "NOT")?;
                Ok(boolean)
            }
            Kind::And(items) => self.conditions(items, "AND"),
            Kind::Or(items) => self.conditions(items, "OR"),
            Kind::Operator(operator) => {
                let left = match &operator.left {
                    Some(left) => Some((left, self.expression(left)?)),
                    None => None,
                };
                let right = self.expression(&operator.right)?;
                let left = left.as_ref().map(|(left, ty)| (*left, ty));
                self.operator_between(&operator.name, left, (&operator.right, &right), span)
            }
            Kind::IsNull(value, _) | Kind::IsDocument(value) | Kind::IsJson(value, ..) => {
                self.expression(value)?;
                Ok(boolean)
            }
            Kind::IsBoolean(value, ..) => {
                self.condition(value, "IS TRUE")?;
                Ok(boolean)
            }
            Kind::IsDistinctFrom(pair, _) => {
                let [left, right] = &**pair;
                self.compared("=", left, right, span)?;
                Ok(boolean)
            }
            Kind::Between(between) => {
                self.compared(">=", &between.value, &between.low, span)?;
                let ty = self.expression(&between.high)?;
                let value = self.silently(|analyser| analyser.expression(&between.value))?;
                self.operator_between(&["<=".to_owned()], Some((&between.value, &value)), (&between.high, &ty), span)?;
                Ok(boolean)
            }
            Kind::In(value, items, _) => self.in_list(value, items, span),
            Kind::InQuery(value, query) => {
                let left = self.row_or_value(value)?;
                self.no_subquery(span)?;
                let outputs = self.subquery(query)?;
                if let Some(outputs) = outputs {
                    self.same_width(left.len(), outputs.len(), span)?;
                    for ((part, ty), (_, output, _)) in left.iter().zip(&outputs) {
                        self.operator_between(&["=".to_owned()], Some((part, ty)), (&elsewhere(span), output), span)?;
                    }
                }
                Ok(boolean)
            }
            Kind::Quantified(quantified) => self.quantified(quantified, span),
            Kind::Case(case) => self.case(case, span),
            Kind::Array(items) => self.array(items, span),
            Kind::ArrayQuery(query) => {
                self.no_subquery(span)?;
                match self.subquery(query)?.as_deref() {
                    Some([(_, ty, _)]) => Ok(ty.clone().settled().map_or(ExprType::Untold, |ty| ExprType::Known(ty.array()))),
                    Some(_) => Err(Stop::fails("42601", "subquery must return only one column", span)),
                    None => Ok(self.partly()),
                }
            }
            Kind::Row(items, _) => {
                for item in items {
                    self.star_or_expression(item)?;
                }
                Ok(ExprType::built_in("record"))
            }
            Kind::Exists(query) => {
                self.no_subquery(span)?;
                self.subquery(query)?;
                Ok(boolean)
            }
            Kind::Scalar(query) => {
                self.no_subquery(span)?;
                match self.subquery(query)?.as_deref() {
                    Some([(_, ty, _)]) => Ok(ty.clone().settled().into()),
                    Some(_) => Err(Stop::fails("42601", "subquery must return only one column", span)),
                    None => Ok(self.partly()),
                }
            }
            Kind::Subscript(value, subscript) => {
                let ty = self.expression(value)?;
                let sliced = match &**subscript {
                    Subscript::Index(index) => {
                        self.expression(index)?;
                        false
                    }
                    Subscript::Slice(low, high) => {
                        for bound in [low, high].into_iter().flatten() {
                            self.expression(bound)?;
                        }
                        true
                    }
                };
                Ok(match &ty {
                    ExprType::Known(array) if sliced && array.array => ty,
                    ExprType::Known(array) => match element_of(array) {
                        Some(element) => ExprType::Known(element),
                        None if array.id == TypeId::BuiltIn("jsonb") => ty,
                        None if matches!(array.id, TypeId::BuiltIn("text" | "int4" | "int8" | "bool" | "uuid" | "json" | "varchar")) => {
                            let shown = types::format_type(&self.run.catalog, array);
                            let message = format!("cannot subscript type {shown} because it does not support subscripting");
                            return Err(Stop::fails("42804", message, span));
                        }
                        None => self.partly(),
                    },
                    _ => self.partly(),
                })
            }
            Kind::Field(value, name) => {
                let ty = self.expression(value)?;
                self.field(&ty, name, span)
            }
            Kind::AllFields(value) => {
                self.expression(value)?;
                Ok(self.partly())
            }
            Kind::Grouping(items) => {
                for item in items {
                    self.expression(item)?;
                }
                Ok(ExprType::built_in("int4"))
            }
            Kind::Special(special) if special.word == "merge_action" => match self.in_merge {
                true => Ok(ExprType::built_in("text")),
                false => {
                    let message = "MERGE_ACTION() can only be used in the RETURNING list of a MERGE command";
                    Err(Stop::fails("42601", message, span))
                }
            },
            Kind::Special(special) => self.special(special),
            Kind::Unread => Ok(self.partly()),
        }
    }

    /// Analyses without keeping what is used, for what is looked at once more.
    pub(super) fn silently<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let before = self.uses.len();
        let result = work(self);
        self.uses.truncate(before);
        result
    }

    fn parameter(&mut self, number: u32, span: Span) -> Result<ExprType> {
        if self.place == Place::Code {
            // The variables there are no parameters.
            return Ok(self.partly());
        }
        let at = (number as usize).checked_sub(1);
        match at.and_then(|at| self.values.get(at)) {
            // The last of them is the routine's own name.
            _ if self.place == Place::Routine && at.is_none_or(|at| at + 1 >= self.values.len()) => self.no_parameter(number, span),
            // A statement of a script is handed nothing.
            None if self.values.is_empty() && self.run.depth == 0 => self.no_parameter(number, span),
            Some((_, ty)) => Ok(ty.clone().into()),
            None => Ok(self.partly()),
        }
    }

    fn no_parameter(&self, number: u32, span: Span) -> Result<ExprType> {
        Err(Stop::fails("42P02", format!("there is no parameter ${number}"), span))
    }

    fn value(&mut self, function: ValueFunction) -> ExprType {
        self.at_least(Volatility::Stable);
        ExprType::built_in(match function {
            ValueFunction::CurrentDate => "date",
            ValueFunction::CurrentTime => "timetz",
            ValueFunction::CurrentTimestamp => "timestamptz",
            ValueFunction::LocalTime => "time",
            ValueFunction::LocalTimestamp => "timestamp",
            ValueFunction::CurrentCatalog
            | ValueFunction::CurrentRole
            | ValueFunction::CurrentSchema
            | ValueFunction::CurrentUser
            | ValueFunction::SessionUser
            | ValueFunction::User => "name",
        })
    }

    /// Something that must be true or false.
    ///
    /// # Errors
    /// 42804 if it is neither, and what analysing it raises.
    pub(in crate::catalog::expression) fn condition(&mut self, expression: &Expression, of: &str) -> Result {
        let ty = self.expression(expression)?;
        let boolean = TypeUse::built_in("bool");
        if ty == ExprType::Literal {
            return self.becomes(expression, &ty, &boolean);
        }
        match can_coerce(&self.run.catalog, self.run.world.target, &ty, &boolean, Context::Assignment) {
            Some(false) => {
                let shown = ty.known().map(|ty| types::format_type(&self.run.catalog, ty)).unwrap_or_default();
                Err(Stop::fails("42804", format!("argument of {of} must be type boolean, not type {shown}"), expression.span))
            }
            Some(true) | None => Ok(()),
        }
    }

    fn conditions(&mut self, items: &[Expression], of: &str) -> Result<ExprType> {
        for item in items {
            self.condition(item, of)?;
        }
        Ok(ExprType::built_in("bool"))
    }

    /// The type that all items get.
    fn common(&mut self, items: &[Expression], of: &str, span: Span) -> Result<ExprType> {
        let mut types = Vec::with_capacity(items.len());
        for item in items {
            types.push(self.expression(item)?);
        }
        self.one_of(&items.iter().collect::<Vec<_>>(), &types, of, span)
    }

    /// The type of values one of which is taken: text, if all of them are constants in quotes.
    fn one_of(&mut self, items: &[&Expression], types: &[ExprType], of: &str, span: Span) -> Result<ExprType> {
        let ty = self.in_common(types, of, span)?;
        if ty == ExprType::Literal {
            items.iter().for_each(|item| self.settle(item));
            return Ok(ExprType::built_in("text"));
        }
        self.all_become(items.iter().copied().zip(types), &ty)?;
        Ok(ty)
    }

    pub(super) fn in_common(&mut self, types: &[ExprType], of: &str, span: Span) -> Result<ExprType> {
        common_type(&self.run.catalog, self.run.world.target, types).map_err(|(one, other)| {
            let shown = |ty| types::format_type(&self.run.catalog, ty);
            Stop::fails("42804", format!("{of} types {} and {} cannot be matched", shown(&one), shown(&other)), span)
        })
    }

    /// The items become values of one type.
    pub(super) fn all_become<'e>(&mut self, mut items: impl Iterator<Item = (&'e Expression, &'e ExprType)>, ty: &ExprType) -> Result {
        let ExprType::Known(ty) = ty else { return Ok(()) };
        items.try_for_each(|(item, own)| self.becomes(item, own, ty))
    }

    /// Notes that constants that nothing gives a type are text.
    pub(super) fn settle(&mut self, expression: &Expression) {
        match &expression.kind {
            Kind::Constant(Constant::String(_) | Constant::Null) => self.typed(expression.span, &TypeUse::built_in("text")),
            Kind::Case(case) => {
                case.whens.iter().for_each(|(_, then)| self.settle(then));
                case.otherwise.iter().for_each(|otherwise| self.settle(otherwise));
            }
            Kind::Coalesce(items) | Kind::Greatest(items) | Kind::Least(items) => items.iter().for_each(|item| self.settle(item)),
            _ => {}
        }
    }

    fn case(&mut self, case: &Case, span: Span) -> Result<ExprType> {
        let operand = match &case.operand {
            Some(operand) => Some((operand, self.expression(operand)?)),
            None => None,
        };
        let mut types = Vec::with_capacity(case.whens.len() + 1);
        let mut results = Vec::with_capacity(case.whens.len() + 1);
        for (when, then) in &case.whens {
            match &operand {
                Some((operand, ty)) => {
                    let value = self.expression(when)?;
                    // A constant in quotes is text here.
                    let ty = if *ty == ExprType::Literal { ExprType::built_in("text") } else { ty.clone() };
                    self.operator_between(&["=".to_owned()], Some((operand, &ty)), (when, &value), when.span)?;
                }
                None => self.condition(when, "CASE/WHEN")?,
            }
            types.push(self.expression(then)?);
            results.push(then);
        }
        if let Some(otherwise) = &case.otherwise {
            types.push(self.expression(otherwise)?);
            results.push(otherwise);
        }
        let ty = self.one_of(&results, &types, "CASE", span)?;
        if case.otherwise.is_none() {
            let ty = ty.clone().settled();
            self.filled.extend(ty.map(|ty| (Span::empty(span.end - "END".len() as u32), Filling::Otherwise(ty.bare()))));
        }
        Ok(ty)
    }

    fn array(&mut self, items: &[Expression], span: Span) -> Result<ExprType> {
        let mut types = Vec::with_capacity(items.len());
        for item in items {
            types.push(self.expression(item)?);
        }
        let ty = self.in_common(&types, "ARRAY", span)?;
        self.all_become(items.iter().zip(&types), &ty)?;
        if ty == ExprType::Literal {
            items.iter().for_each(|item| self.settle(item));
        }
        Ok(match ty {
            ExprType::Known(ty) => ExprType::Known(ty.array()),
            ExprType::Literal if items.is_empty() => ExprType::Untold,
            ExprType::Literal => ExprType::Known(TypeUse::built_in("text").array()),
            ExprType::Untold => ExprType::Untold,
        })
    }

    fn field(&mut self, ty: &ExprType, name: &str, span: Span) -> Result<ExprType> {
        let Some(TypeUse { id: TypeId::User(oid), array: false, .. }) = ty.known() else { return Ok(self.partly()) };
        let Some(relation) = self.run.catalog.relation(*oid) else { return Ok(self.partly()) };
        match relation.column(name).cloned() {
            Some(column) => {
                self.used(span, Used::Column(crate::catalog::Address::column(*oid, column.number)));
                Ok(column.ty.into())
            }
            None if relation.columns_known && !matches!(relation.kind, RelationKind::Unknown) => {
                let shown = self.run.catalog.get(*oid).map(|object| object.name.to_string()).unwrap_or_default();
                Err(Stop::fails("42703", format!("column \"{name}\" not found in data type {shown}"), span))
            }
            None => Ok(self.partly()),
        }
    }

    fn special(&mut self, special: &Special) -> Result<ExprType> {
        for part in &special.parts {
            match part {
                SpecialPart::Expression(expression) => drop(self.star_or_expression(expression)?),
                SpecialPart::Type(ty) => {
                    let found = types::resolve(self.run, ty, Span::empty(0))?;
                    self.used_type(Span::empty(0), &found);
                }
                SpecialPart::Query(query) => drop(self.subquery(query)?),
                SpecialPart::OrderBy(keys) => {
                    for key in keys {
                        self.expression(&key.value)?;
                    }
                }
                SpecialPart::Word(_) | SpecialPart::Over(_) => {}
            }
        }
        Ok(match special.word.as_str() {
            word if word.starts_with("xml") && word != "xmlserialize" && word != "xmlexists" => ExprType::built_in("xml"),
            "xmlexists" => ExprType::built_in("bool"),
            _ => self.partly(),
        })
    }

    pub(super) fn star_or_expression(&mut self, expression: &Expression) -> Result<ExprType> {
        match &expression.kind {
            Kind::Star(_) => Ok(self.partly()),
            _ => self.expression(expression),
        }
    }

    /// Where PostgreSQL takes no subquery.
    pub(super) fn no_subquery(&mut self, span: Span) -> Result {
        let place = match self.place {
            _ if self.queries > 0 => return Ok(()),
            Place::ColumnDefault | Place::FunctionDefault => "DEFAULT expression",
            Place::Check | Place::DomainCheck => "check constraint",
            Place::Generated => "column generation expression",
            Place::IndexExpression => "index expression",
            Place::IndexPredicate => "index predicate",
            Place::PartitionKey => "partition key expression",
            Place::PartitionBound => "partition bound",
            Place::TriggerWhen => "trigger WHEN condition",
            Place::AlterUsing => "transform expression",
            Place::StatisticsExpression => "statistics expressions",
            Place::PublicationFilter => "publication WHERE expression",
            Place::Anywhere | Place::Routine | Place::Code | Place::Policy | Place::RuleWhere | Place::RuleAction => return Ok(()),
        };
        Err(Stop::fails("0A000", format!("cannot use subquery in {place}"), span))
    }
}

/// An integer is the smallest of integer, bigint and numeric that holds it (manual, 4.1.2.6).
fn constant_type(constant: &Constant) -> ExprType {
    ExprType::built_in(match constant {
        Constant::String(_) | Constant::Null => return ExprType::Literal,
        Constant::Boolean(_) => "bool",
        Constant::Bits(_) => "bit",
        Constant::Number(number) => {
            let digits = number.replace('_', "");
            let digits = digits.trim_start_matches('-');
            let radix = match digits.get(..2).map(str::to_ascii_lowercase).as_deref() {
                Some("0x") => 16,
                Some("0o") => 8,
                Some("0b") => 2,
                _ => 10,
            };
            let body = if radix == 10 { digits } else { &digits[2..] };
            match i64::from_str_radix(body, radix) {
                Ok(value) if i32::try_from(value).is_ok() => "int4",
                Ok(_) => "int8",
                Err(_) => "numeric",
            }
        }
    })
}
