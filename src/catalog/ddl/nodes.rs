//! The work of a plan as statements, with what each needs and makes, and thereby their order.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::create::{self, Repeat};
use super::plan::Plan;
use super::{Changes, Loss, Step, destroy, kin, loss, name, order, rank, said};
use crate::catalog::describe::{self, Identity};
use crate::catalog::model::{ConstraintKind, RelationKind, Type, TypeId};
use crate::catalog::object::{Body, Class, Object};
use crate::catalog::store::Catalog;
use crate::catalog::{Address, Oid};
use crate::syntax::expression::identifier;

/// Statements that stand together.
struct Node {
    /// By kind, and then by number.
    rank: (u8, i64),
    sql: Vec<String>,
    object: Identity,
    /// What is in `to` behind it.
    makes: Vec<Address>,
    /// The objects of `to` whose dependencies it needs.
    needs: Vec<Oid>,
    /// Moreover it needs these.
    also: Vec<Oid>,
    /// What is no longer there as it was in `from` behind it, so that what depends on it comes before.
    takes: Vec<Address>,
    /// What no longer needs what it needed in `from`.
    leaves: Vec<Address>,
    /// The names that are free behind it, and those that it needs to be free.
    frees: Vec<String>,
    claims: Vec<String>,
}

impl Node {
    /// Statements that make, need and take nothing yet.
    const fn new(rank: (u8, i64), sql: Vec<String>, object: Identity) -> Node {
        Node {
            rank,
            sql,
            object,
            makes: Vec::new(),
            needs: Vec::new(),
            also: Vec::new(),
            takes: Vec::new(),
            leaves: Vec::new(),
            frees: Vec::new(),
            claims: Vec::new(),
        }
    }
}

/// The statements of a plan.
pub(super) fn changes(plan: Plan<'_>) -> Changes {
    let mut nodes = Nodes { plan: &plan, all: Vec::new(), losses: plan.losses.clone(), with: BTreeMap::new() };
    nodes.roles();
    nodes.renames();
    nodes.drops();
    nodes.creates();
    nodes.alters();
    nodes.relabels();
    nodes.future();
    if plan.repeat == Repeat::Harmless {
        nodes.losses.extend(loss::of_rows(&plan));
        nodes.losses.extend(loss::of_assumed(&plan));
    }
    let ranks: Vec<(u8, i64)> = nodes.all.iter().map(|node| node.rank).collect();
    let order = order::sorted(&ranks, &nodes.edges());
    let mut lossy = nodes.losses;
    lossy.sort();
    lossy.dedup();
    let mut all: Vec<Option<Node>> = nodes.all.into_iter().map(Some).collect();
    let in_order = order.into_iter().filter_map(|at| all[at].take());
    let steps = in_order.flat_map(|node| {
        let object = node.object;
        node.sql.into_iter().map(move |sql| Step { sql, object: object.clone() })
    });
    Changes { statements: steps.collect(), lossy }
}

struct Nodes<'p, 'c> {
    plan: &'p Plan<'c>,
    all: Vec<Node>,
    losses: Vec<Loss>,
    /// What is made with something else, and with what.
    with: BTreeMap<Oid, Oid>,
}

impl Nodes<'_, '_> {
    fn push(&mut self, rank: u8, catalog: &Catalog, address: Address, sql: Vec<String>) -> Option<&mut Node> {
        if sql.is_empty() {
            return None;
        }
        let object = match address.column {
            0 => describe::identity(catalog, address.object),
            _ => describe::identity_of_column(catalog, address),
        };
        let object = object.unwrap_or_else(|| Identity::new(String::new()));
        self.all.push(Node::new((rank, i64::from(address.object.0)), sql, object));
        self.all.last_mut()
    }

    /// Roles that are gone: they are the cluster's, but what was granted to them can't be without them.
    fn roles(&mut self) {
        let plan = self.plan;
        if plan.repeat == Repeat::Once {
            return;
        }
        for oid in plan.from.changed(plan.to) {
            let (None, Some(object)) = (plan.from.get(oid), plan.to.get(oid)) else { continue };
            let Body::Role(role) = &object.body else { continue };
            if plan.from.named(Class::Role, Oid::NONE, &object.name).is_empty() {
                let sql = said::role(&object.name, role);
                self.push(rank::RENAME, plan.to, Address::whole(oid), sql);
            }
        }
    }

