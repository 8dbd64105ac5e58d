//! CREATE TABLE in all its forms, its columns, and tables made from a query.

use migration_lint::syntax::tree::{
    Column, CreateTable, CreateTableAs, LikePart, OnCommit, Persistence, Storage, TableAsKind, TableElement, TableForm, TableSource,
    WithData,
};

use super::words::list;
use super::{Facts, Kind};

pub fn create(f: &mut Facts, node: &CreateTable) -> Kind {
    let words = f.words;
    f.say(format!("name {}", words.name(node.name)));
    f.guard("if-not-exists", node.guard);
    f.persistence(node.persistence);
    f.columns(node.columns());
    for element in node.elements() {
        match element {
            TableElement::Column(_) => {}
            TableElement::Constraint(constraint) => f.say(format!("constraint {}", words.table_constraint(constraint))),
            TableElement::Like(like) => {
                let parts = LikePart::EACH.into_iter().filter(|part| like.includes(*part)).map(like_part);
                f.say(format!("like {} {}", words.name(like.table), list(parts)));
            }
        }
    }
    match &node.form {
        TableForm::Plain => {}
        TableForm::Typed(of) => f.say(format!("of {}", words.name(of.value))),
        TableForm::Partition(partition) => {
            f.say(format!("partition-of {}", words.name(partition.parent)));
            f.say(words.bound(&partition.bound));
        }
    }
    f.maybe("inherits", node.inherits.as_ref().map(|parents| words.names(&parents.value)));
    f.maybe("partition-by", node.partition_by.as_ref().map(|by| words.partition_by(by)));
    f.storage(&node.storage);
    match &node.foreign {
        None => "CreateStmt",
        Some(foreign) => {
            f.say(format!("server {}", words.ident(foreign.server.value)));
            f.fdw_options(&foreign.options);
            "CreateForeignTableStmt"
        }
    }
}

pub fn create_as(f: &mut Facts, node: &CreateTableAs) -> Kind {
    let words = f.words;
    f.say(match node.kind {
        TableAsKind::Table => "object table",
        TableAsKind::MaterializedView => "object matview",
    });
    f.say(format!("name {}", words.name(node.name)));
    f.guard("if-not-exists", node.guard);
    f.persistence(node.persistence);
    f.maybe("columns", node.columns.as_ref().map(|columns| words.idents(&columns.value)));
    f.storage(&node.storage);
    if node.data.is_some_and(|data| data.value == WithData::NoData) {
        f.say("with-no-data");
    }
    match &node.source {
        TableSource::Query(query) => f.reads(&query.reads, &query.writes),
        TableSource::Execute(execute) => f.say(format!("execute {}", words.ident(execute.name))),
    }
    "CreateTableAsStmt"
}

impl Facts<'_> {
    pub fn persistence(&mut self, persistence: Persistence) {
        match persistence {
            Persistence::Permanent => {}
            Persistence::Temporary(_) => self.say("persistence temp"),
            Persistence::Unlogged(_) => self.say("persistence unlogged"),
        }
    }

    /// The list of columns, and what is said of each.
    pub fn columns<'c>(&mut self, columns: impl Iterator<Item = &'c Column>) {
        let words = self.words;
        let mut names = Vec::new();
        for column in columns {
            names.push(words.ident(column.name));
            self.column(column);
        }
        if !names.is_empty() {
            self.say(format!("columns {}", list(names)));
        }
    }

    pub fn column(&mut self, column: &Column) {
        let words = self.words;
        self.prefixed(&format!("column {}", words.ident(column.name)), |f| {
            f.maybe("type", column.ty.as_ref().map(|ty| words.type_name(ty)));
            f.maybe("collate", column.collation.map(|collation| words.name(collation.value)));
            f.maybe("storage", column.storage.map(|storage| words.ident(storage.value)));
            f.maybe("compression", column.compression.map(|compression| words.ident(compression.value)));
            f.fdw_options(&column.options);
            for constraint in &column.constraints {
                f.column_constraint(constraint);
            }
        });
    }

    fn storage(&mut self, storage: &Storage) {
        let words = self.words;
        self.maybe("using", storage.method.map(|method| words.ident(method.value)));
        self.optional_options(&storage.parameters);
        self.maybe(
            "on-commit",
            storage.on_commit.map(|on_commit| match on_commit.value {
                OnCommit::Drop => "drop",
                OnCommit::DeleteRows => "delete-rows",
                OnCommit::PreserveRows => "preserve-rows",
            }),
        );
        self.maybe("tablespace", storage.tablespace.map(|tablespace| words.ident(tablespace.value)));
    }
}

const fn like_part(part: LikePart) -> &'static str {
    match part {
        LikePart::Comments => "comments",
        LikePart::Compression => "compression",
        LikePart::Constraints => "constraints",
        LikePart::Defaults => "defaults",
        LikePart::Generated => "generated",
        LikePart::Identity => "identity",
        LikePart::Indexes => "indexes",
        LikePart::Statistics => "statistics",
        LikePart::Storage => "storage",
        LikePart::All => "all",
    }
}
