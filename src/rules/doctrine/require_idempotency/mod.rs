//! `require-idempotency`: the up section can be run twice.
//!
//! A thing that comes or goes has a course of its own through the section, and the second run begins where the first one ended. So only what
//! a section does *first* to a thing can fail: to make what it leaves behind, or to take away what it leaves gone. Whatever follows finds
//! things as it did the first time.

mod mend;

use std::collections::BTreeMap;

use crate::catalog::replay::{Data, Verdict};
use crate::diagnostic::{Diagnostic, Severity};
use crate::postgres::{Fault, Kind, Safeguard, Safety, Subject, Turn};
use crate::rules::{About, Certainty, Course, Event, Findings, Group, Meta, MigrationContext, On, Rule, Touch};
use crate::syntax::tree::ObjectKind;
use crate::text::Span;

/// The rule.
#[derive(Debug)]
pub struct RequireIdempotency;

static META: Meta = Meta {
    id: "require-idempotency",
    group: Group::Doctrine,
    severity: Severity::Error,
    on: On::House,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../../rules/require-idempotency.md"),
};

impl Rule for RequireIdempotency {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let text = cx.text();
        // What stands uncommented in the down section is another rule's.
        let is_down = |statement: &crate::syntax::Statement| cx.sections.after_marker.is_some_and(|after| after.encloses(statement.span));
        let course = Course::read(cx.up, cx.sections.up.transaction, cx.target, is_down);
        let second = SecondRun::of(cx);
        let mut found: BTreeMap<usize, usize> = BTreeMap::new();
        let mut spans: BTreeMap<Span, usize> = BTreeMap::new();
        for at in 0..course.events.len() {
            let event = &course.events[at];
            if !can_fail(event) || !fails(text, &course, at) || second.passes(event) || stands_on_a_finding(&course, at, &found) {
                continue;
            }
            // What is not there to be renamed gets no new name.
            if event.is_new_name() && fails(text, &course, at - 1) {
                continue;
            }
            let first = match event.subject {
                Subject::Rows(_) => course.first_writing(at).filter(|first| found.contains_key(first)),
                _ => spans.get(&event.span).or_else(|| spans.get(&event.statement)).copied(),
            };
            match first {
                Some(first) => *found.entry(first).or_default() += 1,
                None => {
                    found.insert(at, 0);
                    spans.insert(event.span, at);
                }
            }
        }
        out.extend(found.into_iter().map(|(at, more)| finding(cx, &course.events[at], more, &conditions(text, &course, at))));
    }
}

/// How far the replay follows a second run, which says more than the text alone.
struct SecondRun {
    /// What stands before this place succeeds.
    succeeds_before: u32,
    schema: Outcome,
    rows: Outcome,
}

/// Whether a second run leaves something as it is.
#[derive(PartialEq)]
enum Outcome {
    Same,
    /// It does not, or nobody can tell.
    Open,
}

impl SecondRun {
    fn of(cx: &MigrationContext<'_>) -> SecondRun {
        // What stands uncommented in the down section would be run too, and is another rule's.
        let Some(reruns) = cx.replayed.reruns().filter(|_| cx.sections.after_marker.is_none()) else {
            return SecondRun { succeeds_before: 0, schema: Outcome::Open, rows: Outcome::Open };
        };
        let rows = if reruns.data == Data::Same { Outcome::Same } else { Outcome::Open };
        let statements = &cx.up.script.statements;
        let start = |stop: Span| statements.iter().find(|one| one.span.encloses(stop)).map_or(0, |one| one.span.start);
        let (schema, succeeds_before) = match &reruns.verdict {
            Verdict::Proved { .. } => (Outcome::Same, u32::MAX),
            Verdict::Refuted { sqlstate: None, .. } => (Outcome::Open, u32::MAX),
            Verdict::Refuted { span, .. } | Verdict::Unknown { span, .. } => (Outcome::Open, span.map_or(0, start)),
        };
        SecondRun { succeeds_before, schema, rows }
    }

