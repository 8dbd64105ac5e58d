//! Names: identifiers, qualified names, type names.

use std::borrow::Cow;

use crate::text::Span;

/// One identifier, quoted or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ident {
    /// Its bytes, with its quotes.
    pub span: Span,
}

impl Ident {
    /// As it is written.
    pub fn text(self, text: &str) -> &str {
        &text[self.span]
    }

    /// As PostgreSQL stores it: unquoted names are folded to lower case (ASCII letters only, as in a UTF-8 database), quotes fall away,
    /// and what is longer than 63 bytes is cut at a character (manual, 4.1.1). A placeholder stays as it is written.
    pub fn value(self, text: &str) -> Cow<'_, str> {
        let raw = self.text(text);
        let value = if let Some(quoted) = raw.strip_prefix('"') {
            unquote(quoted)
        } else if raw.starts_with("U&\"") || raw.starts_with("u&\"") {
            match unquote(&raw[3..]) {
                plain if !plain.contains('\\') => plain,
                escaped => Cow::Owned(unescape(&escaped)),
            }
        } else if raw.bytes().any(|b| b.is_ascii_uppercase()) && !raw.contains(['$', '{', ':']) {
            Cow::Owned(raw.to_ascii_lowercase())
        } else {
            Cow::Borrowed(raw)
        };
        truncate(value)
    }

    /// Whether it is written in quotes.
    pub fn is_quoted(self, text: &str) -> bool {
        self.text(text).ends_with('"')
    }

    /// Whether PostgreSQL stores it as `name`.
    pub fn is(self, text: &str, name: &str) -> bool {
        self.value(text) == name
    }
}

/// `body"` without the closing quote and with doubled quotes single.
fn unquote(body: &str) -> Cow<'_, str> {
    let inner = body.strip_suffix('"').unwrap_or(body);
    if inner.contains("\"\"") { Cow::Owned(inner.replace("\"\"", "\"")) } else { Cow::Borrowed(inner) }
}

/// Resolves `\XXXX`, `\+XXXXXX` and `\\` of a `U&"…"` name; what is no valid escape stays as written.
fn unescape(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let tail = &rest[at + 1..];
        let (from, digits) = if tail.starts_with('+') { (1, 6) } else { (0, 4) };
        let code = tail.get(from..from + digits).and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32);
        rest = if let Some(doubled) = tail.strip_prefix('\\') {
            out.push('\\');
            doubled
        } else if let Some(code) = code {
            out.push(code);
            &tail[from + digits..]
        } else {
            out.push('\\');
            tail
        };
    }
    out.push_str(rest);
    out
}

/// NAMEDATALEN is 64, with the byte that ends the name.
fn truncate(value: Cow<'_, str>) -> Cow<'_, str> {
    const MAX: usize = 63;
    if value.len() <= MAX {
        return value;
    }
    let mut end = MAX;
    while !value.is_char_boundary(end) {
        end -= 1;
    }
    match value {
        Cow::Borrowed(name) => Cow::Borrowed(&name[..end]),
        Cow::Owned(mut name) => {
            name.truncate(end);
            Cow::Owned(name)
        }
    }
}

/// A name of up to three parts: `database.schema.object`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    /// The database, which PostgreSQL allows only if it is the current one.
    pub database: Option<Ident>,
    /// The schema, if written.
    pub schema: Option<Ident>,
    /// The object itself.
    pub object: Ident,
}

impl Name {
    /// A name of one part.
    pub const fn unqualified(object: Ident) -> Self {
        Self { database: None, schema: None, object }
    }

    /// From the first byte of the first part to the last byte of the last.
    pub fn span(self) -> Span {
        let first = self.database.or(self.schema).unwrap_or(self.object);
        first.span.to(self.object.span)
    }

    /// The schema's name as PostgreSQL stores it, if written.
    pub fn schema_value(self, text: &str) -> Option<Cow<'_, str>> {
        self.schema.map(|schema| schema.value(text))
    }

    /// The written parts as PostgreSQL stores them, joined by points; for messages and comparison, not for SQL.
    pub fn display(self, text: &str) -> String {
        let parts = [self.database, self.schema, Some(self.object)];
        parts.into_iter().flatten().map(|part| part.value(text)).collect::<Vec<_>>().join(".")
    }
}

/// A type as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeName {
    /// All of it, with modifiers and array bounds.
    pub span: Span,
    /// `SETOF`.
    pub setof: Option<Span>,
    /// Which type.
    pub base: TypeBase,
    /// What stands between the parentheses: `10`, `12, 2`, `Point, 4326`; one span an expression.
    pub modifiers: Vec<Span>,
    /// The fields of `interval year to month`.
    pub interval_fields: Option<Span>,
    /// One for each `[]` or `ARRAY`.
    pub array_dimensions: u8,
    /// `%TYPE`: the name is a column's, not a type's.
    pub percent_type: Option<Span>,
}

/// A type by name, or one that has a grammar of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypeBase {
    /// `text`, `public.citext`, `marketing.company_kind`.
    Named(Name),
    /// `integer`, `character varying`, `timestamp with time zone`: the span of its words, and what PostgreSQL turns them into.
    BuiltIn(Span, BuiltInType),
}

/// What the type names with a grammar of their own stand for (manual, 8; `gram.y`: GenericType's siblings).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum BuiltInType {
    Bit,
    VarBit,
    Bool,
    /// `char`, `character`, `nchar`, without VARYING.
    Bpchar,
    Float4,
    Float8,
    Int2,
    Int4,
    Int8,
    Interval,
    Json,
    Numeric,
    Time,
    TimeTz,
    Timestamp,
    TimestampTz,
    Varchar,
    Xml,
}

impl BuiltInType {
    /// The type's name in `pg_catalog`.
    pub const fn catalog_name(self) -> &'static str {
        match self {
            BuiltInType::Bit => "bit",
            BuiltInType::VarBit => "varbit",
            BuiltInType::Bool => "bool",
            BuiltInType::Bpchar => "bpchar",
            BuiltInType::Float4 => "float4",
            BuiltInType::Float8 => "float8",
            BuiltInType::Int2 => "int2",
            BuiltInType::Int4 => "int4",
            BuiltInType::Int8 => "int8",
            BuiltInType::Interval => "interval",
            BuiltInType::Json => "json",
            BuiltInType::Numeric => "numeric",
            BuiltInType::Time => "time",
            BuiltInType::TimeTz => "timetz",
            BuiltInType::Timestamp => "timestamp",
            BuiltInType::TimestampTz => "timestamptz",
            BuiltInType::Varchar => "varchar",
            BuiltInType::Xml => "xml",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> String {
        Ident { span: Span::new(0, text.len() as u32) }.value(text).into_owned()
    }

    #[test]
    fn identifiers_fold_unquote_and_truncate_as_postgresql_does() {
        assert_eq!(value("Company"), "company");
        assert_eq!(value("\"Company\""), "Company");
        assert_eq!(value("\"a\"\"b\""), "a\"b");
        assert_eq!(value("ÉA"), "Éa");
        assert_eq!(value(r#"U&"d\0061t\+000061""#), "data");
        assert_eq!(value(&"x".repeat(70)).len(), 63);
        assert_eq!(value(&format!("{}é", "x".repeat(62))).len(), 62);
    }
}
