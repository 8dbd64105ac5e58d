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
        Self::read(cx.config, cx.source().text(), Some(&cx.up.script))
    }

    /// The header of `text`, of which `script` is the script or a part.
    pub(super) fn read(config: &Config, text: &str, script: Option<&Script>) -> Self {
        let wanted = config.header_fields();
        let names: Vec<FieldName> =
            wanted.iter().map(|field| FieldName { name: field.name.clone(), aliases: field.aliases.clone() }).collect();
        let all = Span::new(0, text.len() as u32);
        let whole;
        let script = match script {
            Some(script) if script.span == all => script,
            _ => {
                whole = Script::parse(text, all);
                &whole
            }
        };
        let fields = Header::read(text, script, &names).fields;
        let first = script.statements.iter().find(|statement| !matches!(statement.content, Content::MetaCommand));
        let first = first.map_or(all.end, |statement| statement.span.start);
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

    #[test]
    fn a_name_says_what_for() {
        assert_eq!(purpose("012_add_enrichment_indexes", Some("012")).as_deref(), Some("Add enrichment indexes"));
        assert_eq!(purpose("2025-11-06-bit-enrichment", Some("2025-11-06")).as_deref(), Some("Bit enrichment"));
        assert_eq!(purpose("V1__größe", Some("1")).as_deref(), Some("Größe"));
        assert_eq!(purpose("012", Some("012")), None);
    }
}
