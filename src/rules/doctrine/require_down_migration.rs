//! `require-down-migration`: what a migration makes, its down migration takes back, in the house's own block.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::Standing;
use crate::catalog::difference::Change;
use crate::catalog::replay::Verdict;
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::migration::{Kind as Repeats, Origin, Sql};
use crate::postgres::{Key, Kind, Safety, Subject, Turn};
use crate::rules::undo::{self, Besides};
use crate::rules::{About, Certainty, Course, Event, Findings, Group, Meta, MigrationContext, On, Rule, Touch, rejected, words};
use crate::syntax::Statement;
use crate::syntax::tree::{Node, ObjectKind, TransactionAction};
use crate::text::{Edit, Span};

/// The rule.
#[derive(Debug)]
pub struct RequireDownMigration;

static META: Meta = Meta {
    id: "require-down-migration",
    group: Group::Doctrine,
    severity: Severity::Error,
    on: On::House,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-down-migration.md"),
};

/// How many objects a message names.
const NAMED: usize = 5;

impl Rule for RequireDownMigration {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        if cx.migration.kind == Repeats::Versioned {
            out.append(&mut faults(cx));
            if cx.down.is_some() && cx.sections.down.is_some() {
                out.extend(wrong_place(cx));
            }
        }
    }
}

/// Whether something is missing in the down migration, or wrong with its text, so that what comes of it is told already.
pub(in crate::rules) fn misses_statements(cx: &MigrationContext<'_>) -> bool {
    !faults(cx).is_empty()
}

/// What is wrong with the down migration, wherever it stands.
fn faults(cx: &MigrationContext<'_>) -> Findings {
    let runs_with_up = |statement: &Statement| cx.sections.after_marker.is_some_and(|after| after.encloses(statement.span));
    let course = |skip: &dyn Fn(&Statement) -> bool| Course::read(cx.up, cx.sections.up.transaction, cx.target, skip);
    let up = course(&runs_with_up);
    let loose: Vec<&Statement> = cx.up.script.statements.iter().filter(|statement| runs_with_up(statement)).collect();
    let mut found = Findings::from_iter(uncommented_finding(cx, &loose));
    let uncommented = if loose.is_empty() { Course::default() } else { course(&|statement| !runs_with_up(statement)) };
    let down = Down::read(cx);
    let mut open = made(cx, &up, down.as_ref());
    open.retain(|made| {
        let event = made.event;
        !uncommented.ends(cx.text(), event) && !down.as_ref().is_some_and(|down| down.takes_back(cx, event)) && !is_gone(cx, made)
    });
    match &down {
        None if !found.is_empty() => {}
        None => found.extend(missing_block(cx, &open)),
        Some(_) => {
            found.extend(mistakes(cx));
            found.extend(missing_statements(cx, &open));
        }
    }
    found
}

/// Whether the replay shows that the down migration takes it back, however it does so.
fn is_gone(cx: &MigrationContext<'_>, made: &Made<'_>) -> bool {
    use ObjectKind::{Database, Role, Subscription, Tablespace};
    // What belongs to the whole cluster is no part of the schema that is compared, and nothing is known of the labels of a type that no
    // migration makes.
    if matches!(made.event.kind, Kind::Object(Database | Role | Subscription | Tablespace) | Kind::EnumLabel) {
        return false;
    }
    match cx.replayed.reverts() {
        Some(Verdict::Proved { .. }) => true,
        Some(Verdict::Refuted { sqlstate: None, differences, .. }) => {
            made.manner == Manner::New && differences.iter().all(|difference| difference.change != Change::Added)
        }
        _ => false,
    }
}

/// A down migration.
struct Down<'c> {
    sql: &'c Sql,
    course: Course,
    /// Every word and name in it, once somebody asks.
    words: OnceCell<BTreeSet<Cow<'c, str>>>,
    /// What it says of itself that can't be taken back.
    irreversible: Irreversible,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Irreversible {
    /// Nothing.
    Nothing,
    /// What no statement can take back.
    Some,
    /// All of it: there is no statement.
    All,
}

impl<'c> Down<'c> {
    fn read(cx: &MigrationContext<'c>) -> Option<Self> {
        let (sql, section) = cx.down.zip(cx.sections.down.as_ref())?;
        let irreversible = match (is_irreversible(cx), sql.script.statements.is_empty()) {
            (false, _) => Irreversible::Nothing,
            (true, false) => Irreversible::Some,
            (true, true) => Irreversible::All,
        };
        let course = Course::read(sql, section.transaction, cx.target, |_| false);
        Some(Self { sql, course, words: OnceCell::new(), irreversible })
    }

    /// Whether it says `name` anywhere.
    fn mentions(&self, name: &str) -> bool {
        self.words.get_or_init(|| words(&self.sql.text, self.sql.script.span).collect()).contains(name)
    }

