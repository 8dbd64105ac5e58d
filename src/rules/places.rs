//! One finding for one cause that shows in many places of a file.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::text::Span;

use super::MigrationContext;

/// How many places a finding shows beside its own.
const SHOWN: usize = 3;

/// `finding`, which stands at the first of `places`, with marks on the next few, each labelled `label`.
pub(super) fn with_places(cx: &MigrationContext<'_>, finding: Diagnostic, places: &[Span], label: &str) -> Diagnostic {
    let path: Arc<str> = Arc::from(cx.source().path());
    places.iter().skip(1).take(SHOWN).fold(finding, |finding, place| finding.related(Arc::clone(&path), *place, label))
}

/// Names in backticks: `` `a`, `b` and `c` ``.
pub(super) fn listed<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> String {
    let quoted: Vec<String> = names.into_iter().map(|name| format!("`{}`", name.as_ref())).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [init @ .., last] => format!("{} and {last}", init.join(", ")),
    }
}
