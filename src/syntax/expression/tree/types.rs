//! Types in expressions, and wherever the floors above keep one.

use crate::syntax::tree::{TypeBase, TypeName};

use super::super::read;
use super::Expression;

/// A type.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypeRef {
    /// The parts of its name: of a word that PostgreSQL's grammar knows those of the type that it stands for, `pg_catalog.int4`; of any
    /// other what is written. With `%TYPE`, those of a column.
    pub name: Vec<String>,
    /// `(10, 2)`; `char` and `bit` without any stand for one character and one bit.
    pub modifiers: Vec<Expression>,
    /// `DAY TO SECOND` of an interval, in lower case and with single spaces.
    pub interval_fields: Option<String>,
    /// One for each `[]` or `ARRAY`.
    pub array_dimensions: u8,
    /// Whether it is one value or rows of it.
    pub cardinality: Cardinality,
    /// What the name names.
    pub subject: TypeSubject,
}

/// Whether a type says one value or rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cardinality {
    /// One value.
    #[default]
    One,
    /// `SETOF`
    Set,
}

/// What the name of a type names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TypeSubject {
    /// A type.
    #[default]
    Type,
    /// A column, whose type is meant: `t.a%TYPE`.
    Column,
}

impl TypeRef {
    /// A type by the parts of its name.
    pub fn named(name: &[&str]) -> Self {
        Self { name: name.iter().map(|part| (*part).to_owned()).collect(), ..Self::default() }
    }

    /// The type that `written`, a node of the grammar, says; spans of its modifiers count from the start of `text`.
    pub fn of(text: &str, written: &TypeName) -> Self {
        let name = match written.base {
            TypeBase::BuiltIn(_, ty) => vec!["pg_catalog".to_owned(), ty.catalog_name().to_owned()],
            TypeBase::Named(name) => {
                let parts = [name.database, name.schema, Some(name.object)];
                parts.into_iter().flatten().map(|part| part.value(text).into_owned()).collect()
            }
        };
        let mut modifiers: Vec<Expression> = written.modifiers.iter().map(|&span| read::modifier_at(text, span)).collect();
        if let (TypeBase::BuiltIn(words, ty), true) = (written.base, modifiers.is_empty())
            && matches!(ty.catalog_name(), "bit" | "bpchar")
        {
            modifiers.push(read::number("1", words));
        }
        let interval_fields = written.interval_fields.map(|span| {
            let words: Vec<String> = text[span].split_whitespace().map(str::to_ascii_lowercase).collect();
            words.join(" ")
        });
        Self {
            name,
            modifiers,
            interval_fields,
            array_dimensions: written.array_dimensions,
            cardinality: if written.setof.is_some() { Cardinality::Set } else { Cardinality::One },
            subject: if written.percent_type.is_some() { TypeSubject::Column } else { TypeSubject::Type },
        }
    }

    /// Its name in `pg_catalog`, if it is written so or with a word that stands for such a type.
    pub fn catalog_name(&self) -> Option<&str> {
        match &self.name[..] {
            [schema, name] if schema == "pg_catalog" => Some(name),
            _ => None,
        }
    }

    /// The last part of its name, if it is a type by name and nothing more: no array, no set, no modifiers.
    pub fn simple_name(&self) -> Option<&str> {
        let simple = self.modifiers.is_empty()
            && self.array_dimensions == 0
            && self.interval_fields.is_none()
            && self.cardinality == Cardinality::One
            && self.subject == TypeSubject::Type;
        self.name.last().filter(|_| simple).map(String::as_str)
    }
}
