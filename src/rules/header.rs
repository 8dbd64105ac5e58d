//! The header of a migration, as the configuration has its fields.

use crate::config::{Config, HeaderField};
use crate::migration::header::{Field, FieldName, Header};
use crate::syntax::lexer::Comment;
use crate::syntax::{Content, Script};
use crate::text::Span;

use super::MigrationContext;
use super::schema_list::SchemaList;

/// The fields that are asked for, and those that are there.
pub(super) struct ReadHeader {
    /// In the order of the template.
    pub(super) wanted: Vec<HeaderField>,
    /// Those that stand before the first statement, in the order of the file; [`Field::field`] is an index into `wanted`.
    pub(super) fields: Vec<Field>,
    /// Those that stand below it.
    pub(super) below: Vec<Field>,
    /// Every comment of the file.
    pub(super) comments: Vec<Comment>,
    /// Where paragraphs of comments begin: comments with no empty line between them are one.
    paragraphs: Vec<u32>,
}

impl ReadHeader {
    /// The header of the up file. What psql is told before the first statement does not end it.
    pub(super) fn of(cx: &MigrationContext<'_>) -> Self {
        let text = cx.source().text();
        let all = Span::new(0, text.len() as u32);
        match &cx.up.script {
            script if script.span == all => Self::in_script(cx.config, text, script),
            _ => Self::in_script(cx.config, text, &Script::parse(text, all)),
        }
    }

    /// The header of `text` as far as it stands before the first statement; of what comes behind it nothing is read.
    pub(super) fn before_statements(config: &Config, text: &str) -> Self {
        let mut end = FIRST_BYTES;
        loop {
            let cut = (0..=end.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let script = Script::parse(text, Span::new(0, cut as u32));
            // What reaches the end may be a comment or a command of psql that goes on.
            if cut == text.len() || first_statement(&script).is_some_and(|first| (first.end as usize) < cut) {
                return Self::in_script(config, text, &script);
            }
            end *= 4;
        }
    }

    /// The header of `text` as far as `script` goes, which begins where the text does.
    fn in_script(config: &Config, text: &str, script: &Script) -> Self {
        let wanted = config.header_fields();
        let names: Vec<FieldName> =
            wanted.iter().map(|field| FieldName { name: field.name.clone(), aliases: field.aliases.clone() }).collect();
        let fields = Header::read(text, script, &names).fields;
        let first = first_statement(script).map_or(script.span.end, |first| first.start);
        let (mut fields, mut below): (Vec<Field>, Vec<Field>) = fields.into_iter().partition(|field| field.name.start < first);
        for fields in [&mut fields, &mut below] {
            leave_out_titles(text, &wanted, fields);
            leave_out_aliases(text, &wanted, fields);
        }
        let gap = |pair: &&[Comment]| text[Span::new(pair[0].span.end, pair[1].span.start)].matches('\n').count() > 1;
        let paragraphs = script.comments.windows(2).filter(gap).map(|pair| pair[1].span.start).collect();
        Self { wanted, fields, below, comments: script.comments.clone(), paragraphs }
    }

    /// Whether two fields stand in one paragraph of comments: if not, the second may be about something else.
    pub(super) fn are_together(&self, a: &Field, b: &Field) -> bool {
        let paragraph = |field: &Field| self.paragraphs.partition_point(|start| *start <= field.name.start);
        paragraph(a) == paragraph(b)
    }

    /// The fields that the template calls `name`.
    pub(super) fn called<'h>(&'h self, name: &'h str) -> impl Iterator<Item = &'h Field> {
        self.fields.iter().filter(move |field| self.wanted[field.field].is_called(name))
    }
}

/// As much of a text is read first where only what stands before its statements is asked for.
const FIRST_BYTES: usize = 1024;

/// Where the first statement stands that a server is to run.
fn first_statement(script: &Script) -> Option<Span> {
    let first = script.statements.iter().find(|statement| !matches!(statement.content, Content::MetaCommand));
    first.map(|statement| statement.span)
}

/// Whether the field stands there under its own name, and not under an alias.
fn is_by_name(text: &str, wanted: &[HeaderField], field: &Field) -> bool {
    text[field.name].eq_ignore_ascii_case(&wanted[field.field].name)
}

/// `Schema: Orders and Returns` is a title. Under an alias of `Schemas` only a list of names is that field.
fn leave_out_titles(text: &str, wanted: &[HeaderField], fields: &mut Vec<Field>) {
    let is_list = |field: &Field| !matches!(SchemaList::read(&field.text), SchemaList::Unreadable(_));
    fields.retain(|field| is_by_name(text, wanted, field) || !wanted[field.field].is_called("Schemas") || is_list(field));
}

/// Beside a field of the very name an alias is something else: a `Description` under a `Purpose`.
fn leave_out_aliases(text: &str, wanted: &[HeaderField], fields: &mut Vec<Field>) {
    let by_name = |field: &Field| is_by_name(text, wanted, field);
    let named: Vec<usize> = fields.iter().filter(|field| by_name(field)).map(|field| field.field).collect();
    fields.retain(|field| by_name(field) || !named.contains(&field.field));
}

/// What a file's name says of it: `012_add_enrichment_indexes` adds enrichment indexes.
pub(super) fn purpose(id: &str, version: Option<&str>) -> Option<String> {
    let rest = version.and_then(|version| id.split_once(version)).map_or(id, |(_, rest)| rest);
    let words: Vec<&str> = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let words = words.join(" ");
    let first = words.chars().next().filter(|c| c.is_alphabetic())?;
    Some(first.to_uppercase().collect::<String>() + &words[first.len_utf8()..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceFile;

    #[test]
    fn what_stands_before_the_statements_is_read_wherever_they_begin() {
        let yaml = SourceFile::new("global-config.yaml", "schemas:\n  - public\n");
        let config = Config::parse(&yaml, &crate::rules::known_names()).0;
        for filling in [0, 900, 1_000, 1_020, 1_024, 5_000] {
            let text = format!("/* {}ü */\n\\set x 1\n-- Purpose: to see\nSELECT 1;\n-- Schemas: public\n", "é".repeat(filling / 2));
            let header = ReadHeader::before_statements(&config, &text);
            let said: Vec<&str> = header.fields.iter().map(|field| &*field.text).collect();
            assert_eq!(said, ["to see"], "{filling}");
        }
    }

    #[test]
    fn a_name_says_what_for() {
        assert_eq!(purpose("012_add_enrichment_indexes", Some("012")).as_deref(), Some("Add enrichment indexes"));
        assert_eq!(purpose("2025-11-06-bit-enrichment", Some("2025-11-06")).as_deref(), Some("Bit enrichment"));
        assert_eq!(purpose("V1__größe", Some("1")).as_deref(), Some("Größe"));
        assert_eq!(purpose("012", Some("012")), None);
    }
}
