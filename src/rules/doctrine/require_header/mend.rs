//! Header lines that are missing, and values that are wrong: the fixes.
//!
//! A value comes from the file's name, its statements, the replay, or from git; what none of them knows is left to a person. Invariant: all of
//! it stands in comments, so that no fix changes what the migration does, and nothing that a person wrote is lost.

use std::ops::RangeInclusive;

use crate::config::HeaderField;
use crate::diagnostic::{Applicability, Fix};
use crate::migration::header::Field;
use crate::rules::header::purpose;
use crate::rules::lines::{line_end, line_start};
use crate::rules::touched::{Touched, list_of, touched_schemas};
use crate::syntax::lexer::{Comment, CommentKind};
use crate::text::{Edit, Span};

use super::{Check, date};

/// What a field of the template's is called that says something else than it should.
const TITLE: &str = "Title";

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

impl Check<'_> {
    fn fix(&self, applicability: Applicability, title: impl Into<String>, edits: Vec<Edit>) -> Option<Fix> {
        (!edits.is_empty()).then(|| self.cx.fix(applicability, title, edits))
    }

    /// What stands behind a field's name, if it is known.
    fn known(&self, wanted: &HeaderField) -> Option<String> {
        if wanted.value.is_some() {
            return wanted.value.clone();
        }
        let migration = self.cx.migration;
        if wanted.is_called("Migration") {
            return Some(migration.id.clone());
        }
        if wanted.is_called("Created") {
            return (self.cx.written_on.0)();
        }
        if wanted.is_called("Schemas") {
            let schemas = touched_schemas(self.cx);
            return (!schemas.is_empty() || Touched::by(self.cx).all_known).then(|| list_of(schemas));
        }
        if wanted.is_called("Purpose") {
            return purpose(&migration.id, migration.version.as_deref());
        }
        None
    }

    fn line(&self, wanted: &HeaderField) -> Option<String> {
        // What somebody wrote further below says more than a name does.
        let written = self.header.below.iter().find(|field| self.header.wanted[field.field] == *wanted);
        let written = written.filter(|field| self.value(wanted, field).is_none()).map(|field| field.text.trim().to_owned());
        Some(format!("{}: {}", wanted.name, written.or_else(|| self.known(wanted))?))
    }

    /// The whole header, above everything.
    pub(super) fn opened(&self) -> Option<Fix> {
        let text = self.cx.source().text();
        let lines: Vec<String> = self.header.wanted.iter().filter_map(|wanted| Some(format!("-- {}\n", self.line(wanted)?))).collect();
        // Tools read what they are to do from a file's first line.
        let is_for_tools = !self.cx.history.layout.is_named_by_people();
        let first_comment = self.header.comments.first().filter(|comment| is_for_tools && line_start(text, comment.span.start) == 0);
        let header = lines.concat();
        let gap = if text.trim_start_matches('\u{feff}').starts_with(['\n', '\r']) || text.trim().is_empty() { "" } else { "\n" };
        let edit = match first_comment {
            Some(comment) => Edit::insertion(line_end(text, comment.span.end), format!("\n{}", header.trim_end())),
            None => Edit::insertion(0, header.clone() + gap),
        };
        self.fix(Applicability::Safe, "write the header", if lines.is_empty() { Vec::new() } else { vec![edit] })
    }

    /// The fields at `missing`, each where it belongs.
    pub(super) fn filled(&self, missing: &[usize]) -> Option<Fix> {
        let mut places: Vec<(Anchor<'_>, Vec<String>)> = Vec::new();
        let mut names = Vec::new();
        for &at in missing {
            let wanted = &self.header.wanted[at];
            let before = (0..at).rev().find_map(|earlier| self.first(earlier)).map(Anchor::Below);
            let after = || (at..self.header.wanted.len()).find_map(|later| self.first(later)).map(Anchor::Above);
            let (Some(line), Some(anchor)) = (self.line(wanted), before.or_else(after)) else { continue };
            names.push(format!("`{}`", wanted.name));
            match places.last_mut().filter(|(last, _)| *last == anchor) {
                Some((_, lines)) => lines.push(line),
                None => places.push((anchor, vec![line])),
            }
        }
        let edits = places.iter().map(|(anchor, lines)| self.beside(*anchor, lines)).collect();
        self.fix(Applicability::Safe, format!("write {}", names.join(", ")), edits)
    }

    /// Puts `lines` beside a field, written as its line is.
    fn beside(&self, anchor: Anchor<'_>, lines: &[String]) -> Edit {
        let text = self.cx.source().text();
        let (Anchor::Below(field) | Anchor::Above(field)) = anchor;
        let (start, own_end) = (line_start(text, field.name.start), line_end(text, field.value.end.max(field.name.end)));
        let comment = self.comment(field);
        let margin = &text[Span::new(start, field.name.start)];
        let is_inside = |comment: &&Comment| match anchor {
            Anchor::Below(_) => comment.kind == CommentKind::Block && comment.span.end > own_end,
            Anchor::Above(_) => comment.kind == CommentKind::Block && comment.span.start < start,
        };
        let inside = comment.filter(is_inside);
        let is_plain = |c: char| c.is_whitespace() || "-*#│║|".contains(c);
        let margin = match (inside, comment.map(|comment| comment.kind)) {
            (Some(_), _) if margin.contains("/*") => " ".repeat(margin.chars().count()),
            (Some(_), _) if margin.chars().all(is_plain) => margin.to_owned(),
            (Some(_), _) => " ".repeat(margin.chars().count()),
            (None, Some(CommentKind::Line)) if margin.trim_start().starts_with("--") && margin.chars().all(is_plain) => margin.to_owned(),
            _ => "-- ".to_owned(),
        };
        let written = |line: &String| self.closed(&text[Span::new(start, own_end)], format!("{margin}{line}"));
        let lines: Vec<String> = lines.iter().map(written).collect();
        match (anchor, comment.filter(|_| inside.is_none())) {
            (Anchor::Below(_), Some(comment)) if comment.kind == CommentKind::Block => {
                Edit::insertion(line_end(text, comment.span.end), format!("\n{}", lines.join("\n")))
            }
            (Anchor::Above(_), Some(comment)) if comment.kind == CommentKind::Block => {
                Edit::insertion(line_start(text, comment.span.start), lines.join("\n") + "\n")
            }
            (Anchor::Below(_), _) => Edit::insertion(own_end, format!("\n{}", lines.join("\n"))),
            (Anchor::Above(_), _) => Edit::insertion(start, lines.join("\n") + "\n"),
        }
    }

    /// `line` with the right edge of the box that `other`, a line of the same header, has, if it has one.
    fn closed(&self, other: &str, line: String) -> String {
        let Some(edge) = other.trim_end().chars().next_back().filter(|c| "│║|".contains(*c)) else { return line };
        let wide = other.trim_end().chars().count().saturating_sub(1);
        format!("{line:wide$}{edge}")
    }

    fn comment(&self, field: &Field) -> Option<&Comment> {
        self.header.comments.iter().find(|comment| comment.span.encloses(field.name))
    }

    /// Another value for `field`, which says nothing that anybody would miss.
    pub(super) fn replaced(&self, wanted: &HeaderField, field: &Field) -> Option<Fix> {
        self.valued(field, self.known(wanted)?, Applicability::Safe)
    }

    /// The value that the template has, where another stands.
    pub(super) fn as_in_template(&self, field: &Field, value: &str) -> Option<Fix> {
        let said = field.text.to_lowercase();
        let says_as_much = said.contains(&value.to_lowercase()) && !said.contains("non") && !said.contains("not");
        let applicability = if says_as_much { Applicability::Safe } else { Applicability::Unsafe };
        self.valued(field, value.to_owned(), applicability)
    }

    /// The file's name in `field`. What stood there is kept as a title, unless it is a name itself.
    pub(super) fn renamed(&self, wanted: &HeaderField, field: &Field) -> Option<Fix> {
        let id = &self.cx.migration.id;
        if !field.text.trim().contains(char::is_whitespace) || self.header.wanted.iter().any(|wanted| wanted.is_called(TITLE)) {
            return self.valued(field, id.clone(), Applicability::Safe);
        }
        let line = self.beside(Anchor::Above(field), &[format!("{}: {id}", wanted.name)]);
        let title = Edit::replacement(field.name, TITLE);
        self.fix(Applicability::Safe, format!("write `{}: {id}`, and call the rest `{TITLE}`", wanted.name), vec![line, title])
    }

    /// The day of `field`, written as dates are; none if it is not clear which it is.
    pub(super) fn dated(&self, field: &Field) -> Option<Fix> {
        let day = day(field.text.trim())?;
        date(&day)?.ok()?;
        self.valued(field, day, Applicability::Safe)
    }

    fn valued(&self, field: &Field, value: String, applicability: Applicability) -> Option<Fix> {
        let edit = match field.value.is_empty() {
            true => {
                let text = self.cx.source().text();
                let gap = if text[..field.value.start as usize].ends_with(' ') { "" } else { " " };
                Edit::insertion(field.value.start, format!("{gap}{value}"))
            }
            false => Edit::replacement(field.value, value.clone()),
        };
        self.fix(applicability, format!("write `{}: {value}`", self.name(field)), vec![edit])
    }

    /// The lines of `firsts`, which are in the order of the file, in that of the template; each field keeps its own lines.
    pub(super) fn sorted(&self, firsts: &[&Field]) -> Option<Fix> {
        let text = self.cx.source().text();
        let lines = |field: &Field| Span::new(line_start(text, field.name.start), line_end(text, field.value.end.max(field.name.end)));
        let is_line = |field: &&Field| {
            let comment = self.comment(field);
            comment.is_some_and(|comment| comment.kind == CommentKind::Line && lines(field).start <= comment.span.start)
        };
        let slots: Vec<Span> = firsts.iter().map(|field| lines(field)).collect();
        if !firsts.iter().all(is_line) || slots.windows(2).any(|pair| pair[0].end >= pair[1].start) {
            return None;
        }
        let mut wanted = firsts.to_vec();
        wanted.sort_by_key(|field| field.field);
        let moved = slots.iter().zip(&wanted).filter(|(slot, field)| **slot != lines(field));
        let edits = moved.map(|(slot, field)| Edit::replacement(*slot, &text[lines(field)])).collect();
        self.fix(Applicability::Safe, "put the fields in order", edits)
    }

    /// The comment at `span` taken out, if it says nothing else.
    pub(super) fn without(&self, comment: &Comment, span: Span) -> Option<Fix> {
        let text = self.cx.source().text();
        let (start, end) = (line_start(text, comment.span.start), line_end(text, comment.span.end));
        let is_all = text[comment.inner()].trim() == &text[span] && text[Span::new(start, end)].trim() == &text[comment.span];
        let next = text[end as usize..].find('\n').map_or(end, |at| end + at as u32 + 1);
        let edits = if is_all { vec![Edit::deletion(Span::new(start, next))] } else { Vec::new() };
        self.fix(Applicability::Safe, "take the line out", edits)
    }
}

