//! Changing objects that are there: property by property, as [`describe`](crate::catalog::describe) names them.
//!
//! What PostgreSQL can't change in an object has to be taken away and made again; that is [`Alteration::Anew`].

mod column;
mod object;
mod relation;

use crate::catalog::describe::Description;
use crate::catalog::object::Body;
use crate::catalog::store::Catalog;

pub(super) use column::converts;

/// How an object becomes what it shall be.
pub(super) enum Alteration {
    /// By these statements.
    Statements(Vec<String>),
    /// Only by taking it away and making it again.
    Anew,
    /// An enum that has labels too many, which can't be taken from it.
    Relabelled,
}

/// An object, or a column, as it is and as it shall be.
pub(super) struct Pair<'c> {
    /// The catalog that it is in.
    pub(super) old: &'c Catalog,
    /// What is said of it there.
    pub(super) was: &'c Description,
    /// The catalog that is wanted.
    pub(super) new: &'c Catalog,
    /// What is said of it there.
    pub(super) is: &'c Description,
}

impl Pair<'_> {
    /// Whether a property of that name is among those that differ.
    fn has(changed: &[&str], property: &str) -> bool {
        changed.contains(&property)
    }
}

/// Changes what is in `changed`.
pub(super) fn alter(pair: &Pair<'_>, changed: &[&str]) -> Alteration {
    if pair.is.address.column != 0 {
        return column::alter(pair, changed);
    }
    match pair.new.get(pair.is.address.object).map(|object| &object.body) {
        Some(Body::Relation(_)) => relation::alter(pair, changed),
        Some(_) => object::alter(pair, changed),
        None => Alteration::Anew,
    }
}
