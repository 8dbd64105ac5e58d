//! ALTER TABLE and what shares its actions: the Nth action's facts begin `action N`.

use migration_lint::syntax::tree::{
    AlterAction, AlterActionKind, AlterTable, AlteredKind, AttributeKind, Attributes, Behavior, ColumnChange, ColumnRef, ConstraintChange,
    Detach, DropPart, Firing, IdentityChange, MoveAll, MovedKind, ReplicaIdentity, RowSecurity, SetType, TriggerChoice,
};

use super::options::generation;
use super::{Facts, Kind};

pub fn alter(f: &mut Facts, node: &AlterTable) -> Kind {
    f.say(match node.kind {
        AlteredKind::Table => "object table",
        AlteredKind::ForeignTable => "object foreign-table",
        AlteredKind::Index => "object index",
        AlteredKind::Sequence => "object sequence",
        AlteredKind::View => "object view",
        AlteredKind::MaterializedView => "object matview",
        AlteredKind::Type => "object type",
    });
    f.say(format!("name {}", f.words.name(node.relation.name)));
    f.guard("if-exists", node.guard);
    f.written("only", &node.relation.only);
    for (number, action) in node.actions.iter().enumerate() {
        f.prefixed(&format!("action {}", number + 1), |f| f.action(action));
    }
    "AlterTableStmt"
}

pub fn move_all(f: &mut Facts, node: &MoveAll) -> Kind {
    let words = f.words;
    f.say(match node.kind {
        MovedKind::Tables => "object table",
        MovedKind::Indexes => "object index",
        MovedKind::MaterializedViews => "object matview",
    });
    f.say(format!("from {}", words.ident(node.from)));
    f.say(format!("to {}", words.ident(node.to)));
    f.each("owned-by", node.owners.iter().map(|&owner| words.role(owner)));
    f.written("nowait", &node.nowait);
    "AlterTableMoveAllStmt"
}

