//! Files of another database, told from PostgreSQL's by what only the other says.
//!
//! Many a folder of migrations holds SQLite's or MySQL's files beside PostgreSQL's, and about half of those would even parse. A wrong guess
//! is dear on both sides: a foreign file gives nothing but false findings, and a PostgreSQL file that is taken for a foreign one is not
//! linted at all. So the evidence is of two kinds, both read from tokens, never from strings, comments or function bodies:
//!
//! * *foreign signs*: what PostgreSQL has no meaning for (`AUTOINCREMENT`, `INSERT OR IGNORE`, `datetime('now')`, `ENGINE=`, a name in
//!   backticks or brackets, a line `GO`, …);
//! * *PostgreSQL's signs*: what no other database has (`::`, a dollar quote, `jsonb`, `timestamptz`, `CREATE EXTENSION`, …).
//!
//! The rule: a history is foreign if more of its files have foreign signs and none of PostgreSQL's than have PostgreSQL's; then its files
//! without any sign go along with the dialect that most of them have. A folder that is called like another database needs no sign, only
//! the absence of PostgreSQL's. In a history of PostgreSQL a file is foreign only if it has two different signs of one dialect and none of
//! PostgreSQL's: a single one is somebody's habit, and a syntax error to be reported.

use crate::syntax::lexer::{Keyword, Token, TokenKind};
use crate::text::Span;

/// A database whose SQL a file is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dialect {
    /// The one that is linted.
    PostgreSql,
    /// SQLite, libSQL, Cloudflare D1.
    Sqlite,
    /// MySQL and MariaDB.
    MySql,
    /// Microsoft SQL Server.
    SqlServer,
    /// Oracle Database.
    Oracle,
    /// ClickHouse.
    ClickHouse,
}

impl Dialect {
    const FOREIGN: [Dialect; 5] = [Dialect::Sqlite, Dialect::MySql, Dialect::SqlServer, Dialect::Oracle, Dialect::ClickHouse];

    /// Its name, as people write it.
    pub const fn name(self) -> &'static str {
        match self {
            Dialect::PostgreSql => "PostgreSQL",
            Dialect::Sqlite => "SQLite",
            Dialect::MySql => "MySQL",
            Dialect::SqlServer => "SQL Server",
            Dialect::Oracle => "Oracle",
            Dialect::ClickHouse => "ClickHouse",
        }
    }
}

/// What a file gives away.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Signs {
    /// The first sign of each kind, in order.
    pub foreign: Vec<Sign>,
    /// The first sign of PostgreSQL.
    pub postgres: Option<Span>,
}

/// Something that one dialect says and PostgreSQL does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sign {
    /// Who says it.
    pub dialect: Dialect,
    /// What it is called in a message.
    pub what: &'static str,
    /// Where.
    pub span: Span,
}

/// The signs in `text`, of which `tokens` are the tokens.
pub fn signs(text: &str, tokens: &[Token]) -> Signs {
    let mut signs = Signs::default();
    for at in 0..tokens.len() {
        let here = Here { text, tokens, at };
        if let Some((dialect, what)) = foreign(&here) {
            if signs.foreign.iter().all(|sign| sign.what != what) {
                signs.foreign.push(Sign { dialect, what, span: tokens[at].span });
            }
        } else if signs.postgres.is_none() && is_postgres(&here) {
            signs.postgres = Some(tokens[at].span);
        }
    }
    // MySQL's client takes any delimiter, `$$` for one: what looks like a dollar quote after it is none.
    if signs.foreign.iter().any(|sign| sign.what == "DELIMITER") {
        signs.postgres = None;
    }
    signs
}

