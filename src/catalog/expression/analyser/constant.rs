//! Casts, and what a constant in quotes may say of a type (the types' input functions).

use super::Analyser;
use crate::catalog::evaluate::moment::says_none;
use crate::catalog::expression::{Filling, Used};
use crate::catalog::model::{Type, TypeId, TypeUse};
use crate::catalog::object::{Body, Class};
use crate::catalog::typing::{Context, ExprType, Fit, base_type, coercion};
use crate::catalog::{Result, Stop, types};
use crate::postgres::facts::{self, CastMethod};
use crate::syntax::Version;
use crate::syntax::expression::Expression;
use crate::syntax::tree::Volatility;
use crate::text::Span;

impl Analyser<'_, '_> {
    /// Casts a value that was analysed.
    ///
    /// # Errors
    /// 42846 (42804 in assignment) if there is no such cast, 22P02 and its kin if a constant is none of that type.
    pub(super) fn cast(&mut self, value: &Expression, source: &ExprType, target: &TypeUse, context: Context, span: Span) -> Result {
        match source {
            ExprType::Untold => {
                self.partly();
                Ok(())
            }
            ExprType::Literal => self.becomes(value, source, target),
            ExprType::Known(source) => {
                self.cast_volatility(source, target);
                match coercion(&self.run.catalog, self.run.world.target, source, target, context) {
                    Fit::Same | Fit::Converted | Fit::Spelled => Ok(()),
                    Fit::Untold => {
                        self.partly();
                        Ok(())
                    }
                    Fit::None => {
                        let shown = |ty| types::format_type(&self.run.catalog, ty);
                        let message = format!("cannot cast type {} to {}", shown(&source.bare()), shown(&target.bare()));
                        Err(Stop::fails("42846", message, span))
                    }
                }
            }
        }
    }

    fn cast_volatility(&mut self, source: &TypeUse, target: &TypeUse) {
        let (TypeId::BuiltIn(from), TypeId::BuiltIn(to)) = (source.id, target.id) else { return };
        let version = self.run.world.target;
        let stable = |name: &str| matches!(name, "timestamptz" | "timestamp" | "date" | "time" | "timetz" | "interval" | "regclass");
        let through_text = |a: &str, b: &str| {
            let text = |name: &str| matches!(name, "text" | "varchar" | "bpchar" | "name");
            (text(a) && stable(b)) || (text(b) && stable(a))
        };
        match facts::system().cast(from, to, version).map(|cast| cast.method) {
            Some(CastMethod::Function(function)) => {
                let found = facts::system()
                    .functions(function, version)
                    .find(|fact| fact.inputs().next().is_some_and(|argument| argument.type_name == from));
                if let Some(fact) = found {
                    self.at_least(fact.volatility);
                }
            }
            Some(CastMethod::Binary) => {}
            _ if through_text(from, to) => self.at_least(Volatility::Stable),
            _ => {}
        }
    }

    /// Whether a constant in quotes is a value of a type.
    ///
    /// # Errors
    /// 22P02, 22003 and their kin if it is none; 55P04 for a label that the open transaction added; 42P01 for a relation by name that is not
    /// there.
    pub(super) fn literal(&mut self, text: &str, ty: &TypeUse, span: Span) -> Result {
        self.typed(span, ty);
        self.is_of(text, ty, span)?;
        self.label(text, ty, span);
        Ok(())
    }

    /// Notes which label of an enum a constant is.
    fn label(&mut self, text: &str, ty: &TypeUse, span: Span) {
        let Some(TypeUse { id: TypeId::User(oid), array: false, .. }) = base_type(&self.run.catalog, ty) else { return };
        let Some(Type::Enum(labels)) = self.run.catalog.get(oid).and_then(|object| object.ty()) else { return };
        if let Some(label) = labels.iter().find(|label| *label.text == *text) {
            self.filled.push((span, Filling::Label(oid, label.number)));
        }
    }

