//! Operators, IN, ANY and ALL (`parse_oper.c`, `transformAExprIn`).

use super::Analyser;
use crate::catalog::Result;
use crate::catalog::Stop;
use crate::catalog::expression::Used;
use crate::catalog::model::TypeUse;
use crate::catalog::object::Class;
use crate::catalog::typing::{ExprType, common_type, element_of, is_polymorphic, resolve_operator, result_of};
use crate::postgres::facts;
use crate::syntax::expression::{Expression, ExpressionKind as Kind, Quantified, Quantity};
use crate::text::Span;

impl Analyser<'_, '_> {
    /// What an operator gives between two operands that were analysed.
    pub(super) fn operator_between(
        &mut self,
        name: &[String],
        left: Option<(&Expression, &ExprType)>,
        right: (&Expression, &ExprType),
        span: Span,
    ) -> Result<ExprType> {
        if let (Some((Expression { kind: Kind::Row(one, _), .. }, _)), Kind::Row(other, _)) = (left, &right.0.kind) {
            self.same_width(one.len(), other.len(), span)?;
            return Ok(ExprType::built_in("bool"));
        }
        // `= NULL` is decided before types are looked at.
        let (left_type, right_type) = (left.map(|(_, ty)| ty), right.1);
        if left_type.is_none_or(|ty| *ty == ExprType::Untold) && *right_type == ExprType::Untold {
            return Ok(self.result_of_untold(name));
        }
        let used = resolve_operator(self.run, name, left_type, right_type, span)?;
        if let Some(object) = used.object {
            self.used(span, if self.run.catalog.extension_facts(object).is_some() { Used::Object(object) } else { Used::Operator(object) });
        }
        self.operator_volatility(name, left_type, right_type);
        let operands: Vec<(&Expression, &ExprType)> = left.into_iter().chain([right]).collect();
        self.taken(&operands, &used.types)?;
        if used.result == ExprType::Untold {
            self.partly();
        }
        Ok(used.result)
    }

    /// Operands or arguments become what is declared; a constant in quotes also what a polymorphic type is among the others.
    pub(super) fn taken(&mut self, operands: &[(&Expression, &ExprType)], declared: &[Option<TypeUse>]) -> Result {
        let literal = |(_, ty): &(&Expression, &ExprType)| **ty == ExprType::Literal;
        let types: Vec<ExprType> = match operands.iter().any(literal) {
            true => operands.iter().map(|(_, ty)| (*ty).clone()).collect(),
            false => Vec::new(),
        };
        for (operand, wanted) in operands.iter().zip(declared) {
            let Some(wanted) = wanted else { continue };
            let actual = match literal(operand) && is_polymorphic(wanted) {
                true => result_of(&self.run.catalog, self.run.world.target, wanted, declared, &types),
                false => ExprType::Known(wanted.clone()),
            };
            if let ExprType::Known(actual) = actual {
                self.becomes(operand.0, operand.1, &actual)?;
            }
        }
        Ok(())
    }

    /// Comparisons give a boolean whatever they compare.
    fn result_of_untold(&mut self, name: &[String]) -> ExprType {
        self.partly();
        match name.last().map(String::as_str) {
            Some("=" | "<>" | "<" | ">" | "<=" | ">=" | "~~" | "!~~" | "~~*" | "!~~*" | "~" | "!~" | "~*" | "!~*") => {
                ExprType::built_in("bool")
            }
            _ => ExprType::Untold,
        }
    }

    /// How volatile the function behind a built-in operator is: comparing timestamps with and without time zone is stable.
    fn operator_volatility(&mut self, name: &[String], left: Option<&ExprType>, right: &ExprType) {
        let [sign] = name else { return };
        let built_in = |ty: &ExprType| match ty {
            ExprType::Known(TypeUse { id: crate::catalog::model::TypeId::BuiltIn(name), array: false, .. }) => Some(*name),
            _ => None,
        };
        let Some(right) = built_in(right) else { return };
        let left = left.and_then(built_in);
        let version = self.run.world.target;
        let found = facts::system().operators(sign, version).find(|fact| fact.left == left && fact.right == Some(right));
        let Some(function) = found.and_then(|fact| fact.function) else { return };
        let volatility = facts::system()
            .functions(function, version)
            .filter(|fact| fact.inputs().last().is_some_and(|argument| argument.type_name == right))
            .find(|fact| fact.inputs().next().map(|argument| argument.type_name) == left.or(Some(right)))
            .map(|fact| fact.volatility);
        if let Some(volatility) = volatility {
            self.at_least(volatility);
        }
    }

    pub(super) fn compared(&mut self, sign: &str, left: &Expression, right: &Expression, span: Span) -> Result {
        let one = self.expression(left)?;
        let other = self.expression(right)?;
        self.operator_between(&[sign.to_owned()], Some((left, &one)), (right, &other), span).map(drop)
    }

