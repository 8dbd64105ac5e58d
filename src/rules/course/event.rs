//! One thing that comes or goes.

use std::collections::BTreeSet;

use crate::postgres::{
    Around, Error, Existence, Fault, Home, Kind, Safety, Step, Subject, Turn, catches, drop_sql, is_never_taken, is_settled,
};
use crate::syntax::tree::{Guard, ObjectKind};
use crate::text::Span;

/// Something that comes or goes.
#[derive(Debug, Clone)]
pub struct Event {
    /// Which of the two.
    pub turn: Turn,
    /// What.
    pub subject: Subject,
    /// The kind of the object that is named.
    pub kind: Kind,
    /// What keeps the statement from failing.
    pub safety: Safety,
    /// What happens if it is done twice.
    pub fault: Fault,
    /// How sure it is that it is done.
    pub certainty: Certainty,
    /// Whether it is the session's own.
    pub temporary: bool,
    /// Whether CASCADE takes along what depends on it.
    pub cascade: bool,
    /// What a sentence says of it: `is created`.
    pub deed: &'static str,
    /// What a sentence calls it: ``table `marketing.company` ``.
    pub described: String,
    /// The statement that removes it.
    pub drop_sql: Option<String>,
    /// The part of the statement that does it.
    pub span: Span,
    /// What the part begins with, up to where a clause or the object's name stands.
    pub head: Span,
    /// The object's name.
    pub name_span: Span,
    /// The statement.
    pub statement: Span,
    /// What it goes with beside what it is a part of: a partitioned table, the table that owns a sequence.
    pub with: Option<String>,
    /// The tables that it reads, if it writes rows.
    pub(super) reads: Vec<String>,
    /// The tables that all the rows which it writes are taken out of.
    pub(super) moved_from: BTreeSet<String>,
    /// The name of the relation, type or domain that it is a part of.
    pub(super) of: Option<String>,
    pub(super) schema: Option<String>,
}

/// How sure it is that a statement is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// It is.
    Sure,
    /// A condition decides.
    Conditional,
    /// A condition decides that says the same in a second run.
    Settled,
    /// It is, and a handler catches the error that it raises if it is run again.
    Caught,
    /// It is, and no handler around it catches that error.
    Missed,
}

/// What one event does to the subject of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touch {
    /// It makes it.
    Begins,
    /// It takes it away.
    Ends,
}

impl Event {
    pub(super) fn new(text: &str, step: &Step<'_>, statement: Span, existence: &Existence<'_>) -> Event {
        let object = &existence.object;
        let key = match &existence.subject {
            Subject::Object(key) => Some(key),
            Subject::Rows(key) | Subject::State(key, _) => Some(key),
            Subject::Nameless(..) => None,
        };
        let of = match existence.subject {
            Subject::Rows(_) | Subject::State(..) => key.and_then(|key| key.of.clone()).or_else(|| key.map(|key| key.name.clone())),
            _ => object.of.map(|of| of.object.value(text).into_owned()),
        };
        let home = step.session.home(text, object);
        let clause = match existence.safety {
            Safety::Clause(safeguard) => match safeguard.guard() {
                Guard::Absent(at) => at.max(existence.span.start),
                Guard::Written(_) => object.span.start,
            },
            _ => object.span.start,
        };
        Event {
            turn: existence.turn,
            subject: existence.subject.clone(),
            kind: object.kind,
            safety: existence.safety,
            fault: existence.fault,
            certainty: certainty(text, step.around, existence.fault.error()),
            temporary: home == Home::Temporary || object.of.is_some_and(|of| step.session.is_temporary(text, of)),
            cascade: existence.cascade,
            deed: existence.deed,
            described: object.describe(text),
            drop_sql: drop_sql(text, object),
            span: existence.span,
            head: trimmed(text, Span::new(existence.span.start, clause.clamp(existence.span.start, existence.span.end))),
            name_span: object.span,
            statement,
            with: None,
            reads: Vec::new(),
            moved_from: BTreeSet::new(),
            of,
            schema: key.and_then(|key| key.schema.clone()).or_else(|| home.schema().map(str::to_owned)),
        }
    }

