//! `require-header`: a migration opens with the fields of the template, filled in.

mod mend;

use std::sync::Arc;

use jiff::civil::Date;

use crate::config::HeaderField;
use crate::diagnostic::{Diagnostic, Severity};
use crate::migration::header::Field;
use crate::rules::header::ReadHeader;
use crate::rules::places::listed;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::Node;
use crate::text::Span;

/// The rule.
#[derive(Debug)]
pub struct RequireHeader;

static META: Meta = Meta {
    id: "require-header",
    group: Group::Doctrine,
    severity: Severity::Error,
    on: On::House,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../../rules/require-header.md"),
};

/// What the template says where a migration is to say something of its own, by field.
const PLACEHOLDERS: [(&str, &str); 4] =
    [("Migration", "NNN_description"), ("Created", "YYYY-MM-DD"), ("Purpose", "Brief description"), ("Schemas", "etc.")];

/// What the template says in the place of statements, up and down.
const BODY_PLACEHOLDERS: [&str; 2] = ["Your DDL statements here", "Your statements here that take it back, the last one first"];

impl Rule for RequireHeader {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let header = ReadHeader::of(cx);
        if header.wanted.is_empty() {
            return;
        }
        let check = Check { cx, header: &header };
        if header.fields.is_empty() {
            out.push(check.no_header());
        } else {
            out.extend(check.missing());
            out.extend(check.repeated());
            out.extend(check.out_of_order());
            for (at, wanted) in header.wanted.iter().enumerate() {
                out.extend(check.first(at).and_then(|field| check.value(wanted, field)));
            }
        }
        out.extend(BODY_PLACEHOLDERS.iter().filter_map(|words| check.body_placeholder(words)));
    }
}

struct Check<'c> {
    cx: &'c MigrationContext<'c>,
    header: &'c ReadHeader,
}

