//! Objects as statements write them: what kind, which name, whose, and in which schema.
//!
//! Two statements may write one object differently: `company` and `marketing.company`, `f(int)` and `f(integer)`, `DROP TABLE t` and
//! `DROP VIEW t`, which share their names with all relations. [`Object::key`] brings them to one form, and [`Key::may_be`] says whether
//! two of them can be the same object.

use crate::syntax::literal;
use crate::syntax::tree::{
    Arguments, ColumnConstraint, CreateIndex, Ident, Name, ObjectKind, ObjectName, ObjectRef, OperatorRef, RoleSpec, TableConstraint,
    TableConstraintKind, TypeName,
};
use crate::text::Span;

use super::Signature;
use super::default_name::default_name;

/// A kind of object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// One that statements can name by its kind.
    Object(ObjectKind),
    /// A label of an enum.
    EnumLabel,
    /// What a role logs in with at a foreign server.
    UserMapping,
}

impl PartialEq<ObjectKind> for Kind {
    fn eq(&self, other: &ObjectKind) -> bool {
        *self == Kind::Object(*other)
    }
}

impl Kind {
    /// What a sentence calls it: `materialized view`.
    pub fn noun(self) -> String {
        match self {
            Kind::Object(kind) => kind.sql().to_lowercase(),
            Kind::EnumLabel => "label".to_owned(),
            Kind::UserMapping => "user mapping".to_owned(),
        }
    }

    /// Whether objects of this kind live in a schema, their table's or type's included.
    pub const fn has_schema(self) -> bool {
        use ObjectKind::*;
        match self {
            Kind::EnumLabel => true,
            Kind::UserMapping => false,
            Kind::Object(kind) => !matches!(
                kind,
                AccessMethod
                    | Cast
                    | Database
                    | EventTrigger
                    | Extension
                    | ForeignDataWrapper
                    | Language
                    | LargeObject
                    | Parameter
                    | Publication
                    | Role
                    | Schema
                    | Server
                    | Subscription
                    | Tablespace
                    | Transform
            ),
        }
    }

    /// Tables, views, indexes, sequences and their kin: in one schema no two of them have one name.
    pub const fn is_relation(self) -> bool {
        use ObjectKind::*;
        matches!(self, Kind::Object(ForeignTable | Index | MaterializedView | Sequence | Table | View))
    }

    /// Whether no two objects of these kinds can have one name in one schema, arguments of routines apart.
    pub fn shares_names_with(self, other: Kind) -> bool {
        Class::of(self) == Class::of(other)
    }

    /// Functions, procedures and aggregates: in one schema no two of them have one name and the same types of arguments.
    pub const fn is_routine(self) -> bool {
        matches!(self, Kind::Object(ObjectKind::Aggregate | ObjectKind::Function | ObjectKind::Procedure | ObjectKind::Routine))
    }
}

/// An object as a statement writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Object<'t> {
    /// What it is.
    pub kind: Kind,
    /// Its name; of what has none, the clause or statement that makes it.
    pub span: Span,
    /// Its own name, if it has one that is an identifier.
    pub name: Option<Name>,
    /// The relation, type or domain that it is a part of.
    pub of: Option<Name>,
    /// In which schema it is.
    pub place: Place,
    /// What else tells it from others.
    pub identity: Identity<'t>,
}

/// In which schema an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In this one.
    Schema(Ident),
    /// A new object without a schema before its name: in the first schema of the search path that exists.
    Creation,
    /// An object without a schema before its name, which is there already: in the first schema of the search path that has one.
    Lookup,
    /// In the session's own schema of temporary objects.
    Temporary,
    /// In the schema that is called as a role which the statement does not name.
    Unknown,
    /// In none, as a role or an extension.
    Nowhere,
}

