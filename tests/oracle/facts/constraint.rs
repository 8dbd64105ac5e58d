//! Constraints of columns, domains and tables: a head and its suffixes, in the order of `FACTS.md`.

use migration_lint::syntax::tree::{
    Action, AttributeKind, Attributes, Clause, ColumnConstraint, ColumnConstraintKind, ConstraintIndex, Exclude, GeneratedKind, Ident, Key,
    Match, Nulls, References, ReferentialAction, TableConstraint, TableConstraintKind,
};

use super::Facts;
use super::options::generation;
use super::words::{Words, list};

impl Facts<'_> {
    /// A constraint of a column or a domain, and the options of an identity column.
    pub fn column_constraint(&mut self, constraint: &ColumnConstraint) {
        if constraint.kind == ColumnConstraintKind::Misplaced {
            return self.misplaced(&constraint.attributes);
        }
        self.say(self.words.column_constraint(constraint));
        if let ColumnConstraintKind::Identity(identity) = &constraint.kind {
            for option in &identity.options {
                self.say(format!("identity-option {}", self.words.sequence_option(option)));
            }
        }
    }

    /// Attributes with no constraint in front.
    fn misplaced(&mut self, attributes: &Attributes) {
        for attribute in &attributes.list {
            match attribute.kind {
                AttributeKind::Deferrable => self.say("deferrable"),
                AttributeKind::InitiallyDeferred => {
                    self.say("deferrable");
                    self.say("initially-deferred");
                }
                AttributeKind::NotEnforced => self.say("not-enforced"),
                _ => {}
            }
        }
    }
}

