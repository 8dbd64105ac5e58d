//! `ban-syntax-error`: what PostgreSQL would reject before it looks at any table.

use crate::diagnostic::Severity;
use crate::migration::Origin;
use crate::postgres::{Rejection, rejections};
use crate::rules::{Findings, ForeignContext, Group, Meta, MigrationContext, On, Rule, finding, rejected};
use crate::syntax::{Script, Statement};
use crate::text::{SourceFile, Span};

/// The rule.
#[derive(Debug)]
pub struct BanSyntaxError;

static META: Meta = Meta {
    id: "ban-syntax-error",
    group: Group::Proof,
    severity: Severity::Error,
    on: On::Always,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-syntax-error.md"),
};

impl Rule for BanSyntaxError {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        for &(source, offset, why) in cx.damages {
            let (span, place) = byte(source, offset);
            out.push(finding(cx.rule, source, span, format!("{place}{why}")).help(if why.contains("NUL") {
                "take the byte out"
            } else {
                "save the file as UTF-8"
            }));
        }
        let up = rejections(cx.text(), &cx.up.script, cx.target);
        let own = |rejection: &Rejection| !is_of_damage(cx, cx.source(), &cx.up.script, rejection);
        out.extend(up.into_iter().filter(own).map(|rejection| rejected(cx, cx.source(), rejection)));
        // A down migration in comments is `require-down-migration`'s.
        if let (Some(section), Some(sql)) = (&cx.sections.down, cx.down)
            && section.origin == Origin::Statements
        {
            let down = rejections(&sql.text, &sql.script, cx.target);
            let own = |rejection: &Rejection| !is_of_damage(cx, &section.source, &sql.script, rejection);
            out.extend(down.into_iter().filter(own).map(|rejection| rejected(cx, &section.source, rejection)));
        }
    }

    fn check_foreign(&self, cx: &ForeignContext<'_>, out: &mut Findings) {
        let name = cx.dialect.name();
        let mut finding = match cx.sign {
            Some((_, sign)) => {
                let what = if sign.what.starts_with("a ") { sign.what.to_owned() } else { format!("`{}`", sign.what) };
                cx.finding(format!("this file is {name}, not PostgreSQL ({what}), and is not linted"))
            }
            None => cx.finding(format!("this file is {name}, not PostgreSQL, as its folder is, and is not linted")),
        };
        finding.severity = Severity::Warning;
        out.push(finding.help("name it in `migration_lint.exclude`"));
    }
}

/// The character at byte `offset`, and where that is, in words.
fn byte(source: &SourceFile, offset: u32) -> (Span, String) {
    match source.text()[offset as usize..].chars().next() {
        Some(c) => (Span::new(offset, offset + c.len_utf8() as u32), format!("byte {offset} of the file ")),
        None => (Span::empty(offset), String::new()),
    }
}

/// Whether what is wrong comes of a byte that is no text, which has been told: it stands in the statement, or at the place itself.
fn is_of_damage(cx: &MigrationContext<'_>, source: &SourceFile, script: &Script, rejection: &Rejection) -> bool {
    let Rejection::Syntax(error) = rejection else { return false };
    let Some((_, offset, _)) = cx.damages.iter().find(|(file, ..)| file.path() == source.path()) else { return false };
    let statement = script.statements.partition_point(|statement| statement.span.start <= error.span.start).checked_sub(1);
    let holds = |statement: &Statement| statement.span.contains(*offset);
    statement.is_some_and(|at| holds(&script.statements[at])) || source.text()[error.span].contains('\0')
}