    fn renames(&mut self) {
        let to = self.plan.to;
        for (number, rename) in (0..).zip(&self.plan.renames) {
            let address = Address::whole(rename.object);
            if let Some(node) = self.push(rank::RENAME, to, address, vec![rename.sql.clone()]) {
                node.rank.1 = number;
                node.claims = kin::names(to, rename.object);
            }
        }
    }

    fn drops(&mut self) {
        let from = &self.plan.from;
        for address in &self.plan.drops {
            let detach = kin::detached(from, address.object).filter(|_| address.column == 0);
            let sql: Vec<String> = detach.into_iter().chain(destroy::statement(from, *address)).collect();
            // With a column go the indexes and constraints on it.
            let falls: Vec<Oid> = match address.column {
                0 => std::iter::once(address.object).chain(from.all_parts(address.object)).collect(),
                _ => from.dependents_of(*address).map(|(dependent, _)| dependent.object).filter(|oid| *oid != address.object).collect(),
            };
            let mut frees: Vec<String> = falls.iter().flat_map(|oid| kin::names(from, *oid)).collect();
            let owned = kin::sequences_of(from, *address);
            // What a partition has from its partitioned table stays with it when it is detached, and can be taken away then.
            let detached = kin::is_of_parent(from, address.object).filter(|_| address.column == 0);
            frees.extend(owned.iter().flat_map(|sequence| kin::names(from, *sequence)));
            if let Some(node) = self.push(rank::DROP, from, *address, sql) {
                node.rank.1 = -node.rank.1;
                node.takes.push(*address);
                node.frees = frees;
                node.also.extend(detached);
            }
        }
    }

    fn creates(&mut self) {
        let to = self.plan.to;
        let wholes: Vec<Oid> = self.plan.creates.iter().filter(|address| address.column == 0).map(|address| address.object).collect();
        // What a table is written with.
        for oid in &wholes {
            for part in self.inlined(*oid) {
                self.with.insert(part, *oid);
            }
        }
        let columns: Vec<Address> = self.plan.creates.iter().filter(|address| address.column != 0).copied().collect();
        columns.into_iter().for_each(|column| self.add_column(column));
        for oid in wholes {
            match to.get(oid) {
                Some(object) if kin::comes_from_parent(to, object) => self.validated(oid, object),
                Some(_) if !self.with.contains_key(&oid) => self.create(oid),
                _ => {}
            }
        }
    }

    /// What comes from a parent as its constraint is, and is held against the rows of this table.
    fn validated(&mut self, oid: Oid, object: &Object) {
        let to = self.plan.to;
        let (Some(of), Some(above)) = (object.of, kin::unvalidated_of_parent(to, object)) else { return };
        let sql = format!("ALTER TABLE {} VALIDATE CONSTRAINT {}", name::qualified(to, of), identifier(&object.name));
        if let Some(node) = self.push(rank::TIE, to, Address::whole(oid), vec![sql]) {
            node.also = vec![of, above];
        }
    }

