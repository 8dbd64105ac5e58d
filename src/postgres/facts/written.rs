//! Tests that nothing of the data is lost when they are read: every row is written again as its line, and found by what it is looked up by.

use std::fmt::Write;

use crate::syntax::Version;

use super::casts::{Cast, CastContext, CastMethod};
use super::classes::{FamilyOperator, OperatorClass};
use super::conditions::{CONDITIONS, ConditionFact};
use super::functions::{ArgumentFact, ArgumentMode, FunctionFact, FunctionKind};
use super::names::NameFact;
use super::operators::OperatorFact;
use super::relations::RelationFact;
use super::settings::{SETTINGS, SettingContext, SettingFact, SettingKind};
use super::table::{Row, Table};
use super::types::{Storage, TypeFact, TypeKind};
use super::versions::Versions;
use super::{Extension, Facts, extensions, system};
use crate::syntax::tree::Volatility;

/// A row as its line, without the mark of its versions.
trait Written: Row {
    fn line(&self) -> String;

    /// What it is looked up by.
    fn key(&self) -> String;
}

#[test]
fn every_row_is_its_line_and_in_its_place() {
    check(system());
    for members in extensions().iter().filter_map(Extension::members) {
        check(members);
    }
    check_table(&SETTINGS);
    check_table(&CONDITIONS);
}

fn check(facts: &'static Facts) {
    check_table(&facts.types);
    check_table(&facts.casts);
    check_table(&facts.operators);
    check_table(&facts.functions);
    check_table(&facts.classes);
    check_table(&facts.families);
    check_table(&facts.relations);
    check_table(&facts.names);
}

fn check_table<T: Written>(table: &'static Table<T>) {
    let written: String = table.rows().iter().map(|row| row.line() + "\n").collect();
    let source = table.source.lines().map(|line| Versions::of_line(line).0);
    for (line, source) in written.lines().zip(source) {
        assert_eq!(line, source);
    }
    assert_eq!(written.lines().count(), table.source.lines().count());
    assert!(table.rows().is_sorted_by_key(Written::key), "{:?}", table.source.lines().next());
}