/// What tells an object from others beside its kind, its name and whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identity<'t> {
    /// Nothing.
    Name,
    /// Its arguments; without them it must be the only one of its name.
    Arguments(Option<&'t Arguments>),
    /// The types of an operator's operands, if the statement says them.
    Operands(Option<Operands<'t>>),
    /// The access method of an operator class or family.
    Method(Ident),
    /// The type where any type may be written.
    Type(&'t TypeName),
    /// The types that a cast is between.
    Cast(&'t TypeName, &'t TypeName),
    /// A transform's type and language.
    Transform(&'t TypeName, Ident),
    /// An enum's label, with its quotes.
    Label(Span),
    /// A large object's number.
    LargeObject(Span),
    /// Whose user mapping, and at which server.
    UserMapping(RoleSpec, Ident),
    /// It gets a name from PostgreSQL.
    Unnamed(Unnamed<'t>),
}

/// The types of an operator's operands, as far as it has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operands<'t> {
    /// The left one's.
    pub left: Option<&'t TypeName>,
    /// The right one's.
    pub right: Option<&'t TypeName>,
}

impl<'t> Operands<'t> {
    /// Those of an operator that is there.
    pub(super) fn of(operator: &'t OperatorRef) -> Self {
        Self { left: operator.left.as_ref(), right: operator.right.as_ref() }
    }
}

/// What PostgreSQL finds a name for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unnamed<'t> {
    /// A constraint of a table.
    Constraint(&'t TableConstraint),
    /// A constraint of a domain.
    DomainConstraint(&'t ColumnConstraint),
    /// An index.
    Index(&'t CreateIndex),
    /// Extended statistics.
    Statistics,
    /// A schema that is called as the role that owns it.
    Schema,
    /// All objects of the kind that are in the schema, or that come from elsewhere.
    All,
}

/// Whether a name means a new object or one that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Means {
    New,
    Old,
}

impl<'t> Object<'t> {
    /// A new object with a name of its own.
    pub(super) fn new(text: &str, kind: ObjectKind, name: Name) -> Self {
        Self::with_name(text, kind, name, Means::New)
    }

    /// An object that is there, by a name of its own.
    pub(super) fn old(text: &str, kind: ObjectKind, name: Name) -> Self {
        Self::with_name(text, kind, name, Means::Old)
    }

    fn with_name(text: &str, kind: ObjectKind, name: Name, means: Means) -> Self {
        let kind = Kind::Object(kind);
        let place = if kind.has_schema() { place_of(text, name, means) } else { Place::Nowhere };
        Self { kind, span: name.span(), name: Some(name), of: None, place, identity: Identity::Name }
    }

    /// A part, called `name`, of the relation, type or domain `of`.
    pub(super) fn part(text: &str, kind: ObjectKind, name: Ident, of: Name) -> Self {
        Self { name: Some(Name::unqualified(name)), ..Self::nameless_part(text, Kind::Object(kind), name.span, of) }
    }

    /// A part of `of` that has no name, or none that is an identifier.
    pub(super) fn nameless_part(text: &str, kind: Kind, span: Span, of: Name) -> Self {
        Self { kind, span, name: None, of: Some(of), place: place_of(text, of, Means::Old), identity: Identity::Name }
    }

    /// The object that a statement of whatever kind refers to.
    pub(super) fn from_ref(text: &str, object: &'t ObjectRef) -> Self {
        let kind = object.kind;
        let base = match (object.name(), object.member()) {
            (Some(name), _) => Self::old(text, kind, name),
            (_, Some((Some(of), name))) => Self::part(text, kind, name, of),
            (_, Some((None, name))) => Self { place: Place::Unknown, ..Self::old(text, kind, Name::unqualified(name)) },
            (None, None) => {
                let place = if matches!(object.name, ObjectName::Type(_)) { Place::Unknown } else { Place::Nowhere };
                Self { kind: Kind::Object(kind), span: object.span, name: None, of: None, place, identity: Identity::Name }
            }
        };
        let identity = match &object.name {
            ObjectName::Named(_) | ObjectName::Member { .. } => Identity::Name,
            ObjectName::Type(ty) => Identity::Type(ty),
            ObjectName::Routine(routine) => Identity::Arguments(routine.arguments.as_ref()),
            ObjectName::Operator(operator) => Identity::Operands(Some(Operands::of(operator))),
            ObjectName::OfMethod { method, .. } => Identity::Method(*method),
            ObjectName::Cast { source, target } => Identity::Cast(source, target),
            ObjectName::Transform { ty, language } => Identity::Transform(ty, *language),
            ObjectName::LargeObject(number) => Identity::LargeObject(*number),
        };
        Self { identity, span: object.span, ..base }
    }

    /// The same, told from others by `identity`.
    pub(super) const fn told_by(self, identity: Identity<'t>) -> Self {
        Self { identity, ..self }
    }

    /// The same, in `place`.
    pub(super) const fn in_place(self, place: Place) -> Self {
        Self { place, ..self }
    }

    /// The name that decides in which schema it is: its own, or that of what it is a part of.
    pub fn placing_name(&self) -> Option<Name> {
        self.of.or(self.name)
    }

    /// What a sentence calls it: ``table `marketing.company` ``, ``trigger `t` of `marketing.company` ``.
    pub fn describe(&self, text: &str) -> String {
        let of = self.of.map(|of| format!(" of `{}`", of.display(text))).unwrap_or_default();
        let noun = self.kind.noun();
        match (self.name, self.identity) {
            (Some(name), _) => format!("{noun} `{}`{of}", name.display(text)),
            (None, Identity::Label(label)) => format!("{noun} {}{of}", &text[label]),
            (None, Identity::Type(ty)) => format!("{noun} `{}`", &text[ty.span]),
            (None, Identity::Cast(source, target)) => format!("{noun} from `{}` to `{}`", &text[source.span], &text[target.span]),
            (None, Identity::Transform(ty, language)) => format!("{noun} of `{}` for `{}`", &text[ty.span], language.value(text)),
            (None, Identity::LargeObject(number)) => format!("{noun} {}", &text[number]),
            (None, Identity::UserMapping(user, server)) => {
                format!("{noun} of `{}` at `{}`", &text[user.span()], server.value(text))
            }
            (None, Identity::Unnamed(Unnamed::Constraint(constraint))) => format!("{}{of}", constraint_phrase(text, &constraint.kind)),
            (None, Identity::Unnamed(Unnamed::Index(_))) => format!("{noun} without a name{}", of.replacen(" of ", " on ", 1)),
            (None, Identity::Unnamed(Unnamed::All)) => format!("every {noun}"),
            (None, _) => format!("{noun} without a name{of}"),
        }
    }

    /// What two writings of one object have in common; `None` for what has no name before PostgreSQL gives it one and which no rule of
    /// naming foretells.
    pub fn key(&self, text: &str) -> Option<Key> {
        let schema = match self.place {
            Place::Schema(schema) => Some(schema.value(text).into_owned()),
            Place::Temporary => Some("pg_temp".to_owned()),
            Place::Creation | Place::Lookup | Place::Unknown | Place::Nowhere => None,
        };
        let name = match (self.name, self.identity) {
            (Some(name), _) => name.object.value(text).into_owned(),
            (None, Identity::Label(label)) => literal::value(text, label).into_owned(),
            (None, Identity::LargeObject(number)) => text[number].to_owned(),
            (None, Identity::UserMapping(user, server)) => format!("{} {}", &text[user.span()], server.value(text)),
            (None, Identity::Cast(..) | Identity::Transform(..) | Identity::Type(_)) => String::new(),
            (None, Identity::Unnamed(unnamed)) => default_name(text, self.of?, unnamed)?,
            (None, _) => return None,
        };
        let signature = match self.identity {
            Identity::Arguments(arguments) => arguments.map(|arguments| Signature::of_arguments(text, arguments)),
            Identity::Operands(operands) => operands.map(|operands| Signature::of_types(text, [operands.left, operands.right])),
            Identity::Method(method) => Some(Signature::of_word(text, method)),
            Identity::Cast(source, target) => Some(Signature::of_types(text, [Some(source), Some(target)])),
            Identity::Transform(ty, language) => Some(Signature::of_types(text, [Some(ty)]).and(Signature::of_word(text, language))),
            Identity::Type(ty) if self.name.is_none() => Some(Signature::of_types(text, [Some(ty)])),
            _ => None,
        };
        // An index is created as its table's, and later on named without it.
        let of = self.of.filter(|_| !self.kind.is_relation()).map(|of| of.object.value(text).into_owned());
        Some(Key { class: Class::of(self.kind), schema, of, name, signature })
    }
}

/// The schema that `name` says, if it says one.
fn place_of(text: &str, name: Name, means: Means) -> Place {
    match name.schema {
        Some(schema) if schema.is(text, "pg_temp") => Place::Temporary,
        Some(schema) => Place::Schema(schema),
        None if means == Means::New => Place::Creation,
        None => Place::Lookup,
    }
}

/// An object in a form that can be compared: names as PostgreSQL stores them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    class: Class,
    /// The schema, if it is written.
    pub schema: Option<String>,
    /// The name of the relation, type or domain that it is a part of.
    pub of: Option<String>,
    /// Its own name.
    pub name: String,
    signature: Option<Signature>,
}

impl Key {
    /// Whether objects of `kind` have such keys.
    pub fn is_of(&self, kind: Kind) -> bool {
        self.class == Class::of(kind)
    }

    /// The same under another name.
    pub(super) fn called(self, name: &str) -> Self {
        Self { name: name.to_owned(), ..self }
    }

    /// The same in another schema.
    pub(super) fn in_schema(self, schema: &str) -> Self {
        Self { schema: Some(schema.to_owned()), ..self }
    }

    /// Whether `other` can be the same object: a schema, or the arguments of a routine, that one of them leaves out may be the other's.
    pub fn may_be(&self, other: &Key) -> bool {
        fn agree<T>(a: &Option<T>, b: &Option<T>, same: impl Fn(&T, &T) -> bool) -> bool {
            a.as_ref().zip(b.as_ref()).is_none_or(|(a, b)| same(a, b))
        }
        self.class == other.class
            && self.name == other.name
            && self.of == other.of
            && agree(&self.schema, &other.schema, |a, b| a == b)
            && agree(&self.signature, &other.signature, Signature::may_be)
    }
}

/// Kinds whose names are one set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Class {
    Relation,
    Routine,
    /// Types and domains.
    Type,
    Kind(Kind),
}

impl Class {
    fn of(kind: Kind) -> Class {
        match kind {
            kind if kind.is_relation() => Class::Relation,
            kind if kind.is_routine() => Class::Routine,
            Kind::Object(ObjectKind::Type | ObjectKind::Domain) => Class::Type,
            kind => Class::Kind(kind),
        }
    }
}

/// What a sentence calls a table's constraint: ``foreign key on `company_id` ``.
fn constraint_phrase(text: &str, kind: &TableConstraintKind) -> String {
    let (noun, columns): (&str, &[Ident]) = match kind {
        TableConstraintKind::Check(_) => ("check constraint", &[]),
        TableConstraintKind::NotNull(column) => ("not-null constraint", std::slice::from_ref(column)),
        TableConstraintKind::Unique(_, key) => ("unique constraint", &key.columns),
        TableConstraintKind::PrimaryKey(key) => ("primary key", &key.columns),
        TableConstraintKind::UniqueUsing(_) => ("unique constraint", &[]),
        TableConstraintKind::PrimaryKeyUsing(_) => ("primary key", &[]),
        TableConstraintKind::Exclude(_) => ("exclusion constraint", &[]),
        TableConstraintKind::ForeignKey(key) => ("foreign key", &key.columns),
    };
    if columns.is_empty() {
        return noun.to_owned();
    }
    let columns: Vec<_> = columns.iter().map(|column| column.value(text)).collect();
    format!("{noun} on `{}`", columns.join("`, `"))
}