impl Words<'_> {
    pub fn column_constraint(self, constraint: &ColumnConstraint) -> String {
        let mut parts = Vec::new();
        match &constraint.kind {
            ColumnConstraintKind::NotNull => parts.push("not-null".to_owned()),
            ColumnConstraintKind::Null => parts.push("null".to_owned()),
            ColumnConstraintKind::Default(_) => parts.push("default".to_owned()),
            ColumnConstraintKind::Check(_) => parts.push("check".to_owned()),
            ColumnConstraintKind::Generated(_, GeneratedKind::Stored(_)) => parts.push("generated stored".to_owned()),
            ColumnConstraintKind::Generated(_, GeneratedKind::Virtual(_) | GeneratedKind::Unwritten) => {
                parts.push("generated virtual".to_owned());
            }
            ColumnConstraintKind::Identity(identity) => {
                parts.push(format!("identity {}", generation(identity.generation.value)));
            }
            ColumnConstraintKind::Unique(nulls, index) => {
                parts.push("unique".to_owned());
                parts.extend(nulls_not_distinct(*nulls));
                self.index_suffixes(index, &mut parts);
            }
            ColumnConstraintKind::PrimaryKey(index) => {
                parts.push("primary-key".to_owned());
                self.index_suffixes(index, &mut parts);
            }
            ColumnConstraintKind::References(references) => {
                parts.push(self.references(references));
                self.reference_suffixes(references, &mut parts);
            }
            ColumnConstraintKind::Misplaced => {}
        }
        self.finish(parts, &constraint.attributes, constraint.name)
    }

    pub fn table_constraint(self, constraint: &TableConstraint) -> String {
        let mut parts = Vec::new();
        match &constraint.kind {
            TableConstraintKind::Check(_) => parts.push("check".to_owned()),
            TableConstraintKind::NotNull(column) => parts.push(format!("not-null ({})", self.ident(*column))),
            TableConstraintKind::Unique(nulls, key) => {
                parts.push(format!("unique {}", self.idents(&key.columns)));
                parts.extend(nulls_not_distinct(*nulls));
                self.key_suffixes(key, &mut parts);
            }
            TableConstraintKind::PrimaryKey(key) => {
                parts.push(format!("primary-key {}", self.idents(&key.columns)));
                self.key_suffixes(key, &mut parts);
            }
            TableConstraintKind::UniqueUsing(index) => parts.push(format!("unique using-index={}", self.ident(index.value))),
            TableConstraintKind::PrimaryKeyUsing(index) => {
                parts.push(format!("primary-key using-index={}", self.ident(index.value)));
            }
            TableConstraintKind::Exclude(exclude) => self.exclude(exclude, &mut parts),
            TableConstraintKind::ForeignKey(key) => {
                parts.push(format!("foreign-key {} {}", self.idents(&key.columns), self.references(&key.references)));
                parts.extend(key.period.map(|_| "period".to_owned()));
                parts.extend(key.references.period.map(|_| "references-period".to_owned()));
                self.reference_suffixes(&key.references, &mut parts);
            }
        }
        self.finish(parts, &constraint.attributes, constraint.name)
    }

    fn exclude(self, exclude: &Exclude, parts: &mut Vec<String>) {
        let method = exclude.method.map_or("btree".to_owned(), |method| self.ident(method.value));
        let elements =
            exclude.elements.iter().map(|element| format!("{} with {}", self.key_of(&element.key), self.operator(element.operator)));
        parts.push(format!("exclude {method} {}", list(elements)));
        let ConstraintIndex { include, .. } = &exclude.index;
        parts.extend(include.as_ref().map(|columns| format!("include={}", self.idents(&columns.value))));
        parts.extend(exclude.predicate.map(|_| "where".to_owned()));
        self.index_storage(&exclude.index, parts);
    }

    /// `references NAME [LIST]`
    fn references(self, references: &References) -> String {
        let mut text = format!("references {}", self.name(references.table));
        if !references.columns.is_empty() {
            text += &format!(" {}", self.idents(&references.columns));
        }
        text
    }

    fn reference_suffixes(self, references: &References, parts: &mut Vec<String>) {
        if references.matching.is_some_and(|matching| matching.value == Match::Full) {
            parts.push("match=full".to_owned());
        }
        let label = |label: &str, action: &Option<ReferentialAction>| {
            action.as_ref().and_then(|action| referential_action(action.action)).map(|action| format!("{label}={action}"))
        };
        parts.extend(label("on-delete", &references.on_delete));
        parts.extend(label("on-update", &references.on_update));
        if let Some(action) = &references.on_delete
            && !action.columns.is_empty()
        {
            parts.push(format!("set-columns={}", self.idents(&action.columns)));
        }
    }

    fn key_suffixes(self, key: &Key, parts: &mut Vec<String>) {
        parts.extend(key.without_overlaps.map(|_| "without-overlaps".to_owned()));
        self.index_suffixes(&key.index, parts);
    }

    fn index_suffixes(self, index: &ConstraintIndex, parts: &mut Vec<String>) {
        parts.extend(index.include.as_ref().map(|columns| format!("include={}", self.idents(&columns.value))));
        self.index_storage(index, parts);
    }

    fn index_storage(self, index: &ConstraintIndex, parts: &mut Vec<String>) {
        parts.extend(index.parameters.as_ref().map(|parameters| format!("with={}", self.settings(&parameters.value))));
        parts.extend(index.tablespace.map(|tablespace| format!("tablespace={}", self.ident(tablespace.value))));
    }

    /// The suffixes that any constraint may have.
    fn finish(self, mut parts: Vec<String>, attributes: &Attributes, name: Option<Clause<Ident>>) -> String {
        let not_enforced = attributes.find(AttributeKind::NotEnforced).is_some();
        let mut flag = |present: bool, word: &str| parts.extend(present.then(|| word.to_owned()));
        flag(attributes.find(AttributeKind::NoInherit).is_some(), "no-inherit");
        flag(attributes.is_deferrable(), "deferrable");
        flag(attributes.is_initially_deferred(), "initially-deferred");
        flag(attributes.find(AttributeKind::NotValid).is_some() && !not_enforced, "not-valid");
        flag(not_enforced, "not-enforced");
        parts.extend(name.map(|name| format!("named {}", self.ident(name.value))));
        parts.join(" ")
    }
}

fn nulls_not_distinct(nulls: Option<Clause<Nulls>>) -> Option<String> {
    nulls.filter(|nulls| nulls.value == Nulls::NotDistinct).map(|_| "nulls-not-distinct".to_owned())
}

const fn referential_action(action: Action) -> Option<&'static str> {
    match action {
        Action::NoAction => None,
        Action::Restrict => Some("restrict"),
        Action::Cascade => Some("cascade"),
        Action::SetNull => Some("set-null"),
        Action::SetDefault => Some("set-default"),
    }
}
