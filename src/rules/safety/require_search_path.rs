//! `require-search-path`: a function with its owner's rights says itself where it looks for names.

use crate::catalog::Body;
use crate::catalog::Standing;
use crate::catalog::model::RoutineBody;
use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};

/// The rule.
#[derive(Debug)]
pub struct RequireSearchPath;

static META: Meta = Meta {
    id: "require-search-path",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Always,
    about: About::State,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-search-path.md"),
};

impl Rule for RequireSearchPath {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        for (oid, object) in cx.objects() {
            let Body::Routine(routine) = &object.body else { continue };
            // What is compiled or stored as a tree does not look up the names in its text when it is called.
            let looks_up = matches!(routine.body, RoutineBody::Text(_));
            let is_own = object.standing == Standing::Made && object.extension.is_none();
            if !routine.security_definer || !looks_up || !is_own || routine.settings.contains_key("search_path") {
                continue;
            }
            let message = format!("`{}` runs with the rights of its owner, and looks for names where its caller says", cx.shown(oid));
            let finding = match routine.secured.filter(|secured| *secured > object.origin) {
                Some(culprit) => cx.finding_at(culprit, message).map(|finding| cx.related_at(finding, object.origin, "it is made here")),
                None => cx.finding_at(object.origin, message),
            };
            let is_altered = routine.secured.and_then(|secured| cx.text_at(secured)).is_some_and(alters);
            out.extend(finding.map(|finding| finding.help(if is_altered { OF_ALTER } else { OF_CREATE })));
        }
    }
}

const OF_CREATE: &str = "write `SET search_path = …` before `AS`, with `pg_temp` last, or `''` and every name with its schema";
const OF_ALTER: &str =
    "let this set it as well: `SET search_path = …`, with `pg_temp` last, or `''` where every name in the body has its schema";

/// Whether a statement changes what is there.
fn alters(text: &str) -> bool {
    text.trim_start().get(..5).is_some_and(|word| word.eq_ignore_ascii_case("alter"))
}
