//! What can be done about findings: their fixes, allowing them, reading the rule's page.

use std::collections::BTreeMap;
use std::path::Path;

use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, Command, CreateFile, DocumentChangeOperation, DocumentChanges,
    OneOf, OptionalVersionedTextDocumentIdentifier, ResourceOp, TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
};

use crate::diagnostic::{Applicability, Extent, FileEdit, Fix};
use crate::engine::{Finding, Live, Mending, absolute, fitted};
use crate::rules::Group;
use crate::text::{Edit, SourceFile, Span};

use super::super::finding::SOURCE;
use super::super::uri::uri_of;
use super::{ACTION_KINDS, Asked, EXPLAIN};

/// What can be done about the findings in a range.
pub(super) fn actions(asked: &Asked<'_>, live: &mut Live<'_>, params: CodeActionParams) -> Vec<CodeActionOrCommand> {
    let wants = |kind: &str| {
        let only = params.context.only.as_ref();
        only.is_none_or(|kinds| kinds.iter().any(|own| kind == own.as_str() || kind.starts_with(&format!("{}.", own.as_str()))))
    };
    let mut actions: Vec<CodeAction> = Vec::new();
    let Some(source) = live.source(&asked.name).cloned() else { return Vec::new() };
    if wants(ACTION_KINDS[0]) {
        let span = asked.encoding().span(&source, params.range);
        let is_meant = |finding: &&Finding| {
            let own = finding.diagnostic.primary.span;
            own.start <= span.end && span.start <= own.end
        };
        let found: Vec<&Finding> = asked.keeper.told.findings(&asked.path).iter().filter(is_meant).collect();
        let diagnostics = |finding: &Finding| {
            let of_rule = params.context.diagnostics.iter().filter(|one| {
                one.source.as_deref() == Some(SOURCE) && one.code == Some(lsp_types::NumberOrString::String(finding.rule.id.to_owned()))
            });
            Some(of_rule.cloned().collect()).filter(|found: &Vec<_>| !found.is_empty())
        };
        let mut written_by: BTreeMap<&str, Vec<Finding>> = BTreeMap::new();
        for finding in &found {
            let own = &finding.diagnostic;
            let written = own.fix.clone().or_else(|| {
                let all = written_by.entry(finding.rule.id).or_insert_with(|| live.mending(finding.rule.id));
                let mut same = all.iter().map(|other| &other.diagnostic);
                same.find(|other| other.primary == own.primary && other.message == own.message)?.fix.clone()
            });
            let fix = written.and_then(|fix| Some((edit_of(asked, live, &fix)?, fix)));
            actions.extend(fix.map(|(edit, fix)| CodeAction {
                title: title(&fix),
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: diagnostics(finding),
                edit: Some(edit),
                is_preferred: (fix.applicability == Applicability::Safe).then_some(true),
                ..CodeAction::default()
            }));
        }
        let mut seen = Vec::new();
        for finding in found {
            let place = suppression(live, &source, finding);
            let key = (finding.rule.id, place.as_ref().map(|place| place.span));
            if seen.contains(&key) {
                continue;
            }
            seen.push(key);
            let uri = uri_of(&asked.path);
            actions.extend(uri.zip(place).map(|(uri, place)| CodeAction {
                title: format!("allow `{}` here, for a reason to be written", finding.rule.id),
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: diagnostics(finding),
                edit: Some(in_place([(uri, vec![text_edit(asked, &source, place)])])),
                ..CodeAction::default()
            }));
            let explain = format!("read the page of `{}`", finding.rule.id);
            let command = Command { title: explain.clone(), command: EXPLAIN.to_owned(), arguments: Some(vec![finding.rule.id.into()]) };
            let kind = Some(CodeActionKind::QUICKFIX);
            actions.push(CodeAction { title: explain, kind, command: Some(command), ..CodeAction::default() });
        }
    }
    // Who asks for nothing in particular asks about a place, and not about the file.
    if params.context.only.is_some() && wants(ACTION_KINDS[1]) {
        actions.extend(fix_all(asked, live, &source));
    }
    actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

fn title(fix: &Fix) -> String {
    match fix.applicability {
        Applicability::Safe => fix.title.clone(),
        Applicability::Unsafe => format!("{} (this may change what the migration does)", fix.title),
        Applicability::Display => format!("{} (to be filled in)", fix.title),
    }
}

/// All safe fixes of a file.
fn fix_all(asked: &Asked<'_>, live: &mut Live<'_>, source: &SourceFile) -> Option<CodeAction> {
    let after = live.mended(&asked.name, Mending { least: Applicability::Safe, only: &[], within: None })?;
    let edit = difference(source.text(), &after);
    let edit = in_place([(uri_of(&asked.path)?, vec![text_edit(asked, source, edit)])]);
    Some(CodeAction {
        title: "apply all safe fixes".to_owned(),
        kind: Some(CodeActionKind::new(ACTION_KINDS[1])),
        edit: Some(edit),
        ..CodeAction::default()
    })
}

/// The one edit that makes `after` of `before`, without what both begin and end with.
fn difference(before: &str, after: &str) -> Edit {
    let start =
        before.char_indices().zip(after.chars()).find(|((_, a), b)| a != b).map_or(before.len().min(after.len()), |((at, _), _)| at);
    let (old, new) = (&before[start..], &after[start..]);
    let same = old.chars().rev().zip(new.chars().rev()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum::<usize>();
    Edit::replacement(Span::new(start as u32, (before.len() - same) as u32), &new[..new.len() - same])
}

/// A fix as the protocol writes it; none where a file that it changes may be another by now, or where the client makes no file that it needs.
fn edit_of(asked: &Asked<'_>, live: &Live<'_>, fix: &Fix) -> Option<WorkspaceEdit> {
    let mut by_file: BTreeMap<&str, Vec<&FileEdit>> = BTreeMap::new();
    for edit in &fix.edits {
        by_file.entry(&edit.path).or_default().push(edit);
    }
    let own = live.shown(&asked.name);
    if !live.is_whole() && by_file.keys().any(|path| **path != *own) {
        return None;
    }
    let mut known = Vec::new();
    let mut operations = Vec::new();
    for (path, edits) in by_file {
        let uri = uri_of(&absolute(&asked.keeper.folder, Path::new(path)))?;
        let source = live.source(path).cloned();
        if source.is_none() {
            if !asked.keeper.client.can.create {
                return None;
            }
            let create = CreateFile { uri: uri.clone(), options: None, annotation_id: None };
            operations.push(DocumentChangeOperation::Op(ResourceOp::Create(create)));
        }
        let source = source.unwrap_or_else(|| SourceFile::new(path, ""));
        known.push((uri, edits.into_iter().map(|edit| text_edit(asked, &source, edit.edit.clone())).collect::<Vec<_>>()));
    }
    if operations.is_empty() {
        return Some(in_place(known));
    }
    let edits = known.into_iter().map(|(uri, edits)| TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri, version: None },
        edits: edits.into_iter().map(OneOf::Left).collect(),
    });
    operations.extend(edits.map(DocumentChangeOperation::Edit));
    Some(WorkspaceEdit { document_changes: Some(DocumentChanges::Operations(operations)), ..WorkspaceEdit::default() })
}

