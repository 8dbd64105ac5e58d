//! Where rows are kept: the words before TABLE and the clauses behind it, and moving all relations of a tablespace.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{Clause, Ident, MoveAll, MovedKind, Node, OnCommit, Persistence, Setting, Storage, WithData};

use super::parser::{Parse, Parser};
use super::{name, settings};

/// `TEMPORARY`, `LOCAL TEMP`, `UNLOGGED` and so on, or nothing (OptTemp).
pub(super) fn persistence(p: &mut Parser) -> Parse<Persistence> {
    let start = p.start();
    if let Some(span) = p.eat_kw(Keyword::Unlogged) {
        return Ok(Persistence::Unlogged(span));
    }
    let scoped = p.eat_kw(Keyword::Local).or_else(|| p.eat_kw(Keyword::Global)).is_some();
    match p.kind() {
        TokenKind::Keyword(Keyword::Temporary | Keyword::Temp) => {
            p.bump();
            Ok(Persistence::Temporary(p.since(start)))
        }
        _ if scoped => Err(p.unexpected("`TEMPORARY`")),
        _ => Ok(Persistence::Permanent),
    }
}

/// `USING method WITH (…) ON COMMIT … TABLESPACE name`, each of them or not.
pub(super) fn table_storage(p: &mut Parser) -> Parse<Storage> {
    let method = method(p)?;
    let parameters = parameters(p)?;
    let without_oids = if parameters.is_none() { p.eat_kws(&[Keyword::Without, Keyword::Oids]) } else { None };
    let on_commit = p.clause(&[Keyword::On, Keyword::Commit], on_commit)?;
    let tablespace = tablespace(p)?;
    Ok(Storage { method, parameters, without_oids, on_commit, tablespace })
}

/// `USING method WITH (…) TABLESPACE name` of a materialized view.
pub(super) fn view_storage(p: &mut Parser) -> Parse<Storage> {
    Ok(Storage { method: method(p)?, parameters: parameters(p)?, tablespace: tablespace(p)?, ..Storage::default() })
}

/// `USING method` (access_method_clause).
pub(super) fn method(p: &mut Parser) -> Parse<Option<Clause<Ident>>> {
    p.clause(&[Keyword::Using], |p| name::column_name(p, "an access method"))
}

/// `WITH (fillfactor = 70)` (opt_reloptions).
pub(super) fn parameters(p: &mut Parser) -> Parse<Option<Clause<Vec<Setting>>>> {
    if p.at_kws(&[Keyword::With, Keyword::Oids]) {
        return Err(p.error("tables have no OIDs since PostgreSQL 12").help("remove `WITH OIDS`, or declare an identity column"));
    }
    p.clause(&[Keyword::With], settings::storage_parameters)
}

/// `TABLESPACE name` (OptTableSpace).
pub(super) fn tablespace(p: &mut Parser) -> Parse<Option<Clause<Ident>>> {
    p.clause(&[Keyword::Tablespace], |p| name::column_name(p, "a tablespace name"))
}

/// `WITH DATA`, `WITH NO DATA` (opt_with_data).
pub(super) fn with_data(p: &mut Parser) -> Parse<Option<Clause<WithData>>> {
    p.clause(&[Keyword::With], |p| {
        let value = if p.eat_kw(Keyword::No).is_some() { WithData::NoData } else { WithData::Data };
        p.expect_kw(Keyword::Data)?;
        Ok(value)
    })
}

/// `ALL IN TABLESPACE name …`, from ALL on; `start` is the statement's.
pub(super) fn move_all(p: &mut Parser, start: u32, kind: MovedKind) -> Parse<Node> {
    p.expect_kws(&[Keyword::All, Keyword::In, Keyword::Tablespace])?;
    let from = name::column_name(p, "a tablespace name")?;
    let owners = if p.eat_kw(Keyword::Owned).is_some() {
        p.expect_kw(Keyword::By)?;
        name::roles(p)?
    } else {
        Vec::new()
    };
    p.expect_kws(&[Keyword::Set, Keyword::Tablespace])?;
    let to = name::column_name(p, "a tablespace name")?;
    let nowait = p.eat_kw(Keyword::Nowait);
    Ok(Node::MoveAll(Box::new(MoveAll { span: p.since(start), kind, from, owners, to, nowait })))
}

fn on_commit(p: &mut Parser) -> Parse<OnCommit> {
    match p.kind() {
        TokenKind::Keyword(Keyword::Drop) => {
            p.bump();
            Ok(OnCommit::Drop)
        }
        TokenKind::Keyword(Keyword::Delete) => p.expect_kws(&[Keyword::Delete, Keyword::Rows]).map(|_| OnCommit::DeleteRows),
        TokenKind::Keyword(Keyword::Preserve) => p.expect_kws(&[Keyword::Preserve, Keyword::Rows]).map(|_| OnCommit::PreserveRows),
        _ => Err(p.unexpected("`DROP`, `DELETE ROWS` or `PRESERVE ROWS`")),
    }
}
