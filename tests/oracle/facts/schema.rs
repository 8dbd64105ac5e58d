//! Schemas, extensions, statistics.

use migration_lint::syntax::tree::{
    AlterExtension, AlterStatistics, CreateExtension, CreateSchema, CreateStatistics, ExtensionAction, ExtensionOption, ObjectRef,
    StatisticsSource, StatisticsTarget,
};

use super::words::list;
use super::{Facts, Kind};

pub fn create(f: &mut Facts, node: &CreateSchema) -> Kind {
    let words = f.words;
    f.maybe("name", node.name.map(|name| words.ident(name)));
    f.guard("if-not-exists", node.guard);
    f.maybe("authorization", node.authorization.map(|role| words.role(role.value)));
    for (number, element) in node.elements.iter().enumerate() {
        let prefix = format!("element {}", number + 1);
        let kind = f.prefixed(&prefix, |f| f.statement(element));
        f.say(format!("{prefix} kind {kind}"));
    }
    "CreateSchemaStmt"
}

pub fn create_extension(f: &mut Facts, node: &CreateExtension) -> Kind {
    let words = f.words;
    f.say(format!("name {}", words.ident(node.name)));
    f.guard("if-not-exists", node.guard);
    for option in &node.options {
        f.say(match *option {
            ExtensionOption::Schema(schema) => format!("option schema={}", words.ident(schema)),
            ExtensionOption::Version(version) => format!("option new_version={}", words.word_or_string(version)),
            ExtensionOption::Cascade(_) => "option cascade=true".to_owned(),
        });
    }
    "CreateExtensionStmt"
}

pub fn alter_extension(f: &mut Facts, node: &AlterExtension) -> Kind {
    let words = f.words;
    f.say(format!("name {}", words.ident(node.name)));
    match &node.action {
        ExtensionAction::Update(versions) => {
            for version in versions {
                f.say(format!("option new_version={}", words.word_or_string(*version)));
            }
            "AlterExtensionStmt"
        }
        ExtensionAction::Add(member) => extension_member(f, "add", member),
        ExtensionAction::Drop(member) => extension_member(f, "drop", member),
    }
}

fn extension_member(f: &mut Facts, verb: &str, member: &ObjectRef) -> Kind {
    f.say(verb);
    f.object_kind(member.kind);
    f.say(format!("member {}", f.words.object(member)));
    "AlterExtensionContentsStmt"
}

pub fn create_statistics(f: &mut Facts, node: &CreateStatistics) -> Kind {
    let words = f.words;
    f.maybe("name", node.name.map(|name| words.name(name)));
    f.guard("if-not-exists", node.guard);
    if !node.kinds.is_empty() {
        f.say(format!("kinds {}", words.idents(&node.kinds)));
    }
    f.say(format!("keys {}", list(node.keys.iter().map(|&key| words.key_subject(key)))));
    for source in &node.from {
        f.say(match source {
            StatisticsSource::Table(relation) => format!("from {}", words.name(relation.name)),
            StatisticsSource::Other(_) => "from ?".to_owned(),
        });
    }
    "CreateStatsStmt"
}

pub fn alter_statistics(f: &mut Facts, node: &AlterStatistics) -> Kind {
    let words = f.words;
    f.say(format!("name {}", words.name(node.name)));
    f.guard("if-exists", node.guard);
    f.say(match node.target.value {
        StatisticsTarget::Value(number) => format!("value={}", words.number(number)),
        StatisticsTarget::Default(_) => "value=default".to_owned(),
    });
    "AlterStatsStmt"
}
