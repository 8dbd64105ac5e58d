//! Writing: a tree as text.
//!
//! The text is canonical: equal trees give equal texts, whatever they were read from. What is no operand by itself stands in parentheses,
//! so that nothing depends on which operator binds tighter. Invariant: the text reads as the tree that it was written from, unless that
//! holds something unread, which is written as `…`, or rows that were left in their text.

mod change;
mod name;
mod query;
mod spelling;

use std::fmt;

use super::tree::*;

pub use name::{identifier, qualified, string};
pub use spelling::Spelling;

macro_rules! display {
    ($($type:ty => $method:ident),* $(,)?) => {
        $(impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut writer = Writer { out: String::new(), spelling: Spelling::Written };
                writer.$method(self);
                f.write_str(&writer.out)
            }
        })*
    };
}

display!(
    Expression => expression,
    Query => query,
    FromItem => item_of_from,
    Target => target,
    TypeRef => type_ref,
    DataChange => change,
    Assignment => assignment,
    OrderBy => order_key,
);

struct Writer {
    out: String,
    spelling: Spelling,
}

impl Writer {
    fn put(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// What `item` writes for each of `items`, between commas.
    fn each<T>(&mut self, items: impl IntoIterator<Item = T>, mut item: impl FnMut(&mut Self, T)) {
        for (at, one) in items.into_iter().enumerate() {
            if at > 0 {
                self.put(", ");
            }
            item(self, one);
        }
    }

    fn list(&mut self, items: &[Expression]) {
        self.each(items, Self::expression);
    }

    /// `word(a, b)`
    fn call_of(&mut self, word: &str, items: &[Expression]) {
        self.put(word);
        self.put("(");
        self.list(items);
        self.put(")");
    }

    /// `(query)`
    fn parenthesised(&mut self, query: &Query) {
        self.put("(");
        self.query(query);
        self.put(")");
    }

    /// `(a, b)` of names.
    fn names(&mut self, names: &[String]) {
        self.put("(");
        self.each(names, |w, name| w.put(&identifier(name)));
        self.put(")");
    }

    /// An expression where an operand is expected.
    fn operand(&mut self, expression: &Expression) {
        let expression = self.spelling.core(expression);
        if self.spelling.is_operand(expression).unwrap_or_else(|| is_operand(expression)) {
            self.expression(expression);
        } else {
            self.put("(");
            self.expression(expression);
            self.put(")");
        }
    }

    fn operands(&mut self, items: &[Expression], between: &str) {
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                self.put(between);
            }
            self.operand(item);
        }
    }

    fn expression(&mut self, expression: &Expression) {
        use ExpressionKind as Kind;
        match &expression.kind {
            Kind::Column(parts) => self.put(&qualified(self.spelling.column(parts))),
            Kind::Star(parts) => {
                self.put(&qualified(parts));
                self.put(if parts.is_empty() { "*" } else { ".*" });
            }
            Kind::Parameter(number) => self.put(&format!("${number}")),
            Kind::Constant(constant) => match self.spelling {
                Spelling::Written => self.constant(constant),
                Spelling::Deparsed => self.deparsed_constant(constant),
                Spelling::Loose => self.loose_constant(constant),
            },
            Kind::Default => self.put("DEFAULT"),
            Kind::Call(call) => self.call(call),
            Kind::Value(function, precision) => {
                self.put(&function.word().to_uppercase());
                if let Some(digits) = precision {
                    self.put(&format!("({digits})"));
                }
            }
            Kind::Coalesce(items) => self.call_of("COALESCE", items),
            Kind::Greatest(items) => self.call_of("GREATEST", items),
            Kind::Least(items) => self.call_of("LEAST", items),
            Kind::NullIf(items) => self.call_of("NULLIF", &items[..]),
            Kind::Grouping(items) => self.call_of("GROUPING", items),
            Kind::Cast(value, _) if self.spelling == Spelling::Loose => self.expression(value),
            Kind::Cast(value, ty) if self.spelling == Spelling::Deparsed && value.is_cast_to(ty) => self.expression(value),
            Kind::Cast(value, ty) => match self.spelling.value_of(value, ty) {
                Some(constant) => self.deparsed_constant(&constant),
                None => {
                    self.operand(value);
                    self.put("::");
                    self.type_ref(ty);
                }
            },
            Kind::Collate(value, collation) => {
                self.operand(value);
                self.put(" COLLATE ");
                self.put(&qualified(collation));
            }
            Kind::Not(value) => {
                self.put("NOT ");
                self.operand(value);
            }
            Kind::And(items) => self.operands(items, " AND "),
            Kind::Or(items) => self.operands(items, " OR "),
            Kind::Operator(operator) => self.operator(operator),
            Kind::IsNull(value, negated) => self.is(value, *negated, "NULL"),
            Kind::IsBoolean(value, None, negated) => self.is(value, *negated, "UNKNOWN"),
            Kind::IsBoolean(value, Some(true), negated) => self.is(value, *negated, "TRUE"),
            Kind::IsBoolean(value, Some(false), negated) => self.is(value, *negated, "FALSE"),
            Kind::IsDistinctFrom(sides, negated) => {
                self.is(&sides[0], *negated, "DISTINCT FROM ");
                self.operand(&sides[1]);
            }
            Kind::IsDocument(value) => self.is(value, Negated::No, "DOCUMENT"),
            Kind::IsJson(value, kind, unique) => self.is_json(value, *kind, *unique),
            Kind::Between(between) if self.spelling != Spelling::Written => self.deparsed_between(between),
            Kind::Between(between) => self.between(between),
            Kind::In(value, items, negated) if self.spelling != Spelling::Written => self.deparsed_in(value, items, *negated),
            Kind::In(value, items, negated) => {
                self.operand(value);
                self.put(if *negated == Negated::Yes { " NOT IN (" } else { " IN (" });
                self.list(items);
                self.put(")");
            }
            Kind::InQuery(value, query) => {
                self.operand(value);
                self.put(" IN ");
                self.parenthesised(query);
            }
            Kind::Quantified(quantified) => self.quantified(quantified),
            Kind::Case(case) => self.case(case),
            Kind::Array(items) => {
                self.put("ARRAY[");
                self.list(items);
                self.put("]");
            }
            Kind::ArrayQuery(query) => {
                self.put("ARRAY");
                self.parenthesised(query);
            }
            Kind::Row(items, form) => self.call_of(if *form == RowForm::Explicit { "ROW" } else { "" }, items),
            Kind::Exists(query) => {
                self.put("EXISTS ");
                self.parenthesised(query);
            }
            Kind::Scalar(query) => self.parenthesised(query),
            Kind::Subscript(value, subscript) => {
                self.whole(value, matches!(value.kind, Kind::Column(_)));
                self.subscript(subscript);
            }
            Kind::Field(value, field) => {
                self.whole(value, false);
                self.put(".");
                self.put(&name::inner_identifier(field));
            }
            Kind::AllFields(value) => {
                self.whole(value, false);
                self.put(".*");
            }
            Kind::Special(special) => self.special(special),
            Kind::Unread => self.put("…"),
        }
    }

    fn constant(&mut self, constant: &Constant) {
        match constant {
            Constant::String(text) => self.put(&string(text)),
            Constant::Number(digits) => self.put(digits),
            Constant::Boolean(value) => self.put(if *value { "true" } else { "false" }),
            Constant::Null => self.put("NULL"),
            Constant::Bits(bits) => self.put(&format!("{}'{}'", bits[..1].to_uppercase(), &bits[1..])),
        }
    }

    /// What a part is taken of.
    fn whole(&mut self, value: &Expression, bare: bool) {
        if bare || matches!(value.kind, ExpressionKind::Subscript(..) | ExpressionKind::Field(..)) {
            self.expression(value);
        } else {
            self.put("(");
            self.expression(value);
            self.put(")");
        }
    }

    fn subscript(&mut self, subscript: &Subscript) {
        self.put("[");
        match subscript {
            Subscript::Index(index) => self.expression(index),
            Subscript::Slice(first, last) => {
                if let Some(first) = first {
                    self.operand(first);
                }
                self.put(" : ");
                if let Some(last) = last {
                    self.operand(last);
                }
            }
        }
        self.put("]");
    }

    fn operator_name(&mut self, name: &[String]) {
        match self.spelling.object(name) {
            [sign] => self.put(sign),
            [schemas @ .., sign] => {
                self.put("OPERATOR(");
                self.put(&qualified(schemas));
                self.put(".");
                self.put(sign);
                self.put(")");
            }
            [] => {}
        }
    }

    fn operator(&mut self, operator: &Operator) {
        if let Some(left) = &operator.left {
            self.operand(left);
            self.put(" ");
        }
        self.operator_name(&operator.name);
        self.put(" ");
        self.operand(&operator.right);
    }

    fn is(&mut self, value: &Expression, negated: Negated, test: &str) {
        self.operand(value);
        self.put(if negated == Negated::Yes { " IS NOT " } else { " IS " });
        self.put(test);
    }

    fn is_json(&mut self, value: &Expression, kind: JsonKind, unique: UniqueKeys) {
        let kind = match kind {
            JsonKind::Value => "JSON",
            JsonKind::Array => "JSON ARRAY",
            JsonKind::Object => "JSON OBJECT",
            JsonKind::Scalar => "JSON SCALAR",
        };
        self.is(value, Negated::No, kind);
        if unique == UniqueKeys::Yes {
            self.put(" WITH UNIQUE KEYS");
        }
    }

    fn between(&mut self, between: &Between) {
        self.operand(&between.value);
        self.put(if between.negated == Negated::Yes { " NOT BETWEEN " } else { " BETWEEN " });
        if between.symmetry == Symmetry::Symmetric {
            self.put("SYMMETRIC ");
        }
        self.operand(&between.low);
        self.put(" AND ");
        self.operand(&between.high);
    }

    fn quantified(&mut self, quantified: &Quantified) {
        self.operand(&quantified.left);
        self.put(" ");
        self.operator_name(&quantified.operator);
        self.put(if quantified.quantifier == Quantifier::Any { " ANY (" } else { " ALL (" });
        match &quantified.right {
            Quantity::Array(array) => self.expression(array),
            Quantity::Query(query) => self.query(query),
        }
        self.put(")");
    }

    fn case(&mut self, case: &Case) {
        self.put("CASE");
        if let Some(operand) = &case.operand {
            self.put(" ");
            self.expression(operand);
        }
        for (when, then) in &case.whens {
            self.put(" WHEN ");
            self.expression(when);
            self.put(" THEN ");
            self.expression(then);
        }
        if let Some(otherwise) = &case.otherwise {
            self.put(" ELSE ");
            self.expression(otherwise);
        }
        self.put(" END");
    }

    fn call(&mut self, call: &Call) {
        self.put(&qualified(self.spelling.object(&call.name)));
        self.put("(");
        match call.mode {
            ArgumentMode::Star => self.put("*"),
            ArgumentMode::Distinct => self.put("DISTINCT "),
            ArgumentMode::Plain | ArgumentMode::Variadic => {}
        }
        let last = call.arguments.len().saturating_sub(1);
        self.each(call.arguments.iter().enumerate(), |w, (at, argument)| {
            if at == last && call.mode == ArgumentMode::Variadic {
                w.put("VARIADIC ");
            }
            if let Some(name) = &argument.name {
                w.put(&identifier(name));
                w.put(" => ");
            }
            w.expression(&argument.value);
        });
        if !call.order_by.is_empty() {
            self.put(" ");
            self.order_by(&call.order_by);
        }
        self.put(")");
        if !call.within_group.is_empty() {
            self.put(" WITHIN GROUP (");
            self.order_by(&call.within_group);
            self.put(")");
        }
        if let Some(condition) = &call.filter {
            self.put(" FILTER (WHERE ");
            self.expression(condition);
            self.put(")");
        }
        if let Some(over) = &call.over {
            self.put(" ");
            self.over(over);
        }
    }

    fn special(&mut self, special: &Special) {
        self.put(&special.word);
        for part in &special.parts {
            match part {
                SpecialPart::Word(word) if matches!(word.as_str(), "(" | ")" | ",") => self.put(word),
                SpecialPart::Word(word) => {
                    self.space();
                    self.put(word);
                }
                SpecialPart::Expression(expression) => {
                    self.space();
                    self.operand(expression);
                }
                SpecialPart::Type(ty) => {
                    self.space();
                    self.type_ref(ty);
                }
                SpecialPart::Query(query) => {
                    self.space();
                    self.query(query);
                }
                SpecialPart::OrderBy(keys) => {
                    self.space();
                    self.order_by(keys);
                }
                SpecialPart::Over(over) => {
                    self.space();
                    self.over(over);
                }
            }
        }
    }

    /// A space, unless a parenthesis opens before.
    fn space(&mut self) {
        if !self.out.ends_with('(') {
            self.put(" ");
        }
    }
}

/// Whether an expression can stand anywhere without parentheses (c_expr).
fn is_operand(expression: &Expression) -> bool {
    use ExpressionKind as Kind;
    match &expression.kind {
        Kind::Constant(Constant::Number(digits)) => !digits.starts_with('-'),
        Kind::Cast(..)
        | Kind::Collate(..)
        | Kind::Not(_)
        | Kind::And(_)
        | Kind::Or(_)
        | Kind::Operator(_)
        | Kind::IsNull(..)
        | Kind::IsBoolean(..)
        | Kind::IsDistinctFrom(..)
        | Kind::IsDocument(_)
        | Kind::IsJson(..)
        | Kind::Between(_)
        | Kind::In(..)
        | Kind::InQuery(..)
        | Kind::Quantified(_)
        | Kind::Default => false,
        _ => true,
    }
}