    /// Whether it takes `event` back, says that this can't be done, or may do so in a way that can't be read.
    fn takes_back(&self, cx: &MigrationContext<'_>, event: &Event) -> bool {
        let is_label = event.kind == Kind::EnumLabel;
        // What becomes of the type is more than a name can tell.
        let renews_type = || is_label && event.of().is_some_and(|of| self.mentions(of));
        let falls_with_column = || {
            let on_columns = matches!(event.kind, Kind::Object(ObjectKind::Index | ObjectKind::TableConstraint));
            let dropped = self.course.dropped_columns(event).filter(|_| on_columns);
            dropped.is_some_and(|dropped| words(cx.text(), event.span).any(|word| dropped.contains(&*word)))
        };
        match self.irreversible {
            Irreversible::All => return true,
            Irreversible::Some if is_label => return true,
            _ => {}
        }
        // What down makes again is what stood there before.
        self.course.ends(cx.text(), event)
            || self.course.makes(event)
            || renews_type()
            || falls_with_column()
            || self.course.doubts(event, Turn::Goes)
    }
}

/// Something that up makes.
#[derive(Clone, Copy)]
struct Made<'c> {
    event: &'c Event,
    manner: Manner,
}

/// What stood there before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// Nothing, as far as the file says.
    New,
    /// One of the same name, which up takes away first. A bare DROP would leave neither of the two.
    Replacement,
}

/// What up makes, and leaves, and what does not go with something else that it makes; each once.
fn made<'c>(cx: &MigrationContext<'_>, up: &'c Course, down: Option<&Down<'_>>) -> Vec<Made<'c>> {
    let text = cx.text();
    let mut seen: BTreeSet<&Key> = BTreeSet::new();
    let mut made: Vec<Made<'_>> = Vec::new();
    for (at, event) in up.events.iter().enumerate() {
        if !matches!(event.turn, Turn::Comes | Turn::Replaces) || event.temporary || is_managed(cx, event) {
            continue;
        }
        match &event.subject {
            Subject::Object(key) if !seen.insert(key) => continue,
            Subject::Object(_) | Subject::Nameless(..) => {}
            Subject::Rows(_) | Subject::State(..) => continue,
        }
        // A new name is a new object only if the object is one.
        let renamed = event.is_new_name() && !up.is_touched_before(at - 1, Touch::Begins);
        let goes_along = up.containers(event).any(|(container, _)| container != at);
        let goes_again = up.last_touching(text, at).is_some_and(|(other, touch)| other > at && touch == Touch::Ends);
        if renamed || goes_along || goes_again {
            continue;
        }
        let replaces = event.turn == Turn::Replaces
            || up.is_touched_before(at, Touch::Ends)
            || up.first_touching(text, at).is_some_and(|(other, touch)| other < at && touch == Touch::Ends);
        let name = event.name().unwrap_or_default();
        let is_renewed = replaces && down.is_some_and(|down| down.mentions(name));
        let may_be_older = replaces || event.safety == Safety::Safe || event.certainty != Certainty::Sure;
        // All files are asked, and so only where it matters.
        let matters = may_be_older && !down.is_some_and(|down| down.takes_back(cx, event));
        let is_older = matters && cx.creations.is_older(cx.migration, name);
        if !(is_renewed || is_older) {
            let manner = if replaces && takes_place(up, at) { Manner::Replacement } else { Manner::New };
            made.push(Made { event, manner });
        }
    }
    without_parts_of_columns(text, made)
}

/// Whether what the event at `at` makes was there before: something in up takes it away, and not only if it is there. What has no name of its
/// own may be another.
fn takes_place(up: &Course, at: usize) -> bool {
    if !matches!(up.events[at].subject, Subject::Object(_)) {
        return false;
    }
    let in_branch = |event: &Event| matches!(event.certainty, Certainty::Conditional | Certainty::Settled);
    up.ended_before(at).any(|ended| match ended.turn {
        Turn::Leaves => true,
        Turn::Goes => ended.safety != Safety::Safe && (!in_branch(ended) || in_branch(&up.events[at])),
        Turn::Comes | Turn::Replaces => false,
    })
}

/// What falls with a column that is made too (PostgreSQL 15, ALTER TABLE: the indexes and constraints that involve a column go with it).
fn without_parts_of_columns<'c>(text: &str, made: Vec<Made<'c>>) -> Vec<Made<'c>> {
    let mut columns: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let new_columns = made.iter().map(|made| made.event).filter(|event| event.kind == ObjectKind::Column);
    for (table, column) in new_columns.filter_map(|event| event.of().zip(event.name())) {
        columns.entry(table).or_default().insert(column.to_owned());
    }
    let falls = |event: &Event| {
        let on_columns = matches!(event.kind, Kind::Object(ObjectKind::Index | ObjectKind::TableConstraint));
        let beside = event.of().filter(|_| on_columns).and_then(|table| columns.get(table));
        beside.is_some_and(|beside| words(text, event.span).any(|word| beside.contains(&*word)))
    };
    made.into_iter().filter(|made| !falls(made.event)).collect()
}

