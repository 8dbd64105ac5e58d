//! CREATE, ALTER and DROP DATABASE and TABLESPACE, and ALTER SYSTEM: what belongs to the whole cluster.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{
    AlterDatabase, AlterSystem, AlterTablespace, CreateDatabase, CreateTablespace, DatabaseAction, DropDatabase, DropTablespace, Ident,
    Node, Setting, SettingValue, TablespaceAction, WordOrString,
};

use super::create::Head;
use super::parser::{Parse, Parser};
use super::{name, session, settings};

/// `CREATE DATABASE`.
pub(super) fn create_database(p: &mut Parser, head: Head) -> Parse<Node> {
    p.bump();
    if p.at_kws(&[Keyword::If, Keyword::Not, Keyword::Exists]) {
        return Err(p.error("`CREATE DATABASE` has no `IF NOT EXISTS`").help(
            "psql can ask first: `SELECT 'CREATE DATABASE name' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'name') \\gexec`",
        ));
    }
    let name = name::column_name(p, "a database name")?;
    p.eat_kw(Keyword::With);
    let options = database_options(p)?;
    Ok(Node::CreateDatabase(Box::new(CreateDatabase { span: p.since(head.start), name, options })))
}

/// `ALTER DATABASE`, but for what all objects have in common.
pub(super) fn alter_database(p: &mut Parser, start: u32) -> Parse<Node> {
    p.bump();
    name::no_guard(p, "ALTER DATABASE")?;
    let name = name::column_name(p, "a database name")?;
    let action = database_action(p)?;
    Ok(Node::AlterDatabase(Box::new(AlterDatabase { span: p.since(start), name, action })))
}

/// `DROP DATABASE`.
pub(super) fn drop_database(p: &mut Parser, start: u32) -> Parse<Node> {
    p.bump();
    let guard = name::if_exists(p);
    let name = name::column_name(p, "a database name")?;
    let options = p.start();
    let with = p.eat_kw(Keyword::With);
    let force = if with.is_some() || p.at(TokenKind::LeftParen) {
        let force = p.paren_list(|p| p.expect_kw(Keyword::Force))?;
        p.need(13, p.since(options), "`DROP DATABASE … (FORCE)`");
        force
    } else {
        Vec::new()
    };
    Ok(Node::DropDatabase(Box::new(DropDatabase { span: p.since(start), guard, name, force })))
}

/// `CREATE TABLESPACE`.
pub(super) fn create_tablespace(p: &mut Parser, head: Head) -> Parse<Node> {
    p.bump();
    name::no_guard(p, "CREATE TABLESPACE")?;
    let name = name::column_name(p, "a tablespace name")?;
    let owner = p.clause(&[Keyword::Owner], name::role)?;
    p.expect_kw(Keyword::Location)?;
    let location = name::string(p, "a directory in quotes")?;
    let options = p.clause(&[Keyword::With], settings::storage_parameters)?;
    Ok(Node::CreateTablespace(Box::new(CreateTablespace { span: p.since(head.start), name, owner, location, options })))
}

/// `ALTER TABLESPACE … SET, RESET`.
pub(super) fn alter_tablespace(p: &mut Parser, start: u32) -> Parse<Node> {
    p.bump();
    name::no_guard(p, "ALTER TABLESPACE")?;
    let name = name::column_name(p, "a tablespace name")?;
    let action = if p.eat_kw(Keyword::Set).is_some() {
        TablespaceAction::Set(settings::storage_parameters(p)?)
    } else if p.eat_kw(Keyword::Reset).is_some() {
        TablespaceAction::Reset(settings::storage_parameters(p)?)
    } else {
        return Err(p.unexpected("`SET`, `RESET`, `RENAME TO` or `OWNER TO`"));
    };
    Ok(Node::AlterTablespace(Box::new(AlterTablespace { span: p.since(start), name, action })))
}

/// `DROP TABLESPACE`.
pub(super) fn drop_tablespace(p: &mut Parser, start: u32) -> Parse<Node> {
    p.bump();
    let guard = name::if_exists(p);
    let name = name::column_name(p, "a tablespace name")?;
    Ok(Node::DropTablespace(Box::new(DropTablespace { span: p.since(start), guard, name })))
}

