//! Tables: CREATE TABLE, CREATE FOREIGN TABLE, and what is made from a query.

use crate::text::Span;

use super::{
    Clause, ColumnConstraint, Execute, Guard, Ident, Name, PartitionBy, PartitionOf, Persistence, Query, Setting, Storage, TableConstraint,
    TypeName, WithData,
};

/// `CREATE [FOREIGN] TABLE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateTable {
    /// The whole statement.
    pub span: Span,
    /// `TEMPORARY`, `UNLOGGED`.
    pub persistence: Persistence,
    /// `IF NOT EXISTS`
    pub guard: Guard,
    /// Its name.
    pub name: Name,
    /// Where its columns come from.
    pub form: TableForm,
    /// What stands between the parentheses, with them as span; `()` is a table without columns.
    pub elements: Option<Clause<Vec<TableElement>>>,
    /// `INHERITS (parents)`
    pub inherits: Option<Clause<Vec<Name>>>,
    /// `PARTITION BY …`
    pub partition_by: Option<PartitionBy>,
    /// `USING`, `WITH`, `ON COMMIT`, `TABLESPACE`; a foreign table has none of them.
    pub storage: Storage,
    /// What makes it a foreign table.
    pub foreign: Option<ForeignData>,
}

impl CreateTable {
    /// Its columns, in order.
    pub fn columns(&self) -> impl Iterator<Item = &Column> {
        self.elements().filter_map(|element| match element {
            TableElement::Column(column) => Some(&**column),
            _ => None,
        })
    }

    /// The constraints that stand beside its columns, in order.
    pub fn constraints(&self) -> impl Iterator<Item = &TableConstraint> {
        self.elements().filter_map(|element| match element {
            TableElement::Constraint(constraint) => Some(&**constraint),
            _ => None,
        })
    }

    /// What stands between the parentheses, in order.
    pub fn elements(&self) -> impl Iterator<Item = &TableElement> {
        self.elements.iter().flat_map(|clause| &clause.value)
    }
}

/// Where a table's columns come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableForm {
    /// From its own definition, LIKE and INHERITS.
    Plain,
    /// `OF type`
    Typed(Clause<Name>),
    /// `PARTITION OF parent … FOR VALUES …`
    Partition(Box<PartitionOf>),
}

/// `SERVER name OPTIONS (…)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignData {
    /// `SERVER name`
    pub server: Clause<Ident>,
    /// `OPTIONS (…)`
    pub options: Vec<Setting>,
}

/// One item between the parentheses of CREATE TABLE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableElement {
    /// A column; in a typed table or a partition, what is said of one.
    Column(Box<Column>),
    /// A constraint.
    Constraint(Box<TableConstraint>),
    /// `LIKE table`
    Like(Like),
}

/// A column's definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// From its name to its last constraint.
    pub span: Span,
    /// Its name.
    pub name: Ident,
    /// Its type; none in a typed table or a partition.
    pub ty: Option<TypeName>,
    /// `STORAGE external`; the word may be DEFAULT.
    pub storage: Option<Clause<Ident>>,
    /// `COMPRESSION lz4`; the word may be DEFAULT.
    pub compression: Option<Clause<Ident>>,
    /// `OPTIONS (…)`, of a foreign table's column.
    pub options: Vec<Setting>,
    /// `COLLATE name`
    pub collation: Option<Clause<Name>>,
    /// In the order written.
    pub constraints: Vec<ColumnConstraint>,
}

/// `LIKE table INCLUDING ALL EXCLUDING INDEXES`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Like {
    /// All of it.
    pub span: Span,
    /// Whose columns are copied.
    pub table: Name,
    /// In the order written: a later one overrules an earlier.
    pub options: Vec<LikeOption>,
}

/// `INCLUDING DEFAULTS`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LikeOption {
    /// All of it.
    pub span: Span,
    /// INCLUDING or EXCLUDING.
    pub verb: LikeVerb,
    /// What of the table.
    pub part: LikePart,
}

/// Whether a part is copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum LikeVerb {
    Including,
    Excluding,
}

/// What LIKE may copy besides columns and their NOT NULL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum LikePart {
    Comments,
    Compression,
    Constraints,
    Defaults,
    Generated,
    Identity,
    Indexes,
    Statistics,
    Storage,
    All,
}

impl LikePart {
    /// What ALL stands for.
    pub const EACH: [LikePart; 9] = [
        LikePart::Comments,
        LikePart::Compression,
        LikePart::Constraints,
        LikePart::Defaults,
        LikePart::Generated,
        LikePart::Identity,
        LikePart::Indexes,
        LikePart::Statistics,
        LikePart::Storage,
    ];
}

impl Like {
    /// Whether `part` is copied, after all INCLUDING and EXCLUDING.
    pub fn includes(&self, part: LikePart) -> bool {
        let last = self.options.iter().rev().find(|option| option.part == part || option.part == LikePart::All);
        last.is_some_and(|option| option.verb == LikeVerb::Including)
    }
}

/// `CREATE TABLE AS`, `CREATE MATERIALIZED VIEW`, by kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateTableAs {
    /// The whole statement.
    pub span: Span,
    /// What is made.
    pub kind: TableAsKind,
    /// `TEMPORARY`, `UNLOGGED`.
    pub persistence: Persistence,
    /// `IF NOT EXISTS`
    pub guard: Guard,
    /// Its name.
    pub name: Name,
    /// `(columns)`; those of the query if not written.
    pub columns: Option<Clause<Vec<Ident>>>,
    /// `USING`, `WITH`, `ON COMMIT`, `TABLESPACE`.
    pub storage: Storage,
    /// What fills it.
    pub source: TableSource,
    /// `WITH NO DATA`
    pub data: Option<Clause<WithData>>,
}

/// What is made from a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum TableAsKind {
    Table,
    MaterializedView,
}

/// What fills a table that is made from a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableSource {
    /// A query.
    Query(Query),
    /// `EXECUTE name (arguments)`: a prepared statement.
    Execute(Execute),
}
