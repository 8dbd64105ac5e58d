//! COPY, with the options of both styles.

use migration_lint::syntax::tree::{
    Copy, CopyDirection, CopyEndpoint, CopyKeyword, CopyOption, CopyOptionName, CopySource, CopyValue, Ident,
};

use super::words::{Words, list};
use super::{Facts, Kind};

pub fn copy(f: &mut Facts, node: &Copy) -> Kind {
    let words = f.words;
    match &node.source {
        CopySource::Table(table, columns) => {
            f.say(format!("table {}", words.name(*table)));
            if !columns.is_empty() {
                f.say(format!("columns {}", words.idents(columns)));
            }
        }
        CopySource::Query(query) => f.reads_of(query),
    }
    f.say(match node.direction {
        CopyDirection::From(_) => "from",
        CopyDirection::To(_) => "to",
    });
    match node.endpoint {
        CopyEndpoint::File(literal) => f.say(format!("file {}", words.string(literal))),
        CopyEndpoint::Program(literal) => {
            f.say("program");
            f.say(format!("file {}", words.string(literal)));
        }
        CopyEndpoint::Client(_) => {}
    }
    f.written("where", &node.condition);
    f.each("option", node.options.iter().map(|option| words.copy_option(option)));
    "CopyStmt"
}

impl Words<'_> {
    fn copy_option(self, option: &CopyOption) -> String {
        let key = option.name.value(self.text);
        let flag = matches!(option.name, CopyOptionName::Keyword(CopyKeyword::Freeze | CopyKeyword::Header));
        match &option.value {
            CopyValue::Unwritten if flag => format!("{key}=true"),
            CopyValue::Unwritten => key.into_owned(),
            CopyValue::Word(word) => format!("{key}={}", self.ident(*word)),
            CopyValue::String(literal) => format!("{key}={}", self.string(*literal)),
            CopyValue::Number(number) => format!("{key}={}", self.number(*number)),
            CopyValue::Star(_) => format!("{key}=*"),
            CopyValue::Columns(columns) => format!("{key}={}", self.idents(columns)),
            CopyValue::List(items) => format!("{key}={}", list(items.iter().map(|&item| self.list_item(item)))),
        }
    }

    /// A word or a string.
    fn list_item(self, span: migration_lint::text::Span) -> String {
        match self.tokens(span).first() {
            Some(token) if token.is_word() => self.ident(Ident { span }),
            _ => self.string(span),
        }
    }
}
