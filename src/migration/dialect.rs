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
//! The rule: a file that has a foreign sign and none of PostgreSQL's is foreign, whatever its neighbours are. How surely, they say: by itself a
//! single sign may as well be a slip in a file of PostgreSQL's, so that such a file is to be reported as an error, and never passed over; two
//! different signs, several files that speak so among fewer that speak for PostgreSQL, or a folder that is called like the other database are
//! clear. A file without any sign goes along with the dialect that most files of its history have, or with its folder's name.

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

/// What the signs of a file come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// Whose file it is.
    pub dialect: Dialect,
    /// How surely.
    pub evidence: Evidence,
}

/// How surely a file is of a dialect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// Nobody would take it for anything else.
    Clear,
    /// One sign, which may as well be a slip.
    Single,
}

/// Whose each file of the history in `folder` is, whose files have these `signs`.
pub fn of_history(folder: &str, signs: &[&Signs]) -> Vec<Verdict> {
    let spoken: Vec<Option<(Dialect, usize)>> = signs.iter().map(|signs| spoken(signs)).collect();
    let postgres = signs.iter().filter(|signs| signs.postgres.is_some()).count();
    let count = |dialect: Dialect| spoken.iter().flatten().filter(|(found, _)| *found == dialect).count();
    let foreign = spoken.iter().flatten().count();
    let named = folder.rsplit('/').find_map(named).filter(|_| postgres == 0);
    let most =
        Dialect::FOREIGN.into_iter().rev().max_by_key(|&dialect| count(dialect)).filter(|_| foreign * 2 > signs.len() && foreign > 1);
    // A file without any sign goes along only where most files speak: one file says nothing of its neighbours.
    let neutral = named.or(most).unwrap_or(Dialect::PostgreSql);
    let of_file = |(signs, spoken): (&&Signs, &Option<(Dialect, usize)>)| match *spoken {
        None if signs.postgres.is_some() => Verdict { dialect: Dialect::PostgreSql, evidence: Evidence::Clear },
        None => Verdict { dialect: neutral, evidence: Evidence::Clear },
        Some((dialect, different)) => {
            let is_clear = different > 1 || named.is_some() || count(dialect) > 1 && foreign > postgres;
            Verdict { dialect, evidence: if is_clear { Evidence::Clear } else { Evidence::Single } }
        }
    };
    signs.iter().zip(&spoken).map(of_file).collect()
}

/// The dialect that most signs speak for, and how many different ones do; nothing if one speaks for PostgreSQL.
fn spoken(signs: &Signs) -> Option<(Dialect, usize)> {
    let count = |dialect: Dialect| signs.foreign.iter().filter(|sign| sign.dialect == dialect).count();
    let most = Dialect::FOREIGN.into_iter().rev().max_by_key(|&dialect| count(dialect))?;
    (signs.postgres.is_none() && count(most) > 0).then(|| (most, count(most)))
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

/// Whether only PostgreSQL, of the databases that are told apart here, says what is said here.
fn is_postgres(here: &Here<'_>) -> bool {
    const WORDS: [&str; 20] = [
        "jsonb",
        "timestamptz",
        "timetz",
        "bytea",
        "bigserial",
        "smallserial",
        "plpgsql",
        "tsvector",
        "tsquery",
        "tstzrange",
        "regclass",
        "regtype",
        "gen_random_uuid",
        "uuid_generate_v4",
        "citext",
        "search_path",
        "statement_timeout",
        "lc_collate",
        "brin",
        "spgist",
    ];
    use Keyword::{
        Concurrently, Create, Domain, Enum, Execute, Extension, Function, Ilike, Level, Owner, Policy, Returns, Row, Security, To, Trigger,
    };
    let is = |ahead: usize, keyword: Keyword| here.kind(ahead) == TokenKind::Keyword(keyword);
    let follows = |keyword: Keyword| here.before() == TokenKind::Keyword(keyword);
    match here.kind(0) {
        TokenKind::DoubleColon | TokenKind::DollarString | TokenKind::EscapeString => true,
        TokenKind::Keyword(Ilike | Concurrently) => true,
        TokenKind::Keyword(Extension | Policy | Domain) => follows(Create),
        TokenKind::Keyword(Row) => is(1, Level) && is(2, Security),
        TokenKind::Keyword(Enum) => follows(Keyword::As),
        TokenKind::Keyword(Owner) => is(1, To),
        TokenKind::Keyword(Trigger) => follows(Returns),
        TokenKind::Keyword(Function) => follows(Execute),
        TokenKind::Keyword(Keyword::Type) => is_column_altered(here),
        TokenKind::Ident if here.is_any(0, &WORDS) || starts_with_pg(here.word(0)) => true,
        TokenKind::Ident if here.is(0, "serial") => When::Typing.holds(here),
        TokenKind::Ident if here.is(0, "public") => here.kind(1) == TokenKind::Dot,
        TokenKind::Ident if here.is_any(0, &["gin", "gist"]) => follows(Keyword::Using),
        TokenKind::Ident if here.is_any(0, &["nextval", "setval"]) => When::CalledWithString.holds(here),
        _ => false,
    }
}

fn starts_with_pg(word: &str) -> bool {
    word.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("pg_"))
}

