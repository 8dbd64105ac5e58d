//! What each migration did, what is proved of it, and what the rules found in it.

use std::io::{self, Write};

use crate::catalog::difference::{Change, Deed};
use crate::catalog::replay::Verdict;
use crate::engine::{Chapter, Story};
use crate::report::count;
use crate::report::schema::escaped;

use super::{anchor, code, prose};

pub(super) fn write(out: &mut dyn Write, story: &Story) -> io::Result<()> {
    writeln!(out, "<section id=\"migrations\">\n<h2>Migrations</h2>")?;
    for chapter in &story.chapters {
        write_chapter(out, chapter)?;
    }
    writeln!(out, "</section>")
}

fn write_chapter(out: &mut dyn Write, chapter: &Chapter) -> io::Result<()> {
    let Chapter { judged, deeds, findings } = chapter;
    writeln!(out, "<details class=\"find\" id=\"{}\">\n<summary><h3>{}</h3>", anchor('m', &judged.id), escaped(&judged.id))?;
    let reruns = judged.reruns.as_ref().map(|reruns| &reruns.verdict);
    let verdicts = [("applies", Some(&judged.applies)), ("re-runs", reruns), ("reverts", judged.reverts.as_ref())];
    writeln!(out, "<span class=\"badges\">")?;
    for (question, verdict) in &verdicts {
        if let Some(verdict) = verdict {
            writeln!(out, "<span class=\"badge {}\">{question}: {}</span>", verdict.word(), verdict.word())?;
        }
    }
    if !findings.is_empty() {
        writeln!(out, "<span class=\"badge findings\">{}</span>", count(findings.len(), "finding"))?;
    }
    writeln!(out, "</span></summary>\n<p class=\"aside\">{}</p>", escaped(judged.up.path()))?;
    if deeds.is_empty() {
        writeln!(out, "<p>It leaves the schema as it is.</p>")?;
    } else {
        writeln!(out, "<ul class=\"deeds\">")?;
        for deed in deeds {
            writeln!(out, "<li class=\"{}\">{}</li>", word(deed.change), told(deed))?;
        }
        writeln!(out, "</ul>")?;
    }
    let reasons: Vec<String> = verdicts.iter().filter_map(|(question, verdict)| reason(question, (*verdict)?)).collect();
    if !reasons.is_empty() {
        writeln!(out, "<h4>Verdicts</h4>\n<ul>")?;
        for reason in reasons {
            writeln!(out, "<li>{reason}</li>")?;
        }
        writeln!(out, "</ul>")?;
    }
    if !findings.is_empty() {
        writeln!(out, "<h4>Findings</h4>\n<ul class=\"plain\">")?;
        for (line, finding) in findings {
            let diagnostic = &finding.diagnostic;
            let severity = diagnostic.severity.word();
            let help = diagnostic.help.as_ref().map(|help| format!("<br><span class=\"aside\">{}</span>", prose(help))).unwrap_or_default();
            let rule = escaped(finding.rule.id);
            writeln!(
                out,
                "<li><span class=\"badge {severity}\">{severity}</span> {}, line {line}: {}{help}</li>",
                code(&rule),
                prose(&diagnostic.message)
            )?;
        }
        writeln!(out, "</ul>")?;
    }
    writeln!(out, "</details>")
}

const fn word(change: Change) -> &'static str {
    match change {
        Change::Added => "added",
        Change::Lost => "lost",
        Change::Changed => "changed",
    }
}

fn told(deed: &Deed) -> String {
    let object = escaped(deed.object.as_str());
    match deed.change {
        Change::Added => format!("makes {object}"),
        Change::Lost => format!("drops {object}"),
        Change::Changed => format!("changes {object}: <span class=\"aside\">{}</span>", escaped(&deed.properties.join(", "))),
    }
}

/// What there is to say of a verdict beyond its word.
fn reason(question: &str, verdict: &Verdict) -> Option<String> {
    match verdict {
        Verdict::Proved { conditions } if conditions.is_empty() => None,
        Verdict::Proved { conditions } => {
            let told: Vec<String> =
                conditions.iter().map(|condition| format!("{} {}", condition.sqlstate, prose(&condition.reason))).collect();
            Some(format!("{question}, but for {}", told.join("; ")))
        }
        Verdict::Refuted { sqlstate, reason, .. } => {
            let sqlstate = sqlstate.map(|sqlstate| format!(" ({sqlstate})")).unwrap_or_default();
            Some(format!("{question} is refuted{sqlstate}: {}", prose(reason)))
        }
        Verdict::Unknown { reason, .. } => Some(format!("{question} is unknown: {}", prose(reason))),
    }
}
