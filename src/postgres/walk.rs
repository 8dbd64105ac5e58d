//! The statements that a script runs, one after another: those between its semicolons, and those in the bodies of its DO blocks.
//!
//! A DO block's statements are told in the order of the text, whatever loops and conditions stand around them: that they may run is what
//! matters here. A constant string that EXECUTE runs is statements like any other.

use std::ops::Range;

use crate::syntax::lexer::Token;
use crate::syntax::plpgsql::Dynamic;
use crate::syntax::tree::{Do, Node};
use crate::syntax::{Content, Script, Statement};
use crate::text::Span;

use super::block::{Around, Run, runs};
use super::code::{Code, code};
use super::session::Session;

/// What a script runs.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    /// The script's own statement: this one, or the DO block around it.
    pub outer: &'a Statement,
    /// What it is.
    pub kind: StepKind<'a>,
    /// Its tokens.
    pub tokens: &'a [Token],
    /// What stands around it in the DO block, outermost first.
    pub around: &'a [Around<'a>],
    /// What the session remembers before it.
    pub session: &'a Session,
}

/// What a step is.
#[derive(Debug, Clone, Copy)]
pub enum StepKind<'a> {
    /// A statement.
    Statement(&'a Node),
    /// Something that may be any statement: EXECUTE of a computed text, what does not parse, a block in another language.
    Unread(Span),
}

/// Shows `visit` every statement that `script` runs in a session that is `session` at its start.
pub fn walk(text: &str, script: &Script, session: Session, visit: &mut dyn FnMut(Step<'_>)) {
    let mut walk = Walk { text, session, visit };
    for outer in &script.statements {
        walk.statement(Place { outer, around: &[], depth: 0 }, outer, script.tokens_of(outer));
    }
}

/// How deep strings of code in strings of code are read.
const MAX_DEPTH: usize = 8;

struct Walk<'w> {
    text: &'w str,
    session: Session,
    visit: &'w mut dyn FnMut(Step<'_>),
}

/// What stands around a statement of a script.
#[derive(Clone, Copy)]
struct Place<'p> {
    outer: &'p Statement,
    around: &'p [Around<'p>],
    depth: usize,
}

impl Walk<'_> {
    fn statement(&mut self, place: Place<'_>, statement: &Statement, tokens: &[Token]) {
        match &statement.content {
            Content::Parsed(node @ Node::Do(block)) => self.block_of_do(place, node, block),
            Content::Parsed(node) => {
                self.show(place, StepKind::Statement(node), tokens);
                self.session.run(self.text, node, tokens);
            }
            Content::Rejected(_) | Content::Template | Content::Opaque => self.show(place, StepKind::Unread(statement.span), tokens),
            Content::MetaCommand => {}
        }
    }

    fn show(&mut self, place: Place<'_>, kind: StepKind<'_>, tokens: &[Token]) {
        (self.visit)(Step { outer: place.outer, kind, tokens, session: &self.session, around: place.around });
    }

    fn block_of_do(&mut self, place: Place<'_>, node: &Node, block: &Do) {
        let read = if place.depth < MAX_DEPTH { code(self.text, node) } else { None };
        let Some((Code::Block(Ok(body)), _)) = read else { return self.show(place, StepKind::Unread(block.span), &[]) };
        let Some(block) = body.block() else { return self.show(place, StepKind::Unread(body.span), &body.tokens) };
        runs(block, place.around, &mut |run, around| {
            let place = Place { outer: place.outer, around, depth: place.depth + 1 };
            let tokens = |range: &Range<u32>| &body.tokens[range.start as usize..range.end as usize];
            match run {
                Run::Sql(statement) => self.statement(place, statement, tokens(&statement.tokens)),
                Run::Text(Dynamic { script: Some(script), .. }) => {
                    for statement in &script.statements {
                        self.statement(place, statement, script.tokens_of(statement));
                    }
                }
                Run::Text(Dynamic { text, .. }) => {
                    let first = body.tokens.partition_point(|token| token.span.start < text.span.start);
                    let last = body.tokens.partition_point(|token| token.span.start < text.span.end);
                    self.show(place, StepKind::Unread(text.span), &body.tokens[first..last]);
                }
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::effect::effects;
    use super::*;

    /// Each object that `sql` does something to, and `?` for what can't be read.
    fn told(sql: &str) -> Vec<String> {
        let script = Script::parse(sql, Span::new(0, sql.len() as u32));
        let mut told = Vec::new();
        walk(sql, &script, Session::new(), &mut |step| match step.kind {
            StepKind::Statement(node) => told.extend(effects(sql, node).iter().map(|effect| effect.object.describe(sql))),
            StepKind::Unread(_) => told.push("?".to_owned()),
        });
        told
    }

    #[test]
    fn do_blocks_are_read() {
        let sql = "CREATE TABLE a (); DO $$ BEGIN
            IF true THEN CREATE TABLE b (); ELSE INSERT INTO c VALUES (1); END IF;
            FOR r IN SELECT 1 LOOP EXECUTE 'CREATE TYPE d AS ENUM ()'; EXECUTE format('DROP TABLE %I', r); END LOOP;
            EXCEPTION WHEN duplicate_object THEN DROP TABLE e;
        END $$; DROP TABLE f";
        assert_eq!(told(sql), ["table `a`", "table `b`", "table `c`", "type `d`", "?", "table `e`", "table `f`"]);
    }

    #[test]
    fn what_can_not_be_read_is_told() {
        assert_eq!(told("DO LANGUAGE plpython3u $$ x $$"), ["?"]);
        assert_eq!(told("DO $$ nonsense $$"), ["?"]);
        assert_eq!(told("CREATE TABLE"), ["?"]);
    }

    #[test]
    fn a_search_path_set_in_a_do_block_holds_after_it() {
        let sql = "DO $$ BEGIN SET search_path TO s; END $$; CREATE TABLE t ()";
        let script = Script::parse(sql, Span::new(0, sql.len() as u32));
        let mut home = None;
        walk(sql, &script, Session::new(), &mut |step| {
            if let StepKind::Statement(node) = step.kind {
                home = effects(sql, node).first().map(|effect| step.session.home(sql, &effect.object));
            }
        });
        assert_eq!(home.and_then(|home| home.schema().map(str::to_owned)).as_deref(), Some("s"));
    }
}