/// The dialect of each file of the history in `folder`, whose files have these `signs`.
pub fn of_history(folder: &str, signs: &[&Signs]) -> Vec<Dialect> {
    let clear: Vec<Option<Dialect>> = signs.iter().map(|signs| clear(signs, 1)).collect();
    let postgres = signs.iter().filter(|signs| signs.postgres.is_some()).count();
    let count = |dialect: Dialect| clear.iter().filter(|&&found| found == Some(dialect)).count();
    let most = Dialect::FOREIGN.into_iter().rev().max_by_key(|&dialect| count(dialect)).filter(|&dialect| count(dialect) > 0);
    let named = folder.rsplit('/').find_map(named).filter(|_| postgres == 0);
    let foreign: usize = Dialect::FOREIGN.into_iter().map(count).sum();
    let history = match (named, most) {
        (Some(named), _) => named,
        (None, Some(most)) if foreign > postgres => most,
        _ => Dialect::PostgreSql,
    };
    // A file without any sign goes along only where most files speak: one file says nothing of its neighbours.
    let neutral = if named.is_some() || foreign * 2 > signs.len() && foreign > 1 { history } else { Dialect::PostgreSql };
    let of_file = |(signs, clear): (&&Signs, &Option<Dialect>)| match history {
        Dialect::PostgreSql => self::clear(signs, 2).unwrap_or(Dialect::PostgreSql),
        _ if signs.postgres.is_some() => Dialect::PostgreSql,
        _ => clear.unwrap_or(neutral),
    };
    signs.iter().zip(&clear).map(of_file).collect()
}

/// The dialect that at least `least` signs speak for, if none speaks for PostgreSQL.
fn clear(signs: &Signs, least: usize) -> Option<Dialect> {
    let count = |dialect: Dialect| signs.foreign.iter().filter(|sign| sign.dialect == dialect).count();
    let most = Dialect::FOREIGN.into_iter().rev().max_by_key(|&dialect| count(dialect))?;
    (signs.postgres.is_none() && count(most) >= least).then_some(most)
}

/// The dialect that a folder is called after.
fn named(folder: &str) -> Option<Dialect> {
    match folder.to_ascii_lowercase().as_str() {
        "sqlite" | "sqlite3" | "d1" => Some(Dialect::Sqlite),
        "mysql" | "mariadb" => Some(Dialect::MySql),
        "mssql" | "sqlserver" => Some(Dialect::SqlServer),
        "oracle" => Some(Dialect::Oracle),
        "clickhouse" => Some(Dialect::ClickHouse),
        _ => None,
    }
}

/// A token with what stands around it.
struct Here<'s> {
    text: &'s str,
    tokens: &'s [Token],
    at: usize,
}

impl<'s> Here<'s> {
    fn kind(&self, ahead: usize) -> TokenKind {
        self.tokens.get(self.at + ahead).map_or(TokenKind::End, |token| token.kind)
    }

    fn before(&self) -> TokenKind {
        self.at.checked_sub(1).map_or(TokenKind::Semicolon, |at| self.tokens[at].kind)
    }

    fn word(&self, ahead: usize) -> &'s str {
        self.tokens.get(self.at + ahead).map_or("", |token| &self.text[token.span])
    }

    fn is(&self, ahead: usize, word: &str) -> bool {
        self.word(ahead).eq_ignore_ascii_case(word)
    }

    fn is_any(&self, ahead: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(ahead, word))
    }

    /// Whether nothing else stands on the token's line before it.
    fn begins_line(&self) -> bool {
        let before = &self.text[..self.tokens[self.at].span.start as usize];
        before.trim_end_matches([' ', '\t', '\u{feff}']).chars().next_back().is_none_or(|c| matches!(c, '\n' | '\r'))
    }

    fn ends_line(&self) -> bool {
        let after = &self.text[self.tokens[self.at].span.end as usize..];
        after.trim_start_matches([' ', '\t']).chars().next().is_none_or(|c| matches!(c, '\n' | '\r' | ';'))
    }

    /// Whether the tokens here and `ahead` of here touch what stands between them.
    fn touches(&self, ahead: usize) -> bool {
        (0..ahead).all(|n| match (self.tokens.get(self.at + n), self.tokens.get(self.at + n + 1)) {
            (Some(token), Some(next)) => token.span.end == next.span.start,
            _ => false,
        })
    }
}

