//! CREATE TABLE in all its forms, CREATE FOREIGN TABLE, CREATE TABLE AS.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{
    Clause, CreateTable, CreateTableAs, ForeignData, Guard, Like, LikeOption, LikePart, LikeVerb, Name, Node, PartitionOf, Persistence,
    Storage, TableAsKind, TableElement, TableForm, TableSource,
};
use crate::text::Span;

use super::create::Head;
use super::parser::{Parse, Parser};
use super::{column, constraint, dialect, name, partition, prepared, query, settings, storage};

/// `CREATE TABLE`, from its persistence on (CreateStmt, CreateAsStmt, and ExecuteStmt where it makes a table).
pub(super) fn create_table(p: &mut Parser, head: Head) -> Parse<Node> {
    let persistence = storage::persistence(p)?;
    p.expect_kw(Keyword::Table)?;
    let guard = name::if_not_exists(p);
    let name = name::name(p, "a table name")?;
    if at_target_of_query(p) {
        return create_table_as(p, head, persistence, guard, name);
    }
    let Definition { form, elements } = definition(p)?;
    let inherits = if matches!(form, TableForm::Plain) { inherits(p)? } else { None };
    let partition_by = partition::partition_by(p)?;
    let storage = storage::table_storage(p)?;
    dialect::refuse(p, dialect::TABLE)?;
    let span = p.since(head.start);
    Ok(Node::CreateTable(Box::new(CreateTable {
        span,
        persistence,
        guard,
        name,
        form,
        elements,
        inherits,
        partition_by,
        storage,
        foreign: None,
    })))
}

/// `CREATE FOREIGN TABLE`, from FOREIGN on (CreateForeignTableStmt).
pub(super) fn create_foreign_table(p: &mut Parser, head: Head) -> Parse<Node> {
    p.expect_kws(&[Keyword::Foreign, Keyword::Table])?;
    let guard = name::if_not_exists(p);
    let name = name::name(p, "a table name")?;
    if p.at_kw(Keyword::Of) {
        return Err(p.unexpected("`(` or `PARTITION OF`"));
    }
    let Definition { form, elements } = definition(p)?;
    let inherits = if matches!(form, TableForm::Plain) { inherits(p)? } else { None };
    let start = p.start();
    p.expect_kw(Keyword::Server)?;
    let server = name::column_name(p, "a server name")?;
    let server = Clause { span: p.since(start), value: server };
    let foreign = Some(ForeignData { server, options: settings::generic_options(p)? });
    let span = p.since(head.start);
    let (persistence, storage) = (Persistence::Permanent, Storage::default());
    Ok(Node::CreateTable(Box::new(CreateTable {
        span,
        persistence,
        guard,
        name,
        form,
        elements,
        inherits,
        partition_by: None,
        storage,
        foreign,
    })))
}

/// Whether what follows the table's name is CREATE TABLE AS: in parentheses it has bare names, where columns have types.
fn at_target_of_query(p: &Parser) -> bool {
    use Keyword::*;
    match p.kind() {
        TokenKind::LeftParen => p.is_column_name(p.nth(1)) && matches!(p.nth(2), TokenKind::Comma | TokenKind::RightParen),
        TokenKind::Keyword(keyword) => matches!(keyword, As | Using | With | Without | On | Tablespace),
        _ => false,
    }
}

fn create_table_as(p: &mut Parser, head: Head, persistence: Persistence, guard: Guard, name: Name) -> Parse<Node> {
    const UNTYPED: &str = "every column needs a type, unless the table is made `AS` a query";
    let columns = name::optional_columns(p).map_err(|error| error.help(UNTYPED))?;
    let storage = storage::table_storage(p)?;
    if !p.at_kw(Keyword::As) {
        let error = p.unexpected("`AS`");
        return Err(if columns.is_some() { error.help(UNTYPED) } else { error });
    }
    p.bump();
    let source = match p.at_kw(Keyword::Execute) {
        true => TableSource::Execute(prepared::execution(p)?),
        false => TableSource::Query(query::query(p)?),
    };
    let data = storage::with_data(p)?;
    let span = p.since(head.start);
    let kind = TableAsKind::Table;
    Ok(Node::CreateTableAs(Box::new(CreateTableAs { span, kind, persistence, guard, name, columns, storage, source, data })))
}

