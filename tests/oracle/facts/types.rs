//! Types and domains.

use migration_lint::syntax::tree::{
    AlterDomain, AlterEnum, AlterTypeOptions, CreateDomain, CreateType, DomainAction, EnumAction, EnumPlace, TypeDefinition,
};

use super::words::list;
use super::{Facts, Kind};

pub fn create(f: &mut Facts, node: &CreateType) -> Kind {
    let words = f.words;
    f.say(format!("name {}", words.name(node.name)));
    match &node.definition {
        TypeDefinition::Composite(attributes) => {
            f.columns(attributes.iter());
            "CompositeTypeStmt"
        }
        TypeDefinition::Enum(labels) => {
            f.say(format!("values {}", list(labels.iter().map(|&label| words.string(label)))));
            "CreateEnumStmt"
        }
        TypeDefinition::Range(settings) => {
            f.options(settings);
            "CreateRangeStmt"
        }
        TypeDefinition::Base(settings) => {
            f.say("object type");
            f.options(settings);
            "DefineStmt"
        }
        TypeDefinition::Shell => {
            f.say("object type");
            "DefineStmt"
        }
    }
}

pub fn alter_enum(f: &mut Facts, node: &AlterEnum) -> Kind {
    let words = f.words;
    f.say(format!("name {}", words.name(node.name)));
    match node.action {
        EnumAction::Add { guard, label, place } => {
            f.say(format!("add {}", words.string(label)));
            f.guard("if-not-exists", guard);
            match place.map(|place| place.value) {
                Some(EnumPlace::Before(label)) => f.say(format!("before {}", words.string(label))),
                Some(EnumPlace::After(label)) => f.say(format!("after {}", words.string(label))),
                None => {}
            }
        }
        EnumAction::Rename { label, to } => {
            f.say(format!("rename {}", words.string(label)));
            f.say(format!("new {}", words.string(to)));
        }
    }
    "AlterEnumStmt"
}

pub fn alter_options(f: &mut Facts, node: &AlterTypeOptions) -> Kind {
    f.say(format!("name {}", f.words.name(node.name)));
    f.options_or_none(&node.options);
    "AlterTypeStmt"
}

pub fn create_domain(f: &mut Facts, node: &CreateDomain) -> Kind {
    let words = f.words;
    f.say(format!("name {}", words.name(node.name)));
    f.say(format!("type {}", words.type_name(&node.ty)));
    f.maybe("collate", node.collation.map(|collation| words.name(collation.value)));
    f.prefixed("constraint", |f| {
        for constraint in &node.constraints {
            f.column_constraint(constraint);
        }
    });
    "CreateDomainStmt"
}

pub fn alter_domain(f: &mut Facts, node: &AlterDomain) -> Kind {
    let words = f.words;
    f.say(format!("name {}", words.name(node.name)));
    let action = match &node.action {
        DomainAction::SetDefault(_) => "set-default",
        DomainAction::DropDefault(_) => "drop-default",
        DomainAction::SetNotNull(_) => "set-not-null",
        DomainAction::DropNotNull(_) => "drop-not-null",
        DomainAction::AddConstraint(constraint) => {
            f.say(format!("constraint {}", words.column_constraint(constraint)));
            "add-constraint"
        }
        DomainAction::DropConstraint { guard, name, behavior } => {
            f.say(format!("constraint-name {}", words.ident(*name)));
            f.guard("if-exists", *guard);
            f.cascade(*behavior);
            "drop-constraint"
        }
        DomainAction::ValidateConstraint(name) => {
            f.say(format!("constraint-name {}", words.ident(*name)));
            "validate-constraint"
        }
    };
    f.say(format!("action {action}"));
    "AlterDomainStmt"
}
