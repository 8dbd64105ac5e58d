//! Views and materialized views.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{
    CheckOption, Clause, CreateTableAs, CreateView, Node, ObjectKind, Persistence, RefreshMaterializedView, TableAsKind, TableSource,
};

use super::create::Head;
use super::parser::{Parse, Parser};
use super::{create, name, query, storage};

/// `CREATE VIEW`, from its persistence on (ViewStmt).
pub(super) fn create_view(p: &mut Parser, head: Head) -> Parse<Node> {
    let persistence = storage::persistence(p)?;
    let recursive = p.eat_kw(Keyword::Recursive);
    p.expect_kw(Keyword::View)?;
    create::reject_guard(p, ObjectKind::View, "write `CREATE OR REPLACE VIEW`")?;
    let name = name::name(p, "a view name")?;
    if recursive.is_some() && !p.at(TokenKind::LeftParen) {
        return Err(p.unexpected("`(`").help("a recursive view must list its columns"));
    }
    let columns = name::optional_columns(p)?;
    let options = storage::parameters(p)?;
    p.expect_kw(Keyword::As)?;
    let query = match recursive {
        Some(_) => query::recursive(p, name.object)?,
        None => query::query(p)?,
    };
    let check_option = check_option(p)?;
    if let (Some(_), Some(check)) = (recursive, check_option) {
        return Err(p.error_at(check.span, "a recursive view can't have a `WITH CHECK OPTION`").state("0A000"));
    }
    let span = p.since(head.start);
    let Head { replace, replace_at, .. } = head;
    Ok(Node::CreateView(Box::new(CreateView {
        span,
        replace,
        replace_at,
        persistence,
        recursive,
        name,
        columns,
        options,
        query,
        check_option,
    })))
}

/// `CREATE MATERIALIZED VIEW`, from UNLOGGED on (CreateMatViewStmt).
pub(super) fn create_materialized_view(p: &mut Parser, head: Head) -> Parse<Node> {
    let persistence = storage::persistence(p)?;
    if matches!(persistence, Persistence::Temporary(_)) {
        return Err(p.unexpected("`TABLE`, `SEQUENCE` or `VIEW`").help("a materialized view can't be temporary"));
    }
    p.expect_kws(&[Keyword::Materialized, Keyword::View])?;
    let guard = name::if_not_exists(p);
    let name = name::name(p, "a view name")?;
    let columns = name::optional_columns(p)?;
    let storage = storage::view_storage(p)?;
    p.expect_kw(Keyword::As)?;
    let source = TableSource::Query(query::query(p)?);
    let data = storage::with_data(p)?;
    let span = p.since(head.start);
    let kind = TableAsKind::MaterializedView;
    Ok(Node::CreateTableAs(Box::new(CreateTableAs { span, kind, persistence, guard, name, columns, storage, source, data })))
}

/// `REFRESH MATERIALIZED VIEW` (RefreshMatViewStmt).
pub(super) fn refresh(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    p.expect_kws(&[Keyword::Refresh, Keyword::Materialized, Keyword::View])?;
    let concurrently_at = p.start();
    let concurrently = p.eat_kw(Keyword::Concurrently);
    let name = name::name(p, "a view name")?;
    let data = storage::with_data(p)?;
    let span = p.since(start);
    Ok(Node::RefreshMaterializedView(Box::new(RefreshMaterializedView { span, concurrently, concurrently_at, name, data })))
}

fn check_option(p: &mut Parser) -> Parse<Option<Clause<CheckOption>>> {
    p.clause(&[Keyword::With], |p| {
        let value = match p.kind() {
            TokenKind::Keyword(Keyword::Local) => {
                p.bump();
                CheckOption::Local
            }
            TokenKind::Keyword(Keyword::Cascaded) => {
                p.bump();
                CheckOption::Cascaded
            }
            _ => CheckOption::Cascaded,
        };
        p.expect_kws(&[Keyword::Check, Keyword::Option])?;
        Ok(value)
    })
}