/// What follows a new table's name.
struct Definition {
    form: TableForm,
    elements: Option<Clause<Vec<TableElement>>>,
}

fn definition(p: &mut Parser) -> Parse<Definition> {
    let start = p.start();
    if p.eat_kw(Keyword::Of).is_some() {
        let value = name::name(p, "a composite type")?;
        let form = TableForm::Typed(Clause { span: p.since(start), value });
        return Ok(Definition { form, elements: typed_elements(p)? });
    }
    if p.eat_kw(Keyword::Partition).is_some() {
        p.expect_kw(Keyword::Of)?;
        let parent = name::name(p, "a partitioned table")?;
        let head = p.since(start);
        let elements = typed_elements(p)?;
        let bound = partition::bound(p)?;
        return Ok(Definition { form: TableForm::Partition(Box::new(PartitionOf { head, parent, bound })), elements });
    }
    if !p.at(TokenKind::LeftParen) {
        return Err(p.unexpected("`(`"));
    }
    if p.nth(1) == TokenKind::RightParen {
        p.bump();
        p.bump();
        let elements = Clause { span: p.since(start), value: Vec::new() };
        return Ok(Definition { form: TableForm::Plain, elements: Some(elements) });
    }
    Ok(Definition { form: TableForm::Plain, elements: Some(elements(p, element)?) })
}

/// What a typed table or a partition says of its columns, or nothing (OptTypedTableElementList).
fn typed_elements(p: &mut Parser) -> Parse<Option<Clause<Vec<TableElement>>>> {
    p.at(TokenKind::LeftParen).then(|| elements(p, typed_element)).transpose()
}

fn elements(p: &mut Parser, element: fn(&mut Parser) -> Parse<TableElement>) -> Parse<Clause<Vec<TableElement>>> {
    let start = p.start();
    p.left_paren()?;
    let value = p.list(|p| match p.kind() {
        TokenKind::RightParen => Err(p.unexpected("a column or a constraint").help("remove the comma before it")),
        _ => element(p),
    })?;
    if !p.at(TokenKind::RightParen) {
        return Err(dialect::explain(p, p.unexpected("`,` or `)`"), dialect::COLUMN));
    }
    p.bump();
    Ok(Clause { span: p.since(start), value })
}

/// An item of a table (TableElement).
fn element(p: &mut Parser) -> Parse<TableElement> {
    if p.at_kw(Keyword::Like) {
        return like(p).map(TableElement::Like);
    }
    if constraint::at_table_constraint(p) {
        return constraint::table_constraint(p).map(|constraint| TableElement::Constraint(Box::new(constraint)));
    }
    column::column(p).map(|column| TableElement::Column(Box::new(column)))
}

/// An item of a typed table or a partition (TypedTableElement).
fn typed_element(p: &mut Parser) -> Parse<TableElement> {
    if constraint::at_table_constraint(p) {
        return constraint::table_constraint(p).map(|constraint| TableElement::Constraint(Box::new(constraint)));
    }
    column::typed_column(p).map(|column| TableElement::Column(Box::new(column)))
}

/// `LIKE table INCLUDING ALL` (TableLikeClause).
fn like(p: &mut Parser) -> Parse<Like> {
    let start = p.start();
    p.expect_kw(Keyword::Like)?;
    let table = name::name(p, "a table name")?;
    let mut options = Vec::new();
    while let Some((word, verb)) = like_verb(p) {
        let part = like_part(p)?;
        options.push(LikeOption { span: p.since(word.start), verb, part });
    }
    Ok(Like { span: p.since(start), table, options })
}