    /// Whether it is known that `event` does no harm the second time. What a condition keeps from being run here is not known to do none.
    fn passes(&self, event: &Event) -> bool {
        event.certainty != Certainty::Settled
            && event.span.start < self.succeeds_before
            && match (&event.subject, event.fault) {
                (Subject::Rows(_), _) => self.rows == Outcome::Same && self.schema == Outcome::Same,
                (_, Fault::Refused(_)) => true,
                (_, Fault::Repeated(_)) => self.schema == Outcome::Same,
            }
    }
}

/// Whether nothing in the statement or around it keeps it from failing.
fn can_fail(event: &Event) -> bool {
    let unguarded = matches!(event.certainty, Certainty::Sure | Certainty::Missed | Certainty::Settled);
    unguarded && event.safety != Safety::Safe && event.turn != Turn::Replaces && !event.temporary
}

/// Whether it fails in a second run, or does again what should be done once.
fn fails(text: &str, course: &Course, at: usize) -> bool {
    let event = &course.events[at];
    if let Subject::Rows(_) = event.subject {
        return event.turn == Turn::Comes && !course.is_emptied(event) && !course.is_move(event) && !course.doubts(event, Turn::Goes);
    }
    if course.first_touching(text, at).is_some_and(|(other, _)| other < at) {
        return false;
    }
    let last = course.last_touching(text, at).map(|(_, touch)| touch);
    match event.turn {
        Turn::Comes | Turn::Replaces => last != Some(Touch::Ends) && !course.doubts(event, Turn::Goes),
        Turn::Goes | Turn::Leaves => last != Some(Touch::Begins) && !course.doubts(event, Turn::Comes),
    }
}

/// Whether it is done to something that is found at fault itself.
fn stands_on_a_finding(course: &Course, at: usize, found: &BTreeMap<usize, usize>) -> bool {
    course
        .containers(&course.events[at])
        .any(|(container, event)| container < at && event.turn == Turn::Comes && found.contains_key(&container))
}

/// How PostgreSQL refuses what the statement of the event at `at` does a second time, where it has no clause against that.
fn conditions(text: &str, course: &Course, at: usize) -> Vec<&'static str> {
    let statement = course.events[at].statement;
    let of_statement = (0..course.events.len()).filter(|other| course.events[*other].statement == statement);
    let refused = of_statement.filter(|other| fails(text, course, *other)).filter_map(|other| {
        let event = &course.events[other];
        match event.fault {
            Fault::Refused(error) if can_fail(event) && event.safety == Safety::None && !event.is_new_name() => Some(error.condition),
            _ => None,
        }
    });
    let mut conditions: Vec<&str> = refused.collect();
    conditions.sort_unstable();
    conditions.dedup();
    conditions
}

fn finding(cx: &MigrationContext<'_>, event: &Event, more: usize, conditions: &[&str]) -> Diagnostic {
    let lacks = match event.safety {
        Safety::Clause(safeguard) => format!("without `{}`", safeguard.sql()),
        _ => match event.deed {
            "is filled by INSERT" => "without `ON CONFLICT`".to_owned(),
            _ => "without a guard".to_owned(),
        },
    };
    let more = match (&event.subject, more) {
        (Subject::Rows(_), 1) => ", and once more below".to_owned(),
        (Subject::Rows(_), more @ 2..) => format!(", and {more} times more below"),
        _ => String::new(),
    };
    let message = match event.is_new_name() {
        true => format!("{} {}, and in a second run the new name is taken", event.described, event.deed),
        false => format!("{} {} {lacks}{more}", event.described, event.deed),
    };
    let finding = cx.finding(event.head, message).labelled(label(event)).help(help(cx.text(), event));
    finding.fix(mend::fix(cx, event, conditions))
}

/// What a second run does.
fn label(event: &Event) -> String {
    match event.fault {
        Fault::Refused(error) => format!("fails in a second run: {} {}", error.sqlstate, error.condition),
        Fault::Repeated(_) if matches!(event.subject, Subject::Rows(_)) => "writes the rows again in a second run".to_owned(),
        Fault::Repeated(_) => "makes another one in a second run".to_owned(),
    }
}

/// What to write.
fn help(text: &str, event: &Event) -> String {
    let advice = advice(text, event);
    match event.certainty {
        Certainty::Settled => format!("the condition around it says the same in a second run: {advice}"),
        _ => advice,
    }
}