/// Whether it is a schema that is there before the first migration.
fn is_managed(cx: &MigrationContext<'_>, event: &Event) -> bool {
    let managed = cx.config.house.schemas.as_ref().into_iter().flatten();
    event.kind == ObjectKind::Schema
        && (event.name() == Some("public") || managed.map(|(name, _)| name.as_str()).any(|name| event.name() == Some(name)))
}

/// Whether the block has a line `IRREVERSIBLE: reason`.
pub(in crate::rules) fn is_irreversible(cx: &MigrationContext<'_>) -> bool {
    let text = match (&cx.migration.down, cx.sections.marker) {
        (Some(file), _) => file.text(),
        (None, Some(marker)) => &cx.text()[marker.end as usize..],
        (None, None) => return false,
    };
    text.lines().any(|line| {
        let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
        let reason =
            line.get(.."irreversible".len()).filter(|word| word.eq_ignore_ascii_case("irreversible")).map(|word| &line[word.len()..]);
        reason.and_then(|rest| rest.trim_start().strip_prefix(':')).is_some_and(|reason| !reason.trim().is_empty())
    })
}

fn ends_transaction(statement: &Statement) -> bool {
    matches!(statement.node(), Some(Node::Transaction(transaction)) if matches!(transaction.action, TransactionAction::Commit(_)))
}

/// For statements after the marker that are not commented out.
fn uncommented_finding(cx: &MigrationContext<'_>, loose: &[&Statement]) -> Option<Diagnostic> {
    let loose: Vec<&&Statement> = loose.iter().filter(|statement| !ends_transaction(statement)).collect();
    let first = loose.first()?;
    let head = cx.text()[first.span].split_whitespace().take(3).collect::<Vec<_>>().join(" ");
    let more = match loose.len() {
        1 => " is not commented out, and runs with the up migration".to_owned(),
        n => format!(" and {} more after it are not commented out, and run with the up migration", n - 1),
    };
    let finding = cx.finding(first.span, format!("in the down migration `{head}`{more}"));
    Some(finding.help("put `-- ` before each line of the down migration: psql runs what stands there"))
}

/// For a file without a down migration.
fn missing_block(cx: &MigrationContext<'_>, open: &[Made<'_>]) -> Option<Diagnostic> {
    let (what, help) = match cx.history.layout.name() {
        "house" | "plain" => ("`-- DOWN MIGRATION` block", "end the file with `-- DOWN MIGRATION`, and below it, commented out, "),
        "prisma" | "supabase" => return None,
        _ => ("down migration", "write one as the migration tool has it, with "),
    };
    let message = match open {
        [] => format!("`{}` has no {what}", cx.migration.id),
        _ => format!("`{}` has no {what} that takes back {}", cx.migration.id, list(open)),
    };
    let statements = match statements(open) {
        Some(statements) => statements,
        None => "what takes its changes back, or `-- IRREVERSIBLE: ` and the reason".to_owned(),
    };
    let finding = cx.finding_in_file(message).help(format!("{help}{statements}"));
    Some(finding.fix(undo::whole(cx, &besides(cx, open))))
}

/// For a down migration that stands where the house does not look for it.
fn wrong_place(cx: &MigrationContext<'_>) -> Option<Diagnostic> {
    if !cx.history.layout.is_named_by_people() {
        return None;
    }
    match (cx.sections.marker, &cx.migration.down) {
        (Some(marker), _) if is_own_marker(&cx.text()[marker]) => None,
        (Some(marker), None) => {
            let heading = cx.text()[marker].split(['(', '[', ':', ',', '-', '–', '—']).next().unwrap_or_default().trim();
            let finding = cx.finding(marker, format!("the down migration is called `{heading}`, and the house calls it `DOWN MIGRATION`"));
            let words = Span::new(marker.start, marker.start + heading.len() as u32);
            let fix = cx.fix(Applicability::Safe, "call it `DOWN MIGRATION`", vec![Edit::replacement(words, "DOWN MIGRATION")]);
            Some(finding.help("write `-- DOWN MIGRATION` in place of the heading").fix(fix))
        }
        (_, Some(file)) => {
            let name = file.path().rsplit('/').next().unwrap_or_default();
            let finding =
                cx.finding_in_file(format!("the down migration stands in `{name}`, and not in a `-- DOWN MIGRATION` block of this file"));
            Some(finding.help("end this file with `-- DOWN MIGRATION`, and below it those statements, commented out"))
        }
        (None, None) => None,
    }
}