    /// `a IN (b, c)`: the items first agree on a type, if they can.
    pub(super) fn in_list(&mut self, value: &Expression, items: &[Expression], span: Span) -> Result<ExprType> {
        let equal = ["=".to_owned()];
        let ty = self.expression(value)?;
        let mut types = Vec::with_capacity(items.len());
        for item in items {
            types.push(self.star_or_expression(item)?);
        }
        let all: Vec<ExprType> = [&ty].into_iter().chain(&types).cloned().collect();
        match common_type(&self.run.catalog, self.run.world.target, &all) {
            Ok(shared @ ExprType::Known(_)) if items.len() > 1 && shared != ExprType::built_in("record") => {
                self.all_become(items.iter().zip(&types), &shared)?;
                self.operator_between(&equal, Some((value, &ty)), (&elsewhere(span), &shared), span)?;
            }
            _ => {
                for (item, own) in items.iter().zip(&types) {
                    self.operator_between(&equal, Some((value, &ty)), (item, own), span)?;
                }
            }
        }
        Ok(ExprType::built_in("bool"))
    }

    pub(super) fn quantified(&mut self, quantified: &Quantified, span: Span) -> Result<ExprType> {
        let left = self.row_or_value(&quantified.left)?;
        match &quantified.right {
            Quantity::Array(array) => {
                let ty = self.expression(array)?;
                let element = match &ty {
                    ExprType::Known(ty) => match element_of(ty) {
                        Some(element) => ExprType::Known(element),
                        None => {
                            let message = "op ANY/ALL (array) requires array on right side";
                            return Err(Stop::fails("42809", message, span));
                        }
                    },
                    ExprType::Literal => ExprType::Literal,
                    ExprType::Untold => ExprType::Untold,
                };
                if let [(expression, own)] = &left[..]
                    && element != ExprType::Literal
                {
                    let elements = elsewhere(array.span);
                    self.operator_between(&quantified.operator, Some((expression, own)), (&elements, &element), span)?;
                }
            }
            Quantity::Query(query) => {
                self.no_subquery(span)?;
                if let Some(outputs) = self.subquery(query)? {
                    self.same_width(left.len(), outputs.len(), span)?;
                    for ((expression, own), (_, output, _)) in left.iter().zip(&outputs) {
                        self.operator_between(&quantified.operator, Some((expression, own)), (&elsewhere(span), output), span)?;
                    }
                }
            }
        }
        Ok(ExprType::built_in("bool"))
    }

    /// The parts of a row, or the one value, with their types.
    pub(super) fn row_or_value<'e>(&mut self, expression: &'e Expression) -> Result<Vec<(&'e Expression, ExprType)>> {
        let parts: Vec<&Expression> = match &expression.kind {
            Kind::Row(items, _) => items.iter().collect(),
            _ => vec![expression],
        };
        let mut typed = Vec::with_capacity(parts.len());
        for part in parts {
            typed.push((part, self.star_or_expression(part)?));
        }
        Ok(typed)
    }

    pub(super) fn same_width(&mut self, left: usize, right: usize, span: Span) -> Result {
        if left == right {
            return Ok(());
        }
        let message = if right > left { "subquery has too many columns" } else { "subquery has too few columns" };
        Err(Stop::fails("42601", message, span))
    }

    /// `COLLATE "C"`
    pub(super) fn collation(&mut self, name: &[String], ty: &ExprType, span: Span) -> Result {
        let (schema, collation) = match name {
            [collation] => (None, collation),
            [.., schema, collation] => (Some(schema.as_str()), collation),
            [] => return Ok(()),
        };
        if let ExprType::Known(known) = ty
            && matches!(
                known.id,
                crate::catalog::model::TypeId::BuiltIn("int4" | "int8" | "int2" | "bool" | "uuid" | "numeric" | "timestamptz")
            )
            && !known.array
        {
            let shown = crate::catalog::types::format_type(&self.run.catalog, known);
            return Err(Stop::fails("42804", format!("collations are not supported by type {shown}"), span));
        }
        match self.run.find_named(Class::Collation, schema, collation)? {
            Some(oid) => self.used(span, Used::Object(oid)),
            None => {
                let known = facts::system().has(facts::NameKind::Collation, collation, self.run.world.target);
                // What collations the operating system and ICU bring is the server's business.
                if !known {
                    self.run.condition("42704", format!("unless the server has the collation {collation}"), span);
                }
            }
        }
        Ok(())
    }
}

/// An operand that is no expression of its own.
pub(super) fn elsewhere(span: Span) -> Expression {
    Expression { span, kind: Kind::Unread }
}
