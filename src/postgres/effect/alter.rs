//! Statements that change objects, and the parts of objects that they make and remove.

use crate::syntax::tree::{
    AlterAction, AlterActionKind, AlterDomain, AlterEnum, AlterTable, AlteredKind, ColumnRef, DomainAction, EnumAction, Ident, Name, Node,
    ObjectKind, Rename, RenamedPart, RoleSpec, TableConstraint, TableConstraintKind, TriggerChoice,
};
use crate::text::Span;

use super::{Action, Effects, Safeguard};
use crate::postgres::object::{Identity, Kind, Object, Operands, Place, Unnamed};

impl<'t> Effects<'t> {
    /// Whether `node` changes something by a statement of its own.
    pub(super) fn altering(&mut self, node: &'t Node) -> bool {
        use ObjectKind::*;
        let (object, span) = match node {
            Node::AlterTable(alter) => {
                alter.actions.iter().for_each(|action| self.alter_table(alter, action));
                return true;
            }
            Node::AlterEnum(alter) => {
                self.alter_enum(alter);
                return true;
            }
            Node::AlterDomain(alter) => {
                self.alter_domain(alter);
                return true;
            }
            Node::Rename(rename) => {
                self.rename(rename);
                return true;
            }
            Node::SetSchema(set) => {
                let object = Object::from_ref(self.text, &set.object);
                self.guarded(Action::Move(set.schema), object, set.span, Safeguard::IfExists(set.guard));
                return true;
            }
            Node::SetOwner(set) => {
                self.push(Action::Own, Object::from_ref(self.text, &set.object), set.span);
                return true;
            }
            Node::AlterSequence(alter) => {
                let object = self.old(Sequence, alter.name);
                self.guarded(Action::Alter, object, alter.span, Safeguard::IfExists(alter.guard));
                return true;
            }
            Node::AlterStatistics(alter) => {
                let object = self.old(Statistics, alter.name);
                self.guarded(Action::Alter, object, alter.span, Safeguard::IfExists(alter.guard));
                return true;
            }
            Node::AlterRole(alter) => (self.role(alter.role), alter.span),
            Node::AlterRoleSet(alter) => (alter.role.and_then(|role| self.role(role)), alter.span),
            Node::AlterTypeOptions(alter) => (Some(self.old(Type, alter.name)), alter.span),
            Node::AlterExtension(alter) => (Some(self.plain(Extension, alter.name)), alter.span),
            Node::AlterDatabase(alter) => (Some(self.plain(Database, alter.name)), alter.span),
            Node::AlterTablespace(alter) => (Some(self.plain(Tablespace, alter.name)), alter.span),
            Node::AlterFunction(alter) => (Some(Object::from_ref(self.text, &alter.object)), alter.span),
            Node::AlterOperatorFamily(alter) => {
                (Some(self.old(OperatorFamily, alter.name).told_by(Identity::Method(alter.method))), alter.span)
            }
            Node::AlterOperator(alter) => {
                let operands = Identity::Operands(Some(Operands::of(&alter.operator)));
                (Some(self.old(Operator, alter.operator.name).told_by(operands)), alter.span)
            }
            Node::AlterCollation(alter) => (Some(self.old(Collation, alter.name)), alter.span),
            Node::AlterEventTrigger(alter) => (Some(self.plain(EventTrigger, alter.name)), alter.span),
            Node::AlterPolicy(alter) => (Some(Object::part(self.text, Policy, alter.name, alter.table)), alter.span),
            Node::DependsOnExtension(depends) => (Some(Object::from_ref(self.text, &depends.object)), depends.span),
            Node::AlterForeignDataWrapper(alter) => (Some(self.plain(ForeignDataWrapper, alter.name)), alter.span),
            Node::AlterServer(alter) => (Some(self.plain(Server, alter.name)), alter.span),
            Node::AlterUserMapping(alter) => (Some(super::user_mapping(alter.user, alter.server)), alter.span),
            Node::AlterPublication(alter) => (Some(self.plain(Publication, alter.name)), alter.span),
            Node::AlterSubscription(alter) => (Some(self.plain(Subscription, alter.name)), alter.span),
            Node::AlterTextSearchDictionary(alter) => (Some(self.old(TextSearchDictionary, alter.name)), alter.span),
            Node::AlterTextSearchConfiguration(alter) => (Some(self.old(TextSearchConfiguration, alter.name)), alter.span),
            _ => return false,
        };
        if let Some(object) = object {
            self.push(Action::Alter, object, span);
        }
        true
    }