    /// What stands in the statement that makes an object: its defaults, its own constraints with their indexes, the sequences of its columns.
    fn inlined(&self, oid: Oid) -> Vec<Oid> {
        let to = self.plan.to;
        let Some(object) = to.get(oid) else { return Vec::new() };
        let mut found = Vec::new();
        match &object.body {
            Body::Relation(relation) if relation.is_table() => {
                for column in &relation.columns {
                    found.extend(kin::with_column(to, Address::column(oid, column.number)));
                }
                for constraint in create::inline_constraints(to, oid) {
                    found.push(constraint);
                    found.extend(to.get(constraint).and_then(Object::constraint).and_then(|constraint| constraint.index()));
                }
            }
            Body::Relation(relation) if relation.view().is_some() => {
                found.extend(relation.columns.iter().filter_map(|column| column.default));
            }
            Body::Type(ty) if matches!(**ty, Type::Domain(_)) => {
                let valid = to.parts(oid, Class::Constraint).filter(|(_, object)| {
                    object
                        .constraint()
                        .is_some_and(|found| found.validated && matches!(found.kind, ConstraintKind::Check(_) | ConstraintKind::NotNull))
                });
                found.extend(valid.map(|(constraint, _)| constraint));
            }
            Body::Type(ty) if matches!(**ty, Type::Range(_)) => {
                found.extend(to.parts(oid, Class::Type).map(|(multirange, _)| multirange));
            }
            Body::OperatorClass(_) => {
                let families = to.dependencies_of(oid.into()).map(|(on, _)| on.object);
                found.extend(families.filter(|family| {
                    to.get(*family).is_some_and(|object| create::comes_with_class(to, object))
                        && self.plan.creates.contains(&Address::whole(*family))
                }));
            }
            Body::Constraint(constraint) => found.extend(constraint.index()),
            Body::Extension(_) => {
                found.extend(kin::along(to, Address::whole(oid)).into_iter().map(|member| member.object).filter(|member| *member != oid));
            }
            _ => {}
        }
        found
    }

    fn create(&mut self, oid: Oid) {
        let plan = self.plan;
        let to = plan.to;
        let Some(object) = to.get(oid) else { return };
        let address = Address::whole(oid);
        let mut sql = match &object.body {
            Body::Default(default) => self.default(object, default.column),
            _ => create::object(to, oid, plan.repeat),
        };
        let is_written = !sql.is_empty();
        if is_written && !matches!(object.body, Body::Default(_)) {
            sql.extend(said::of_new(&plan.from, to, oid));
        }
        let inlined = self.inlined(oid);
        let is_extension = matches!(object.body, Body::Extension(_));
        for part in inlined.iter().filter(|_| !is_extension) {
            let mut of_part = said::of_new(&plan.from, to, *part);
            of_part.retain(|statement| !statement.contains(" OWNER TO "));
            sql.extend(of_part);
        }
        if plan.repeat == Repeat::Harmless && (is_written || loss::is_unknown(&object.body)) {
            self.losses.extend(loss::of_created(plan, oid, is_written));
        }
        let owned = match &object.body {
            Body::Relation(relation) => match &relation.kind {
                RelationKind::Sequence(sequence) => sequence.owned_by.filter(|_| !sequence.identity),
                _ => None,
            },
            _ => None,
        };
        let claims = std::iter::once(oid).chain(inlined.iter().copied()).flat_map(|oid| kin::names(to, oid)).collect();
        // Partitions that are attached would give a partitioned table's index, which was made for its own table only, parts that it has not.
        let alone = object.relation().and_then(|relation| relation.index()).is_some_and(|index| !index.valid);
        // A type may have the name of an older sequence, but not the other way round.
        let before_type = object.relation().is_some_and(|relation| relation.sequence().is_some())
            && !to.named(Class::Type, object.schema.unwrap_or(Oid::NONE), &object.name).is_empty();
        let rank = match (alone, before_type) {
            (true, _) => rank::ALONE,
            (_, true) => rank::OTHER,
            _ => rank::of(plan.repeat, object),
        };
        if let Some(node) = self.push(rank, to, address, sql) {
            node.claims = claims;
            node.makes = std::iter::once(oid).chain(inlined.iter().copied()).map(Address::whole).collect();
            // A sequence comes before the column that owns it.
            node.needs = match owned.is_some() || is_extension {
                true => Vec::new(),
                false => std::iter::once(oid).chain(inlined).collect(),
            };
            let home = match &object.body {
                Body::Extension(extension) => extension.schema,
                _ => None,
            };
            node.also = object.schema.into_iter().chain(object.of).chain(home).collect();
        }
        if owned.is_some() {
            self.owned(oid);
        }
        if object.relation().is_some_and(|relation| relation.partition_bound.is_some()) {
            self.attach(oid);
        }
        self.ties(oid);
        if let Some(sql) = create::attach_index(to, oid)
            && let Some(node) = self.push(rank::ALONE, to, address, vec![sql])
        {
            node.rank.1 += i64::from(u32::MAX);
            let parent = object.relation().and_then(|relation| relation.index()).and_then(|index| index.parent);
            node.also = parent.into_iter().chain([oid]).collect();
        }
    }

