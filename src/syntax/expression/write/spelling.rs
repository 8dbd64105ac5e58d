//! How much of what is written counts: all of it, or what PostgreSQL's trees keep.

use super::{Writer, string};
use crate::syntax::expression::tree::{
    Alias, Between, Constant, DataChange, Expression, ExpressionKind, Negated, Query, Symmetry, TypeRef,
};

/// How a tree is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// As it says, in text that reads as the same tree.
    Written,
    /// What PostgreSQL makes the same is the same: BETWEEN is two comparisons, IN a list is `= ANY`, `pg_catalog` is left out, and so are
    /// labels and the schemas of types and tables, which whoever compares looks at apart.
    Deparsed,
    /// Moreover without what PostgreSQL fills in by itself: casts, qualifiers, the columns behind positions. Texts that differ in this
    /// spelling are different.
    Loose,
}

impl Spelling {
    pub(super) fn column(self, parts: &[String]) -> &[String] {
        let kept = match self {
            Spelling::Written => parts.len(),
            Spelling::Deparsed => 2,
            Spelling::Loose => 1,
        };
        &parts[parts.len().saturating_sub(kept)..]
    }

    /// Whether what it writes for a constant needs no parentheses, where that is another thing than what is written: a negative number is a
    /// string with a type, and so is a large one.
    pub(super) fn is_operand(self, expression: &Expression) -> Option<bool> {
        match (self, &expression.kind) {
            (Spelling::Loose, ExpressionKind::Constant(_)) => Some(true),
            (Spelling::Deparsed, ExpressionKind::Constant(Constant::Number(digits))) => Some(is_bare(digits)),
            (Spelling::Deparsed, ExpressionKind::Constant(Constant::Bits(_))) => Some(false),
            (Spelling::Deparsed, ExpressionKind::Cast(value, ty)) => match self.value_of(value, ty)? {
                Constant::Number(digits) => Some(is_bare(&digits)),
                _ => Some(true),
            },
            _ => None,
        }
    }

    /// An expression without what this spelling leaves out around it.
    pub(super) fn core(self, expression: &Expression) -> &Expression {
        match &expression.kind {
            ExpressionKind::Cast(value, _) if self == Spelling::Loose => self.core(value),
            ExpressionKind::Cast(value, ty) if self == Spelling::Deparsed && value.is_cast_to(ty) => self.core(value),
            _ => expression,
        }
    }

    /// What PostgreSQL makes of a constant in quotes that is an integer or a boolean, if it writes it without the quotes.
    pub(super) fn value_of(self, value: &Expression, ty: &TypeRef) -> Option<Constant> {
        let (Spelling::Deparsed, ExpressionKind::Constant(Constant::String(text))) = (self, &value.kind) else { return None };
        match self.catalog_name(ty)? {
            "int4" => text.trim().parse::<i32>().ok().map(|number| Constant::Number(number.to_string())),
            "bool" => match text.as_str() {
                "t" | "true" => Some(Constant::Boolean(true)),
                "f" | "false" => Some(Constant::Boolean(false)),
                _ => None,
            },
            _ => None,
        }
    }

    /// The name of a function or operator.
    pub(super) fn object(self, parts: &[String]) -> &[String] {
        match (self, parts) {
            (Spelling::Deparsed, [schema, rest @ ..]) if schema == "pg_catalog" && !rest.is_empty() => rest,
            (Spelling::Loose, [.., _]) => &parts[parts.len() - 1..],
            _ => parts,
        }
    }

    /// The name of a relation, or of a type that has no words of its own.
    pub(super) fn ty(self, parts: &[String]) -> &[String] {
        match self {
            Spelling::Written => parts,
            Spelling::Deparsed | Spelling::Loose => &parts[parts.len().saturating_sub(1)..],
        }
    }

    /// Its name in `pg_catalog`, if it is written so; a name without a schema that is one of the types with words of their own is that type.
    pub(super) fn catalog_name(self, ty: &TypeRef) -> Option<&str> {
        const WORDS: [&str; 16] = [
            "bit",
            "bool",
            "bpchar",
            "float4",
            "float8",
            "int2",
            "int4",
            "int8",
            "interval",
            "numeric",
            "time",
            "timestamp",
            "timestamptz",
            "timetz",
            "varbit",
            "varchar",
        ];
        match (self, &ty.name[..]) {
            (Spelling::Deparsed | Spelling::Loose, [name]) if WORDS.contains(&name.as_str()) => Some(name),
            _ => ty.catalog_name(),
        }
    }

    /// PostgreSQL tells relations of one name apart by itself: `t t_1`.
    pub(super) fn alias<'a>(self, name: &[String], alias: Option<&'a Alias>) -> Option<&'a Alias> {
        let numbered = |alias: &Alias| {
            let number = name.last().and_then(|own| alias.name.strip_prefix(own.as_str())).and_then(|rest| rest.strip_prefix('_'));
            number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
        };
        alias.filter(|alias| self != Spelling::Loose || !alias.columns.is_empty() || !numbered(alias))
    }
}

