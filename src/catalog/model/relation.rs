//! Relations: tables, views, sequences, indexes, composite types.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::catalog::expression::Stored;
use crate::catalog::object::{Name, Origin};
use crate::catalog::word::{self, Word};
use crate::catalog::{ColumnNumber, Oid};

use super::{Index, Options, Privileges, Sequence, SequenceOptions, TypeUse};

/// A relation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Relation {
    /// What it is.
    pub kind: RelationKind,
    /// Its columns in the order of their numbers; dropped ones are gone, and their numbers stay unused.
    pub columns: Vec<Column>,
    /// The number that the next column gets.
    pub next_column: ColumnNumber,
    /// Whether `columns` are all; not so for a relation that is only assumed.
    pub columns_known: bool,
    /// Whether those that are known are what they are known to be: not so once a statement that could not be followed may have changed or dropped them.
    pub columns_firm: bool,
    /// Whether no statement that could not be followed may have changed what it has beside columns, constraints and indexes, and that alone: where one may
    /// have changed everything, `columns_known` says so. [`crate::catalog::Object::is_blurred`] asks both.
    pub settled: bool,
    /// How long it lives.
    pub persistence: Persistence,
    /// `WITH (…)`
    pub options: Options,
    /// The access method; none for the default.
    pub method: Option<Name>,
    /// The tablespace; none for the default.
    pub tablespace: Option<Name>,
    /// The tables that it inherits from, in order; of a partition the partitioned table.
    pub parents: Vec<Oid>,
    /// Which rows it takes, if it is a partition.
    pub partition_bound: Option<PartitionBound>,
    /// How its rows are spread, if it is partitioned.
    pub partitioned: Option<Partitioned>,
    /// The composite type that it is made of: `OF type`.
    pub of_type: Option<Oid>,
    /// ROW LEVEL SECURITY.
    pub row_security: RowSecurity,
    /// REPLICA IDENTITY.
    pub replica_identity: ReplicaIdentity,
    /// The index of CLUSTER ON.
    pub clustered_on: Option<Oid>,
    /// How long a temporary table keeps its rows.
    pub on_commit: OnCommit,
    /// What took its primary key, if something has.
    pub unkeyed: Option<Origin>,
}

/// What a relation is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum RelationKind {
    Table,
    /// With its query.
    View(Arc<View>),
    /// With its query.
    MaterializedView(Arc<View>),
    Sequence(Sequence),
    Index(Arc<Index>),
    /// With its server's name and its options.
    ForeignTable(Name, Options),
    Composite,
    /// It is only assumed, and may be any of them.
    Unknown,
}

/// What a view shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct View {
    /// Its query.
    pub query: Stored,
    /// `WITH CHECK OPTION`: `local` or `cascaded`.
    #[serde(deserialize_with = "word::perhaps")]
    pub check_option: Option<Word>,
    /// Whether a materialized view holds what its query gave.
    pub populated: bool,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Its number.
    pub number: ColumnNumber,
    /// Its name.
    pub name: Name,
    /// Its type; none if that can't be told.
    pub ty: Option<TypeUse>,
    /// NOT NULL, by whatever made it so.
    pub not_null: bool,
    /// The object with its default or its generation expression.
    pub default: Option<Oid>,
    /// How it is generated.
    pub generated: Option<Generated>,
    /// Its identity, and the sequence behind it.
    pub identity: Option<(Identity, Oid)>,
    /// The collation, if not its type's: as `pg_dump` writes it.
    pub collation: Option<Name>,
    /// `SET STORAGE`, if not its type's default.
    pub storage: Option<Name>,
    /// `SET COMPRESSION`.
    pub compression: Option<Name>,
    /// `SET STATISTICS`.
    pub statistics: Option<i32>,
    /// `SET (…)`, and OPTIONS of a foreign table's column.
    pub options: Options,
    /// How many parents it comes from.
    pub inherited: u32,
    /// Whether the table has it of its own, whatever its parents have.
    pub local: bool,
    /// Who may do what with it.
    pub privileges: Option<Arc<Privileges>>,
    /// What COMMENT ON says of it.
    pub comment: Option<Arc<str>>,
    /// What made it: of a column that is written, its definition's bytes, unless code runs the statement.
    pub origin: Origin,
    /// What gave it another type since: the new type's bytes, unless code runs the statement.
    pub retyped: Option<Origin>,
}

impl Column {
    /// A column with nothing but a name and a type.
    pub fn new(number: ColumnNumber, name: impl Into<Name>, ty: Option<TypeUse>) -> Column {
        Column {
            number,
            name: name.into(),
            ty,
            not_null: false,
            default: None,
            generated: None,
            identity: None,
            collation: None,
            storage: None,
            compression: None,
            statistics: None,
            options: Options::new(),
            inherited: 0,
            local: true,
            privileges: None,
            comment: None,
            origin: Origin::START,
            retyped: None,
        }
    }
}