impl Check<'_> {
    fn name(&self, field: &Field) -> &str {
        &self.header.wanted[field.field].name
    }

    /// The first field in the header that is the one wanted at `at`.
    fn first(&self, at: usize) -> Option<&Field> {
        self.header.fields.iter().find(|field| field.field == at)
    }

    fn path(&self) -> Arc<str> {
        Arc::from(self.cx.source().path())
    }

    /// Nothing stands before the first statement: the header stands below it, or nowhere.
    fn no_header(&self) -> Diagnostic {
        let below = &self.header.below;
        let several = below.iter().any(|field| below[0].field != field.field);
        if several {
            let finding = self.cx.finding(below[0].name, "the header stands below the first statement");
            return finding.help("move it to the top of the file, where a reader and a tool look for it").fix(self.opened());
        }
        let lines = self.header.wanted.iter().map(|wanted| format!("-- {}: {}", wanted.name, self.suggestion(wanted)));
        let finding = self.cx.finding_in_file("the migration has no header");
        finding.help(format!("open it with the lines {}", listed(lines))).fix(self.opened())
    }

    /// What might stand behind a field's name.
    fn suggestion(&self, wanted: &HeaderField) -> String {
        match &wanted.value {
            Some(value) => value.clone(),
            None if wanted.is_called("Migration") => self.cx.migration.id.clone(),
            None if wanted.is_called("Created") => "YYYY-MM-DD".to_owned(),
            None => "…".to_owned(),
        }
    }

    fn missing(&self) -> Option<Diagnostic> {
        let wanted = self.header.wanted.iter().enumerate();
        let missing: Vec<usize> = wanted.map(|(at, _)| at).filter(|at| self.first(*at).is_none()).collect();
        if missing.is_empty() {
            return None;
        }
        let names = listed(missing.iter().map(|at| &self.header.wanted[*at].name));
        let place = self.header.fields[0].name;
        let mut finding = self.cx.finding(place, format!("the header lacks {names}"));
        for at in &missing {
            if let Some(late) = self.header.below.iter().find(|field| field.field == *at) {
                finding = finding.related(self.path(), late.name, "stands here, below the first statement");
            }
        }
        let lines = missing.iter().map(|at| {
            let wanted = &self.header.wanted[*at];
            format!("-- {}: {}", wanted.name, self.suggestion(wanted))
        });
        Some(finding.help(format!("add {}", listed(lines))).fix(self.filled(&missing)))
    }

    /// Fields that stand there again; what an empty line sets apart may describe a table.
    fn repeated(&self) -> Vec<Diagnostic> {
        let fields = self.header.fields.iter();
        let again = fields.filter_map(|field| Some((self.first(field.field)?, field)));
        let again = again.filter(|(first, field)| first.name != field.name && self.header.are_together(first, field));
        let finding = |(first, field): (&Field, &Field)| {
            let finding = self.cx.finding(field.name, format!("`{}` stands in the header more than once", self.name(field)));
            finding.related(self.path(), first.name, "first here").help("leave the one that is right")
        };
        again.map(finding).collect()
    }

    /// The first field that stands before one that belongs before it.
    fn out_of_order(&self) -> Option<Diagnostic> {
        let mut firsts: Vec<&Field> = (0..self.header.wanted.len()).filter_map(|at| self.first(at)).collect();
        firsts.sort_by_key(|field| field.name);
        let pair = firsts.windows(2).find(|pair| pair[0].field > pair[1].field)?;
        let (early, late) = (pair[0], pair[1]);
        let message = format!("`{}` stands before `{}`, and belongs after it", self.name(early), self.name(late));
        let order = listed(self.header.wanted.iter().map(|wanted| &wanted.name));
        Some(self.cx.finding(early.name, message).help(format!("the order is {order}")).fix(self.sorted(&firsts)))
    }

    /// What is wrong with what a field says.
    fn value(&self, wanted: &HeaderField, field: &Field) -> Option<Diagnostic> {
        let (name, said) = (&wanted.name, field.text.trim());
        let finding = |message: String| self.cx.finding(if field.value.is_empty() { field.name } else { field.value }, message);
        if said.is_empty() {
            return Some(finding(format!("`{name}` says nothing")).help("fill it in").fix(self.replaced(wanted, field)));
        }
        let left = PLACEHOLDERS.iter().find(|(field, words)| wanted.is_called(field) && said.contains(words));
        if let Some((_, placeholder)) = left {
            let finding = finding(format!("`{name}` still says what the template says: `{placeholder}`"));
            return Some(finding.help("write what is true of this migration").fix(self.replaced(wanted, field)));
        }
        if let Some(value) = wanted.value.as_ref().filter(|value| *value != said) {
            return Some(finding(format!("`{name}` is `{said}`, and must be `{value}`")).fix(self.as_in_template(field, value)));
        }
        if wanted.is_called("Migration") && !self.is_own_name(said) {
            let id = &self.cx.migration.id;
            let finding = finding(format!("`{name}` is `{said}`, and the file is called `{id}`"));
            return Some(finding.help(format!("write `{name}: {id}`")).fix(self.renamed(wanted, field)));
        }
        if wanted.is_called("Created") {
            let wrong = match date(said) {
                Some(Ok(_)) => return None,
                Some(Err(_)) => format!("`{name}` is `{said}`: there is no such day"),
                None => format!("`{name}` is `{said}`, which is no date written as `YYYY-MM-DD`"),
            };
            let finding = finding(wrong).help("write the day on which the migration was written, as in `2026-11-22`");
            return Some(finding.fix(self.dated(field)));
        }
        None
    }

    /// Whether `said` is the file's name without its ending.
    fn is_own_name(&self, said: &str) -> bool {
        let file = self.cx.source().path().rsplit('/').next().unwrap_or_default();
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        // What a value ends with is read as the end of a banner.
        let without_banner = |name: &str| said == name.trim_end_matches(|c: char| !c.is_alphanumeric());
        said == self.cx.migration.id || said == stem || without_banner(&self.cx.migration.id) || without_banner(stem)
    }

    /// Where `words` of the template still stand. They can go only where somebody has written what they ask for.
    fn body_placeholder(&self, words: &str) -> Option<Diagnostic> {
        let text = self.cx.source().text();
        let (comment, at) = self.header.comments.iter().find_map(|comment| Some((comment, text[comment.span].find(words)? as u32)))?;
        let start = comment.span.start + at;
        let span = Span::new(start, start + words.len() as u32);
        let is_below = self.cx.sections.marker.is_some_and(|marker| marker.end <= start);
        let section = if is_below { self.cx.down } else { Some(self.cx.up) };
        let mut statements = section.iter().flat_map(|section| &section.script.statements);
        let is_written = statements.any(|statement| !matches!(statement.node(), Some(Node::Transaction(_))));
        let finding = self.cx.finding(span, format!("the template's `{words}` is still there"));
        let fix = is_written.then(|| self.without(comment, span)).flatten();
        Some(finding.help("write the statements in its place, or take the line out").fix(fix))
    }
}

/// The day that `said` is, written `YYYY-MM-DD`; `None` if it is not written so.
fn date(said: &str) -> Option<Result<Date, jiff::Error>> {
    let bytes = said.as_bytes();
    let form =
        bytes.len() == 10 && bytes.iter().enumerate().all(|(at, b)| if matches!(at, 4 | 7) { *b == b'-' } else { b.is_ascii_digit() });
    if !form {
        return None;
    }
    Some(Date::new(said[..4].parse().ok()?, said[5..7].parse().ok()?, said[8..].parse().ok()?))
}
