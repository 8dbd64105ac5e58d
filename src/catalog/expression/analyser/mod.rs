//! The analyser: it goes down a tree with the names that are in scope, and notes what each name means.
//!
//! What PostgreSQL refuses when it analyses a statement is refused here with the same SQLSTATE. What can't be told (a relation of which the
//! columns are not known, a function of an unknown extension) is left untold, and the whole is then [`Completeness::Part`].

mod call;
mod change;
mod constant;
mod expression;
mod from;
mod grouping;
mod inline;
mod operator;
mod query;
mod reference;

pub(in crate::catalog) use constant::names;
pub(in crate::catalog) use inline::expect_safe_bodies;

use super::analysis::{Place, Scope, Visibility};
use super::{Completeness, Filling, Use, Used};
use crate::catalog::apply::schema::optional;
use crate::catalog::model::{RelationKind, Sequence, TypeId, TypeUse};
use crate::catalog::object::Name;
use crate::catalog::run::Run;
use crate::catalog::typing::{Callee, ExprType, base_type, is_polymorphic};
use crate::catalog::{Address, Oid, Result};
use crate::syntax::expression::{Constant, Expression, ExpressionKind};
use crate::syntax::tree::Volatility;
use crate::text::Span;

/// What goes down a tree.
pub(super) struct Analyser<'r, 'w> {
    pub(super) run: &'r mut Run<'w>,
    pub(super) uses: Vec<Use>,
    pub(super) filled: Vec<(Span, Filling)>,
    pub(super) completeness: Completeness,
    /// The most volatile thing so far.
    pub(super) volatility: Volatility,
    levels: Vec<Level>,
    values: Vec<(Name, Option<TypeUse>)>,
    place: Place,
    /// How deep in queries: 0 for what stands in an expression itself.
    queries: u32,
    /// Whether it is in what MERGE returns.
    in_merge: bool,
    /// How deep in functions whose bodies take the place of their calls.
    inlined: u32,
}

/// The names that one query brings into scope.
#[derive(Debug, Clone, Default)]
struct Level {
    items: Vec<Item>,
    tables: Vec<CommonTable>,
    /// The calls that are aggregates, or may be.
    aggregates: Vec<Span>,
    /// Whether one of them is one.
    is_aggregated: bool,
}

/// Something in FROM.
#[derive(Debug, Clone)]
struct Item {
    /// What it is called; none for a join without an alias.
    name: Option<Name>,
    /// The schema that may stand before its name, where it is called as its relation is.
    schema: Option<Oid>,
    columns: Vec<ItemColumn>,
    /// Whether there are no others.
    columns_known: bool,
    visibility: Visibility,
    relation: Option<Oid>,
}

/// A column of something in FROM.
#[derive(Debug, Clone)]
struct ItemColumn {
    name: Name,
    ty: ExprType,
    source: Option<Address>,
    /// Whether a join with USING has merged it into one that is found before it.
    merged: bool,
}

/// A common table expression.
#[derive(Debug, Clone)]
struct CommonTable {
    name: Name,
    columns: Option<Vec<(Name, ExprType)>>,
}

impl<'r, 'w> Analyser<'r, 'w> {
    pub(super) fn new(run: &'r mut Run<'w>, scope: &Scope) -> Self {
        let mut analyser = Analyser {
            run,
            uses: Vec::new(),
            filled: Vec::new(),
            completeness: Completeness::Whole,
            volatility: Volatility::Immutable,
            levels: Vec::new(),
            values: scope.values.clone(),
            place: scope.place,
            queries: 0,
            in_merge: false,
            inlined: 0,
        };
        let items = scope.relations.iter().map(|relation| {
            let item = analyser.item_of(relation.relation, Some(Name::clone(&relation.name)));
            Item { visibility: relation.visibility, schema: None, ..item }
        });
        let level = Level { items: items.collect(), ..Level::default() };
        analyser.levels.push(level);
        analyser
    }

    /// A relation of the catalog, called `name`.
    fn item_of(&self, relation: Oid, name: Option<Name>) -> Item {
        let object = self.run.catalog.get(relation);
        let found = object.and_then(|object| object.relation());
        let columns = found.into_iter().flat_map(|relation| &relation.columns);
        let is_sequence = found.is_some_and(|relation| matches!(relation.kind, RelationKind::Sequence(_)));
        let of_sequence = Sequence::COLUMNS.iter().filter(|_| is_sequence).map(|(name, ty)| ItemColumn {
            name: Name::from(*name),
            ty: ExprType::built_in(ty),
            source: None,
            merged: false,
        });
        Item {
            name,
            schema: object.and_then(|object| object.schema),
            columns: columns
                .map(|column| ItemColumn {
                    name: Name::clone(&column.name),
                    ty: column.ty.clone().into(),
                    source: Some(Address::column(relation, column.number)),
                    merged: false,
                })
                .chain(of_sequence)
                .collect(),
            columns_known: found.is_some_and(|relation| relation.columns_known),
            visibility: Visibility::Unqualified,
            relation: Some(relation),
        }
    }

    fn used(&mut self, span: Span, what: Used) {
        if what.address().object >= Oid::FIRST {
            optional::need(self.run, what.address().object, None);
            self.uses.push(Use { span, what });
        }
    }

    /// Notes that a type is used.
    fn used_type(&mut self, span: Span, ty: &TypeUse) {
        if let TypeId::User(oid) = ty.id {
            let what = match self.run.catalog.relation(oid) {
                Some(_) => Used::Relation(oid),
                None => Used::Type(oid),
            };
            self.used(span, what);
        }
    }

    /// Notes that an operand is of type `ty` from now on: a constant in quotes, which must be a value of it, a NULL, and what is cast unasked.
    ///
    /// # Errors
    /// As those of [`Analyser::literal`].
    fn becomes(&mut self, operand: &Expression, own: &ExprType, ty: &TypeUse) -> Result {
        match (own, operand.as_constant()) {
            _ if is_polymorphic(ty) => {}
            (ExprType::Known(own), _) if !own.is_same_type(ty) && operand.kind != ExpressionKind::Unread => self.typed(operand.span, ty),
            (ExprType::Literal, Some(Constant::String(text))) => return self.literal(text, ty, operand.span),
            (ExprType::Literal, Some(_)) => self.typed(operand.span, ty),
            _ => {}
        }
        Ok(())
    }

    /// Notes the type that something becomes of: a domain's value is first one of the type under it.
    fn typed(&mut self, span: Span, ty: &TypeUse) {
        let Some(base) = base_type(&self.run.catalog, ty) else { return };
        if let TypeId::User(oid) = base.id {
            self.used(span, Used::Type(oid));
        }
        self.filled.push((span, Filling::Type(base.bare())));
    }

    fn used_callee(&mut self, span: Span, callee: Callee) {
        match callee {
            Callee::User(oid) => self.used(span, Used::Routine(oid)),
            Callee::Extension(extension, _) => self.used(span, Used::Object(extension)),
            Callee::BuiltIn(_) | Callee::Cast => {}
            Callee::Untold => self.completeness = Completeness::Part,
        }
    }

    /// Something could not be told.
    fn partly(&mut self) -> ExprType {
        self.completeness = Completeness::Part;
        ExprType::Untold
    }

    fn at_least(&mut self, volatility: Volatility) {
        let rank = |volatility| match volatility {
            Volatility::Immutable => 0,
            Volatility::Stable => 1,
            Volatility::Volatile => 2,
        };
        if rank(volatility) > rank(self.volatility) {
            self.volatility = volatility;
        }
    }
}
