//! `rules` and `explain`: what the linter knows, from the same pages that the tests run.

use std::io::{self, IsTerminal, Write};

use comfy_table::{ColumnConstraint, ContentArrangement, Table, presets};

use crate::config::nearest;
use crate::report::{self, wrapped};
use crate::rules::{self, RULES};

use super::args::ColorArg;
use super::{Status, complain, print, terminal};

/// On a terminal that is narrower, in characters, the columns of a table would be too narrow to be read.
const TABLE_WIDTH: usize = 110;

/// Lists every rule.
pub(super) fn rules(color: ColorArg) -> Status {
    let width = terminal::stdout_style(color).width;
    let written = match io::stdout().is_terminal() && width < TABLE_WIDTH {
        true => print(|out| list(out, width)),
        false => print(|out| writeln!(out, "{}", table(width).trim_fmt())),
    };
    match written {
        Ok(()) => Status::Clean,
        Err(status) => status,
    }
}

/// Rule by rule, each with a line of its own for what it checks.
fn list(out: &mut dyn Write, width: usize) -> io::Result<()> {
    for rule in RULES {
        let meta = rule.meta();
        writeln!(out, "{} ({}, {}, {})", meta.id, meta.group.id(), meta.severity.word(), meta.on.explain())?;
        for line in wrapped(&meta.summary().replace('\n', " "), width.saturating_sub(4)) {
            writeln!(out, "  {line}")?;
        }
    }
    Ok(())
}

fn table(width: usize) -> Table {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    // Elsewhere a rule is a line, which `grep` finds.
    if io::stdout().is_terminal() {
        table.set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
    }
    table.set_header(["RULE", "GROUP", "SEVERITY", "RUNS", "CHECKS"]);
    for rule in RULES {
        let meta = rule.meta();
        table.add_row([meta.id, meta.group.id(), meta.severity.word(), meta.on.explain(), &meta.summary().replace('\n', " ")]);
    }
    // An id that is broken in two can't be copied; sentences can give way.
    if let Some(ids) = table.column_mut(0) {
        ids.set_constraint(ColumnConstraint::ContentWidth);
    }
    table
}

/// Prints the JSON Schema of the configuration.
pub(super) fn config_schema() -> Status {
    match print(|out| writeln!(out, "{:#}", report::config_schema())) {
        Ok(()) => Status::Clean,
        Err(status) => status,
    }
}

/// Prints the page of the rule called `name`.
pub(super) fn explain(name: &str) -> Status {
    let Some(rule) = rules::find(name) else {
        match nearest(name, RULES.iter().map(|rule| rule.meta().id)) {
            Some(id) => complain(format_args!("there is no rule `{name}`; did you mean `{id}`?")),
            None => complain(format_args!("there is no rule `{name}`; `migration-lint rules` lists them all")),
        }
        return Status::Trouble;
    };
    match print(|out| out.write_all(rule.meta().body().as_bytes())) {
        Ok(()) => Status::Clean,
        Err(status) => status,
    }
}
