//! The options of EXPLAIN, VACUUM and ANALYZE, and which of them go together (`NewExplainState`, `ExecVacuum`).

use std::collections::BTreeSet;

use crate::catalog::failure::{Result, Stop};
use crate::catalog::run::Run;
use crate::syntax::literal;
use crate::syntax::tree::{Explain, Setting, SettingValue, Vacuum, VacuumKind};

/// Options that are on or off, and the version that brought them.
const EXPLAIN: &[(&str, u8)] = &[
    ("analyze", 0),
    ("verbose", 0),
    ("costs", 0),
    ("buffers", 0),
    ("settings", 0),
    ("timing", 0),
    ("summary", 0),
    ("wal", 0),
    ("generic_plan", 16),
    ("memory", 17),
];
const VACUUM: &[(&str, u8)] = &[
    ("verbose", 0),
    ("skip_locked", 0),
    ("analyze", 0),
    ("freeze", 0),
    ("full", 0),
    ("disable_page_skipping", 0),
    ("process_toast", 0),
    ("truncate", 0),
    ("process_main", 16),
    ("skip_database_stats", 16),
    ("only_database_stats", 16),
];
const ANALYZE: &[(&str, u8)] = &[("verbose", 0), ("skip_locked", 0)];

/// Checks the options of EXPLAIN; gives whether it runs what it explains.
///
/// # Errors
/// 42601 for one that there is not, 22023 for what does not go together.
pub(super) fn explain(run: &Run<'_>, text: &str, explain: &Explain) -> Result<bool> {
    let mut on = BTreeSet::new();
    for setting in &explain.options {
        let name = said(text, setting);
        let value = value(text, setting);
        let is = match (&*name, value.as_deref()) {
            ("format", Some("text" | "xml" | "json" | "yaml")) => continue,
            ("serialize", None | Some("text" | "binary")) if run.world.target.major() >= 17 => true,
            ("serialize", Some("off" | "none")) if run.world.target.major() >= 17 => false,
            ("format" | "serialize", Some(value)) if &*name == "format" || run.world.target.major() >= 17 => {
                let message = format!("unrecognized value for EXPLAIN option \"{name}\": \"{value}\"");
                return Err(Stop::fails("22023", message, setting.span));
            }
            _ => is_on(run, text, setting, EXPLAIN, "EXPLAIN")?,
        };
        set(&mut on, &name, is);
    }
    let is_analyzed = on.contains("analyze");
    for (name, word) in [("wal", "WAL"), ("timing", "TIMING"), ("serialize", "SERIALIZE")] {
        if on.contains(name) && !is_analyzed {
            return Err(Stop::fails("22023", format!("EXPLAIN option {word} requires ANALYZE"), explain.span));
        }
    }
    match on.contains("generic_plan") && is_analyzed {
        true => Err(Stop::fails("22023", "EXPLAIN options ANALYZE and GENERIC_PLAN cannot be used together", explain.span)),
        false => Ok(is_analyzed),
    }
}