/// Edits of files, each as it is.
// A URI is not changed while it is a key.
#[allow(clippy::mutable_key_type)]
fn in_place(files: impl IntoIterator<Item = (Uri, Vec<TextEdit>)>) -> WorkspaceEdit {
    WorkspaceEdit { changes: Some(files.into_iter().collect()), ..WorkspaceEdit::default() }
}

/// An edit, written as the rest of its file is.
fn text_edit(asked: &Asked<'_>, source: &SourceFile, edit: Edit) -> TextEdit {
    let edit = fitted(source.text(), &edit);
    TextEdit { range: asked.encoding().range(source, edit.span), new_text: edit.text }
}

/// The comment that allows a finding, but for the reason: as long as there is none, that is a finding too. None where no comment can, or where its line
/// would begin within something else.
fn suppression(live: &Live<'_>, source: &SourceFile, finding: &Finding) -> Option<Edit> {
    let (text, rule) = (source.text(), finding.rule.id);
    if finding.rule.group == Group::Suppression {
        return None;
    }
    if finding.diagnostic.extent == Extent::File {
        return Some(Edit::insertion(0, format!("-- migration-lint: allow-file({rule}): \n")));
    }
    let at = finding.diagnostic.primary.span.start;
    let migration = live.migration_of(source.path());
    let script = migration.filter(|migration| migration.up.path() == source.path()).map(|migration| migration.sections().up.parse().script);
    let statements = script.iter().flat_map(|script| &script.statements);
    let statement = statements.map(|statement| statement.span).find(|span| span.start <= at && at <= span.end);
    let start = statement.map_or(at, |span| span.start);
    let line = source.lines().line(text, source.lines().line_of(start));
    let indent: String = text[line].chars().take_while(|c| matches!(c, ' ' | '\t')).collect();
    let before = text[Span::new(line.start, start)].trim_start_matches('\u{feff}').trim();
    let comment = format!("-- migration-lint: allow({rule}): \n");
    let is_comment = before.starts_with("--") || (before.starts_with("/*") && before.ends_with("*/"));
    match (before.is_empty() || is_comment, statement) {
        (true, _) => Some(Edit::insertion(line.start, format!("{indent}{comment}"))),
        (false, Some(_)) => Some(Edit::insertion(start, format!("\n{comment}"))),
        (false, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::apply;

    #[test]
    fn a_difference_makes_the_one_of_the_other() {
        for (before, after) in [("aé𝄞b", "aé𝄞xb"), ("", "a"), ("aa", "aaa"), ("aaa", "aa"), ("é", "è"), ("same", "same"), ("x𝄞", "x𝄡")]
        {
            assert_eq!(apply(before, &[difference(before, after)]).as_deref(), Ok(after));
        }
        assert_eq!(difference("one two three", "one 2 three"), Edit::replacement(Span::new(4, 7), "2"));
    }
}
