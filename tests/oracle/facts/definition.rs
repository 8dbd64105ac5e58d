//! What is defined by a list of options: aggregates, operators, collations, text search objects; and conversions.

use migration_lint::syntax::tree::{
    AlterCollation, AlterTextSearchConfiguration, AlterTextSearchDictionary, CreateConversion, Define, Defined, MappingAction,
    TextSearchKind,
};

use super::{Facts, Kind};

pub fn define(f: &mut Facts, node: &Define) -> Kind {
    let words = f.words;
    match &node.object {
        Defined::Aggregate { replace, name, arguments, .. } => {
            f.say("object aggregate");
            f.say(format!("name {}", words.name(*name)));
            f.written("replace", replace);
            match arguments {
                Some(arguments) => f.arguments(arguments.direct.iter().chain(&arguments.ordered)),
                None => f.say("old-style"),
            }
        }
        Defined::Operator { name } => {
            f.say("object operator");
            f.say(format!("name {}", words.operator_name(*name)));
        }
        Defined::Collation { guard, name, from } => {
            f.say("object collation");
            f.say(format!("name {}", words.name(*name)));
            f.guard("if-not-exists", *guard);
            f.maybe("option", from.map(|from| format!("from={}", words.name(from))));
        }
        Defined::TextSearch { kind, name } => {
            f.say(match kind {
                TextSearchKind::Parser => "object tsparser",
                TextSearchKind::Dictionary => "object tsdictionary",
                TextSearchKind::Template => "object tstemplate",
                TextSearchKind::Configuration => "object tsconfiguration",
            });
            f.say(format!("name {}", words.name(*name)));
        }
    }
    f.options(&node.options);
    "DefineStmt"
}

pub fn alter_collation(f: &mut Facts, node: &AlterCollation) -> Kind {
    f.say(format!("name {}", f.words.name(node.name)));
    "AlterCollationStmt"
}

pub fn alter_dictionary(f: &mut Facts, node: &AlterTextSearchDictionary) -> Kind {
    f.say(format!("name {}", f.words.name(node.name)));
    f.options(&node.options);
    "AlterTSDictionaryStmt"
}

pub fn alter_configuration(f: &mut Facts, node: &AlterTextSearchConfiguration) -> Kind {
    let words = f.words;
    f.say(format!("name {}", words.name(node.name)));
    let (action, tokens) = match &node.action {
        MappingAction::Add { tokens, dictionaries } => {
            f.say(format!("dictionaries {}", words.names(dictionaries)));
            ("add", tokens)
        }
        MappingAction::Alter { tokens, dictionaries } => {
            f.say(format!("dictionaries {}", words.names(dictionaries)));
            ("alter-for-token", tokens)
        }
        MappingAction::Replace { tokens, old, new } => {
            f.say(format!("dictionaries {}", words.names([old, new])));
            (if tokens.is_empty() { "replace" } else { "replace-for-token" }, tokens)
        }
        MappingAction::Drop { guard, tokens } => {
            f.guard("if-exists", *guard);
            ("drop", tokens)
        }
    };
    f.say(format!("action {action}"));
    if !tokens.is_empty() {
        f.say(format!("tokens {}", words.idents(tokens)));
    }
    "AlterTSConfigurationStmt"
}

pub fn create_conversion(f: &mut Facts, node: &CreateConversion) -> Kind {
    let words = f.words;
    f.say(format!("name {}", words.name(node.name)));
    f.say(format!("for {}", words.string(node.source)));
    f.say(format!("to {}", words.string(node.target)));
    f.say(format!("function {}", words.name(node.function)));
    f.written("default", &node.default);
    "CreateConversionStmt"
}