impl Facts<'_> {
    fn action(&mut self, action: &AlterAction) {
        let words = self.words;
        match &action.kind {
            AlterActionKind::AddColumn(add) => {
                self.say("AT_AddColumn");
                self.guard("if-not-exists", add.guard);
                self.column(&add.column);
                self.cascade(add.behavior);
            }
            AlterActionKind::DropColumn(part) => self.drop_part("AT_DropColumn", part),
            AlterActionKind::AlterColumn(column, change) => self.alter_column(*column, change),
            AlterActionKind::AddConstraint(constraint) => {
                self.say("AT_AddConstraint");
                self.say(format!("constraint {}", words.table_constraint(constraint)));
            }
            AlterActionKind::AlterConstraint(name, change) => {
                self.say(format!("AT_AlterConstraint {}", words.ident(*name)));
                self.alter_constraint(change);
            }
            AlterActionKind::ValidateConstraint(name) => self.say(format!("AT_ValidateConstraint {}", words.ident(*name))),
            AlterActionKind::DropConstraint(part) => self.drop_part("AT_DropConstraint", part),
            AlterActionKind::Trigger(firing, choice) => self.trigger(*firing, *choice),
            AlterActionKind::Rule(firing, name) => self.say(format!("AT_{}Rule {}", firing_word(*firing), words.ident(*name))),
            AlterActionKind::RowSecurity(change) => self.say(match change {
                RowSecurity::Enable => "AT_EnableRowSecurity",
                RowSecurity::Disable => "AT_DisableRowSecurity",
                RowSecurity::Force => "AT_ForceRowSecurity",
                RowSecurity::NoForce => "AT_NoForceRowSecurity",
            }),
            AlterActionKind::Inherit(parent) => self.say(format!("AT_AddInherit {}", words.name(*parent))),
            AlterActionKind::NoInherit(parent) => self.say(format!("AT_DropInherit {}", words.name(*parent))),
            AlterActionKind::Of(ty) => self.say(format!("AT_AddOf {}", words.name(*ty))),
            AlterActionKind::NotOf => self.say("AT_DropOf"),
            AlterActionKind::Owner(role) => self.say(format!("AT_ChangeOwner {}", words.role(*role))),
            AlterActionKind::AttachPartition(attach) => {
                self.say(format!("AT_AttachPartition {}", words.name(attach.partition)));
                if let Some(bound) = &attach.bound {
                    self.say(words.bound(bound));
                }
            }
            AlterActionKind::DetachPartition(partition, detach) => {
                let finalize = if matches!(detach, Detach::Finalize(_)) { "Finalize" } else { "" };
                self.say(format!("AT_DetachPartition{finalize} {}", words.name(*partition)));
                if matches!(detach, Detach::Concurrently(_)) {
                    self.say("concurrently");
                }
            }
            AlterActionKind::ClusterOn(index) => self.say(format!("AT_ClusterOn {}", words.ident(*index))),
            AlterActionKind::SetWithoutCluster => self.say("AT_DropCluster"),
            AlterActionKind::SetWithoutOids => self.say("AT_DropOids"),
            AlterActionKind::SetLogged => self.say("AT_SetLogged"),
            AlterActionKind::SetUnlogged => self.say("AT_SetUnLogged"),
            AlterActionKind::SetAccessMethod(Some(method)) => self.say(format!("AT_SetAccessMethod {}", words.ident(*method))),
            AlterActionKind::SetAccessMethod(None) => self.say("AT_SetAccessMethod"),
            AlterActionKind::SetTablespace(tablespace) => self.say(format!("AT_SetTableSpace {}", words.ident(*tablespace))),
            AlterActionKind::SetParameters(settings) => {
                self.say("AT_SetRelOptions");
                self.options(settings);
            }
            AlterActionKind::ResetParameters(settings) => {
                self.say("AT_ResetRelOptions");
                self.options(settings);
            }
            AlterActionKind::ReplicaIdentity(identity) => {
                self.say("AT_ReplicaIdentity");
                self.say(match identity {
                    ReplicaIdentity::Nothing => "identity nothing".to_owned(),
                    ReplicaIdentity::Full => "identity full".to_owned(),
                    ReplicaIdentity::Default => "identity default".to_owned(),
                    ReplicaIdentity::Index(index) => format!("identity index {}", words.ident(*index)),
                });
            }
            AlterActionKind::Options(settings) => {
                self.say("AT_GenericOptions");
                self.fdw_options(settings);
            }
        }
    }

    /// CASCADE, if written.
    pub fn cascade(&mut self, behavior: Option<Behavior>) {
        if matches!(behavior, Some(Behavior::Cascade(_))) {
            self.say("cascade");
        }
    }

    fn drop_part(&mut self, subtype: &str, part: &DropPart) {
        self.say(format!("{subtype} {}", self.words.ident(part.name)));
        self.guard("if-exists", part.guard);
        self.cascade(part.behavior);
    }

    fn alter_column(&mut self, column: ColumnRef, change: &ColumnChange) {
        let words = self.words;
        let column = match column {
            ColumnRef::Name(name) => words.ident(name),
            ColumnRef::Number(number) => words.number(number),
        };
        let subtype = |f: &mut Self, subtype: &str| f.say(format!("AT_{subtype} {column}"));
        match change {
            ColumnChange::SetDefault(_) => {
                subtype(self, "ColumnDefault");
                self.say("set");
            }
            ColumnChange::DropDefault => {
                subtype(self, "ColumnDefault");
                self.say("drop");
            }
            ColumnChange::SetNotNull => subtype(self, "SetNotNull"),
            ColumnChange::DropNotNull => subtype(self, "DropNotNull"),
            ColumnChange::SetType(change) => {
                subtype(self, "AlterColumnType");
                self.set_type(&column, change);
            }
            ColumnChange::SetExpression(_) => subtype(self, "SetExpression"),
            ColumnChange::DropExpression(guard) => {
                subtype(self, "DropExpression");
                self.guard("if-exists", *guard);
            }
            ColumnChange::SetStatistics(value) => {
                subtype(self, "SetStatistics");
                let default = words.text[*value].eq_ignore_ascii_case("default");
                self.say(format!("value={}", if default { "default".to_owned() } else { words.number(*value) }));
            }
            ColumnChange::SetOptions(settings) => {
                subtype(self, "SetOptions");
                self.options(settings);
            }
            ColumnChange::ResetOptions(settings) => {
                subtype(self, "ResetOptions");
                self.options(settings);
            }
            ColumnChange::SetStorage(word) => {
                subtype(self, "SetStorage");
                self.say(format!("value={}", words.ident(*word)));
            }
            ColumnChange::SetCompression(word) => {
                subtype(self, "SetCompression");
                self.say(format!("value={}", words.ident(*word)));
            }
            ColumnChange::AddIdentity(identity) => {
                subtype(self, "AddIdentity");
                self.say(format!("identity {}", generation(identity.generation.value)));
                self.sequence_options(&identity.options);
            }
            ColumnChange::SetIdentity(changes) => {
                subtype(self, "SetIdentity");
                for change in changes {
                    self.say(match change {
                        IdentityChange::Generation(clause) => format!("identity {}", generation(clause.value)),
                        IdentityChange::Option(option) => format!("option {}", words.sequence_option(option)),
                    });
                }
            }
            ColumnChange::DropIdentity(guard) => {
                subtype(self, "DropIdentity");
                self.guard("if-exists", *guard);
            }
            ColumnChange::Options(settings) => {
                subtype(self, "AlterColumnGenericOptions");
                self.fdw_options(settings);
            }
        }
    }

    fn set_type(&mut self, column: &str, change: &SetType) {
        let words = self.words;
        self.say(format!("column {column} type {}", words.type_name(&change.ty)));
        if let Some(collation) = change.collation {
            self.say(format!("column {column} collate {}", words.name(collation.value)));
        }
        self.written("using", &change.using);
        self.cascade(change.behavior);
    }

    fn alter_constraint(&mut self, change: &ConstraintChange) {
        match change {
            ConstraintChange::Inherit(_) => self.say("inherit"),
            ConstraintChange::Attributes(attributes) => self.altered_attributes(attributes),
        }
    }

    fn altered_attributes(&mut self, attributes: &Attributes) {
        use AttributeKind::{Deferrable, Enforced, InitiallyDeferred, InitiallyImmediate, NoInherit, NotDeferrable, NotEnforced};
        let any = |kinds: &[AttributeKind]| kinds.iter().any(|&kind| attributes.find(kind).is_some());
        if any(&[Enforced]) {
            self.say("enforced");
        }
        if any(&[NotEnforced]) {
            self.say("not-enforced");
        }
        if any(&[Deferrable, NotDeferrable, InitiallyDeferred, InitiallyImmediate]) {
            self.say(if attributes.is_deferrable() { "deferrable" } else { "not-deferrable" });
        }
        if any(&[InitiallyDeferred]) {
            self.say("initially-deferred");
        }
        if any(&[NoInherit]) {
            self.say("no-inherit");
        }
    }

    fn trigger(&mut self, firing: Firing, choice: TriggerChoice) {
        let firing = firing_word(firing);
        self.say(match choice {
            TriggerChoice::Named(name) => format!("AT_{firing}Trig {}", self.words.ident(name)),
            TriggerChoice::All(_) => format!("AT_{firing}TrigAll"),
            TriggerChoice::User(_) => format!("AT_{firing}TrigUser"),
        });
    }
}

const fn firing_word(firing: Firing) -> &'static str {
    match firing {
        Firing::Enable => "Enable",
        Firing::EnableAlways => "EnableAlways",
        Firing::EnableReplica => "EnableReplica",
        Firing::Disable => "Disable",
    }
}
