//! What has to be made, changed and taken away to make one catalog of another.
//!
//! First everything gets the name that it will have ([`rename`]); then what both catalogs say is compared, object by object. What can't be
//! changed is taken away and made again, and so is what stands in the way of that, which is found along the dependencies.

use std::collections::{BTreeMap, BTreeSet};

use super::alter::{self, Alteration, Pair};
use super::create::Repeat;
use super::rename::{self, Rename};
use super::{Changes, Loss};
use crate::catalog::describe::{self, Description, Identity};
use crate::catalog::difference::{described, differing, touched};
use crate::catalog::model::{ConstraintKind, KeySubject, RelationKind, Type};
use crate::catalog::object::{Body, Class};
use crate::catalog::store::Catalog;
use crate::catalog::{Address, Dependency, Oid};

/// The work that lies between two catalogs.
pub(super) struct Plan<'c> {
    /// What is there, under the names that it will have.
    pub(super) from: Catalog,
    /// What shall be there.
    pub(super) to: &'c Catalog,
    pub(super) repeat: Repeat,
    pub(super) renames: Vec<Rename>,
    pub(super) old: BTreeMap<Identity, Description>,
    pub(super) new: BTreeMap<Identity, Description>,
    /// Taken away, in `from`; what goes along with something else is not told.
    pub(super) drops: BTreeSet<Address>,
    /// Made, in `to`.
    pub(super) creates: BTreeSet<Address>,
    /// Changed: by its address in `to`, that in `from` and the statements.
    pub(super) alters: BTreeMap<Address, (Address, Vec<String>)>,
    /// Columns that get another type.
    pub(super) retyped: BTreeSet<Address>,
    /// Enums that lose labels, by their numbers in both.
    pub(super) relabelled: BTreeMap<Oid, Oid>,
    pub(super) losses: Vec<Loss>,
}

/// Why what depends on something is in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Disturbance {
    /// It is taken away.
    Gone,
    /// Its type changes.
    Retyped,
}