/// Checks the options of VACUUM and ANALYZE.
///
/// # Errors
/// 42601 for one that there is not, 22023 for a wrong value, 0A000 for what does not go together.
pub(super) fn vacuum(run: &Run<'_>, text: &str, vacuum: &Vacuum) -> Result {
    let (known, statement) = match vacuum.kind {
        VacuumKind::Vacuum => (VACUUM, "VACUUM"),
        VacuumKind::Analyze => (ANALYZE, "ANALYZE"),
    };
    let is_vacuum = vacuum.kind == VacuumKind::Vacuum;
    let mut on = BTreeSet::from(["process_toast".to_owned()]);
    for setting in &vacuum.options {
        let name = said(text, setting);
        let value = value(text, setting);
        let is = match &*name {
            "buffer_usage_limit" if run.world.target.major() >= 16 => {
                if !value.as_deref().and_then(kilobytes).is_some_and(|size| size == 0 || (128..=16_777_216).contains(&size)) {
                    let message = "BUFFER_USAGE_LIMIT option must be 0 or between 128 kB and 16777216 kB";
                    return Err(Stop::fails("22023", message, setting.span));
                }
                true
            }
            "index_cleanup" if is_vacuum && value.as_deref() == Some("auto") => true,
            "index_cleanup" if is_vacuum => boolean(text, setting)?,
            "parallel" if is_vacuum => match value.as_deref().and_then(|workers| workers.parse::<u32>().ok()) {
                Some(workers @ 0..=1024) => workers > 0,
                _ => return Err(Stop::fails("42601", "parallel option requires a value between 0 and 1024", setting.span)),
            },
            _ => is_on(run, text, setting, known, statement)?,
        };
        set(&mut on, &name, is);
    }
    let is = |name: &str| on.contains(name);
    let others = ["analyze", "freeze", "full", "skip_locked", "disable_page_skipping", "skip_database_stats"];
    let has_columns = vacuum.relations.iter().any(|target| !target.columns.is_empty());
    let only = is("only_database_stats");
    let refused = match () {
        () if is("full") && is("parallel") => "VACUUM FULL cannot be performed in parallel",
        () if is("full") && is("buffer_usage_limit") && !is("analyze") => "BUFFER_USAGE_LIMIT cannot be specified for VACUUM FULL",
        () if is_vacuum && has_columns && !is("analyze") => "ANALYZE option must be specified when a column list is provided",
        () if is("full") && is("disable_page_skipping") => "VACUUM option DISABLE_PAGE_SKIPPING cannot be used with FULL",
        () if is("full") && !is("process_toast") => "PROCESS_TOAST required with VACUUM FULL",
        () if only && !vacuum.relations.is_empty() => "ONLY_DATABASE_STATS cannot be specified with a list of tables",
        () if only && others.iter().any(|name| is(name)) => "ONLY_DATABASE_STATS cannot be specified with other VACUUM options",
        () => return Ok(()),
    };
    Err(Stop::fails("0A000", refused, vacuum.span))
}

fn set(on: &mut BTreeSet<String>, name: &str, is: bool) {
    match is {
        true => drop(on.insert(name.to_owned())),
        false => drop(on.remove(name)),
    }
}

/// Whether one of the known options is on.
fn is_on(run: &Run<'_>, text: &str, setting: &Setting, known: &[(&str, u8)], statement: &str) -> Result<bool> {
    let name = said(text, setting);
    match known.iter().any(|(option, since)| *option == &*name && *since <= run.world.target.major()) {
        true => boolean(text, setting),
        false => Err(Stop::fails("42601", format!("unrecognized {statement} option \"{name}\""), setting.name.span)),
    }
}

/// What is on unless it says otherwise (`defGetBoolean`).
fn boolean(text: &str, setting: &Setting) -> Result<bool> {
    match value(text, setting).as_deref() {
        None | Some("true" | "on" | "1") => Ok(true),
        Some("false" | "off" | "0") => Ok(false),
        Some(_) => Err(Stop::fails("42601", format!("{} requires a Boolean value", setting.name.value(text)), setting.span)),
    }
}

/// What an option is called; ANALYZE has two spellings.
fn said(text: &str, setting: &Setting) -> String {
    let name = setting.name.value(text);
    if &*name == "analyse" { "analyze".to_owned() } else { name.into_owned() }
}

/// What an option is set to, in lower case.
fn value(text: &str, setting: &Setting) -> Option<String> {
    Some(match setting.value.as_ref()? {
        SettingValue::String(span) => literal::value(text, *span).to_ascii_lowercase(),
        other => text[other.span()].to_ascii_lowercase(),
    })
}

/// An amount of memory, in kilobytes without a unit.
fn kilobytes(written: &str) -> Option<u64> {
    let digits = written.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let factor = match written[digits.len()..].trim() {
        "" | "kb" => 1,
        "mb" => 1 << 10,
        "gb" => 1 << 20,
        _ => return None,
    };
    digits.trim().parse::<u64>().ok()?.checked_mul(factor)
}
