//! Objects of which no more than their name is known here: languages, roles, collations, …

use super::table::{Fields, Row, lines};
use super::versions::Versions;

/// An object.
#[derive(Debug, Clone)]
pub struct NameFact {
    /// What it is.
    pub kind: NameKind,
    /// Its name.
    pub name: &'static str,
    /// `index` or `table` of an access method, `trusted` of a language, the event of an event trigger, the language of a transform; often empty.
    pub detail: &'static str,
    /// The versions that have it.
    pub versions: Versions,
}

/// What an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameKind {
    /// A collation that every server has; those of the operating system and of ICU are not told.
    Collation,
    /// A text search configuration.
    TextSearchConfiguration,
    /// A text search dictionary.
    TextSearchDictionary,
    /// An event trigger.
    EventTrigger,
    /// A language.
    Language,
    /// An access method.
    AccessMethod,
    /// A text search parser.
    TextSearchParser,
    /// A role that every server has, but for the superuser's.
    Role,
    /// A schema.
    Schema,
    /// A foreign server.
    ForeignServer,
    /// A tablespace.
    Tablespace,
    /// A text search template.
    TextSearchTemplate,
    /// A transform; its name is the type's.
    Transform,
    /// A foreign data wrapper.
    ForeignDataWrapper,
}

impl NameKind {
    /// All of them, by their words.
    pub const ALL: [NameKind; 14] = [
        NameKind::Collation,
        NameKind::TextSearchConfiguration,
        NameKind::TextSearchDictionary,
        NameKind::EventTrigger,
        NameKind::Language,
        NameKind::AccessMethod,
        NameKind::TextSearchParser,
        NameKind::Role,
        NameKind::Schema,
        NameKind::ForeignServer,
        NameKind::Tablespace,
        NameKind::TextSearchTemplate,
        NameKind::Transform,
        NameKind::ForeignDataWrapper,
    ];

    /// What the data call it.
    pub(super) const fn word(self) -> &'static str {
        match self {
            NameKind::Collation => "collation",
            NameKind::TextSearchConfiguration => "configuration",
            NameKind::TextSearchDictionary => "dictionary",
            NameKind::EventTrigger => "event_trigger",
            NameKind::Language => "language",
            NameKind::AccessMethod => "method",
            NameKind::TextSearchParser => "parser",
            NameKind::Role => "role",
            NameKind::Schema => "schema",
            NameKind::ForeignServer => "server",
            NameKind::Tablespace => "tablespace",
            NameKind::TextSearchTemplate => "template",
            NameKind::Transform => "transform",
            NameKind::ForeignDataWrapper => "wrapper",
        }
    }
}

impl Row for NameFact {
    fn read(source: &'static str) -> Vec<Self> {
        lines(source, |mut fields: Fields, versions| {
            let word = fields.word();
            let kind = NameKind::ALL.into_iter().find(|kind| kind.word() == word).unwrap_or(NameKind::Schema);
            NameFact { kind, name: fields.word(), detail: fields.0, versions }
        })
    }

    fn versions(&self) -> Versions {
        self.versions
    }
}