    /// Whether a text is one of a type.
    fn is_of(&mut self, text: &str, ty: &TypeUse, span: Span) -> Result {
        if ty.array {
            return self.array_literal(text, ty, span);
        }
        let name = match ty.id {
            TypeId::User(oid) => return self.user_literal(text, oid, ty, span),
            TypeId::BuiltIn(name) => name,
        };
        let trimmed = text.trim_matches(|c: char| c.is_ascii_whitespace());
        let invalid = |shown: &str| Err(Stop::fails("22P02", format!("invalid input syntax for type {shown}: \"{text}\""), span));
        match name {
            "int2" | "int4" | "int8" | "oid" => {
                let (shown, min, max) = match name {
                    "oid" => ("oid", i128::from(i32::MIN), i128::from(u32::MAX)),
                    "int2" => ("smallint", i128::from(i16::MIN), i128::from(i16::MAX)),
                    "int4" => ("integer", i128::from(i32::MIN), i128::from(i32::MAX)),
                    _ => ("bigint", i128::from(i64::MIN), i128::from(i64::MAX)),
                };
                let Some(digits) = whole_number(trimmed, self.run.world.target) else { return invalid(shown) };
                match digits {
                    Some(value) if (min..=max).contains(&value) => Ok(()),
                    _ => Err(Stop::fails("22003", format!("value \"{text}\" is out of range for type {shown}"), span)),
                }
            }
            "bool" => {
                let word = trimmed.to_ascii_lowercase();
                let is_prefix = |full: &str, least: usize| word.len() >= least && full.starts_with(&word);
                let fine = is_prefix("true", 1) || is_prefix("false", 1) || is_prefix("yes", 1) || is_prefix("no", 1);
                match fine || is_prefix("off", 2) || word == "on" || word == "1" || word == "0" {
                    true if !word.is_empty() => Ok(()),
                    _ => invalid("boolean"),
                }
            }
            "numeric" | "float4" | "float8" => {
                let word = trimmed.to_ascii_lowercase();
                let special = ["nan", "infinity", "-infinity", "+infinity", "inf", "-inf", "+inf"].contains(&word.as_str());
                let shown = match name {
                    "float4" => "real",
                    "float8" => "double precision",
                    _ => "numeric",
                };
                let digits = word.bytes().any(|byte| byte.is_ascii_digit());
                let odd = word.bytes().any(|byte| !(byte.is_ascii_digit() || b"+-.e_xabcdfo".contains(&byte)));
                match special || (digits && !odd) {
                    true => Ok(()),
                    false => invalid(shown),
                }
            }
            "uuid" => {
                let bare = trimmed.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or(trimmed);
                let digits = bare.bytes().filter(|byte| *byte != b'-').collect::<Vec<u8>>();
                match digits.len() == 32 && digits.iter().all(u8::is_ascii_hexdigit) {
                    true => Ok(()),
                    false => invalid("uuid"),
                }
            }
            "date" | "timestamp" | "timestamptz" | "time" | "timetz" => {
                if let Some(false) = is_calendar_date(trimmed) {
                    return Err(Stop::fails("22008", format!("date/time field value out of range: \"{text}\""), span));
                }
                if says_none(trimmed) {
                    let shown = types::format_type(&self.run.catalog, &TypeUse::built_in(name));
                    return Err(Stop::fails("22007", format!("invalid input syntax for type {shown}: \"{text}\""), span));
                }
                Ok(())
            }
            _ if name.ends_with("range") && !name.ends_with("multirange") => match is_range(trimmed) {
                true => Ok(()),
                false => Err(Stop::fails("22P02", format!("malformed range literal: \"{text}\""), span)),
            },
            "interval" if !trimmed.bytes().any(|byte| byte.is_ascii_digit()) => {
                let word = trimmed.trim_start_matches(['+', '-']);
                match self.run.world.target.major() >= 17 && word.eq_ignore_ascii_case("infinity") {
                    true => Ok(()),
                    false => Err(Stop::fails("22007", format!("invalid input syntax for type interval: \"{text}\""), span)),
                }
            }
            "json" | "jsonb" => match trimmed.bytes().next() {
                Some(b'{' | b'[' | b'"' | b'-' | b't' | b'f' | b'n' | b'0'..=b'9') => Ok(()),
                _ => Err(Stop::fails("22P02", "invalid input syntax for type json", span)),
            },
            "regclass" => self.reg_literal(trimmed, Class::Relation, span),
            "regtype" => self.reg_literal(trimmed, Class::Type, span),
            "regconfig" => self.text_search_literal(trimmed, Class::TextSearchConfiguration, span),
            "regdictionary" => self.text_search_literal(trimmed, Class::TextSearchDictionary, span),
            _ => Ok(()),
        }
    }