fn is_own_marker(heading: &str) -> bool {
    let letters: String = heading.chars().filter(char::is_ascii_alphabetic).take("downmigration".len()).collect();
    letters.eq_ignore_ascii_case("downmigration")
}

/// What PostgreSQL would reject in a down migration that is commented out; in any other it is `ban-syntax-error`'s.
fn mistakes(cx: &MigrationContext<'_>) -> Vec<Diagnostic> {
    let (Some(sql), Some(section)) = (cx.down, &cx.sections.down) else { return Vec::new() };
    if section.origin != Origin::Comments {
        return Vec::new();
    }
    rejected(cx, &section.source, sql)
}

/// For a down migration that leaves something behind.
fn missing_statements(cx: &MigrationContext<'_>, open: &[Made<'_>]) -> Option<Diagnostic> {
    if open.is_empty() {
        return None;
    }
    let message = format!("the down migration does not take back {}", list(open));
    let finding = match (cx.sections.marker, &cx.migration.down) {
        (Some(marker), None) => cx.finding(marker, message),
        _ => cx.finding_down(cx.sections.down.as_ref().map_or(Span::empty(0), |down| down.source.first_line()), message)?,
    };
    let finding = finding.help(match statements(open) {
        Some(statements) => format!("add {statements}"),
        None => "where it can't be taken back, say so: `-- IRREVERSIBLE: ` and the reason".to_owned(),
    });
    // Where it fails, what it lacks may have to come first.
    let fails = matches!(cx.replayed.reverts(), Some(Verdict::Refuted { sqlstate: Some(_), .. }));
    let rest = undo::rest(cx, &besides(cx, open));
    Some(finding.fix(rest.or_else(|| undo::instead(cx).filter(|_| fails))))
}

/// What has to be taken back and is no part of the schema that is compared: what belongs to the cluster, and labels of types that no migration
/// makes.
fn besides(cx: &MigrationContext<'_>, open: &[Made<'_>]) -> Besides {
    use ObjectKind::{Role, Tablespace};
    let is_clusters = |event: &&Event| matches!(event.kind, Kind::Object(Role | Tablespace));
    let is_made = |name: &str| {
        let objects = cx.replayed.after.objects();
        objects.into_iter().any(|(_, object)| object.ty().is_some() && *object.name == *name && object.standing == Standing::Made)
    };
    let events = || open.iter().rev().map(|made| made.event);
    let labels = events().filter(|event| event.kind == Kind::EnumLabel && !event.of().is_some_and(is_made));
    Besides {
        statements: events().filter(is_clusters).filter_map(|event| event.drop_sql.clone()).collect(),
        irreversible: labels.map(|event| format!("{}: PostgreSQL can't take a label from an enum", event.described)).collect(),
    }
}

/// The objects, as far as a message names them.
fn list(open: &[Made<'_>]) -> String {
    joined(open.iter().map(described).collect())
}

fn joined(mut items: Vec<String>) -> String {
    let more = items.len().saturating_sub(NAMED);
    items.truncate(NAMED);
    match (more, items.split_last()) {
        (0, Some((last, []))) => last.clone(),
        (0, Some((last, rest))) => format!("{} and {last}", rest.join(", ")),
        (more, _) => format!("{} and {more} more", items.join(", ")),
    }
}

fn described(made: &Made<'_>) -> String {
    let event = made.event;
    match (event.name().filter(|_| event.is_new_name()), made.manner) {
        (Some(name), _) => format!("{} `{name}`", event.kind.noun()),
        (None, Manner::New) => event.described.clone(),
        (None, Manner::Replacement) => format!("the replacement of {}", event.described),
    }
}

/// What takes the last objects back, the last of them first: a DROP for what is new, and words for what only its author can write.
fn statements(open: &[Made<'_>]) -> Option<String> {
    const SHOWN: usize = 3;
    let (new, replaced): (Vec<Made<'_>>, Vec<Made<'_>>) = open.iter().partition(|made| made.manner == Manner::New);
    let events = new.iter().rev().map(|made| made.event).filter(|event| !event.is_new_name());
    let drops: Vec<String> = events.filter_map(|event| event.drop_sql.as_ref()).map(|drop| format!("`{drop};`")).collect();
    let drops = match drops.len() {
        0 => None,
        n if n <= SHOWN => Some(drops.join(" ")),
        _ => Some(format!("{} and so on", drops[..SHOWN].join(" "))),
    };
    let old: Vec<String> = replaced.iter().map(|made| made.event.described.clone()).collect();
    let old = (!old.is_empty()).then(|| {
        let pronoun = if old.len() == 1 { "it" } else { "them" };
        format!("what makes {} again as up found {pronoun}, since up replaces {pronoun}", joined(old))
    });
    match (drops, old) {
        (Some(drops), Some(old)) => Some(format!("{drops} and {old}")),
        (drops, old) => drops.or(old),
    }
}