    fn default(&self, object: &Object, number: i16) -> Vec<String> {
        let to = self.plan.to;
        let Some(column) = object.of.and_then(|of| to.column(Address::column(of, number))) else { return Vec::new() };
        let (Some(of), Body::Default(default)) = (object.of, &object.body) else { return Vec::new() };
        let noun = if to.relation(of).is_some_and(|relation| relation.view().is_some()) { "VIEW" } else { "TABLE" };
        let (whole, value) = (name::qualified(to, of), super::stored::operand(to, &default.expression));
        vec![format!("ALTER {noun} {whole} ALTER COLUMN {} SET DEFAULT {value}", identifier(&column.name))]
    }

    fn owned(&mut self, oid: Oid) {
        let to = self.plan.to;
        let sql: Vec<String> = create::owned(to, oid).into_iter().collect();
        if let Some(node) = self.push(rank::OWNED, to, Address::whole(oid), sql) {
            node.needs = vec![oid];
            node.also = vec![oid];
        }
    }

    fn attach(&mut self, oid: Oid) {
        let to = self.plan.to;
        let sql = create::attach(to, oid);
        let parents: Vec<Oid> = to.relation(oid).into_iter().flat_map(|relation| relation.parents.iter().copied()).collect();
        let index_or_key = |part: &Oid| {
            to.get(*part).is_some_and(|object| match &object.body {
                Body::Relation(relation) => relation.index().is_none_or(|index| index.valid),
                Body::Constraint(constraint) => !matches!(constraint.kind, ConstraintKind::ForeignKey(_) | ConstraintKind::Trigger(_)),
                _ => false,
            })
        };
        let parts = [oid].into_iter().chain(parents.iter().copied()).flat_map(|whole| to.all_parts(whole));
        let also: Vec<Oid> = parts.filter(index_or_key).chain([oid]).chain(parents.iter().copied()).collect();
        if let Some(node) = self.push(rank::ATTACH, to, Address::whole(oid), sql) {
            node.also = also;
        }
    }

    fn ties(&mut self, oid: Oid) {
        let to = self.plan.to;
        for (index, sql) in create::ties(to, oid) {
            if let Some(node) = self.push(rank::TIE, to, Address::whole(oid), vec![sql]) {
                let constraint = to.relation(index).and_then(|relation| relation.index()).and_then(|index| index.constraint);
                node.also = std::iter::once(index).chain(constraint).chain([oid]).collect();
            }
        }
    }

    fn add_column(&mut self, address: Address) {
        let plan = self.plan;
        let to = plan.to;
        let (Some(column), Some(relation)) = (to.column(address), to.relation(address.object)) else { return };
        let table = name::qualified(to, address.object);
        let guard = plan.repeat.if_not_exists();
        let mut sql = match relation.kind {
            RelationKind::Composite => vec![format!("ALTER TYPE {table} ADD ATTRIBUTE {}", create::attribute(to, column))],
            RelationKind::Table | RelationKind::Unknown => {
                vec![format!("ALTER TABLE {table} ADD COLUMN {guard}{}", create::column_definition(to, address.object, column))]
            }
            RelationKind::ForeignTable(..) => {
                vec![format!("ALTER FOREIGN TABLE {table} ADD COLUMN {guard}{}", create::column_definition(to, address.object, column))]
            }
            _ => return,
        };
        let is_composite = relation.kind == RelationKind::Composite;
        let named = identifier(&column.name);
        if let Some(storage) = &column.storage {
            sql.push(format!("ALTER TABLE {table} ALTER COLUMN {named} SET STORAGE {}", storage.to_uppercase()));
        }
        if let Some(target) = column.statistics {
            sql.push(format!("ALTER TABLE {table} ALTER COLUMN {named} SET STATISTICS {target}"));
        }
        if !column.options.is_empty() && matches!(relation.kind, RelationKind::Table) {
            sql.push(format!("ALTER TABLE {table} ALTER COLUMN {named} SET ({})", create::settings(&column.options)));
        }
        sql.extend(said::of_column(to, address, None, column.privileges.as_deref()));
        sql.extend(column.comment.as_ref().and_then(|text| said::comment_on_column(to, address, Some(text))));
        let with = if is_composite { Vec::new() } else { kin::with_column(to, address) };
        for part in &with {
            self.with.insert(*part, address.object);
        }
        self.losses.extend(loss::of_added(plan, address));
        let types: Vec<Oid> = to.dependencies_of(address).map(|(on, _)| on.object).collect();
        let claims = with.iter().flat_map(|oid| kin::names(to, *oid)).chain([kin::column_name(&table, &column.name)]).collect();
        if let Some(node) = self.push(rank::COLUMN, to, address, sql) {
            node.rank.1 = node.rank.1 * 2_048 + i64::from(address.column);
            node.makes = with.iter().copied().map(Address::whole).chain([address]).collect();
            node.needs = with;
            node.also = types.into_iter().chain([address.object]).collect();
            node.claims = claims;
        }
    }