    fn array_literal(&mut self, text: &str, ty: &TypeUse, span: Span) -> Result {
        let trimmed = text.trim();
        if !(trimmed.starts_with('{') || trimmed.starts_with('[')) || !trimmed.ends_with('}') {
            return Err(Stop::fails("22P02", format!("malformed array literal: \"{text}\""), span));
        }
        let element = TypeUse { array: false, ..ty.clone() };
        let inner = trimmed.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or_default();
        if inner.contains(['{', '"', '\\']) {
            return Ok(());
        }
        for item in inner.split(',').map(str::trim).filter(|item| !item.is_empty() && !item.eq_ignore_ascii_case("null")) {
            self.is_of(item, &element, span)?;
        }
        Ok(())
    }

    fn user_literal(&mut self, text: &str, oid: crate::catalog::Oid, ty: &TypeUse, span: Span) -> Result {
        let Some(object) = self.run.catalog.get(oid) else { return Ok(()) };
        let Body::Type(found) = &object.body else { return Ok(()) };
        match &**found {
            Type::Enum(labels) => {
                let name = object.name.to_string();
                if !labels.iter().any(|label| *label.text == *text) {
                    return Err(Stop::fails("22P02", format!("invalid input value for enum {name}: \"{text}\""), span));
                }
                if self.run.session.pending_labels.iter().any(|(of, added)| *of == oid && **added == *text) {
                    return Err(Stop::fails("55P04", format!("unsafe use of new value \"{text}\" of enum type {name}"), span));
                }
                Ok(())
            }
            Type::Domain(_) => match base_type(&self.run.catalog, ty) {
                Some(base) => self.is_of(text, &base, span),
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }

    /// `'c'::regconfig`: an object of the history is used.
    fn text_search_literal(&mut self, text: &str, class: Class, span: Span) -> Result {
        let found = match names(text).as_deref() {
            Some([name]) => self.run.find_named(class, None, name)?,
            Some([schema, name]) => self.run.find_named(class, Some(schema), name)?,
            _ => None,
        };
        if let Some(oid) = found {
            self.used(span, Used::Object(oid));
        }
        Ok(())
    }

    /// `'t'::regclass`: the object must be there, and is used.
    fn reg_literal(&mut self, text: &str, class: Class, span: Span) -> Result {
        if text.bytes().all(|byte| byte.is_ascii_digit()) || text == "-" {
            return Ok(());
        }
        let Some(parts) = names(text) else { return Ok(()) };
        let (schema, name) = match &parts[..] {
            [name] => (None, name.as_str()),
            [.., schema, name] => (Some(schema.as_str()), name.as_str()),
            [] => return Ok(()),
        };
        if class == Class::Type {
            let ty = crate::syntax::expression::TypeRef { name: parts, ..Default::default() };
            // What is no plain name is not read here.
            if let Ok(found) = types::resolve(self.run, &ty, span) {
                self.used_type(span, &found);
            }
            return Ok(());
        }
        match self.run.find_named(class, schema, name)? {
            Some(oid) => {
                self.used(span, Used::Relation(oid));
                Ok(())
            }
            None if schema.is_none_or(|schema| matches!(schema, "pg_catalog" | "information_schema"))
                && facts::system().relation(name, self.run.world.target).is_some() =>
            {
                Ok(())
            }
            None if self.run.may_assume(class, name) => {
                let home = match schema {
                    Some(schema) => self.run.find_schema(schema)?,
                    None => Some(self.run.creation_schema(span)?),
                };
                if let Some(home) = home {
                    let oid = self.run.assume(class, home, name, "42P01", span);
                    self.used(span, Used::Relation(oid));
                }
                Ok(())
            }
            None => Err(Stop::fails("42P01", format!("relation \"{text}\" does not exist"), span)),
        }
    }
}

/// Whether a text may be read as a range: `empty`, or two bounds in brackets.
fn is_range(text: &str) -> bool {
    let inner = text.strip_prefix(['[', '(']).and_then(|rest| rest.strip_suffix([']', ')']));
    text.eq_ignore_ascii_case("empty") || inner.is_some_and(|bounds| bounds.contains(','))
}

/// Whether a text that begins as `2020-02-30` does says a day that there is; none if it begins otherwise.
fn is_calendar_date(text: &str) -> Option<bool> {
    let date = text.split([' ', 'T']).next()?;
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if parts.next().is_some() || year.len() != 4 || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
        return None;
    }
    let (year, month, day): (u32, u32, u32) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    Some((1..=days).contains(&day))
}

/// The names in a text such as `public."T"`, as PostgreSQL stores them; none if it is no such text.
pub(in crate::catalog) fn names(text: &str) -> Option<Vec<String>> {
    let mut names = Vec::new();
    let mut rest = text.trim();
    loop {
        if let Some(quoted) = rest.strip_prefix('"') {
            let mut name = String::new();
            let mut chars = quoted.char_indices().peekable();
            let end = loop {
                match chars.next()? {
                    (at, '"') => match chars.peek() {
                        Some((_, '"')) => {
                            chars.next();
                            name.push('"');
                        }
                        _ => break at + 1,
                    },
                    (_, character) => name.push(character),
                }
            };
            names.push(name);
            rest = quoted[end..].trim_start();
        } else {
            let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$')).unwrap_or(rest.len());
            if end == 0 {
                return None;
            }
            names.push(rest[..end].to_ascii_lowercase());
            rest = rest[end..].trim_start();
        }
        match rest.strip_prefix('.') {
            Some(more) => rest = more.trim_start(),
            None if rest.is_empty() => return Some(names),
            None => return None,
        }
    }
}

/// The whole number that a text says, none if it is greater than any; nothing if it says none. Since version 16 it may have a radix, and
/// underscores between its digits (`pg_strtoint64_safe`).
fn whole_number(text: &str, version: Version) -> Option<Option<i128>> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let newer = version.major() >= 16;
    let radix = match digits.get(..2).filter(|_| newer) {
        Some("0x" | "0X") => 16,
        Some("0o" | "0O") => 8,
        Some("0b" | "0B") => 2,
        _ => 10,
    };
    let mut rest = if radix == 10 { digits } else { &digits[2..] };
    let mut value = Some(0i128);
    let mut first = true;
    while first || !rest.is_empty() {
        // None stands before the first digit, but for what follows the radix.
        let may_separate = newer && (!first || radix != 10);
        rest = rest.strip_prefix('_').filter(|_| may_separate).unwrap_or(rest);
        let mut characters = rest.chars();
        let digit = characters.next()?.to_digit(radix)?;
        value = value.and_then(|value| value.checked_mul(i128::from(radix))?.checked_add(i128::from(digit)));
        (rest, first) = (characters.as_str(), false);
    }
    Some(value.map(|value| sign * value))
}
