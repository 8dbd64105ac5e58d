//! What a DROP would take away (`findDependentObjects`): a walk along the dependencies, from each object to what depends on it, and from a
//! part to what it is a part of.

use std::ops::BitOr;

use fnv::FnvHashMap;

use super::required;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::object::{Body, Class};
use crate::catalog::run::Run;
use crate::catalog::{Address, Catalog, ColumnNumber, Dependency, Oid};
use crate::text::Span;

/// How an object came to be among those that go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Flags(u16);

impl Flags {
    /// The statement names it.
    pub(super) const ORIGINAL: Flags = Flags(1);
    /// By a normal dependency: only CASCADE takes it.
    const NORMAL: Flags = Flags(1 << 1);
    /// By a dependency that takes it along.
    pub(super) const ALONG: Flags = Flags(1 << 2 | 1 << 3);
    const AUTO: Flags = Flags(1 << 2);
    /// By a dependency of a partition's part.
    pub(super) const PARTITION: Flags = Flags(1 << 3);
    /// A part of it led to it.
    const REVERSE: Flags = Flags(1 << 4);
    /// It is a partition's part.
    pub(super) const IS_PART: Flags = Flags(1 << 5);
    /// The relation of this column goes too.
    pub(super) const SUBOBJECT: Flags = Flags(1 << 6);

    pub(super) const fn has(self, any: Flags) -> bool {
        self.0 & any.0 != 0
    }
}

impl BitOr for Flags {
    type Output = Flags;

    fn bitor(self, other: Flags) -> Flags {
        Flags(self.0 | other.0)
    }
}

/// Something that goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target {
    /// What.
    pub(super) address: Address,
    /// Why.
    pub(super) flags: Flags,
    /// What led to it, or what it is a partition's part of.
    pub(super) dependee: Option<Address>,
}

/// Everything that goes.
#[derive(Debug, Default)]
pub(super) struct Targets {
    /// What depends on something stands before it.
    pub(super) targets: Vec<Target>,
    /// Publications that lose a table or a schema.
    pub(super) unpublished: Vec<(Oid, Oid)>,
    /// The places in `targets` of what belongs to one object: itself, and its columns.
    places: FnvHashMap<Oid, Vec<usize>>,
}

/// Stands for an entry of a publication, which goes without it.
const ENTRY: ColumnNumber = 1;

/// How deep dependencies are followed before it is given up.
const DEEPEST: usize = 1_000;

/// Everything that dropping `what` takes along.
///
/// # Errors
/// 2BP01 if one of them can't be dropped by itself; unknown where dependencies are too deep.
pub(super) fn targets(run: &mut Run<'_>, what: &[Address], span: Span) -> Result<Targets> {
    let mut found = Targets::default();
    for address in what {
        let mut stack = Vec::new();
        follow(run, &mut found, &mut stack, Step { address: *address, flags: Flags::ORIGINAL }, what, span)?;
    }
    Ok(found)
}

#[derive(Debug, Clone, Copy)]
struct Step {
    address: Address,
    flags: Flags,
}

fn follow(run: &mut Run<'_>, found: &mut Targets, stack: &mut Vec<Step>, step: Step, pending: &[Address], span: Span) -> Result {
    let Step { address, mut flags } = step;
    if is_on_stack(stack, address, flags) || found.has(address, flags) {
        return Ok(());
    }
    if stack.len() > DEEPEST {
        return Err(Stop::unknown("what depends on this is too deep to be followed", span));
    }
    if address.object < Oid::FIRST {
        let message = format!("cannot drop {} because it is required by the database system", super::describe(run, address));
        return Err(Stop::fails("2BP01", message, span));
    }
    let (mut owner, mut partition) = (None, None);
    for (other, kind) in needs(&run.catalog, address) {
        match kind {
            Dependency::Normal | Dependency::Auto | Dependency::AutoExtension => {}
            Dependency::PartitionPrimary => {
                flags = flags | Flags::IS_PART;
                partition = Some(other);
            }
            Dependency::PartitionSecondary => {
                partition = partition.or(Some(other));
                flags = flags | Flags::IS_PART;
            }
            Dependency::Internal | Dependency::Extension => {
                if stack.is_empty() {
                    if pending.iter().any(|other_one| covers(*other_one, other)) {
                        return Ok(());
                    }
                    if owner.is_none() || kind == Dependency::Extension {
                        owner = Some(other);
                    }
                } else if !is_on_stack(stack, other, Flags::default()) {
                    follow(run, found, stack, Step { address: other, flags: Flags::REVERSE }, pending, span)?;
                    found.has(address, flags);
                    return Ok(());
                }
            }
        }
    }
    if let Some(owner) = owner {
        return Err(required(run, address, partition.unwrap_or(owner), span));
    }
    let dependents = needed_by(&run.catalog, address, found);
    stack.push(Step { address, flags });
    for step in dependents {
        follow(run, found, stack, step, pending, span)?;
    }
    let flags = stack.pop().map_or(flags, |step| step.flags);
    let dependee = if flags.has(Flags::IS_PART) { partition } else { stack.last().map(|step| step.address) };
    found.add(Target { address, flags, dependee });
    Ok(())
}