impl Expression {
    /// Whether it is a cast to this type already, so that another says nothing.
    pub(super) fn is_cast_to(&self, ty: &TypeRef) -> bool {
        matches!(&self.kind, ExpressionKind::Cast(_, own) if own.spelled_alike(ty))
    }

    /// Its text in a spelling.
    pub fn spelled(&self, spelling: Spelling) -> String {
        let mut writer = Writer { out: String::new(), spelling };
        writer.expression(self);
        writer.out
    }
}

impl TypeRef {
    fn spelled_alike(&self, other: &TypeRef) -> bool {
        let spelled = |ty: &TypeRef| {
            let mut writer = Writer { out: String::new(), spelling: Spelling::Deparsed };
            writer.type_ref(ty);
            writer.out
        };
        spelled(self) == spelled(other)
    }
}

impl Query {
    /// Its text in a spelling.
    pub fn spelled(&self, spelling: Spelling) -> String {
        let mut writer = Writer { out: String::new(), spelling };
        writer.query(self);
        writer.out
    }
}

impl DataChange {
    /// Its text in a spelling.
    pub fn spelled(&self, spelling: Spelling) -> String {
        let mut writer = Writer { out: String::new(), spelling };
        writer.change(self);
        writer.out
    }
}

/// Whether PostgreSQL writes a number as it is.
fn is_bare(number: &str) -> bool {
    !number.starts_with('-') && (number.parse::<i32>().is_ok() || plain(number).contains('.'))
}

/// A number without its exponent, as `numeric` keeps it.
fn plain(number: &str) -> String {
    const MOST: usize = 1_000;
    let number = &*number.replace('_', "");
    let expanded = || {
        let (digits, exponent) = number.split_once(['e', 'E'])?;
        let exponent: isize = exponent.parse().ok()?;
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let point = isize::try_from(whole.len()).ok()? + exponent;
        let all = format!("{whole}{part}");
        if point.unsigned_abs() > MOST {
            return None;
        }
        Some(match usize::try_from(point) {
            Ok(point) if point >= all.len() => format!("{all:0<point$}"),
            Ok(point) if point > 0 => format!("{}.{}", &all[..point], &all[point..]),
            _ => format!("0.{}{all}", "0".repeat(point.unsigned_abs())),
        })
    };
    expanded().unwrap_or_else(|| number.to_owned())
}

impl Writer {
    /// PostgreSQL writes what is no integer of 32 bits, and what is negative, as a string with its type (`get_const_expr`).
    pub(super) fn deparsed_constant(&mut self, constant: &Constant) {
        match constant {
            Constant::Number(number) if is_bare(number) => self.put(&plain(number)),
            Constant::Number(number) => {
                let digits = plain(number);
                let ty = match (number.parse::<i32>(), number.parse::<i64>()) {
                    (Ok(_), _) => "integer",
                    (_, Ok(_)) => "bigint",
                    _ => "numeric",
                };
                self.put(&format!("'{digits}'::{ty}"));
            }
            Constant::Bits(bits) if bits.starts_with('b') => self.put(&format!("'{}'::\"bit\"", &bits[1..])),
            other => self.constant(other),
        }
    }

    /// The text of a constant, whatever it is written as.
    pub(super) fn loose_constant(&mut self, constant: &Constant) {
        match constant {
            Constant::Number(digits) => self.put(&string(digits)),
            Constant::Boolean(value) => self.put(if *value { "'true'" } else { "'false'" }),
            Constant::Bits(bits) if bits.starts_with('b') => self.put(&string(&bits[1..])),
            other => self.constant(other),
        }
    }

    /// `((a >= b) AND (a <= c))`
    pub(super) fn deparsed_between(&mut self, between: &Between) {
        let (low, high, word) = match between.negated {
            Negated::No => (" >= ", " <= ", " AND "),
            Negated::Yes => (" < ", " > ", " OR "),
        };
        if between.symmetry == Symmetry::Symmetric {
            self.put("SYMMETRIC ");
        }
        self.put("(");
        self.operand(&between.value);
        self.put(low);
        self.operand(&between.low);
        self.put(")");
        self.put(word);
        self.put("(");
        self.operand(&between.value);
        self.put(high);
        self.operand(&between.high);
        self.put(")");
    }

    /// `(a = ANY (ARRAY[b, c]))`
    pub(super) fn deparsed_in(&mut self, value: &Expression, items: &[Expression], negated: Negated) {
        self.operand(value);
        let sign = if negated == Negated::Yes { " <> " } else { " = " };
        self.put(sign);
        match items {
            [only] if !matches!(only.kind, ExpressionKind::Row(..)) => self.operand(only),
            _ => {
                self.put(if negated == Negated::Yes { "ALL (ARRAY[" } else { "ANY (ARRAY[" });
                self.list(items);
                self.put("])");
            }
        }
    }
}
