//! Names, strings and types as they are written.

use crate::syntax::lexer::{Category, Keyword};

use super::super::tree::{Cardinality, Constant, ExpressionKind, TypeRef, TypeSubject};
use super::Writer;

/// Words that are names nearly everywhere, and something else where PostgreSQL's grammar looks for an operand or an alias.
const DELICATE: &[Keyword] = &[
    Keyword::By,
    Keyword::Cube,
    Keyword::Cycle,
    Keyword::Filter,
    Keyword::Following,
    Keyword::Format,
    Keyword::Groups,
    Keyword::Nulls,
    Keyword::Operator,
    Keyword::Over,
    Keyword::Partition,
    Keyword::Preceding,
    Keyword::Range,
    Keyword::Recursive,
    Keyword::Rollup,
    Keyword::Rows,
    Keyword::Search,
    Keyword::Set,
    Keyword::Temp,
    Keyword::Temporary,
    Keyword::Unbounded,
    Keyword::Unlogged,
    Keyword::Within,
];

/// A name as it is written where any name may stand: in quotes unless it is read as itself without them.
pub fn identifier(name: &str) -> String {
    let bare = is_plain(name)
        && Keyword::lookup(name.as_bytes()).is_none_or(|word| word.category() == Category::Unreserved && !DELICATE.contains(&word));
    if bare { name.to_owned() } else { quoted(name) }
}

/// A name behind a point, where more words are names.
pub(super) fn inner_identifier(name: &str) -> String {
    let bare = is_plain(name) && Keyword::lookup(name.as_bytes()).is_none_or(|word| word.category() != Category::Reserved);
    if bare { name.to_owned() } else { quoted(name) }
}

/// A name of several parts.
pub fn qualified(parts: &[String]) -> String {
    let mut out = String::new();
    for (at, part) in parts.iter().enumerate() {
        if at == 0 {
            out.push_str(&identifier(part));
        } else {
            out.push('.');
            out.push_str(&inner_identifier(part));
        }
    }
    out
}

/// A string constant.
pub fn string(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn is_plain(name: &str) -> bool {
    let first = name.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase() || byte == b'_');
    first && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

impl Writer {
    pub(super) fn type_ref(&mut self, ty: &TypeRef) {
        if ty.cardinality == Cardinality::Set {
            self.put("SETOF ");
        }
        match self.spelling.catalog_name(ty).filter(|name| has_word(name, ty)) {
            Some(name) => self.built_in(name, ty),
            None => {
                self.put(&qualified(self.spelling.ty(&ty.name)));
                self.modifiers(ty);
            }
        }
        if ty.subject == TypeSubject::Column {
            self.put("%TYPE");
        }
        for _ in 0..ty.array_dimensions {
            self.put("[]");
        }
    }

    fn modifiers(&mut self, ty: &TypeRef) {
        if !ty.modifiers.is_empty() {
            self.put("(");
            self.list(&ty.modifiers);
            self.put(")");
        }
    }

    /// A type by the words that the standard has for it.
    fn built_in(&mut self, name: &str, ty: &TypeRef) {
        let (word, zone) = match name {
            "bool" => ("boolean", ""),
            "bpchar" => ("character", ""),
            "float4" => ("real", ""),
            "float8" => ("double precision", ""),
            "int2" => ("smallint", ""),
            "int4" => ("integer", ""),
            "int8" => ("bigint", ""),
            "time" => ("time", " without time zone"),
            "timetz" => ("time", " with time zone"),
            "timestamp" => ("timestamp", " without time zone"),
            "timestamptz" => ("timestamp", " with time zone"),
            "varbit" => ("bit varying", ""),
            "varchar" => ("character varying", ""),
            name => (name, ""),
        };
        self.put(word);
        if let Some(fields) = &ty.interval_fields {
            self.put(" ");
            self.put(fields);
        }
        self.modifiers(ty);
        self.put(zone);
    }
}

/// Whether the words for a type of `pg_catalog` say the same as its name.
fn has_word(name: &str, ty: &TypeRef) -> bool {
    let digits = |most: usize| {
        ty.modifiers.len() <= most
            && ty.modifiers.iter().all(|modifier| match &modifier.kind {
                ExpressionKind::Constant(Constant::Number(digits)) => digits.bytes().all(|byte| byte.is_ascii_digit()),
                _ => false,
            })
    };
    match name {
        "bool" | "float4" | "float8" | "int2" | "int4" | "int8" => ty.modifiers.is_empty(),
        "bit" | "bpchar" => digits(1) && !ty.modifiers.is_empty(),
        "interval" | "time" | "timetz" | "timestamp" | "timestamptz" | "varbit" | "varchar" => digits(1),
        "numeric" => digits(2),
        _ => false,
    }
}
