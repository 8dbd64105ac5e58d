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
    /// and what is longer than 63 bytes is cut at a character (PostgreSQL 15, 4.1.1). A placeholder stays as it is written.
    pub fn value(self, text: &str) -> Cow<'_, str> {
        let raw = self.text(text);
        let value = if let Some(quoted) = raw.strip_prefix('"') {
            unquote(quoted)
        } else if raw.starts_with("U&\"") || raw.starts_with("u&\"") {
            let (quoted, mark) = escape_mark(&raw[3..]);
            match unquote(quoted) {
                plain if !plain.contains(mark) => plain,
                escaped => unescape(&escaped, mark).map_or(escaped, Cow::Owned),
            }
        } else if raw.bytes().any(|b| b.is_ascii_uppercase()) && !raw.contains(['$', '{', ':']) {
            Cow::Owned(raw.to_ascii_lowercase())
        } else {
            Cow::Borrowed(raw)
        };
        truncate(value)
    }

    /// Whether every escape in it stands for a character; only `U&"…"` has any.
    pub(in crate::syntax) fn escapes_are_valid(self, text: &str) -> bool {
        let Some(body) = self.text(text).get(3..) else { return true };
        let (quoted, mark) = escape_mark(body);
        unescape(&unquote(quoted), mark).is_some()
    }

    /// Whether a migration tool fills it in, so that nobody knows what it says: `${name}`, `:name`, `{{ name }}`, also in quotes.
    pub fn is_template(self, text: &str) -> bool {
        let written = self.text(text);
        written.starts_with(':') || written.contains("${") || written.contains("{{")
    }

    /// Whether it is written in quotes.
    pub fn is_quoted(self, text: &str) -> bool {
        self.text(text).contains('"')
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

/// Splits `name" UESCAPE '!'` into the name with its quote and the escape character, which is a backslash if none is written.
fn escape_mark(body: &str) -> (&str, char) {
    let Some(inner) = body.strip_suffix('\'') else {
        return (body, '\\');
    };
    let end = body.rfind('"').map_or(body.len(), |quote| quote + 1);
    (&body[..end], inner.chars().next_back().unwrap_or('\\'))
}

/// Resolves `\XXXX`, `\+XXXXXX` and `\\` of a `U&"…"` name, `mark` in place of the backslash; nothing if one of them is no character.
fn unescape(raw: &str, mark: char) -> Option<String> {
    let mut units = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find(mark) {
        units.extend(rest[..at].encode_utf16());
        rest = &rest[at + mark.len_utf8()..];
        if let Some(doubled) = rest.strip_prefix(mark) {
            units.extend_from_slice(mark.encode_utf16(&mut [0; 2]));
            rest = doubled;
            continue;
        }
        let (from, digits) = if rest.starts_with('+') { (1, 6) } else { (0, 4) };
        let hex = rest.get(from..from + digits).filter(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        let code = u32::from_str_radix(hex, 16).ok().filter(|code| *code > 0)?;
        match char::from_u32(code) {
            Some(character) => units.extend_from_slice(character.encode_utf16(&mut [0; 2])),
            // Half of a surrogate pair, or beyond all characters.
            None => units.push(u16::try_from(code).ok()?),
        }
        rest = &rest[from + digits..];
    }
    units.extend(rest.encode_utf16());
    String::from_utf16(&units).ok()
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

    /// The name with `object` behind its last part, unless it has three parts already.
    pub const fn qualifying(self, object: Ident) -> Option<Self> {
        match self.database {
            Some(_) => None,
            None => Some(Self { database: self.schema, schema: Some(self.object), object }),
        }
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

/// What the type names with a grammar of their own stand for (PostgreSQL 15, chapter 8; `gram.y`: GenericType's siblings).
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
    fn what_a_tool_fills_in_is_a_template() {
        let is_template = |text: &str| Ident { span: Span::new(0, text.len() as u32) }.is_template(text);
        for text in ["${schema}", ":schema", "{{ index .Options \"Namespace\" }}", "${prefix}users", "\"{{ schema }}\""] {
            assert!(is_template(text), "{text}");
        }
        assert!(!is_template("a$b") && !is_template("\"a{b\""));
    }

    #[test]
    fn identifiers_fold_unquote_and_truncate_as_postgresql_does() {
        assert_eq!(value("Company"), "company");
        assert_eq!(value("\"Company\""), "Company");
        assert_eq!(value("\"a\"\"b\""), "a\"b");
        assert_eq!(value("ÉA"), "Éa");
        assert_eq!(value(r#"U&"d\0061t\+000061""#), "data");
        assert_eq!(value(r#"U&"d!0061t!!\" UESCAPE '!'"#), "dat!\\");
        assert_eq!(value(&"x".repeat(70)).len(), 63);
        assert_eq!(value(&format!("{}é", "x".repeat(62))).len(), 62);
    }
}