    fn alters(&mut self) {
        let plan = self.plan;
        let to = plan.to;
        for (is, (was, sql)) in &plan.alters {
            let Some(object) = to.get(is.object) else { continue };
            let tied = to.relation(is.object).is_some_and(|_| is.column == 0);
            if tied {
                self.changed_relation(*was, *is);
            }
            if plan.retyped.contains(was) && plan.repeat == Repeat::Harmless {
                self.losses.extend(loss::of_converted(plan, *was, *is));
            }
            if is.column != 0 && plan.repeat == Repeat::Harmless {
                self.losses.extend(loss::of_heir(plan, *was, *is));
            }
            let rank = if is.column != 0 { rank::COLUMN } else { rank::of(plan.repeat, object) };
            let default = to.column(*is).and_then(|column| column.default);
            let old_default = plan.from.column(*was).and_then(|column| column.default);
            // Whether the default is set by a node of its own.
            let default = default.filter(|default| !plan.creates.contains(&Address::whole(*default)));
            let types: Vec<Oid> = to.dependencies_of(*is).map(|(on, _)| on.object).collect();
            if let Some(node) = self.push(rank, to, *is, sql.clone()) {
                if is.column != 0 {
                    node.rank.1 = node.rank.1 * 2_048 + i64::from(is.column);
                    node.also = types;
                    node.needs = default.into_iter().collect();
                } else {
                    node.needs = vec![is.object];
                }
                node.makes = default.into_iter().map(Address::whole).chain([*is]).collect();
                node.leaves = old_default.into_iter().map(Address::whole).chain([*was]).collect();
                node.takes = node.leaves.iter().copied().filter(|_| is.column != 0).collect();
            }
        }
    }

    /// What of a changed relation is said by statements of their own.
    fn changed_relation(&mut self, was: Address, is: Address) {
        let plan = self.plan;
        let (Some(old), Some(new)) = (plan.from.relation(was.object), plan.to.relation(is.object)) else { return };
        let tied = |catalog: &Catalog, oid: Oid| create::ties(catalog, oid).into_iter().map(|(_, sql)| sql).collect::<Vec<_>>();
        if tied(&plan.from, was.object) != tied(plan.to, is.object) {
            self.ties(is.object);
        }
        let placed = |catalog: &Catalog, oid: Oid| create::attach(catalog, oid).into_iter().next();
        if placed(&plan.from, was.object) != placed(plan.to, is.object) && new.partition_bound.is_some() {
            self.attach(is.object);
        }
        if let (RelationKind::Sequence(before), RelationKind::Sequence(after)) = (&old.kind, &new.kind)
            && !after.identity
            && after.owned_by.is_some()
            && (before.owned_by != after.owned_by || create::owned(&plan.from, was.object) != create::owned(plan.to, is.object))
        {
            self.owned(is.object);
        }
    }