/// Words with a blank between each two, those that are there.
fn words<const N: usize>(words: [Option<String>; N]) -> String {
    words.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn word(word: impl ToString) -> Option<String> {
    Some(word.to_string())
}

fn value(key: &str, value: Option<impl ToString>) -> Option<String> {
    value.map(|value| format!("{key}={}", value.to_string()))
}

fn flag(word: &str, is_set: Option<()>) -> Option<String> {
    is_set.map(|()| word.to_owned())
}

fn when(condition: bool) -> Option<()> {
    condition.then_some(())
}

impl Written for TypeFact {
    fn line(&self) -> String {
        let kind = match self.kind {
            TypeKind::Base => "base",
            TypeKind::Array => "array",
            TypeKind::Composite => "composite",
            TypeKind::Domain => "domain",
            TypeKind::Enum => "enum",
            TypeKind::Pseudo => "pseudo",
            TypeKind::Range => "range",
            TypeKind::Multirange => "multirange",
        };
        let storage = match self.storage {
            Storage::Plain => "plain",
            Storage::External => "external",
            Storage::Main => "main",
            Storage::Extended => "extended",
        };
        words([
            word(self.name),
            word(kind),
            word(format!("{}{}", self.category, if self.preferred { "!" } else { "" })),
            word(format!("{}{}", self.length, if self.by_value { "v" } else { "" })),
            word(storage),
            value("array", self.array),
            value("element", self.element),
            value("base", self.base),
            value("modifier", Some(self.modifier).filter(|modifier| *modifier != -1)),
            value("subtype", self.subtype),
            value("multirange", self.multirange),
            value("range", self.range),
            value("collation", self.collation),
            flag("modifiers", when(self.modifiers)),
            flag("notnull", when(self.not_null)),
            flag("check", when(self.has_check)),
            flag("subscripts", when(self.subscripts)),
            value("labels", self.labels),
        ])
    }

    fn key(&self) -> String {
        self.name.to_owned()
    }
}

impl Written for Cast {
    fn line(&self) -> String {
        let context = match self.context {
            CastContext::Implicit => "implicit",
            CastContext::Assignment => "assignment",
            CastContext::Explicit => "explicit",
        };
        let method = match self.method {
            CastMethod::Function(name) => format!("function={name}"),
            CastMethod::Binary => "binary".to_owned(),
            CastMethod::InOut => "inout".to_owned(),
        };
        words([word(self.source), word(self.target), word(context), word(method)])
    }

    fn key(&self) -> String {
        format!("{}\0{}", self.source, self.target)
    }
}

impl Written for OperatorFact {
    fn line(&self) -> String {
        words([Some(self.name), self.left, self.right, self.result, self.function].map(|part| word(part.unwrap_or("-"))))
    }

    fn key(&self) -> String {
        self.name.to_owned()
    }
}

impl Written for FunctionFact {
    fn line(&self) -> String {
        let volatility = match self.volatility {
            Volatility::Immutable => "i",
            Volatility::Stable => "s",
            Volatility::Volatile => "v",
        };
        let arguments: Vec<String> = self.arguments.iter().map(argument).collect();
        words([
            word(format!("{}({})", self.name, arguments.join(","))),
            flag("setof", when(self.returns_set)),
            word(self.result.unwrap_or("-")),
            word(format!("{volatility}{}", if self.strict { "!" } else { "" })),
            match self.kind {
                FunctionKind::Plain => None,
                FunctionKind::Aggregate => word("aggregate"),
                FunctionKind::OrderedSet(direct) => word(format!("ordered-set={direct}")),
                FunctionKind::Hypothetical(direct) => word(format!("hypothetical={direct}")),
                FunctionKind::Window => word("window"),
                FunctionKind::Procedure => word("procedure"),
            },
        ])
    }

    fn key(&self) -> String {
        self.name.to_owned()
    }
}

fn argument(argument: &ArgumentFact) -> String {
    let mode = match argument.mode {
        ArgumentMode::In => "",
        ArgumentMode::Out => ">",
        ArgumentMode::InOut => "<>",
        ArgumentMode::Variadic => "*",
        ArgumentMode::Table => "|",
    };
    let name = argument.name.map_or(String::new(), |name| format!("{name}:"));
    format!("{mode}{name}{}{}", argument.type_name, if argument.has_default { "=" } else { "" })
}

impl Written for OperatorClass {
    fn line(&self) -> String {
        words([
            word(self.method),
            word(self.name),
            word(self.input),
            word(self.family),
            value("key", self.key),
            flag("default", when(self.is_default)),
        ])
    }

    fn key(&self) -> String {
        format!("{}\0{}", self.method, self.name)
    }
}

impl Written for FamilyOperator {
    fn line(&self) -> String {
        words([
            word(self.method),
            word(self.family),
            word(self.strategy),
            word(self.operator),
            word(self.left),
            word(self.right),
            flag("order", when(self.orders)),
        ])
    }

    fn key(&self) -> String {
        format!("{}\0{}", self.method, self.family)
    }
}

impl Written for RelationFact {
    fn line(&self) -> String {
        let mut lines = format!("{} {}", self.name, self.kind.word());
        for column in self.all_columns() {
            write!(lines, "\n {} {}", column.name, column.type_name).unwrap();
        }
        lines
    }

    fn key(&self) -> String {
        self.name.to_owned()
    }
}

impl Written for SettingFact {
    fn line(&self) -> String {
        let kind = match self.kind {
            SettingKind::Bool => "bool",
            SettingKind::Integer => "integer",
            SettingKind::Real => "real",
            SettingKind::Enum => "enum",
            SettingKind::String => "string",
        };
        let context = match self.context {
            SettingContext::Internal => "internal",
            SettingContext::Postmaster => "postmaster",
            SettingContext::Sighup => "sighup",
            SettingContext::SuperuserBackend => "superuser-backend",
            SettingContext::Backend => "backend",
            SettingContext::Superuser => "superuser",
            SettingContext::User => "user",
        };
        words([
            word(self.name),
            word(kind),
            word(context),
            value("unit", self.unit),
            value("min", self.least),
            value("max", self.greatest),
            value("more", Some(self.more).filter(|more| !more.is_empty())),
            value("values", Some(self.values).filter(|values| !values.is_empty())),
        ])
    }

    fn key(&self) -> String {
        self.name.to_owned()
    }
}

impl Written for ConditionFact {
    fn line(&self) -> String {
        format!("{} {}", self.name, self.sqlstates().collect::<Vec<_>>().join(","))
    }

    fn key(&self) -> String {
        self.name.to_owned()
    }
}

impl Written for NameFact {
    fn line(&self) -> String {
        words([word(self.kind.word()), word(self.name), word(self.detail).filter(|detail| !detail.is_empty())])
    }

    fn key(&self) -> String {
        format!("{}\0{}", self.kind.word(), self.name)
    }
}

#[test]
fn facts_are_found() {
    let version = Version::new(15).unwrap();
    let facts = system();
    assert_eq!(facts.type_named("int4", version).unwrap().array, Some("_int4"));
    assert!(facts.type_named("int4multirange", Version::new(13).unwrap()).is_none());
    assert_eq!(facts.cast("int4", "int8", version).unwrap().context, CastContext::Implicit);
    assert!(facts.cast("text", "int4", version).is_none());
    assert_eq!(facts.operators("@@@", version).count(), 2);
    assert!(facts.functions("lower", version).any(|function| function.inputs().next().unwrap().type_name == "text"));
    assert_eq!(facts.default_operator_class("btree", "int4", version).unwrap().family, "integer_ops");
    assert!(facts.family("btree", "integer_ops", version).any(|operator| (operator.left, operator.right) == ("int4", "int8")));
    let columns = |name, major| facts.relation(name, version).unwrap().columns(Version::new(major).unwrap()).count();
    assert_eq!(columns("pg_class", 15), 33);
    assert!(columns("information_schema.columns", 12) > 40);
    assert!(facts.has(super::NameKind::Language, "sql", version));
}