/// What is said here that PostgreSQL has no meaning for, and by whom.
fn foreign(here: &Here<'_>) -> Option<(Dialect, &'static str)> {
    use Dialect::{MySql, SqlServer, Sqlite};
    match here.kind(0) {
        TokenKind::Ident => foreign_word(here),
        TokenKind::Keyword(keyword) => match keyword {
            Keyword::Or if here.before() == TokenKind::Keyword(Keyword::Insert) && here.is_any(1, &CONFLICT) => {
                Some((Sqlite, "INSERT OR …"))
            }
            Keyword::Or if here.before() == TokenKind::Keyword(Keyword::Update) && here.is_any(1, &CONFLICT) => {
                Some((Sqlite, "UPDATE OR …"))
            }
            Keyword::Without if here.is(1, "rowid") => Some((Sqlite, "WITHOUT ROWID")),
            Keyword::Delimiter if here.begins_line() && is_delimiter(here) => Some((MySql, DELIMITER)),
            Keyword::On if here.is(1, "update") && here.is(2, "current_timestamp") => Some((MySql, "ON UPDATE CURRENT_TIMESTAMP")),
            Keyword::Identity if here.kind(1) == TokenKind::LeftParen && here.kind(2) == TokenKind::Integer => {
                Some((SqlServer, "IDENTITY(…, …)"))
            }
            _ => None,
        },
        TokenKind::Operator if here.word(0) == "`" && here.word(2) == "`" && here.touches(2) => Some((MySql, "a name in backticks")),
        TokenKind::LeftBracket if here.kind(2) == TokenKind::RightBracket && opens_name(here) => Some((SqlServer, "a name in brackets")),
        _ => None,
    }
}

const DELIMITER: &str = "DELIMITER";

/// What SQLite does when a constraint is violated.
const CONFLICT: [&str; 5] = ["ignore", "replace", "abort", "fail", "rollback"];

/// The same for a word that is no keyword of PostgreSQL.
fn foreign_word(here: &Here<'_>) -> Option<(Dialect, &'static str)> {
    let word = WORDS.iter().find(|word| here.is_any(0, word.words) && word.when.holds(here))?;
    Some((word.dialect, word.what))
}

/// Words that are no keywords of PostgreSQL, and mean something to another database.
struct Word {
    words: &'static [&'static str],
    when: When,
    dialect: Dialect,
    what: &'static str,
}

/// Where a word has to stand to mean it.
#[derive(Clone, Copy)]
enum When {
    Anywhere,
    /// Where a statement begins.
    Opening,
    /// Alone on its line.
    Alone,
    /// Before `=`.
    Set,
    /// Before `= …MergeTree`.
    SetToMergeTree,
    /// Before parentheses.
    Called,
    /// Before parentheses with a string in them.
    CalledWithString,
    /// After a name: as a type, with or without a length.
    Typing,
    /// After the keyword of a type, or its length.
    AfterType,
}

impl When {
    fn holds(self, here: &Here<'_>) -> bool {
        let called = here.kind(1) == TokenKind::LeftParen;
        match self {
            When::Anywhere => true,
            When::Opening => here.before() == TokenKind::Semicolon,
            When::Alone => here.begins_line() && here.ends_line() && here.before() != TokenKind::Comma,
            When::Set => here.kind(1) == TokenKind::Equals,
            When::SetToMergeTree => here.kind(1) == TokenKind::Equals && here.word(2).to_ascii_lowercase().ends_with("mergetree"),
            When::Called => called,
            When::CalledWithString => called && here.kind(2) == TokenKind::String,
            When::Typing => matches!(here.before(), TokenKind::Ident | TokenKind::QuotedIdent | TokenKind::RightBracket),
            When::AfterType => matches!(here.before(), TokenKind::Keyword(_) | TokenKind::RightParen),
        }
    }
}

const fn word(words: &'static [&'static str], when: When, dialect: Dialect, what: &'static str) -> Word {
    Word { words, when, dialect, what }
}