/// Where a line goes.
#[derive(Clone, Copy, PartialEq)]
enum Anchor<'f> {
    Below(&'f Field),
    Above(&'f Field),
}

/// The day that `said` names in one of the ways in which people write one that can't be mistaken: with the year first, or the month's name.
fn day(said: &str) -> Option<String> {
    let parts: Vec<&str> = said.split([' ', ',', '/', '.', '-', 'T']).filter(|part| !part.is_empty()).collect();
    let number = |part: &str, range: RangeInclusive<u32>| part.parse().ok().filter(|number| range.contains(number));
    let month_named = |part: &str| {
        let part = part.to_lowercase();
        let at = MONTHS.iter().position(|month| part.starts_with(month))?;
        (part.chars().all(char::is_alphabetic)).then_some(at as u32 + 1)
    };
    let (year, month, day) = match parts.as_slice() {
        [year, month, day, rest @ ..] if year.len() == 4 && rest.iter().all(|part| is_of_time(part)) => {
            (*year, number(month, 1..=12)?, number(day, 1..=31)?)
        }
        [month, day, year] if month_named(month).is_some() && year.len() == 4 => (*year, month_named(month)?, number(day, 1..=31)?),
        [day, month, year] if month_named(month).is_some() && year.len() == 4 => (*year, month_named(month)?, number(day, 1..=31)?),
        _ => return None,
    };
    Some(format!("{:04}-{month:02}-{day:02}", number(year, 1900..=9999)?))
}

fn is_of_time(part: &str) -> bool {
    let is_zone = part.len() <= 4 && part.chars().all(|c| c.is_ascii_uppercase());
    is_zone || part.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '+' | 'Z'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_where_they_can_not_be_mistaken() {
        for said in ["2025-11-06 14:30 UTC", "2025-11-06T14:30:00Z", "2025/11/6", "2025.11.06", "November 6, 2025", "6 Nov 2025"] {
            assert_eq!(day(said).as_deref(), Some("2025-11-06"), "{said}");
        }
        for said in ["06/11/2025", "2025-11", "yesterday", "2025-11-06 (revised)", "2025-13-06", "Q4 2025"] {
            assert_eq!(day(said), None, "{said}");
        }
    }
}
