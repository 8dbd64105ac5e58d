//! SQL in PL/pgSQL: statements, queries, and what EXECUTE runs.
//!
//! `INTO` names variables here, so it is cut out before the grammar of SQL reads the rest, as PL/pgSQL does: the first INTO of a statement
//! that does not belong to INSERT, MERGE or IMPORT.

use std::ops::Range;

use crate::syntax::grammar;
use crate::syntax::lexer::{Keyword, Token, TokenKind};
use crate::syntax::script::{self, Content, Script, Statement};
use crate::syntax::tree::Expr;

use super::reader::{Read, Reader, SEMICOLON, Stop};
use super::tree::{Dynamic, Into, Sql, StatementKind};

/// A statement that begins with no word of PL/pgSQL (stmt_execsql); the cursor then stands at its semicolon.
pub(super) fn statement(r: &mut Reader) -> Read<StatementKind> {
    let first = r.mark();
    let imports = r.at_word("import");
    let mut into: Option<(Into, Range<usize>)> = None;
    let mut ending = Ending::default();
    let mut previous = "";
    while !ending.at_end(r) {
        if r.kind() == TokenKind::End {
            return Err(r.unexpected("`;`"));
        }
        let word = r.nth_word(0).unwrap_or("");
        let target =
            word.eq_ignore_ascii_case("into") && !imports && !["insert", "merge"].iter().any(|verb| previous.eq_ignore_ascii_case(verb));
        if !target {
            ending.pass(r, r.mark() - first);
            r.bump();
        } else if into.is_some() {
            return Err(r.error("a statement has one `INTO` only"));
        } else {
            let start = r.mark();
            let clause = into_clause(r)?;
            into = Some((clause, start..r.mark()));
        }
        previous = word;
    }
    let range = first..r.mark();
    let (into, cut) = into.map_or((None, None), |(into, cut)| (Some(into), Some(cut)));
    let tokens = cut.map(|cut| [r.tokens(range.start..cut.start), r.tokens(cut.end..range.end)].concat());
    let statement = read(r, range, tokens);
    Ok(StatementKind::Sql(Box::new(Sql { statement, into })))
}

/// Where a statement ends: at a semicolon outside parentheses, and outside the body of a function that is created.
#[derive(Default)]
struct Ending {
    parens: u32,
    /// Open BEGIN and CASE in the body of a function.
    blocks: u32,
    creates: bool,
    replaces: bool,
    routine: bool,
}

impl Ending {
    fn at_end(&self, r: &Reader) -> bool {
        r.kind() == TokenKind::Semicolon && self.parens == 0 && self.blocks == 0
    }

    /// Passes the next token, the `index`th of the statement.
    fn pass(&mut self, r: &Reader, index: usize) {
        match r.kind() {
            TokenKind::LeftParen => self.parens += 1,
            TokenKind::RightParen => self.parens = self.parens.saturating_sub(1),
            TokenKind::Keyword(Keyword::Create) if index == 0 => self.creates = true,
            TokenKind::Keyword(Keyword::Replace) if index == 2 => self.replaces = true,
            TokenKind::Keyword(Keyword::Function | Keyword::Procedure) if index == 1 || index == 3 && self.replaces => {
                self.routine = self.creates;
            }
            TokenKind::Keyword(Keyword::Begin | Keyword::Case) if self.routine && self.parens == 0 => self.blocks += 1,
            TokenKind::Keyword(Keyword::End) if self.parens == 0 => self.blocks = self.blocks.saturating_sub(1),
            _ => {}
        }
    }
}

/// `INTO [STRICT] targets`.
fn into_clause(r: &mut Reader) -> Read<Into> {
    let start = r.start();
    r.bump();
    let strict = r.eat_word("strict");
    let targets = r.variables("a variable")?;
    Ok(Into { span: r.since(start), strict, targets })
}

/// A statement or query that one of `stops` ends (read_sql_stmt).
pub(super) fn until(r: &mut Reader, stops: &[Stop]) -> Read<Sql> {
    let range = r.until(stops, "a statement of SQL")?;
    Ok(of_range(r, range))
}

/// The tokens of a range as a statement.
pub(super) fn of_range(r: &mut Reader, range: Range<usize>) -> Sql {
    Sql { statement: read(r, range, None), into: None }
}

/// `PERFORM …`: SELECT under another name.
pub(super) fn perform(r: &mut Reader) -> Read<StatementKind> {
    let range = r.until(&[SEMICOLON], "a statement")?;
    let mut tokens = r.tokens(range.clone()).to_vec();
    tokens[0].kind = TokenKind::Keyword(Keyword::Select);
    let statement = read(r, range, Some(tokens));
    Ok(StatementKind::Perform(Box::new(Sql { statement, into: None })))
}

/// Has the grammar read the tokens of `range`, or `instead` of them others.
fn read(r: &Reader, range: Range<usize>, instead: Option<Vec<Token>>) -> Statement {
    let own = r.tokens(range.clone());
    let tokens = range.start as u32..range.end as u32;
    let (content, needs) = match grammar::parse(r.text, instead.as_deref().unwrap_or(own)) {
        Err(error) => (script::unparsed(own, error), Vec::new()),
        Ok(_) if !r.laid.is_exact(&tokens) => (Content::Opaque, Vec::new()),
        Ok((node, needs)) => (Content::Parsed(node), needs),
    };
    let span = own[0].span.to(own[own.len() - 1].span);
    let terminator = (r.kind() == TokenKind::Semicolon).then(|| r.span());
    Statement { span, terminator, tokens, content, needs, data: None }
}

/// What follows EXECUTE as a statement: INTO and USING in either order (stmt_dynexecute).
pub(super) fn execute(r: &mut Reader) -> Read<Dynamic> {
    const STOPS: [Stop; 3] = [Stop::Word("into"), Stop::Word("using"), SEMICOLON];
    let mut dynamic = text(r, &STOPS)?;
    loop {
        if r.at_word("into") && dynamic.into.is_none() {
            dynamic.into = Some(into_clause(r)?);
        } else if r.at_word("using") && dynamic.parameters.is_empty() {
            r.bump();
            dynamic.parameters = r.expressions(&[SEMICOLON, Stop::Word("into")])?;
        } else {
            return Ok(dynamic);
        }
    }
}

/// What follows EXECUTE elsewhere: perhaps USING, and then `stop`.
pub(super) fn dynamic(r: &mut Reader, stop: Stop) -> Read<Dynamic> {
    let mut dynamic = text(r, &[stop, Stop::Word("using")])?;
    if r.eat_word("using").is_some() {
        dynamic.parameters = r.expressions(&[stop])?;
    }
    Ok(dynamic)
}

fn text(r: &mut Reader, stops: &[Stop]) -> Read<Dynamic> {
    let range = r.until(stops, "the text of a statement")?;
    let text: Expr = r.expression_of(range.clone())?;
    let script = constant(r, range).map(|literal| Script::parse_literal(r.text, literal.span));
    Ok(Dynamic { text, script, into: None, parameters: Vec::new() })
}

/// The only token of a range, if it is a string constant that is written as it reads.
fn constant(r: &Reader, range: Range<usize>) -> Option<Token> {
    let [token] = r.tokens(range.clone()) else { return None };
    (token.kind.is_string() && r.laid.is_exact(&(range.start as u32..range.end as u32))).then_some(*token)
}