static WORDS: [Word; 15] = [
    word(&["autoincrement"], When::Anywhere, Dialect::Sqlite, "AUTOINCREMENT"),
    word(&["pragma"], When::Opening, Dialect::Sqlite, "PRAGMA"),
    word(&["datetime", "strftime", "julianday", "unixepoch"], When::CalledWithString, Dialect::Sqlite, "datetime('…')"),
    word(&["sqlite_master", "sqlite_schema", "sqlite_sequence"], When::Anywhere, Dialect::Sqlite, "sqlite_master"),
    word(&["auto_increment"], When::Anywhere, Dialect::MySql, "AUTO_INCREMENT"),
    word(&["engine"], When::SetToMergeTree, Dialect::ClickHouse, "ENGINE = MergeTree"),
    word(&["engine"], When::Set, Dialect::MySql, "ENGINE ="),
    word(&["charset"], When::Set, Dialect::MySql, "CHARSET ="),
    word(&["unsigned"], When::AfterType, Dialect::MySql, "UNSIGNED"),
    word(&["longtext", "mediumtext", "mediumint", "longblob", "mediumblob"], When::Typing, Dialect::MySql, "LONGTEXT"),
    word(&["nvarchar", "uniqueidentifier", "datetime2"], When::Typing, Dialect::SqlServer, "NVARCHAR"),
    word(&["getdate", "sysutcdatetime", "object_id", "newid"], When::Called, Dialect::SqlServer, "GETDATE()"),
    word(&["nonclustered", "clustered", "nolock"], When::AfterType, Dialect::SqlServer, "CLUSTERED"),
    word(&["go"], When::Alone, Dialect::SqlServer, "GO"),
    word(&["varchar2", "nvarchar2"], When::Typing, Dialect::Oracle, "VARCHAR2"),
];

/// Whether `DELIMITER` stands before what MySQL's client may be told to end statements with; COPY's option has a string after it.
fn is_delimiter(here: &Here<'_>) -> bool {
    matches!(here.kind(1), TokenKind::Operator | TokenKind::Slash | TokenKind::DollarString | TokenKind::Error(_) | TokenKind::Semicolon)
}

/// Whether a bracket stands where a name begins, and not after what it would subscript.
fn opens_name(here: &Here<'_>) -> bool {
    use Keyword::{Add, Column, Constraint, Exists, From, Index, Into, Join, Key, On, References, Schema, Table, Update, View};
    matches!(here.kind(1), TokenKind::Ident | TokenKind::Keyword(_))
        && matches!(
            here.before(),
            TokenKind::Dot
                | TokenKind::Comma
                | TokenKind::LeftParen
                | TokenKind::Keyword(
                    Add | Column
                        | Constraint
                        | Exists
                        | From
                        | Index
                        | Into
                        | Join
                        | Key
                        | On
                        | References
                        | Schema
                        | Table
                        | Update
                        | View
                )
        )
}

