//! Operator classes and families, operators' changes, access methods, casts.

use migration_lint::syntax::tree::{
    AccessMethodKind, AlterOperator, AlterOperatorFamily, CastContext, CastMethod, CreateAccessMethod, CreateCast, CreateOperatorClass,
    CreateOperatorFamily, DroppedFamilyItem, FamilyItemKind, OperatorClassItem, OperatorFamilyAction, OperatorInClass, OperatorPurpose,
};

use super::words::Words;
use super::{Facts, Kind};

pub fn create_class(f: &mut Facts, node: &CreateOperatorClass) -> Kind {
    let words = f.words;
    f.say(format!("name {}", words.name(node.name)));
    f.say(format!("method {}", words.ident(node.method)));
    f.say(format!("type {}", words.type_name(&node.ty)));
    f.written("default", &node.default);
    f.maybe("family", node.family.map(|family| words.name(family)));
    f.each("item", node.items.iter().map(|item| words.class_item(item)));
    "CreateOpClassStmt"
}

pub fn create_family(f: &mut Facts, node: &CreateOperatorFamily) -> Kind {
    f.say(format!("name {}", f.words.name(node.name)));
    f.say(format!("method {}", f.words.ident(node.method)));
    "CreateOpFamilyStmt"
}

pub fn alter_family(f: &mut Facts, node: &AlterOperatorFamily) -> Kind {
    let words = f.words;
    f.say(format!("name {}", words.name(node.name)));
    f.say(format!("method {}", words.ident(node.method)));
    match &node.action {
        OperatorFamilyAction::Add(items) => {
            f.say("add");
            f.each("item", items.iter().map(|item| words.class_item(item)));
        }
        OperatorFamilyAction::Drop(items) => {
            f.say("drop");
            f.each("item", items.iter().map(|item| words.dropped_item(item)));
        }
    }
    "AlterOpFamilyStmt"
}

pub fn alter(f: &mut Facts, node: &AlterOperator) -> Kind {
    f.say(format!("name {}", f.words.operator_ref(&node.operator)));
    f.options_or_none(&node.options);
    "AlterOperatorStmt"
}

pub fn create_access_method(f: &mut Facts, node: &CreateAccessMethod) -> Kind {
    f.say(format!("name {}", f.words.ident(node.name)));
    f.say(match node.kind {
        AccessMethodKind::Index => "type index",
        AccessMethodKind::Table => "type table",
    });
    f.say(format!("handler {}", f.words.name(node.handler)));
    "CreateAmStmt"
}

pub fn create_cast(f: &mut Facts, node: &CreateCast) -> Kind {
    let words = f.words;
    f.say(format!("source {}", words.type_name(&node.source)));
    f.say(format!("target {}", words.type_name(&node.target)));
    f.say(match &node.method {
        CastMethod::Function(function) => format!("function {}", words.routine(function)),
        CastMethod::Binary(_) => "without-function".to_owned(),
        CastMethod::InOut(_) => "inout".to_owned(),
    });
    f.say(match node.context.map(|context| context.value) {
        Some(CastContext::Assignment) => "context assignment",
        Some(CastContext::Implicit) => "context implicit",
        None => "context explicit",
    });
    "CreateCastStmt"
}

impl Words<'_> {
    fn class_item(self, item: &OperatorClassItem) -> String {
        match item {
            OperatorClassItem::Operator { number, operator, purpose } => {
                let operator = match operator {
                    OperatorInClass::Named(name) => self.operator_name(*name),
                    OperatorInClass::Typed(operator) => self.operator_ref(operator),
                };
                let order = match purpose {
                    Some(OperatorPurpose::OrderBy(family)) => format!(" for-order-by {}", self.name(*family)),
                    Some(OperatorPurpose::Search(_)) | None => String::new(),
                };
                format!("operator {} {operator}{order}", self.number(*number))
            }
            OperatorClassItem::Function { number, operands, function } => {
                let operands = if operands.is_empty() { String::new() } else { format!(" class-args={}", self.types(operands)) };
                format!("function {} {}{operands}", self.number(*number), self.routine(function))
            }
            OperatorClassItem::Storage(ty) => format!("storage {}", self.type_name(ty)),
        }
    }

    fn dropped_item(self, item: &DroppedFamilyItem) -> String {
        let kind = match item.kind {
            FamilyItemKind::Operator => "operator",
            FamilyItemKind::Function => "function",
        };
        format!("{kind} {} {}", self.number(item.number), self.types(&item.operands))
    }
}
