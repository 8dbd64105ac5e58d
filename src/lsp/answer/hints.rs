//! The verdicts, at the head of a migration.

use lsp_types::{InlayHint, InlayHintLabel, InlayHintParams, InlayHintTooltip};

use crate::catalog::replay::Verdict;
use crate::engine::Live;

use super::Asked;

/// What is said of the migration, if its first line is in sight and the file is the one that goes up.
pub(super) fn hints(asked: &Asked<'_>, live: &Live<'_>, params: &InlayHintParams) -> Vec<InlayHint> {
    let hint = || {
        let source = live.source(&asked.name).filter(|_| params.range.start.line == 0)?;
        let judged = live.judged(&asked.name).filter(|judged| judged.up.path() == source.path())?;
        let reruns = judged.reruns.map(|reruns| reruns.verdict);
        let verdicts = [("applies", Some(judged.applies)), ("re-runs", reruns), ("reverts", judged.reverts)];
        let known = verdicts.iter().filter_map(|(what, verdict)| Some((*what, verdict.as_ref()?)));
        let label: Vec<String> = known.clone().map(|(what, verdict)| format!("{what}: {}", verdict.word())).collect();
        let reasons: Vec<String> = known.filter_map(|(what, verdict)| Some(format!("{what}: {}", reason(verdict)?))).collect();
        Some(InlayHint {
            position: asked.encoding().position(source, source.first_line().end),
            label: InlayHintLabel::String(label.join(", ")),
            kind: None,
            text_edits: None,
            tooltip: (!reasons.is_empty()).then(|| InlayHintTooltip::String(reasons.join("\n"))),
            padding_left: Some(true),
            padding_right: None,
            data: None,
        })
    };
    hint().into_iter().collect()
}

fn reason(verdict: &Verdict) -> Option<String> {
    match verdict {
        Verdict::Proved { conditions } if conditions.is_empty() => None,
        Verdict::Proved { conditions } => {
            let told = conditions.iter().map(|condition| match condition.sqlstate {
                "" => condition.reason.clone(),
                sqlstate => format!("{sqlstate} {}", condition.reason),
            });
            Some(format!("fails elsewhere with {}", told.collect::<Vec<_>>().join("; ")))
        }
        Verdict::Refuted { sqlstate: Some(sqlstate), reason, .. } => Some(format!("{reason} (SQLSTATE {sqlstate})")),
        Verdict::Refuted { reason, .. } | Verdict::Unknown { reason, .. } => Some(reason.clone()),
    }
}