/// Whether only PostgreSQL says what is said here.
fn is_postgres(here: &Here<'_>) -> bool {
    const WORDS: [&str; 12] = [
        "jsonb",
        "timestamptz",
        "bytea",
        "bigserial",
        "plpgsql",
        "tsvector",
        "tstzrange",
        "regclass",
        "gen_random_uuid",
        "uuid_generate_v4",
        "pg_catalog",
        "citext",
    ];
    match here.kind(0) {
        TokenKind::DoubleColon | TokenKind::DollarString => true,
        TokenKind::Keyword(Keyword::Ilike | Keyword::Concurrently) => true,
        TokenKind::Keyword(Keyword::Extension) => here.before() == TokenKind::Keyword(Keyword::Create),
        TokenKind::Ident => here.is_any(0, &WORDS),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::migration::section::all;
    use crate::syntax::lexer::{Mode, lex};

    fn signs_of(text: &str) -> Signs {
        signs(text, &lex(text, all(text), Mode::Script).tokens)
    }

    /// The dialects of a history in `folder` whose files have these texts.
    fn dialects(folder: &str, texts: &[&str]) -> Vec<Dialect> {
        let signs: Vec<Signs> = texts.iter().map(|text| signs_of(text)).collect();
        of_history(folder, &signs.iter().collect::<Vec<_>>())
    }

    #[test]
    fn each_dialect_is_known_by_what_only_it_says() {
        let cases = [
            ("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT);", Dialect::Sqlite),
            ("INSERT OR IGNORE INTO t VALUES (1);", Dialect::Sqlite),
            ("CREATE TABLE t (a TEXT DEFAULT (datetime('now')));", Dialect::Sqlite),
            ("PRAGMA foreign_keys = ON;", Dialect::Sqlite),
            ("CREATE TABLE t (a INT PRIMARY KEY) WITHOUT ROWID;", Dialect::Sqlite),
            ("CREATE TABLE `t` (a INT);", Dialect::MySql),
            ("CREATE TABLE t (a INT) ENGINE=InnoDB;", Dialect::MySql),
            ("DELIMITER $$\nCREATE PROCEDURE p() BEGIN END$$\nDELIMITER ;\n", Dialect::MySql),
            ("CREATE TABLE t (a INT UNSIGNED AUTO_INCREMENT);", Dialect::MySql),
            ("CREATE TABLE [dbo].[t] (a INT IDENTITY(1,1));\nGO\n", Dialect::SqlServer),
            ("CREATE TABLE t (a NVARCHAR(MAX));", Dialect::SqlServer),
            ("CREATE TABLE t (a VARCHAR2(10));", Dialect::Oracle),
            ("CREATE TABLE t (a Int64) ENGINE = MergeTree ORDER BY a;", Dialect::ClickHouse),
        ];
        for (text, dialect) in cases {
            assert_eq!(dialects("m", &[text]), [dialect], "{text}");
        }
    }

    #[test]
    fn what_postgres_says_too_is_no_sign() {
        for text in [
            "COPY t FROM '/x' WITH (FORMAT csv,\nDELIMITER ',');",
            "SELECT a[i], (ARRAY[b])[c] FROM t;",
            "CREATE TABLE t (id INT GENERATED ALWAYS AS IDENTITY (START 1));",
            "SELECT datetime, engine, charset FROM t;",
            "-- AUTOINCREMENT\nSELECT 'ENGINE=InnoDB', $$`a`$$;",
            "CREATE OR REPLACE VIEW v AS SELECT 1;",
            "SELECT nvarchar, clustered_at FROM go;",
        ] {
            assert_eq!(signs_of(text).foreign, [], "{text}");
        }
    }

    #[test]
    fn a_file_without_signs_goes_with_its_history() {
        let texts = ["CREATE TABLE a (b TEXT);", "INSERT OR IGNORE INTO a VALUES (1);", "SELECT datetime('now');"];
        assert_eq!(dialects("m", &texts), [Dialect::Sqlite; 3]);
        assert_eq!(dialects("m", &["CREATE TABLE a (b TEXT);"]), [Dialect::PostgreSql]);
    }

    #[test]
    fn a_habit_in_a_history_of_postgres_is_a_mistake_and_two_are_a_dialect() {
        let texts = ["CREATE TABLE a (b jsonb);", "CREATE TABLE c (d INT AUTO_INCREMENT);", "CREATE TABLE `c` (d INT AUTO_INCREMENT);"];
        assert_eq!(dialects("m", &texts[..2]), [Dialect::PostgreSql, Dialect::PostgreSql]);
        let texts = [texts[0], texts[0], texts[2]];
        assert_eq!(dialects("m", &texts), [Dialect::PostgreSql, Dialect::PostgreSql, Dialect::MySql]);
        assert_eq!(dialects("m", &["CREATE TABLE a (b jsonb, c INT AUTO_INCREMENT) ENGINE=x;"]), [Dialect::PostgreSql]);
    }

    #[test]
    fn a_folder_called_after_a_database_needs_no_sign() {
        assert_eq!(dialects("migrations/sqlite", &["CREATE TABLE a (b TEXT);"]), [Dialect::Sqlite]);
        assert_eq!(dialects("migrations/mysql", &["SELECT a::text;"]), [Dialect::PostgreSql]);
    }
}
