//! For tests: what statements end with, held against what PostgreSQL 15 was seen to say of them.

use crate::catalog::apply::{Statement, apply};
use crate::catalog::object::Name;
use crate::catalog::run::{Knowledge, Run, World};
use crate::catalog::store::Catalog;
use crate::catalog::{Class, Stop};
use crate::syntax::{Script, Version};
use crate::text::Span;

/// `ok`, a SQLSTATE, or why it can't be told, of each statement of `sql` after those before it; and the run after them.
pub(super) fn with_run<R>(sql: &str, look: impl FnOnce(Vec<String>, &mut Run<'_>) -> R) -> R {
    let creates = |_: Class, _: &str| false;
    let target = Version::DEFAULT_TARGET;
    let world = World { target, knowledge: Knowledge::Complete, creates: &creates, user: Name::from("postgres") };
    let mut run = Run::new(&world, Catalog::at_start(target));
    let script = Script::parse(sql, Span::new(0, sql.len() as u32));
    let mut said = Vec::new();
    for statement in &script.statements {
        let node = statement.node().unwrap_or_else(|| panic!("{}", &sql[statement.span]));
        said.push(match apply(&mut run, Statement { text: sql, node, tokens: script.tokens_of(statement), data: None }) {
            Ok(()) => "ok".to_owned(),
            Err(Stop::Fails(failure)) => failure.sqlstate.to_owned(),
            Err(Stop::Unknown(doubt)) => doubt.reason,
        });
    }
    look(said, &mut run)
}

/// Each statement with what PostgreSQL says of it, after those before it.
pub(super) fn check(cases: &[(&str, &str)]) {
    let sql: String = cases.iter().map(|(sql, _)| format!("{sql};\n")).collect();
    with_run(&sql, |said, _| {
        for ((sql, expected), said) in cases.iter().zip(said) {
            assert_eq!(said, *expected, "{sql}");
        }
    });
}
