//! `ban-syntax-error`: what PostgreSQL would reject before it looks at any table.

mod tool;

use crate::diagnostic::Severity;
use crate::migration::Origin;
use crate::migration::dialect::{Evidence, Sign};
use crate::rules::{About, Findings, ForeignContext, Group, Meta, MigrationContext, On, Rule, finding, rejected};
use crate::text::{Damage, SourceFile, Span};

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
    page: include_str!("../../../../rules/ban-syntax-error.md"),
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
        out.extend(tool::unsent(cx));
        // A down migration in comments is `require-down-migration`'s.
        if let (Some(section), Some(sql)) = (&cx.sections.down, cx.down)
            && section.origin == Origin::Statements
        {
            out.extend(rejected(cx, &section.source, sql));
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

/// What a sign is called, in a sentence.
fn quoted(sign: Sign) -> String {
    if sign.what.starts_with("a ") { sign.what.to_owned() } else { format!("`{}`", sign.what) }
}

/// What stands for the first of the bytes.
fn first(source: &SourceFile, damage: &Damage) -> Span {
    let offset = damage.first();
    Span::new(offset, source.text().len().min(offset as usize + 1) as u32)
}
