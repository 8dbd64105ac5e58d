//! What PostgreSQL rejects for its syntax when it runs a script: statements, and the bodies in them that it reads at the same time.
//!
//! The body of a function is checked when the function is created, and what stands in a DO block, branches that are never taken included,
//! before the block runs, unless `check_function_bodies` is off: then a function's body is not looked at, and of a block only the structure
//! (PostgreSQL 15, 20.11.1; `plpgsql_validator`, `plpgsql_compile_inline`, `fmgr_sql_validator` in its source). What a block makes or executes
//! in its turn is read when the block gets there, so that a handler may catch the error.

use crate::syntax::plpgsql::Body;
use crate::syntax::tree::{Node, SessionAction, VariableChange, VariableValue};
use crate::syntax::{Content, Need, Script, Statement, SyntaxError, Version, literal};

use super::{Around, Code, Moment, Run, catches, code, runs};

/// Something in a script that PostgreSQL rejects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rejection {
    /// It is no SQL.
    Syntax(Box<SyntaxError>),
    /// It is SQL of a later version.
    Version(Need),
}

impl Rejection {
    /// The SQLSTATE that PostgreSQL raises.
    pub fn sqlstate(&self) -> &'static str {
        match self {
            Rejection::Syntax(error) => error.sqlstate,
            Rejection::Version(_) => "42601",
        }
    }
}

/// What PostgreSQL `version` rejects in `script`, a part of `text`; in the order of statements.
pub fn rejections(text: &str, script: &Script, version: Version) -> Vec<Rejection> {
    let mut reader = Reader { text, version, checks_bodies: true, found: Vec::new() };
    for statement in &script.statements {
        reader.statement(statement);
        reader.note_setting(statement);
    }
    reader.found
}

struct Reader<'t> {
    text: &'t str,
    version: Version,
    /// `check_function_bodies`
    checks_bodies: bool,
    found: Vec<Rejection>,
}

