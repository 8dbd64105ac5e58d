//! What PostgreSQL's own catalogs hold, and what extensions bring, as servers of every known version say it.
//!
//! The data are files of lines, `data/*.txt`, that `tests/oracle/catalogs.py` records; the comment in each of `tests/oracle/catalogs/*.sql`
//! says what a line of its kind holds, and a mark at its end (` @14-`) which versions. Tables are read when somebody first asks for them.
//!
//! Names are those of the catalogs: `int4` and `_int4`, `char` for `"char"`. A name without a schema is in `pg_catalog` or, among the members
//! of an extension, in the schema that the extension was put into.

mod casts;
mod classes;
mod conditions;
mod extensions;
mod functions;
mod names;
mod operators;
mod relations;
mod settings;
mod table;
mod types;
mod versions;
#[cfg(test)]
mod written;

use crate::syntax::Version;

pub use casts::{Cast, CastContext, CastMethod};
pub use classes::{FamilyOperator, OperatorClass};
pub use conditions::{ConditionFact, condition, conditions, is_caught_by, is_caught_by_name};
pub use extensions::{Extension, extension, extensions};
pub use functions::{ArgumentFact, ArgumentMode, FunctionFact, FunctionKind};
pub use names::{NameFact, NameKind};
pub use operators::OperatorFact;
pub use relations::{ColumnFact, RelationFact, RelationKind};
pub use settings::{SettingContext, SettingFact, SettingKind, setting, settings};
use table::Table;
pub use types::{Storage, TypeFact, TypeKind};
pub use versions::Versions;

/// What is in `pg_catalog` and `information_schema` from the start.
pub fn system() -> &'static Facts {
    static SYSTEM: Facts = Facts {
        types: Table::new(include_str!("data/types.txt")),
        casts: Table::new(include_str!("data/casts.txt")),
        operators: Table::new(include_str!("data/operators.txt")),
        functions: Table::new(include_str!("data/functions.txt")),
        classes: Table::new(include_str!("data/classes.txt")),
        families: Table::new(include_str!("data/families.txt")),
        relations: Table::new(include_str!("data/relations.txt")),
        names: Table::new(include_str!("data/names.txt")),
    };
    &SYSTEM
}

/// Objects that belong together: PostgreSQL's own, or those of an extension.
pub struct Facts {
    types: Table<TypeFact>,
    casts: Table<Cast>,
    operators: Table<OperatorFact>,
    functions: Table<FunctionFact>,
    classes: Table<OperatorClass>,
    families: Table<FamilyOperator>,
    relations: Table<RelationFact>,
    names: Table<NameFact>,
}

impl Facts {
    /// The facts of tables that are found by their kind.
    fn of(source: impl Fn(&str) -> &'static str) -> Self {
        Self {
            types: Table::new(source("types")),
            casts: Table::new(source("casts")),
            operators: Table::new(source("operators")),
            functions: Table::new(source("functions")),
            classes: Table::new(source("classes")),
            families: Table::new(source("families")),
            relations: Table::new(source("relations")),
            names: Table::new(source("names")),
        }
    }

    /// All types, without the row types of relations.
    pub fn types(&'static self, version: Version) -> impl Iterator<Item = &'static TypeFact> + Clone + use<> {
        self.types.of(version)
    }

    /// The type called `name`.
    pub fn type_named(&'static self, name: &str, version: Version) -> Option<&'static TypeFact> {
        self.types.with(version, name).next()
    }

    /// All casts.
    pub fn casts(&'static self, version: Version) -> impl Iterator<Item = &'static Cast> + Clone + use<> {
        self.casts.of(version)
    }

    /// The casts from `source`.
    pub fn casts_from(&'static self, source: &str, version: Version) -> impl Iterator<Item = &'static Cast> + Clone + use<> {
        self.casts.with(version, source)
    }

    /// The cast from `source` to `target`.
    pub fn cast(&'static self, source: &str, target: &str, version: Version) -> Option<&'static Cast> {
        self.casts.find_with(version, source, |cast| cast.target.cmp(target)).next()
    }

    /// The operators called `name`.
    pub fn operators(&'static self, name: &str, version: Version) -> impl Iterator<Item = &'static OperatorFact> + Clone + use<> {
        self.operators.with(version, name)
    }

    /// All operators.
    pub fn all_operators(&'static self, version: Version) -> impl Iterator<Item = &'static OperatorFact> + Clone + use<> {
        self.operators.of(version)
    }

    /// The functions called `name`.
    pub fn functions(&'static self, name: &str, version: Version) -> impl Iterator<Item = &'static FunctionFact> + Clone + use<> {
        self.functions.with(version, name)
    }

    /// Whether any version has a function called `name`.
    pub fn knows_function(&'static self, name: &str) -> bool {
        !self.functions.all_with(name).is_empty()
    }

    /// All functions.
    pub fn all_functions(&'static self, version: Version) -> impl Iterator<Item = &'static FunctionFact> + Clone + use<> {
        self.functions.of(version)
    }

    /// The operator classes of an access method.
    pub fn operator_classes(&'static self, method: &str, version: Version) -> impl Iterator<Item = &'static OperatorClass> + Clone + use<> {
        self.classes.with(version, method)
    }

    /// The operator class of an access method called `name`; there may be one for each of several types.
    pub fn operator_class(&'static self, method: &str, name: &str, version: Version) -> Option<&'static OperatorClass> {
        self.classes.find_with(version, method, |class| class.name.cmp(name)).next()
    }

    /// The operator class that an access method takes for exactly `type_name`. A type without one takes that of a type that it is binary
    /// coercible to: `varchar` that of `text`, an array that of `anyarray`.
    pub fn default_operator_class(&'static self, method: &str, type_name: &str, version: Version) -> Option<&'static OperatorClass> {
        self.operator_classes(method, version).find(|class| class.is_default && class.input == type_name)
    }

    /// The operators that are in an operator family here. An extension may add some to a family that is not its own.
    pub fn family(
        &'static self,
        method: &str,
        family: &str,
        version: Version,
    ) -> impl Iterator<Item = &'static FamilyOperator> + Clone + use<> {
        self.families.find_with(version, method, move |operator| operator.family.cmp(family))
    }

    /// The table, view or composite type called `name`: `pg_class`, `information_schema.columns`.
    pub fn relation(&'static self, name: &str, version: Version) -> Option<&'static RelationFact> {
        self.relations.with(version, name).next()
    }

    /// All tables, views, sequences and composite types.
    pub fn relations(&'static self, version: Version) -> impl Iterator<Item = &'static RelationFact> + Clone + use<> {
        self.relations.of(version)
    }

    /// The other objects of a kind.
    pub fn names(&'static self, kind: NameKind, version: Version) -> impl Iterator<Item = &'static NameFact> + Clone + use<> {
        self.names.find(version, move |name| name.kind.cmp(&kind))
    }

    /// Whether there is an object of a kind called `name`.
    pub fn has(&'static self, kind: NameKind, name: &str, version: Version) -> bool {
        self.names(kind, version).any(|fact| fact.name == name)
    }
}