/// `ALTER COLUMN a TYPE`, `ALTER a TYPE`, `SET DATA TYPE`.
fn is_column_altered(here: &Here<'_>) -> bool {
    let back = |steps: usize| here.at.checked_sub(steps).map(|at| here.tokens[at].kind);
    let of_alter = |steps: usize| matches!(back(steps), Some(TokenKind::Keyword(Keyword::Column | Keyword::Alter)));
    back(1) == Some(TokenKind::Keyword(Keyword::Data)) || matches!(back(1), Some(TokenKind::Ident | TokenKind::QuotedIdent)) && of_alter(2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::migration::section::all;
    use crate::syntax::lexer::{Mode, lex};

    fn signs_of(text: &str) -> Signs {
        signs(text, &lex(text, all(text), Mode::Script).tokens)
    }

    fn verdicts(folder: &str, texts: &[&str]) -> Vec<Verdict> {
        let signs: Vec<Signs> = texts.iter().map(|text| signs_of(text)).collect();
        of_history(folder, &signs.iter().collect::<Vec<_>>())
    }

    /// The dialects of a history in `folder` whose files have these texts.
    fn dialects(folder: &str, texts: &[&str]) -> Vec<Dialect> {
        verdicts(folder, texts).into_iter().map(|verdict| verdict.dialect).collect()
    }

    /// How surely the last of the files is foreign.
    fn evidence(folder: &str, texts: &[&str]) -> Option<Evidence> {
        verdicts(folder, texts).last().filter(|verdict| verdict.dialect != Dialect::PostgreSql).map(|verdict| verdict.evidence)
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
    fn what_only_another_database_says_is_known_among_postgresqls_files() {
        let (postgres, neutral) = ("CREATE TABLE a (b jsonb);", "CREATE TABLE e (f INT);");
        let (slip, clear) = ("CREATE TABLE c (d INT AUTO_INCREMENT);", "CREATE TABLE `c` (d INT AUTO_INCREMENT);");
        assert_eq!(dialects("m", &[postgres, neutral, slip]), [Dialect::PostgreSql, Dialect::PostgreSql, Dialect::MySql]);
        assert_eq!(evidence("m", &[postgres, postgres, slip]), Some(Evidence::Single));
        assert_eq!(evidence("m", &[neutral, neutral, slip]), Some(Evidence::Single));
        assert_eq!(evidence("m", &[slip]), Some(Evidence::Single));
        assert_eq!(evidence("m", &[postgres, postgres, clear]), Some(Evidence::Clear));
        assert_eq!(evidence("m", &[postgres, slip, slip]), Some(Evidence::Clear));
        assert_eq!(evidence("m", &[postgres, postgres, slip, slip]), Some(Evidence::Single));
        assert_eq!(evidence("mysql", &[slip]), Some(Evidence::Clear));
        // Two slips of different origins are no dialect.
        assert_eq!(evidence("m", &["CREATE TABLE c (d INT AUTO_INCREMENT, e NVARCHAR(3));"]), Some(Evidence::Single));
    }

    #[test]
    fn a_file_of_postgresql_with_a_slip_is_postgresqls() {
        for rest in [
            "SELECT '1'::int",
            "DO $$ BEGIN END $$",
            "CREATE EXTENSION citext",
            "CREATE TYPE k AS ENUM ('a')",
            "CREATE DOMAIN k AS int",
            "CREATE POLICY p ON c",
            "ALTER TABLE c ENABLE ROW LEVEL SECURITY",
            "ALTER TABLE c OWNER TO o",
            "ALTER TABLE c ALTER COLUMN d TYPE bigint",
            "ALTER TABLE c ALTER d SET DATA TYPE bigint",
            "CREATE TABLE e (f SERIAL)",
            "CREATE TABLE public.e (f int)",
            "CREATE INDEX ON c USING gin (d)",
            "CREATE FUNCTION f() RETURNS trigger LANGUAGE c AS 'x'",
            "CREATE TRIGGER t AFTER INSERT ON c EXECUTE FUNCTION f()",
            "SELECT nextval('s'), E'a'",
            "SELECT 1 FROM pg_class",
            "SET search_path TO s",
        ] {
            let text = format!("CREATE TABLE c (d INT AUTO_INCREMENT); {rest};");
            assert_eq!(dialects("m", &[&text]), [Dialect::PostgreSql], "{rest}");
            assert_eq!(dialects("m", &[&text, &text, "CREATE TABLE c (d INT AUTO_INCREMENT) ENGINE=x;"])[..2], [Dialect::PostgreSql; 2]);
        }
    }

    #[test]
    fn a_folder_called_after_a_database_needs_no_sign() {
        assert_eq!(dialects("migrations/sqlite", &["CREATE TABLE a (b TEXT);"]), [Dialect::Sqlite]);
        assert_eq!(dialects("migrations/mysql", &["SELECT a::text;"]), [Dialect::PostgreSql]);
    }
}