/// `ALTER SYSTEM`.
pub(super) fn alter_system(p: &mut Parser, start: u32) -> Parse<Node> {
    p.bump();
    let setting = if p.eat_kw(Keyword::Set).is_some() {
        session::generic_set(p)?
    } else if p.eat_kw(Keyword::Reset).is_some() {
        session::generic_reset(p)?
    } else {
        return Err(p.unexpected("`SET` or `RESET`"));
    };
    Ok(Node::AlterSystem(Box::new(AlterSystem { span: p.since(start), setting })))
}

fn database_action(p: &mut Parser) -> Parse<DatabaseAction> {
    match p.kind() {
        TokenKind::Keyword(Keyword::Set) => {
            p.bump();
            if p.at_kw(Keyword::Tablespace) && !at_assignment(p.nth(1)) {
                p.bump();
                return name::column_name(p, "a tablespace name").map(DatabaseAction::SetTablespace);
            }
            session::set_rest(p).map(DatabaseAction::Variable)
        }
        TokenKind::Keyword(Keyword::Reset) => {
            p.bump();
            session::reset_rest(p).map(DatabaseAction::Variable)
        }
        TokenKind::Keyword(Keyword::Refresh) => {
            let span = p.expect_kws(&[Keyword::Refresh, Keyword::Collation, Keyword::Version])?;
            p.need(15, span, "`ALTER DATABASE … REFRESH COLLATION VERSION`");
            Ok(DatabaseAction::RefreshCollationVersion(span))
        }
        _ => {
            p.eat_kw(Keyword::With);
            database_options(p).map(DatabaseAction::Options)
        }
    }
}

/// Whether `SET tablespace` goes on as the change of a variable of that name.
fn at_assignment(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Equals | TokenKind::Dot | TokenKind::Keyword(Keyword::To | Keyword::From))
}

/// Any number of options without commas between them (createdb_opt_list).
fn database_options(p: &mut Parser) -> Parse<Vec<Setting>> {
    let mut options = Vec::new();
    while let Some(name) = option_name(p)? {
        p.eat(TokenKind::Equals);
        let value = option_value(p)?;
        options.push(Setting { span: p.since(name.span.start), verb: None, namespace: None, name, value: Some(value) });
    }
    Ok(options)
}

/// The name of an option, or nothing: any word that is no keyword, and a few that are (createdb_opt_name).
fn option_name(p: &mut Parser) -> Parse<Option<Ident>> {
    let span = match p.kind() {
        TokenKind::Ident | TokenKind::QuotedIdent | TokenKind::UnicodeIdent => p.bump(),
        TokenKind::Keyword(Keyword::Encoding | Keyword::Location | Keyword::Owner | Keyword::Tablespace | Keyword::Template) => p.bump(),
        TokenKind::Keyword(Keyword::Connection) => p.expect_kws(&[Keyword::Connection, Keyword::Limit])?,
        _ => return Ok(None),
    };
    Ok(Some(Ident { span }))
}

fn option_value(p: &mut Parser) -> Parse<SettingValue> {
    match p.kind() {
        TokenKind::Keyword(Keyword::Default | Keyword::True | Keyword::False | Keyword::On) => Ok(SettingValue::Word(p.bump())),
        TokenKind::Integer | TokenKind::Decimal | TokenKind::Plus | TokenKind::Minus => {
            name::number(p, "a number").map(SettingValue::Number)
        }
        _ => Ok(match name::word_or_string(p, "the value of the option")? {
            WordOrString::Word(word) => SettingValue::Word(word.span),
            WordOrString::String(string) => SettingValue::String(string),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::grammar::testing::node;

    #[test]
    fn options_stand_side_by_side_and_connection_limit_is_one_name() {
        let text = "CREATE DATABASE d OWNER = app CONNECTION LIMIT -1 is_template true";
        let Node::CreateDatabase(create) = node(text) else { panic!("no CreateDatabase") };
        let options: Vec<_> = create.options.iter().map(|option| &text[option.span]).collect();
        assert_eq!(options, ["OWNER = app", "CONNECTION LIMIT -1", "is_template true"]);
        assert_eq!(&text[create.options[1].name.span], "CONNECTION LIMIT");
    }

    #[test]
    fn tablespace_after_set_is_a_clause_or_a_variable() {
        let action = |text: &str| match node(text) {
            Node::AlterDatabase(alter) => alter.action,
            other => panic!("{other:?}"),
        };
        assert!(matches!(action("ALTER DATABASE d SET TABLESPACE x"), DatabaseAction::SetTablespace(_)));
        assert!(matches!(action("ALTER DATABASE d SET tablespace TO x"), DatabaseAction::Variable(_)));
    }
}