fn like_verb(p: &mut Parser) -> Option<(Span, LikeVerb)> {
    let verb = match p.kind() {
        TokenKind::Keyword(Keyword::Including) => LikeVerb::Including,
        TokenKind::Keyword(Keyword::Excluding) => LikeVerb::Excluding,
        _ => return None,
    };
    Some((p.bump(), verb))
}

fn like_part(p: &mut Parser) -> Parse<LikePart> {
    let part = match p.kind() {
        TokenKind::Keyword(Keyword::Comments) => LikePart::Comments,
        TokenKind::Keyword(Keyword::Compression) => {
            p.need(14, p.span(), "`COMPRESSION` behind `LIKE`");
            LikePart::Compression
        }
        TokenKind::Keyword(Keyword::Constraints) => LikePart::Constraints,
        TokenKind::Keyword(Keyword::Defaults) => LikePart::Defaults,
        TokenKind::Keyword(Keyword::Generated) => LikePart::Generated,
        TokenKind::Keyword(Keyword::Identity) => LikePart::Identity,
        TokenKind::Keyword(Keyword::Indexes) => LikePart::Indexes,
        TokenKind::Keyword(Keyword::Statistics) => LikePart::Statistics,
        TokenKind::Keyword(Keyword::Storage) => LikePart::Storage,
        TokenKind::Keyword(Keyword::All) => LikePart::All,
        _ => return Err(p.unexpected("what to copy, such as `ALL` or `DEFAULTS`")),
    };
    p.bump();
    Ok(part)
}

/// `INHERITS (parents)`, or nothing (OptInherit).
fn inherits(p: &mut Parser) -> Parse<Option<Clause<Vec<Name>>>> {
    p.clause(&[Keyword::Inherits], |p| p.paren_list(|p| name::name(p, "a table name")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::grammar::testing::{error, node};

    fn create(text: &str) -> CreateTable {
        match node(text) {
            Node::CreateTable(table) => *table,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_last_including_or_excluding_counts() {
        let table = create("CREATE TABLE t (LIKE u INCLUDING ALL EXCLUDING INDEXES)");
        let Some(TableElement::Like(like)) = table.elements().next() else { panic!("no LIKE") };
        let parts = LikePart::EACH.into_iter().filter(|&part| like.includes(part)).count();
        assert_eq!((parts, like.includes(LikePart::Indexes), like.includes(LikePart::Defaults)), (8, false, true));
    }

    #[test]
    fn names_without_types_are_the_columns_of_a_query() {
        assert!(matches!(node("CREATE TABLE t (a, b) AS SELECT 1, 2"), Node::CreateTableAs(_)));
        assert!(error("CREATE TABLE t (a, b)").help.is_some_and(|help| help.contains("needs a type")));
    }

    #[test]
    fn clauses_stand_where_they_are_written() {
        let text = "CREATE UNLOGGED TABLE t (a int) INHERITS (u, v) PARTITION BY HASH (a) WITH (fillfactor = 70) TABLESPACE fast";
        let table = create(text);
        let inherits = table.inherits.expect("it inherits");
        assert_eq!((&text[inherits.span], inherits.value.len()), ("INHERITS (u, v)", 2));
        assert_eq!(&text[table.partition_by.expect("it is partitioned").span], "PARTITION BY HASH (a)");
        assert_eq!(&text[table.storage.parameters.expect("it has parameters").span], "WITH (fillfactor = 70)");
        assert_eq!(table.guard, Guard::Absent(22), "before the table's name");
    }

    #[test]
    fn other_databases_habits_get_advice() {
        let help = |text: &str| error(text).help.unwrap_or_default();
        assert!(help("CREATE TABLE t (id int AUTO_INCREMENT)").contains("IDENTITY"));
        assert!(help("CREATE TABLE t (id int) ENGINE=InnoDB").contains("storage engines"));
        assert!(help("CREATE TABLE t (id int, UNIQUE (id) WHERE id > 0)").contains("CREATE UNIQUE INDEX"));
        assert!(help("CREATE TABLE t (id int name text)").contains("comma"));
        assert!(help("CREATE TABLE t (id int,)").contains("comma"));
    }
}