impl<'c> Plan<'c> {
    /// Compares.
    pub(super) fn new(from: &Catalog, to: &'c Catalog, repeat: Repeat) -> Plan<'c> {
        let mut from = from.clone();
        let renames = rename::all(&mut from, to);
        let touched = touched(&from, to).objects;
        let (old, new) = (described(&from, &touched), described(to, &touched));
        let mut plan = Plan {
            from,
            to,
            repeat,
            renames,
            old,
            new,
            drops: BTreeSet::new(),
            creates: BTreeSet::new(),
            alters: BTreeMap::new(),
            retyped: BTreeSet::new(),
            relabelled: BTreeMap::new(),
            losses: Vec::new(),
        };
        plan.compare();
        plan
    }

    /// The statements, in their order.
    pub(super) fn changes(self) -> Changes {
        super::nodes::changes(self)
    }

    fn compare(&mut self) {
        let identities: BTreeSet<Identity> = self.old.keys().chain(self.new.keys()).cloned().collect();
        let mut anew: Vec<(Address, Address)> = Vec::new();
        for identity in identities {
            let (was, is) = (self.old.get(&identity), self.new.get(&identity));
            if let Some(publication) = self.publication_of(&identity, was.or(is)) {
                anew.extend(publication);
                continue;
            }
            match (was, is) {
                (Some(was), None) if !self.goes_along(was) => drop(self.drops.insert(was.address)),
                (None, Some(is)) if !self.comes_along(is) => drop(self.creates.insert(is.address)),
                (Some(was), Some(is)) => {
                    let (was, is) = (was.clone(), is.clone());
                    self.changed(&was, &is, &mut anew);
                }
                _ => {}
            }
        }
        for (was, is) in anew {
            self.anew(was, is);
        }
        for (was, is) in self.relabelled.clone() {
            self.relabel(was, is);
        }
        self.open_circles();
        for address in self.retyped.clone() {
            self.disturb(address, Disturbance::Retyped);
        }
        for address in self.drops.clone() {
            self.disturb(address, Disturbance::Gone);
        }
    }

    /// Tables that refer to each other can't be taken away one by one: of each circle the foreign key that was made last goes before them.
    fn open_circles(&mut self) {
        let from = &self.from;
        let tables: Vec<Oid> = self.drops.iter().filter(|address| address.column == 0).map(|address| address.object).collect();
        let mut references: BTreeMap<Oid, (Oid, Oid)> = BTreeMap::new();
        for table in &tables {
            for (oid, constraint) in from.constraints(*table) {
                match &constraint.kind {
                    ConstraintKind::ForeignKey(key) if key.table != *table && self.drops.contains(&Address::whole(key.table)) => {
                        references.insert(oid, (*table, key.table));
                    }
                    _ => {}
                }
            }
        }
        for (oid, (table, referenced)) in references.clone().into_iter().rev() {
            let mut reached = vec![referenced];
            let mut at = 0;
            while let Some(one) = reached.get(at).copied().filter(|one| *one != table) {
                at += 1;
                let next = references.values().filter(|(from, _)| *from == one).map(|(_, to)| *to);
                let new: Vec<Oid> = next.filter(|to| !reached.contains(to)).collect();
                reached.extend(new);
            }
            if reached.get(at) == Some(&table) {
                references.remove(&oid);
                self.drops.insert(Address::whole(oid));
            }
        }
    }

    /// What is said of a publication's member is said of the publication.
    fn publication_of(&self, identity: &Identity, description: Option<&Description>) -> Option<Vec<(Address, Address)>> {
        let address = description?.address;
        let is_member = |catalog: &Catalog| {
            let object = catalog.get(address.object)?;
            (object.body.class() == Class::Publication).then(|| describe::identity(catalog, address.object))?.filter(|own| own != identity)
        };
        let own = is_member(&self.from).or_else(|| is_member(self.to))?;
        let pair = self.old.get(&own).zip(self.new.get(&own)).map(|(was, is)| (was.address, is.address));
        let differs = match (self.old.get(identity), self.new.get(identity)) {
            (Some(was), Some(is)) => !self.properties(was, is).is_empty(),
            _ => true,
        };
        Some(pair.into_iter().filter(|_| differs).collect())
    }

    /// The properties that differ, or may.
    fn properties(&self, was: &Description, is: &Description) -> Vec<String> {
        differing((&self.from, was), (self.to, is))
    }

    fn changed(&mut self, was: &Description, is: &Description, anew: &mut Vec<(Address, Address)>) {
        let changed = self.properties(was, is);
        let mut changed: Vec<&str> = changed.iter().map(String::as_str).collect();
        if self.owner_differs(was.address, is.address) {
            changed.push("owner");
        }
        if changed.is_empty() {
            return;
        }
        let pair = Pair { old: &self.from, was, new: self.to, is };
        match alter::alter(&pair, &changed) {
            Alteration::Statements(mut statements) => {
                let object = self.to.get(is.address.object).filter(|_| is.address.column == 0 && changed.contains(&"owner"));
                statements.extend(object.and_then(|object| super::said::owner(self.to, is.address.object, object)));
                if is.address.column != 0 && alter::converts(&changed) && self.is_own_column(is.address) {
                    self.retyped.insert(was.address);
                }
                self.alters.insert(is.address, (was.address, statements));
            }
            Alteration::Anew => anew.push((was.address, is.address)),
            Alteration::Relabelled => drop(self.relabelled.insert(was.address.object, is.address.object)),
        }
    }

    fn owner_differs(&self, was: Address, is: Address) -> bool {
        let owner = |catalog: &Catalog, oid: Oid| catalog.get(oid).and_then(|object| object.owner.clone());
        was.column == 0 && owner(&self.from, was.object) != owner(self.to, is.object) && owner(self.to, is.object).is_some()
    }

    /// Whether a column's type is its own, not its query's or its parent's.
    fn is_own_column(&self, address: Address) -> bool {
        let relation = self.to.relation(address.object);
        relation.is_some_and(|relation| {
            !matches!(relation.kind, RelationKind::View(_) | RelationKind::MaterializedView(_))
                && relation.column_at(address.column).is_some_and(|column| column.inherited == 0)
        })
    }

    /// Whether something is gone because what it is a part of is.
    fn goes_along(&self, was: &Description) -> bool {
        let gone = |whole: &Identity| self.old.contains_key(whole) && !self.new.contains_key(whole);
        let parent =
            self.from.relation(was.address.object).filter(|relation| was.address.column == 0 && relation.partition_bound.is_some());
        let with_parent = parent.and_then(|relation| describe::identity(&self.from, *relation.parents.first()?));
        was.part_of.as_ref().is_some_and(gone) || with_parent.as_ref().is_some_and(gone) || self.is_childs(&self.from, was.address)
    }

    /// Whether something comes because what it is a part of does.
    fn comes_along(&self, is: &Description) -> bool {
        let with_table = is.address.column != 0
            && is.part_of.as_ref().is_some_and(|whole| self.new.contains_key(whole) && !self.old.contains_key(whole));
        with_table || self.is_childs(self.to, is.address)
    }

    /// Whether something is there because a parent or a partitioned table has it, and both catalogs have the table that it belongs to.
    fn is_childs(&self, catalog: &Catalog, address: Address) -> bool {
        let Some(object) = catalog.get(address.object) else { return false };
        let both = |oid: Oid| self.from.get(oid).is_some() && self.to.get(oid).is_some();
        if let Some(column) = catalog.column(address) {
            return column.inherited > 0 && both(address.object) && self.keeps_parents(address.object);
        }
        let parent = match &object.body {
            Body::Constraint(constraint) => constraint.parent.is_some() || !constraint.local,
            Body::Trigger(trigger) => trigger.parent.is_some_and(|_| self.to.get(address.object).is_none()),
            Body::Relation(relation) => relation.index().is_some_and(|index| index.parent.is_some()),
            _ => false,
        };
        let table = object.of.or_else(|| object.relation()?.index().map(|index| index.table));
        parent && table.is_some_and(|table| both(table) && self.keeps_parents(table))
    }

    fn keeps_parents(&self, table: Oid) -> bool {
        let parents = |catalog: &Catalog| catalog.relation(table).map(|relation| relation.parents.clone());
        parents(&self.from) == parents(self.to)
    }

    /// Takes something away and makes it again, with all that belongs to it.
    fn anew(&mut self, was: Address, is: Address) {
        self.alters.remove(&is);
        self.retyped.remove(&was);
        if !self.drops.insert(was) {
            return;
        }
        self.creates.insert(is);
        if is.column == 0 {
            for part in self.to.all_parts(is.object) {
                let address = Address::whole(part);
                if self.to.get(part).is_some_and(|object| !matches!(object.body, Body::Default(_))) {
                    self.alters.remove(&address);
                    self.creates.insert(address);
                }
            }
            let columns: Vec<Address> = self.alters.keys().filter(|address| address.object == is.object).copied().collect();
            columns.iter().for_each(|column| drop(self.alters.remove(column)));
        }
        self.disturb(was, Disturbance::Gone);
    }

    /// The same object, or the same column, in `to`.
    fn counterpart(&self, address: Address) -> Option<Address> {
        if let Some(Body::Default(default)) = self.from.get(address.object).map(|object| &object.body) {
            let column = self.counterpart(Address::column(self.from.get(address.object)?.of?, default.column))?;
            return self.to.column(column)?.default.map(Address::whole);
        }
        let oid = match self.to.get(address.object).filter(|_| !self.drops.contains(&Address::whole(address.object))) {
            Some(_) => address.object,
            None => {
                let identity = describe::identity(&self.from, address.object)?;
                match self.new.get(&identity) {
                    Some(found) => found.address.object,
                    None => self.to.get(address.object).map(|_| address.object)?,
                }
            }
        };
        if address.column == 0 {
            return Some(Address::whole(oid));
        }
        let name = &self.from.column(address)?.name;
        Some(Address::column(oid, self.to.relation(oid)?.column(name)?.number))
    }

    /// Whether something is taken away, by itself or with what it is a part of.
    pub(super) fn is_dropped(&self, address: Address) -> bool {
        let mut oid = address.object;
        if self.drops.contains(&address) {
            return true;
        }
        loop {
            if self.drops.contains(&Address::whole(oid)) {
                return true;
            }
            let Some(object) = self.from.get(oid) else { return false };
            let index_of = object.relation().and_then(|relation| relation.index()).and_then(|index| index.constraint);
            match object.of.or(index_of) {
                Some(of) => oid = of,
                None => return false,
            }
        }
    }

    /// What stands on something that is taken away, or gets another type, is made anew.
    fn disturb(&mut self, address: Address, how: Disturbance) {
        let dependents: Vec<(Address, Dependency)> = self
            .from
            .dependents_of_any(address.object)
            .filter(|(_, column, _)| address.column == 0 || *column == address.column)
            .map(|(dependent, _, kind)| (dependent, kind))
            .collect();
        for (dependent, kind) in dependents {
            if dependent.object == address.object || self.is_dropped(dependent) || dependent.column != 0 {
                continue;
            }
            if matches!(kind, Dependency::PartitionPrimary | Dependency::PartitionSecondary | Dependency::Extension) {
                continue;
            }
            if how == Disturbance::Retyped && !self.refuses_retyping(dependent.object) {
                continue;
            }
            // What changes so that it no longer needs it, need not be made anew.
            let Some(is) = self.counterpart(dependent) else { continue };
            let is_simply_gone = how == Disturbance::Gone && !self.comes_again(address);
            if is_simply_gone {
                continue;
            }
            self.dependent_anew(dependent.object, is);
        }
    }

    fn dependent_anew(&mut self, oid: Oid, is: Address) {
        let Some(object) = self.from.get(oid) else { return };
        match &object.body {
            Body::Default(default) => {
                let generated = object.of.and_then(|of| self.from.column(Address::column(of, default.column)));
                let is_generated = generated.is_some_and(|column| column.generated.is_some());
                match (object.of, is_generated) {
                    (Some(of), true) => {
                        let column = Address::column(of, default.column);
                        if let Some(is) = self.counterpart(column) {
                            self.anew(column, is);
                        }
                    }
                    _ => self.anew(Address::whole(oid), is),
                }
            }
            Body::Relation(relation) => match relation.index().and_then(|index| index.constraint) {
                Some(constraint) => {
                    if let Some(is) = self.counterpart(Address::whole(constraint)) {
                        self.anew(Address::whole(constraint), is);
                    }
                }
                // What a table is, it stays.
                None if relation.is_table() || relation.sequence().is_some() => {}
                None => self.anew(Address::whole(oid), is),
            },
            Body::Constraint(constraint) if matches!(constraint.kind, ConstraintKind::NotNull | ConstraintKind::Trigger(_)) => {}
            Body::Extension(_) | Body::Schema | Body::Role(_) => {}
            _ => self.anew(Address::whole(oid), is),
        }
    }

    /// Whether what is taken away is made again.
    fn comes_again(&self, address: Address) -> bool {
        let identity = match address.column {
            0 => describe::identity(&self.from, address.object),
            _ => describe::identity_of_column(&self.from, address),
        };
        let is_default = matches!(self.from.get(address.object).map(|object| &object.body), Some(Body::Default(_)));
        is_default
            || identity.is_some_and(|identity| self.new.get(&identity).is_some_and(|is| self.creates.contains(&is.address)))
            || self.to.get(address.object).is_some_and(|_| self.creates.contains(&address))
    }

    /// Whether PostgreSQL refuses to change the type of a column that the object uses.
    fn refuses_retyping(&self, oid: Oid) -> bool {
        let Some(object) = self.from.get(oid) else { return false };
        match &object.body {
            Body::Relation(relation) => relation.view().is_some(),
            Body::Rule(_) | Body::Policy(_) | Body::Trigger(_) | Body::Routine(_) => true,
            Body::Default(default) => {
                let column = object.of.and_then(|of| self.from.column(Address::column(of, default.column)));
                column.is_some_and(|column| column.generated.is_some())
            }
            _ => false,
        }
    }

    /// An enum is made anew beside itself, and its columns move over; what names its labels or its type moves with them.
    fn relabel(&mut self, was: Oid, is: Oid) {
        let dependents: Vec<Address> = self.from.dependents_of_any(was).map(|(dependent, ..)| dependent).collect();
        for dependent in &dependents {
            let is_type = self.from.get(dependent.object).is_some_and(|object| object.ty().is_some());
            let is_composite = self.from.relation(dependent.object).is_some_and(|relation| relation.kind == RelationKind::Composite);
            if (is_type || is_composite) && !self.is_dropped(*dependent) {
                self.relabelled.remove(&was);
                self.loss_of_labels(was, is, "another type is made of it");
                return;
            }
        }
        for dependent in dependents.into_iter().filter(|dependent| dependent.object != was) {
            if self.is_dropped(dependent) {
                continue;
            }
            if dependent.column == 0 {
                if let Some(is) = self.counterpart(dependent) {
                    self.dependent_anew(dependent.object, is);
                }
                continue;
            }
            self.retyped.insert(dependent);
            let on: Vec<Oid> = self.from.dependents_of(dependent).map(|(on, _)| on.object).collect();
            for oid in on {
                if !self.speaks_of_type(oid) {
                    continue;
                }
                if let (false, Some(is)) = (self.is_dropped(Address::whole(oid)), self.counterpart(Address::whole(oid))) {
                    self.dependent_anew(oid, is);
                }
            }
        }
    }

    /// Whether something on a column does not simply follow when the column's type changes.
    fn speaks_of_type(&self, oid: Oid) -> bool {
        let Some(object) = self.from.get(oid) else { return false };
        match &object.body {
            Body::Relation(relation) => relation.index().is_some_and(|index| {
                index.predicate.is_some() || index.keys.iter().any(|key| matches!(key.subject, KeySubject::Expression(_)))
            }),
            Body::Constraint(constraint) => {
                matches!(constraint.kind, ConstraintKind::Check(_) | ConstraintKind::ForeignKey(_) | ConstraintKind::Exclude(_))
            }
            Body::Default(_) => true,
            _ => false,
        }
    }

    fn loss_of_labels(&mut self, was: Oid, is: Oid, why: &str) {
        let labels = |catalog: &Catalog, oid: Oid| match catalog.get(oid).and_then(|object| object.ty()) {
            Some(Type::Enum(labels)) => labels.iter().map(|label| label.text.to_string()).collect(),
            _ => Vec::new(),
        };
        let (old, new): (Vec<String>, Vec<String>) = (labels(&self.from, was), labels(self.to, is));
        let more: Vec<String> = old.iter().filter(|label| !new.contains(label)).map(|label| format!("'{label}'")).collect();
        if let Some(object) = describe::identity(&self.from, was) {
            let why = format!("PostgreSQL can't take {} from an enum, and it can't be made anew, since {why}", more.join(", "));
            self.losses.push(Loss { object, why });
        }
    }
}
