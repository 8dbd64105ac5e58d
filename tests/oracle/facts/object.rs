//! Objects of every kind: their kind and name, and what is done to all of them in the same way.

use migration_lint::syntax::tree::{
    CommentOn, DependsOnExtension, Drop, ObjectKind, ObjectName, ObjectRef, Rename, RenamedPart, SecurityLabel, SetOwner, SetSchema,
    TextOrNull,
};

use super::words::Words;
use super::{Facts, Kind};

pub fn drop(f: &mut Facts, node: &Drop) -> Kind {
    let words = f.words;
    f.object_kind(node.kind);
    f.each("drop", node.objects.iter().map(|object| words.object(object)));
    f.guard("if-exists", node.guard);
    f.written("concurrently", &node.concurrently);
    f.cascade(node.behavior);
    "DropStmt"
}

pub fn rename(f: &mut Facts, node: &Rename) -> Kind {
    let words = f.words;
    let (kind, part) = match node.part {
        RenamedPart::Whole => (node.object.kind, None),
        RenamedPart::Column(column) => (ObjectKind::Column, Some(column)),
        RenamedPart::Constraint(constraint) if node.object.kind == ObjectKind::Domain => (ObjectKind::DomainConstraint, Some(constraint)),
        RenamedPart::Constraint(constraint) => (ObjectKind::TableConstraint, Some(constraint)),
        RenamedPart::Attribute(attribute) => (ObjectKind::Type, Some(attribute)),
    };
    match node.part {
        RenamedPart::Attribute(_) => f.say("object attribute"),
        _ => f.object_kind(kind),
    }
    if matches!(node.part, RenamedPart::Column(_) | RenamedPart::Attribute(_)) {
        f.say(format!("of {}", object_kind(node.object.kind)));
    }
    match node.object.member() {
        Some((Some(holder), member)) => {
            f.say(format!("name {}", words.name(holder)));
            f.say(format!("sub {}", words.ident(member)));
        }
        _ => f.say(format!("name {}", words.object(&node.object))),
    }
    f.maybe("sub", part.map(|part| words.ident(part)));
    f.say(format!("new {}", words.ident(node.new)));
    f.guard("if-exists", node.guard);
    f.written("only", &node.only);
    f.cascade(node.behavior);
    "RenameStmt"
}

pub fn set_schema(f: &mut Facts, node: &SetSchema) -> Kind {
    f.named(&node.object);
    f.say(format!("schema {}", f.words.ident(node.schema)));
    f.guard("if-exists", node.guard);
    f.written("only", &node.only);
    "AlterObjectSchemaStmt"
}

pub fn set_owner(f: &mut Facts, node: &SetOwner) -> Kind {
    f.named(&node.object);
    f.say(format!("owner {}", f.words.role(node.owner)));
    "AlterOwnerStmt"
}

pub fn depends_on_extension(f: &mut Facts, node: &DependsOnExtension) -> Kind {
    f.named(&node.object);
    f.say(format!("extension {}", f.words.ident(node.extension)));
    f.written("remove", &node.no);
    "AlterObjectDependsStmt"
}

pub fn comment(f: &mut Facts, node: &CommentOn) -> Kind {
    f.named(&node.object);
    f.text_or_null("comment", node.comment);
    "CommentStmt"
}

pub fn security_label(f: &mut Facts, node: &SecurityLabel) -> Kind {
    let words = f.words;
    f.named(&node.object);
    f.maybe("provider", node.provider.map(|provider| words.word_or_string(provider)));
    f.text_or_null("label", node.label);
    "SecLabelStmt"
}

impl Facts<'_> {
    /// `object KIND`
    pub fn object_kind(&mut self, kind: ObjectKind) {
        self.say(format!("object {}", object_kind(kind)));
    }

    /// `object KIND` and `name OBJECT`
    fn named(&mut self, object: &ObjectRef) {
        self.object_kind(object.kind);
        self.say(format!("name {}", self.words.object(object)));
    }

    fn text_or_null(&mut self, label: &str, text: TextOrNull) {
        self.say(match text {
            TextOrNull::Text(literal) => format!("{label} text {}", self.words.string(literal)),
            TextOrNull::Null(_) => format!("{label} null"),
        });
    }
}

impl Words<'_> {
    /// An OBJECT.
    pub fn object(self, object: &ObjectRef) -> String {
        match &object.name {
            ObjectName::Named(name) => self.name(*name),
            ObjectName::Type(ty) => self.type_name(ty),
            ObjectName::Member { name, of: Some(of) } => format!("{}.{}", self.name(*of), self.ident(*name)),
            ObjectName::Member { name, of: None } => self.ident(*name),
            ObjectName::Routine(routine) => self.routine(routine),
            ObjectName::Operator(operator) => self.operator_ref(operator),
            ObjectName::OfMethod { name, method } => format!("{}.{}", self.ident(*method), self.name(*name)),
            ObjectName::Cast { source, target } => format!("{} as {}", self.type_name(source), self.type_name(target)),
            ObjectName::Transform { ty, language } => format!("{} language {}", self.type_name(ty), self.ident(*language)),
            ObjectName::LargeObject(number) => self.number(*number),
        }
    }
}

/// A KIND.
const fn object_kind(kind: ObjectKind) -> &'static str {
    match kind {
        ObjectKind::AccessMethod => "access-method",
        ObjectKind::Aggregate => "aggregate",
        ObjectKind::Cast => "cast",
        ObjectKind::Collation => "collation",
        ObjectKind::Column => "column",
        ObjectKind::Conversion => "conversion",
        ObjectKind::Database => "database",
        ObjectKind::Domain => "domain",
        ObjectKind::DomainConstraint => "domconstraint",
        ObjectKind::EventTrigger => "event-trigger",
        ObjectKind::Extension => "extension",
        ObjectKind::ForeignDataWrapper => "fdw",
        ObjectKind::ForeignTable => "foreign-table",
        ObjectKind::Function => "function",
        ObjectKind::Index => "index",
        ObjectKind::Language => "language",
        ObjectKind::LargeObject => "largeobject",
        ObjectKind::MaterializedView => "matview",
        ObjectKind::Operator => "operator",
        ObjectKind::OperatorClass => "opclass",
        ObjectKind::OperatorFamily => "opfamily",
        ObjectKind::Parameter => "parameter-acl",
        ObjectKind::Policy => "policy",
        ObjectKind::Procedure => "procedure",
        ObjectKind::Publication => "publication",
        ObjectKind::Role => "role",
        ObjectKind::Routine => "routine",
        ObjectKind::Rule => "rule",
        ObjectKind::Schema => "schema",
        ObjectKind::Sequence => "sequence",
        ObjectKind::Server => "foreign-server",
        ObjectKind::Statistics => "statistic-ext",
        ObjectKind::Subscription => "subscription",
        ObjectKind::Table => "table",
        ObjectKind::TableConstraint => "tabconstraint",
        ObjectKind::Tablespace => "tablespace",
        ObjectKind::TextSearchConfiguration => "tsconfiguration",
        ObjectKind::TextSearchDictionary => "tsdictionary",
        ObjectKind::TextSearchParser => "tsparser",
        ObjectKind::TextSearchTemplate => "tstemplate",
        ObjectKind::Transform => "transform",
        ObjectKind::Trigger => "trigger",
        ObjectKind::Type => "type",
        ObjectKind::View => "view",
    }
}