    /// The name of what comes or goes, as PostgreSQL stores it.
    pub fn name(&self) -> Option<&str> {
        match &self.subject {
            Subject::Object(key) | Subject::Rows(key) | Subject::State(key, _) => Some(&key.name),
            Subject::Nameless(..) => None,
        }
    }

    /// Whether it is a new name, or the same in another schema; the event before it is that the old one goes.
    pub fn is_new_name(&self) -> bool {
        self.turn == Turn::Comes && matches!(self.deed, "is renamed" | "is moved")
    }

    /// Whether an object comes or goes: not rows, and not a state.
    pub const fn is_of_object(&self) -> bool {
        matches!(self.subject, Subject::Object(_) | Subject::Nameless(..))
    }

    /// The name of the relation, type or domain that it is a part of.
    pub fn of(&self) -> Option<&str> {
        self.of.as_deref()
    }

    /// What this does to the subject of `other`.
    pub(super) fn touches(&self, other: &Event) -> Option<Touch> {
        let ends = matches!(self.turn, Turn::Goes | Turn::Leaves);
        if self.subject.may_be(&other.subject) {
            return Some(if ends { Touch::Ends } else { Touch::Begins });
        }
        (ends && (self.holds(other) || self.is_schema_of(other))).then_some(Touch::Ends)
    }

    /// Whether it is about the relation, type or domain that `other` is a part of. The index of a table that gets another name stays.
    pub(super) fn holds(&self, other: &Event) -> bool {
        let stays = self.turn == Turn::Leaves && other.is_of_object() && other.kind.is_relation();
        let container = self.kind.is_relation() || matches!(self.kind, Kind::Object(ObjectKind::Type | ObjectKind::Domain));
        self.is_of_object() && container && !stays && other.of.is_some() && self.name() == other.of.as_deref() && self.agrees(other)
    }

    /// Whether it takes along `other`, which is no part of it: a partition, a sequence.
    pub(super) fn takes_along(&self, other: &Event) -> bool {
        self.turn == Turn::Goes && self.leads(other)
    }

    /// Whether it is what `other` goes with, though that is no part of it.
    pub(super) fn leads(&self, other: &Event) -> bool {
        self.is_of_object() && self.kind.is_relation() && other.with.is_some() && self.name() == other.with.as_deref()
    }

    fn is_schema_of(&self, other: &Event) -> bool {
        self.turn == Turn::Goes && self.kind == ObjectKind::Schema && self.name() == other.schema.as_deref()
    }

    fn agrees(&self, other: &Event) -> bool {
        self.schema.as_ref().zip(other.schema.as_ref()).is_none_or(|(a, b)| a == b)
    }
}

fn certainty(text: &str, around: &[Around<'_>], error: Error) -> Certainty {
    let mut handled = false;
    let mut settled = false;
    for around in around {
        match around {
            around if is_never_taken(text, around) => return Certainty::Conditional,
            Around::Branch(operand, branches) | Around::Otherwise(operand, branches) if is_settled(text, *operand, branches) => {
                settled = true
            }
            Around::WayOut(Some(branches)) if is_settled(text, None, branches) => settled = true,
            Around::Branch(..) | Around::Otherwise(..) | Around::While(_) | Around::QueryLoop | Around::Handler(_) | Around::WayOut(_) => {
                return Certainty::Conditional;
            }
            Around::Handled(handlers) if catches(text, handlers, error.sqlstate) => return Certainty::Caught,
            Around::Handled(_) => handled = true,
            Around::Loop => {}
        }
    }
    match (handled, settled) {
        (true, _) => Certainty::Missed,
        (false, true) => Certainty::Settled,
        (false, false) => Certainty::Sure,
    }
}

fn trimmed(text: &str, span: Span) -> Span {
    let kept = text[span].trim_end_matches(|c: char| c.is_whitespace() || c == '(').len() as u32;
    if kept == 0 { span } else { Span::new(span.start, span.start + kept) }
}