/// How a generated column comes by its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Generated {
    Stored,
    Virtual,
}

/// Whether an identity column takes a value from INSERT.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Identity {
    Always,
    ByDefault,
}

/// How long a relation lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Persistence {
    Permanent,
    Temporary,
    Unlogged,
}

/// How a partitioned table spreads its rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Partitioned {
    /// By what rule.
    pub strategy: crate::syntax::tree::PartitionStrategy,
    /// By what, in order.
    pub keys: Vec<PartitionKey>,
}

/// What decides where a row goes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PartitionKey {
    /// A column or an expression.
    pub subject: KeySubject,
    /// The collation, if not its type's.
    pub collation: Option<Name>,
    /// The operator class, if not the type's default.
    pub class: Option<Name>,
}

/// What a key is: a column, or an expression.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum KeySubject {
    Column(ColumnNumber),
    Expression(Stored),
}

/// Which rows a partition takes; values as PostgreSQL deparses constants.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum PartitionBound {
    Default,
    List(Vec<Arc<str>>),
    Range(Vec<Arc<str>>, Vec<Arc<str>>),
    Hash {
        modulus: u32,
        remainder: u32,
    },
    /// It can't be told.
    Unknown,
}

/// ROW LEVEL SECURITY of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RowSecurity {
    /// ENABLE
    pub enabled: bool,
    /// FORCE
    pub forced: bool,
    /// What switched it last, if something has.
    pub switched: Option<Origin>,
    /// What took a policy of the table last, if something has.
    pub unpoliced: Option<Origin>,
    /// Whether code that can't be followed may have switched it, or made or taken policies.
    pub untold: bool,
}

/// What of an old row is written for logical replication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum ReplicaIdentity {
    #[default]
    Default,
    Nothing,
    Full,
    Index(Oid),
}

/// What becomes of a temporary table's rows at COMMIT.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum OnCommit {
    #[default]
    PreserveRows,
    DeleteRows,
    Drop,
}

impl Relation {
    /// A relation of `kind` without columns.
    pub fn new(kind: RelationKind) -> Relation {
        Relation {
            kind,
            columns: Vec::new(),
            next_column: 1,
            columns_known: true,
            columns_firm: true,
            settled: true,
            persistence: Persistence::Permanent,
            options: Options::new(),
            method: None,
            tablespace: None,
            parents: Vec::new(),
            partition_bound: None,
            partitioned: None,
            of_type: None,
            row_security: RowSecurity::default(),
            replica_identity: ReplicaIdentity::default(),
            clustered_on: None,
            on_commit: OnCommit::default(),
            unkeyed: None,
        }
    }

    /// The column called `name`.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| &*column.name == name)
    }

    /// The column with this number.
    pub fn column_at(&self, number: ColumnNumber) -> Option<&Column> {
        self.columns.iter().find(|column| column.number == number)
    }

    /// The column with this number, to be changed.
    pub fn column_at_mut(&mut self, number: ColumnNumber) -> Option<&mut Column> {
        self.columns.iter_mut().find(|column| column.number == number)
    }

    /// Adds a column, whose number it gives.
    pub fn add_column(&mut self, column: Column) -> ColumnNumber {
        let number = self.next_column;
        self.columns.push(Column { number, ..column });
        self.next_column += 1;
        number
    }

    /// Whether it is a table, foreign or not, partitioned or not.
    pub fn is_table(&self) -> bool {
        matches!(self.kind, RelationKind::Table | RelationKind::ForeignTable(..))
    }

    /// Its index, if it is one.
    pub fn index(&self) -> Option<&Index> {
        match &self.kind {
            RelationKind::Index(index) => Some(index),
            _ => None,
        }
    }

    /// What it shows, if it is a view or materialized view.
    pub fn view(&self) -> Option<&View> {
        match &self.kind {
            RelationKind::View(view) | RelationKind::MaterializedView(view) => Some(view),
            _ => None,
        }
    }

    /// Its numbers, if it is a sequence.
    pub fn sequence(&self) -> Option<&SequenceOptions> {
        match &self.kind {
            RelationKind::Sequence(sequence) => Some(&sequence.options),
            _ => None,
        }
    }

    /// The words of SQL for its kind, in lower case: what PostgreSQL calls it in messages.
    pub fn noun(&self) -> &'static str {
        match self.kind {
            RelationKind::Table | RelationKind::Unknown => "table",
            RelationKind::View(_) => "view",
            RelationKind::MaterializedView(_) => "materialized view",
            RelationKind::Sequence(_) => "sequence",
            RelationKind::Index(_) => "index",
            RelationKind::ForeignTable(..) => "foreign table",
            RelationKind::Composite => "composite type",
        }
    }
}