fn advice(text: &str, event: &Event) -> String {
    if event.certainty == Certainty::Missed
        && let Fault::Refused(error) = event.fault
    {
        return format!("the handler does not catch `{0}`: write `WHEN {0} THEN`", error.condition);
    }
    match (event.safety, event.turn) {
        (Safety::Clause(safeguard), _) if event.kind != ObjectKind::Trigger || event.turn != Turn::Comes => clause(text, event, safeguard),
        (_, Turn::Comes | Turn::Replaces) => match &event.subject {
            Subject::Rows(_) => rows(event),
            Subject::State(..) => caught(event),
            Subject::Object(_) | Subject::Nameless(..) => made(text, event),
        },
        (_, Turn::Goes | Turn::Leaves) => caught(event),
    }
}

/// The statement's beginning with the clause in it.
fn clause(text: &str, event: &Event, safeguard: Safeguard) -> String {
    let folded = |span: Span| text[span].split_whitespace().collect::<Vec<_>>().join(" ");
    if let Fault::Repeated(_) = event.fault {
        return "give it a name, and write `IF NOT EXISTS` before that".to_owned();
    }
    let head = folded(event.head);
    let head = match safeguard {
        Safeguard::OrReplace(_) => match head.split_once(' ') {
            Some((create, rest)) => format!("{create} OR REPLACE {rest}"),
            None => format!("{head} OR REPLACE"),
        },
        _ => format!("{head} {}", safeguard.sql()),
    };
    let end = event.name_span.end.max(event.head.end);
    let rest = folded(Span::new(event.head.end, end));
    format!("write `{}`", format!("{head} {rest}").trim_end())
}

fn rows(event: &Event) -> String {
    match event.deed {
        "is filled by INSERT" => {
            "write `ON CONFLICT DO NOTHING` behind the values, with a unique key that tells the rows, or select only what is not there yet: `WHERE NOT EXISTS (…)`".to_owned()
        }
        _ => "copy into a temporary table, and `INSERT … SELECT … ON CONFLICT DO NOTHING` from that".to_owned(),
    }
}

/// For what has no clause of its own.
fn made(text: &str, event: &Event) -> String {
    if event.deed == "is detached" && text[event.span].to_ascii_lowercase().contains("concurrently") {
        return "it can't run in a DO block: have psql ask first whether it is still attached, with `SELECT … WHERE EXISTS (…) \\gexec`"
            .to_owned();
    }
    let Kind::Object(kind) = event.kind else { return caught(event) };
    if event.is_new_name() {
        return caught(event);
    }
    match kind {
        ObjectKind::Database | ObjectKind::Tablespace | ObjectKind::Subscription => {
            let name = event.name().unwrap_or_default();
            format!("have psql ask first: `SELECT 'CREATE {} {name} …' WHERE NOT EXISTS (…) \\gexec`", kind.sql())
        }
        ObjectKind::Table if !text[event.head].to_lowercase().starts_with("create") => {
            "write `CREATE TABLE IF NOT EXISTS … AS SELECT …`".to_owned()
        }
        ObjectKind::Schema => "write `CREATE SCHEMA IF NOT EXISTS`, and what stands in it as statements of their own".to_owned(),
        _ if holds_on(kind) => caught(event),
        _ => match &event.drop_sql {
            Some(drop) => format!("put `{drop};` before it"),
            None if matches!(kind, ObjectKind::TableConstraint | ObjectKind::DomainConstraint) => {
                "give it a name, and drop it by that with `IF EXISTS` before it".to_owned()
            }
            None => caught(event),
        },
    }
}

/// Kinds of objects that can't be dropped so easily, since others are made of them.
const fn holds_on(kind: ObjectKind) -> bool {
    use ObjectKind::*;
    matches!(
        kind,
        AccessMethod | Collation | Domain | ForeignDataWrapper | ForeignTable | Language | OperatorClass | OperatorFamily | Role | Type
    )
}

/// A block that catches the error.
fn caught(event: &Event) -> String {
    let condition = event.fault.error().condition;
    format!(
        "put it in a DO block that asks first, or that catches `{condition}`: `DO $$ BEGIN …; EXCEPTION WHEN {condition} THEN NULL; END $$;`"
    )
}