    fn role(&self, role: RoleSpec) -> Option<Object<'t>> {
        match role {
            RoleSpec::Named(name) => Some(self.plain(ObjectKind::Role, name)),
            _ => None,
        }
    }

    fn alter_table(&mut self, alter: &'t AlterTable, action: &'t AlterAction) {
        let (text, table) = (self.text, alter.relation.name);
        let kind = altered(alter.kind);
        let part = |kind: ObjectKind, name: Ident| Object::part(text, kind, name, table);
        let span = action.span;
        let changed = match &action.kind {
            AlterActionKind::AddColumn(add) => {
                let column = part(ObjectKind::Column, add.column.name);
                return self.guarded(Action::Create, column, span, Safeguard::IfNotExists(add.guard));
            }
            AlterActionKind::DropColumn(drop) => {
                let column = part(ObjectKind::Column, drop.name);
                return self.guarded(Action::Drop, column, span, Safeguard::IfExists(drop.guard));
            }
            AlterActionKind::DropConstraint(drop) => {
                let constraint = part(ObjectKind::TableConstraint, drop.name);
                return self.guarded(Action::Drop, constraint, span, Safeguard::IfExists(drop.guard));
            }
            AlterActionKind::AddConstraint(constraint) => {
                return self.push(Action::Create, table_constraint(text, constraint, table), span);
            }
            AlterActionKind::AlterConstraint(name, _) | AlterActionKind::ValidateConstraint(name) => {
                part(ObjectKind::TableConstraint, *name)
            }
            AlterActionKind::AlterColumn(ColumnRef::Name(column), _) => part(ObjectKind::Column, *column),
            AlterActionKind::Trigger(_, TriggerChoice::Named(trigger)) => part(ObjectKind::Trigger, *trigger),
            AlterActionKind::Rule(_, rule) => part(ObjectKind::Rule, *rule),
            AlterActionKind::Owner(_) => return self.push(Action::Own, self.old(kind, table), span),
            AlterActionKind::AttachPartition(attach) => return self.partition(Action::Attach(table), kind, attach.partition, table, span),
            AlterActionKind::DetachPartition(partition, _) => return self.partition(Action::Detach(table), kind, *partition, table, span),
            _ => self.old(kind, table),
        };
        let safeguard = Safeguard::IfExists(alter.guard);
        if changed.of.is_none() { self.guarded(Action::Alter, changed, span, safeguard) } else { self.push(Action::Alter, changed, span) }
    }

    /// Both the partition and what it becomes a part of change.
    fn partition(&mut self, action: Action, kind: ObjectKind, partition: Name, of: Name, span: Span) {
        self.push(Action::Alter, self.old(kind, of), span);
        self.push(action, self.old(kind, partition), span);
    }

    fn alter_enum(&mut self, alter: &'t AlterEnum) {
        let label = |label: Span| {
            let object = Object::nameless_part(self.text, Kind::EnumLabel, label, alter.name);
            object.told_by(Identity::Label(label))
        };
        match alter.action {
            EnumAction::Add { guard, label: new, .. } => {
                self.guarded(Action::Create, label(new), alter.span, Safeguard::IfNotExists(guard));
            }
            EnumAction::Rename { label: old, to } => self.push(Action::Rename(to), label(old), alter.span),
        }
    }

    fn alter_domain(&mut self, alter: &'t AlterDomain) {
        let constraint = |name: Ident| Object::part(self.text, ObjectKind::DomainConstraint, name, alter.name);
        match &alter.action {
            DomainAction::AddConstraint(added) => {
                let object = match added.name {
                    Some(name) => constraint(name.value),
                    None => {
                        let kind = Kind::Object(ObjectKind::DomainConstraint);
                        let object = Object::nameless_part(self.text, kind, added.span, alter.name);
                        object.told_by(Identity::Unnamed(Unnamed::DomainConstraint(added)))
                    }
                };
                self.push(Action::Create, object, alter.span);
            }
            DomainAction::DropConstraint { guard, name, .. } => {
                self.guarded(Action::Drop, constraint(*name), alter.span, Safeguard::IfExists(*guard));
            }
            DomainAction::ValidateConstraint(name) => self.push(Action::Alter, constraint(*name), alter.span),
            DomainAction::SetDefault(_) | DomainAction::DropDefault(_) | DomainAction::SetNotNull(_) | DomainAction::DropNotNull(_) => {
                self.push(Action::Alter, self.old(ObjectKind::Domain, alter.name), alter.span);
            }
        }
    }

    fn rename(&mut self, rename: &'t Rename) {
        let whole = Object::from_ref(self.text, &rename.object);
        let part = |kind: ObjectKind, name: Ident| match whole.name {
            Some(of) => Object::part(self.text, kind, name, of),
            None => Object::old(self.text, kind, Name::unqualified(name)).in_place(Place::Unknown),
        };
        let object = match rename.part {
            RenamedPart::Whole => whole,
            RenamedPart::Column(name) | RenamedPart::Attribute(name) => part(ObjectKind::Column, name),
            RenamedPart::Constraint(name) if whole.kind == ObjectKind::Domain => part(ObjectKind::DomainConstraint, name),
            RenamedPart::Constraint(name) => part(ObjectKind::TableConstraint, name),
        };
        self.guarded(Action::Rename(rename.new.span), object, rename.span, Safeguard::IfExists(rename.guard));
    }
}

fn altered(kind: AlteredKind) -> ObjectKind {
    match kind {
        AlteredKind::Table => ObjectKind::Table,
        AlteredKind::ForeignTable => ObjectKind::ForeignTable,
        AlteredKind::Index => ObjectKind::Index,
        AlteredKind::Sequence => ObjectKind::Sequence,
        AlteredKind::View => ObjectKind::View,
        AlteredKind::MaterializedView => ObjectKind::MaterializedView,
        AlteredKind::Type => ObjectKind::Type,
    }
}

/// A constraint that takes an index over takes its name too, unless it has one.
fn table_constraint<'t>(text: &str, constraint: &'t TableConstraint, table: Name) -> Object<'t> {
    let index = match constraint.kind {
        TableConstraintKind::UniqueUsing(index) | TableConstraintKind::PrimaryKeyUsing(index) => Some(index.value),
        _ => None,
    };
    match constraint.name.map(|clause| clause.value).or(index) {
        Some(name) => Object::part(text, ObjectKind::TableConstraint, name, table),
        None => {
            let kind = Kind::Object(ObjectKind::TableConstraint);
            let object = Object::nameless_part(text, kind, constraint.span, table);
            object.told_by(Identity::Unnamed(Unnamed::Constraint(constraint)))
        }
    }
}