/// What something depends on; of a whole object also what its columns depend on, itself aside.
fn needs(catalog: &Catalog, address: Address) -> Vec<(Address, Dependency)> {
    let mut found: Vec<(Address, Dependency)> = if address.column == 0 {
        catalog.dependencies_of_any(address.object).map(|(_, on, kind)| (on, kind)).collect()
    } else {
        catalog.dependencies_of(address).collect()
    };
    found.retain(|(on, _)| on.object != address.object || address.column != 0);
    if address.column == 0
        && let Some(extension) = catalog.get(address.object).and_then(|object| object.extension)
        && !found.contains(&(extension.into(), Dependency::Extension))
    {
        found.push((extension.into(), Dependency::Extension));
    }
    found
}

/// What depends on something, the newest first; of a whole object also what depends on its columns.
fn needed_by(catalog: &Catalog, address: Address, found: &mut Targets) -> Vec<Step> {
    let mut steps: FnvHashMap<Address, Flags> = FnvHashMap::default();
    let mut add = |dependent: Address, kind: Dependency| {
        if dependent == address || (address.column == 0 && dependent.object == address.object) {
            return;
        }
        let mut dependent = dependent;
        if let Some(Body::Publication(_)) = catalog.get(dependent.object).map(|object| &object.body)
            && kind != Dependency::Extension
        {
            found.unpublished.push((dependent.object, address.object));
            if kind != Dependency::Normal {
                return;
            }
            dependent.column = ENTRY;
        }
        let flags = match kind {
            Dependency::Normal => Flags::NORMAL,
            Dependency::PartitionPrimary | Dependency::PartitionSecondary => Flags::PARTITION,
            Dependency::Auto | Dependency::AutoExtension | Dependency::Internal | Dependency::Extension => Flags::AUTO,
        };
        let known = steps.entry(dependent).or_default();
        *known = *known | flags;
    };
    if address.column == 0 {
        catalog.dependents_of_any(address.object).for_each(|(dependent, _, kind)| add(dependent, kind));
        if matches!(catalog.get(address.object).map(|object| &object.body), Some(Body::Schema)) {
            catalog.schema_contents(address.object).into_iter().for_each(|oid| add(oid.into(), Dependency::Normal));
        }
        for part in catalog.all_parts(address.object) {
            let goes_along = catalog.get(part).is_some_and(|object| PARTS.contains(&object.body.class()));
            if goes_along && !is_linked(catalog, part, address.object) {
                add(part.into(), Dependency::Auto);
            }
        }
    } else {
        catalog.dependents_of(address).for_each(|(dependent, kind)| add(dependent, kind));
    }
    let mut steps: Vec<Step> = steps.into_iter().map(|(address, flags)| Step { address, flags }).collect();
    steps.sort_unstable_by_key(|step| (std::cmp::Reverse(step.address.object), step.address.column));
    steps
}

/// Classes whose objects may be parts of others.
const PARTS: [Class; 7] =
    [Class::Relation, Class::Constraint, Class::Default, Class::Trigger, Class::Policy, Class::Rule, Class::UserMapping];

/// Whether a part goes with its whole by some dependency, directly or by way of another part.
fn is_linked(catalog: &Catalog, part: Oid, whole: Oid) -> bool {
    catalog.dependencies_of_any(part).any(|(_, on, kind)| {
        on.object == whole || (kind == Dependency::Internal && catalog.get(on.object).is_some_and(|object| object.of == Some(whole)))
    })
}

/// Whether `address` goes where `whole` goes.
const fn covers(whole: Address, address: Address) -> bool {
    whole.object.0 == address.object.0 && (whole.column == 0 || whole.column == address.column)
}

/// Whether something is being followed already, which is then noted there (`stack_address_present_add_flags`).
fn is_on_stack(stack: &mut [Step], address: Address, flags: Flags) -> bool {
    let mut is = false;
    for step in stack.iter_mut().rev() {
        if step.address == address {
            step.flags = step.flags | flags;
            is = true;
        } else if covers(step.address, address) {
            is = true;
        } else if covers(address, step.address) && flags != Flags::default() {
            step.flags = step.flags | flags | Flags::SUBOBJECT;
        }
    }
    is
}

impl Targets {
    /// Whether something goes already, which is then noted there (`object_address_present_add_flags`).
    fn has(&mut self, address: Address, flags: Flags) -> bool {
        let mut is = false;
        for place in self.places.get(&address.object).into_iter().flatten() {
            let target = &mut self.targets[*place];
            if target.address == address {
                target.flags = target.flags | flags;
                is = true;
            } else if covers(target.address, address) {
                is = true;
            } else if covers(address, target.address) && flags != Flags::default() {
                target.flags = target.flags | flags | Flags::SUBOBJECT;
            }
        }
        is
    }

    fn add(&mut self, target: Target) {
        self.places.entry(target.address.object).or_default().push(self.targets.len());
        self.targets.push(target);
    }

    /// Whether an object goes as a whole.
    pub(super) fn takes(&self, object: Oid) -> bool {
        let places = self.places.get(&object);
        places.into_iter().flatten().any(|place| self.targets[*place].address.column == ColumnNumber::default())
    }
}
