//! `ban-syntax-error`: what PostgreSQL would reject before it looks at any table.

use std::sync::Arc;

use crate::diagnostic::{Applicability, Diagnostic, FileEdit, Fix, Severity};
use crate::migration::dialect::{Evidence, Sign};
use crate::migration::{Brackets, Origin, Sql};
use crate::rules::lines::{around, statement_end};
use crate::rules::{About, Findings, ForeignContext, Group, Meta, MigrationContext, On, Rule, finding, rejected};
use crate::syntax::Statement;
use crate::text::{Damage, Edit, SourceFile, Span};

/// The rule.
#[derive(Debug)]
pub struct BanSyntaxError;

static META: Meta = Meta {
    id: "ban-syntax-error",
    group: Group::Proof,
    severity: Severity::Error,
    on: On::Always,
    about: About::Text,
    aliases: &["syntax-error"],
    options: &[],
    page: include_str!("../../../rules/ban-syntax-error.md"),
};

impl Rule for BanSyntaxError {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        out.extend(
            cx.damages
                .iter()
                .map(|&(source, damage)| finding(cx.rule, source, first(source, damage), damage.explain()).help(damage.help())),
        );
        out.extend(rejected(cx, cx.source(), cx.up));
        out.extend(torn(cx, cx.source(), cx.up));
        // A down migration in comments is `require-down-migration`'s.
        if let (Some(section), Some(sql)) = (&cx.sections.down, cx.down)
            && section.origin == Origin::Statements
        {
            out.extend(rejected(cx, &section.source, sql));
            out.extend(torn(cx, &section.source, sql));
        }
    }

    fn check_foreign(&self, cx: &ForeignContext<'_>, out: &mut Findings) {
        let name = cx.dialect.name();
        let mut finding = match cx.sign {
            Some((_, sign)) => cx.finding(format!("this file is {name}, not PostgreSQL ({}), and is not linted", quoted(sign))),
            None => cx.finding(format!("this file is {name}, not PostgreSQL, as its folder is, and is not linted")),
        };
        out.push(match (cx.evidence, cx.sign) {
            // It may as well be PostgreSQL's, and then what gives it away is a mistake that nobody may pass over.
            (Evidence::Single, Some((_, sign))) => finding.help(format!(
                "name it in `migration_lint.exclude`; or, if it is PostgreSQL's, mend {}: PostgreSQL has none",
                quoted(sign)
            )),
            _ => {
                finding.severity = Severity::Warning;
                finding.help("name it in `migration_lint.exclude`")
            }
        });
    }
}

/// Statements that the tool would send in pieces, since it takes a line for the end of each: PostgreSQL reads none of those.
fn torn(cx: &MigrationContext<'_>, source: &SourceFile, sql: &Sql) -> Vec<Diagnostic> {
    let Some(brackets) = cx.history.layout.brackets() else { return Vec::new() };
    let text = &*sql.text;
    let can_mend = brackets.are_paired(source.text());
    let one = |(statement, line): (&Statement, Span)| {
        let line = Span::new(line.end - text[line].trim_start().len() as u32, line.end);
        let message =
            format!("{} takes this line for the end of the statement, and sends what stands before it alone", cx.history.layout.name());
        let Brackets { begin, end, .. } = brackets;
        let found = finding(cx.rule, source, line, message).help(format!("write the lines `{begin}` and `{end}` around the statement"));
        let last = statement_end(text, &sql.script, statement.terminator.unwrap_or(statement.span).end);
        let place = around(text, &sql.script, brackets, statement.span, last).filter(|_| can_mend);
        let fix = place.map(|(first, last)| {
            let edits = [Edit::insertion(first, format!("{begin}\n")), Edit::insertion(last, format!("\n{end}"))];
            let edits = edits.map(|edit| FileEdit { path: Arc::from(source.path()), edit });
            Fix::new("write the two lines around it", Applicability::Safe, edits.to_vec())
        });
        found.fix(fix)
    };
    brackets.torn(text, &sql.script).map(one).collect()
}

/// What a sign is called, in a sentence.
fn quoted(sign: Sign) -> String {
    if sign.what.starts_with("a ") { sign.what.to_owned() } else { format!("`{}`", sign.what) }
}

/// What stands for the first of the bytes.
fn first(source: &SourceFile, damage: &Damage) -> Span {
    let offset = damage.first();
    Span::new(offset, source.text().len().min(offset as usize + 1) as u32)
}
