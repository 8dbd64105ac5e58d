//! `require-down-mirror`: what up makes last, down takes back first.

use crate::diagnostic::Severity;
use crate::postgres::Turn;
use crate::rules::doctrine::RequireDownMigration;
use crate::rules::proof::RequireRevert;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::rules::{Course, Event};
use crate::syntax::Statement;

/// The rule.
#[derive(Debug)]
pub struct RequireDownMirror;

static META: Meta = Meta {
    id: "require-down-mirror",
    group: Group::Style,
    severity: Severity::Info,
    on: On::House,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-down-mirror.md"),
};

impl Rule for RequireDownMirror {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let (Some(sql), Some(section)) = (cx.down, &cx.sections.down) else { return };
        let runs_with_up = |statement: &Statement| cx.sections.after_marker.is_some_and(|after| after.encloses(statement.span));
        let up = Course::read(cx.up, cx.sections.up.transaction, cx.target, runs_with_up);
        let down = Course::read(sql, section.transaction, cx.target, |_| false);
        let drops = down.events.iter().filter(|event| event.turn == Turn::Goes && event.is_of_object());
        let made = |drop: &Event| {
            let makes = |event: &&Event| matches!(event.turn, Turn::Comes | Turn::Replaces) && event.subject.may_be(&drop.subject);
            up.events.iter().rfind(makes)
        };
        let mut pairs = drops.filter_map(|drop| Some((drop, made(drop)?)));
        let Some(mut before) = pairs.next() else { return };
        let wrong = pairs.find_map(|pair| {
            // Of two kinds, what has to go first is for `require-revert` to say.
            let are_alike = pair.0.kind == before.0.kind && pair.1.of().is_none();
            let is_later = are_alike && pair.1.statement.start > before.1.statement.start;
            let wrong = is_later.then_some((before, pair));
            before = pair;
            wrong
        });
        let Some(((first, first_made), (second, second_made))) = wrong else { return };
        // What fails because of the order, or is not there at all, is told already.
        if !cx.findings_of(&RequireDownMigration).is_empty() || !cx.findings_of(&RequireRevert).is_empty() {
            return;
        }
        let message = format!("down takes {} back before {}, which up makes after it", first.described, second.described);
        let Some(finding) = cx.finding_down(first.span, message) else { return };
        let (path, up_path) = (finding.primary.path.clone(), cx.source().path().into());
        let finding = finding.related(path, second.span, "taken back here").related(up_path, first_made.span, "made here");
        let finding = finding.related(cx.source().path().into(), second_made.span, "and this after it");
        out.push(finding.help("take back in the reverse order of up"));
    }
}