impl Reader<'_> {
    fn statement(&mut self, statement: &Statement) {
        self.sql(statement);
        let Some(node) = statement.node() else { return };
        self.bodies(node);
    }

    /// The statement itself, without bodies.
    fn sql(&mut self, statement: &Statement) {
        if let Content::Rejected(error) = &statement.content {
            self.found.push(Rejection::Syntax(error.clone()));
        }
        self.needs(&statement.needs);
    }

    fn needs(&mut self, needs: &[Need]) {
        let missing = needs.iter().filter(|need| need.since > self.version);
        self.found.extend(missing.map(|need| Rejection::Version(*need)));
    }

    fn bodies(&mut self, node: &Node) {
        let moment = match node {
            Node::Do(_) => Moment::AtOnce,
            Node::CreateFunction(_) if self.checks_bodies => Moment::WhenCalled,
            Node::CreateSchema(create) => return create.elements.iter().for_each(|element| self.bodies(element)),
            _ => return,
        };
        match code(self.text, node) {
            Some((Code::Block(Ok(body)), _)) => self.block(&body, moment),
            Some((Code::Block(Err(error)), _)) => self.found.push(Rejection::Syntax(error)),
            Some((Code::Sql(script), _)) => script.statements.iter().for_each(|statement| self.sql(statement)),
            None => {}
        }
    }

    fn block(&mut self, body: &Body, moment: Moment) {
        let Some(block) = body.block() else { return };
        if self.checks_bodies {
            self.needs(&body.needs);
        }
        runs(block, &[], &mut |run, around| match run {
            Run::Sql(statement) => {
                if self.checks_bodies {
                    self.sql(statement);
                }
                if let Some(node) = statement.node()
                    && moment == Moment::AtOnce
                {
                    let before = self.found.len();
                    self.bodies(node);
                    self.forget_caught(before, around);
                }
            }
            Run::Text(dynamic) => {
                let script = dynamic.script.as_ref().filter(|_| moment == Moment::AtOnce);
                let before = self.found.len();
                for statement in script.iter().flat_map(|script| &script.statements) {
                    // What only some versions read may stand behind a question for the version.
                    if let Content::Rejected(error) = &statement.content {
                        self.found.push(Rejection::Syntax(error.clone()));
                    }
                }
                self.forget_caught(before, around);
            }
        });
    }

    /// Forgets those after the first `before` that a handler there catches.
    fn forget_caught(&mut self, before: usize, around: &[Around<'_>]) {
        let mut found = self.found.split_off(before);
        found.retain(|rejection| !self.is_caught(around, rejection.sqlstate()));
        self.found.extend(found);
    }

    /// Whether a handler there catches an error of `sqlstate`.
    fn is_caught(&self, around: &[Around<'_>], sqlstate: &str) -> bool {
        around.iter().any(|around| matches!(around, Around::Handled(handlers) if catches(self.text, handlers, sqlstate)))
    }

    /// Notes what `statement` does to `check_function_bodies`.
    fn note_setting(&mut self, statement: &Statement) {
        let Some(Node::SetVariable(set)) = statement.node() else { return };
        let SessionAction::Change(_, setting) = &set.action else { return };
        if matches!(setting.change, VariableChange::ResetAll(_)) {
            self.checks_bodies = true;
            return;
        }
        if setting.change.variable().is_none_or(|name| name.value(self.text) != "check_function_bodies") {
            return;
        }
        self.checks_bodies = match &setting.change {
            VariableChange::Values(_, values) => values.first().is_none_or(|value| !self.is_off(*value)),
            _ => true,
        };
    }

    fn is_off(&self, value: VariableValue) -> bool {
        let word = match value {
            VariableValue::String(string) => literal::value(self.text, string).to_lowercase(),
            value => self.text[value.span()].to_lowercase(),
        };
        // Any beginning of a word that tells it from the others is enough (`parse_bool`).
        word == "0" || ["false", "no", "off"].iter().any(|off| off.starts_with(&word) && !"o".starts_with(&word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    /// The text at each rejection.
    fn found(text: &str) -> Vec<&str> {
        let script = Script::parse(text, Span::new(0, text.len() as u32));
        let version = Version::new(15).expect("is known");
        let places = rejections(text, &script, version).into_iter().map(|rejection| match rejection {
            Rejection::Syntax(error) => &text[error.span],
            Rejection::Version(need) => &text[need.span],
        });
        places.collect()
    }

    #[test]
    fn bodies_are_read_as_postgresql_reads_them() {
        assert_eq!(found("DO $$ BEGIN IF false THEN CREAT TABLE t (); END IF; END $$"), ["CREAT"]);
        assert_eq!(found("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELEC 1'"), ["SELEC"]);
        assert_eq!(found("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1; 1 2 $$"), ["1"]);
        assert_eq!(found("CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; END $$"), [""; 0]);
        assert_eq!(found("CREATE FUNCTION f() RETURNS void LANGUAGE 'plpgsql' AS 'SELECT 1'"), ["SELECT"]);
        assert_eq!(found("CREATE FUNCTION f() RETURNS void LANGUAGE plpython3u AS 'import os'"), [""; 0]);
    }

    #[test]
    fn what_a_block_makes_is_read_when_it_gets_there() {
        assert_eq!(found("DO $$ BEGIN EXECUTE 'CREAT'; END $$"), ["CREAT"]);
        assert_eq!(found("DO $$ BEGIN EXECUTE 'CREAT'; EXCEPTION WHEN syntax_error THEN NULL; END $$"), [""; 0]);
        assert_eq!(found("DO $$ BEGIN EXECUTE 'CREAT'; EXCEPTION WHEN SQLSTATE '42000' THEN NULL; END $$"), [""; 0]);
        assert_eq!(found("DO $$ BEGIN CREAT; EXCEPTION WHEN OTHERS THEN NULL; END $$"), ["CREAT"]);
        assert_eq!(found("DO $$ BEGIN CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELEC'; END $$"), ["SELEC"]);
        let inner = "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'CREAT'; END $$";
        assert_eq!(found(inner), [""; 0]);
    }

    #[test]
    fn bodies_are_not_checked_where_that_is_switched_off() {
        let function = "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELEC 1';";
        assert_eq!(found(&format!("SET check_function_bodies = off; {function}")), [""; 0]);
        assert_eq!(found(&format!("SET check_function_bodies TO 'f'; {function} RESET check_function_bodies; {function}")), ["SELEC"]);
        assert_eq!(found("SET check_function_bodies = false; DO $$ BEGIN CREAT; END $$; DO $$ BEGI $$"), ["BEGI"]);
    }

    #[test]
    fn a_later_version_is_needed_inside_bodies_too() {
        assert_eq!(found("DO $$ BEGIN MERGE INTO t USING s ON true WHEN NOT MATCHED BY SOURCE THEN DELETE; END $$").len(), 1);
        assert_eq!(found("DO $$ BEGIN EXECUTE 'MERGE INTO t USING s ON true WHEN NOT MATCHED BY SOURCE THEN DELETE'; END $$"), [""; 0]);
    }
}