    /// An enum that has labels too many: it is made anew under its name, and its columns move over.
    fn relabels(&mut self) {
        let plan = self.plan;
        let (from, to) = (&plan.from, plan.to);
        for (was, is) in &plan.relabelled {
            let (Some(object), own) = (to.get(*is), name::qualified(to, *is)) else { continue };
            let spare = kin::spare_name(from, object);
            let mut sql = vec![format!("ALTER TYPE {own} RENAME TO {}", identifier(&spare))];
            sql.extend(create::object(to, *is, plan.repeat));
            let mut columns = Vec::new();
            for (dependent, ..) in from.dependents_of_any(*was) {
                let Some(column) = from.column(dependent).filter(|_| !plan.is_dropped(dependent)) else { continue };
                columns.push(dependent);
                let is_table = from.relation(dependent.object).is_some_and(|relation| relation.is_table());
                let Some(ty) = column.ty.as_ref().filter(|ty| ty.id == TypeId::User(*was) && column.inherited == 0 && is_table) else {
                    continue;
                };
                let (table, name) = (name::qualified(to, dependent.object), identifier(&column.name));
                let (array, text) = if ty.array { ("[]", "text[]") } else { ("", "text") };
                sql.push(format!("ALTER TABLE {table} ALTER COLUMN {name} TYPE {own}{array} USING {name}::{text}::{own}{array}"));
            }
            sql.push(format!("DROP TYPE {}", name::within(to, object.schema, &spare)));
            sql.extend(said::of_new(from, to, *is));
            self.losses.extend(loss::of_labels(plan, *was, *is));
            if let Some(node) = self.push(rank::RELABEL, to, Address::whole(*is), sql) {
                node.makes = columns.iter().copied().chain([Address::whole(*is)]).collect();
                node.takes = columns.into_iter().chain([Address::whole(*was)]).collect();
            }
        }
    }

    fn future(&mut self) {
        let sql = said::defaults(&self.plan.from, self.plan.to);
        for statement in sql {
            self.all.push(Node::new((rank::FUTURE, 0), vec![statement], Identity::new("default privileges")));
        }
    }

    fn edges(&self) -> BTreeSet<(usize, usize)> {
        let (from, to) = (&self.plan.from, self.plan.to);
        let mut makers: HashMap<Address, usize> = HashMap::new();
        let mut takers: HashMap<Address, usize> = HashMap::new();
        let mut free: HashMap<&str, usize> = HashMap::new();
        for (at, node) in self.all.iter().enumerate() {
            makers.extend(node.makes.iter().map(|address| (*address, at)));
            takers.extend(node.takes.iter().chain(&node.leaves).map(|address| (*address, at)));
            free.extend(node.frees.iter().map(|name| (name.as_str(), at)));
        }
        let of = |found: &HashMap<Address, usize>, address: Address| {
            found.get(&address).or_else(|| found.get(&Address::whole(address.object))).copied()
        };
        // What goes along with something is taken by what takes that.
        let taker = |address: Address| {
            let mut address = address;
            loop {
                if let Some(found) = of(&takers, address) {
                    return Some(found);
                }
                address = kin::whole_of(from, address.object)?;
            }
        };
        let mut edges = BTreeSet::new();
        for (at, node) in self.all.iter().enumerate() {
            let needed = node.needs.iter().flat_map(|oid| {
                let own = to.get(*oid).into_iter().flat_map(|object| object.schema.into_iter().chain(object.of).map(Address::whole));
                to.dependencies_of_any(*oid).map(|(_, on, _)| on).chain(own)
            });
            let needed = needed.chain(node.also.iter().copied().map(Address::whole));
            edges.extend(needed.filter_map(|on| of(&makers, on)).filter(|maker| *maker != at).map(|maker| (maker, at)));
            for taken in node.takes.iter().flat_map(|taken| kin::along(from, *taken)) {
                let dependents = from.dependents_of_any(taken.object).filter(|(_, column, _)| taken.column == 0 || *column == taken.column);
                let dependents = dependents.map(|(dependent, ..)| dependent);
                let all = dependents.chain(from.all_parts(taken.object).filter(|_| taken.column == 0).map(Address::whole));
                edges.extend(all.filter_map(taker).filter(|taker| *taker != at).map(|taker| (taker, at)));
            }
            edges.extend(
                node.claims.iter().filter_map(|name| free.get(name.as_str())).filter(|other| **other != at).map(|other| (*other, at)),
            );
        }
        edges
    }
}
