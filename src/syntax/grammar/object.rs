//! References to objects: the words for a kind, and what tells one object of the kind from the others.
//!
//! Which kinds a statement takes differs from one statement to the next; what a reference to an object of a kind looks like does not.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{Ident, Name, ObjectKind, ObjectName, ObjectRef};

use super::parser::{Parse, Parser};
use super::{argument, name, type_name};

/// A kind and an object of that kind, as COMMENT ON takes them: every kind that there is.
pub(super) fn reference(p: &mut Parser) -> Parse<ObjectRef> {
    match kind(p) {
        Some(kind) => object(p, kind),
        None => Err(p.unexpected("a kind of object, such as `TABLE` or `COLUMN`")),
    }
}

/// A kind and an object of that kind, if the kind is `allowed`; `otherwise` says what such an object can't do.
pub(super) fn reference_where(p: &mut Parser, otherwise: &str, allowed: impl Fn(ObjectKind) -> bool) -> Parse<ObjectRef> {
    let before = p.mark();
    match kind(p) {
        Some(kind) if !allowed(kind) => {
            p.rewind(before);
            Err(p.error(format!("`{}` {otherwise}", kind.sql())))
        }
        _ => {
            p.rewind(before);
            reference(p)
        }
    }
}

/// Whether `USER MAPPING FOR` comes next, and not a user called "mapping".
pub(super) fn at_user_mapping(p: &Parser) -> bool {
    p.at_kws(&[Keyword::User, Keyword::Mapping]) && matches!(p.nth(2), TokenKind::Keyword(Keyword::For | Keyword::If))
}

/// Takes the words for a kind of object, if they come next.
pub(super) fn kind(p: &mut Parser) -> Option<ObjectKind> {
    // In `OPERATOR class.=` the word is a schema.
    let in_schema = matches!(p.nth(1), TokenKind::Keyword(Keyword::Class | Keyword::Family)) && p.nth(2) == TokenKind::Dot;
    let (words, kind) = KINDS.iter().find(|(words, _)| p.at_kws(words) && !(in_schema && words.len() > 1))?;
    p.eat_kws(words);
    Some(*kind)
}

/// An object of a kind whose words were taken.
pub(super) fn object(p: &mut Parser, kind: ObjectKind) -> Parse<ObjectRef> {
    let start = p.start();
    let (kind, name) = match kind {
        ObjectKind::TableConstraint => constraint(p)?,
        _ => (kind, object_name(p, kind)?),
    };
    Ok(ObjectRef { span: p.since(start), kind, name })
}

fn object_name(p: &mut Parser, kind: ObjectKind) -> Parse<ObjectName> {
    use ObjectKind::*;
    match kind {
        Collation
        | Conversion
        | ForeignTable
        | Index
        | MaterializedView
        | Sequence
        | Statistics
        | Table
        | TextSearchConfiguration
        | TextSearchDictionary
        | TextSearchParser
        | TextSearchTemplate
        | View => name::name(p, &name_of(kind)).map(ObjectName::Named),
        AccessMethod | Database | EventTrigger | Extension | ForeignDataWrapper | Language | Publication | Role | Schema | Server
        | Subscription | Tablespace => own_name(p, kind).map(Name::unqualified).map(ObjectName::Named),
        Parameter => parameter(p),
        Domain | Type => type_name::type_name(p).map(|ty| ObjectName::Type(Box::new(ty))),
        Function | Procedure | Routine => argument::routine(p).map(ObjectName::Routine),
        Aggregate => argument::aggregate(p).map(ObjectName::Routine),
        Operator => argument::operator(p).map(|operator| ObjectName::Operator(Box::new(operator))),
        OperatorClass | OperatorFamily => of_method(p, kind),
        Policy | Rule | Trigger | TableConstraint | DomainConstraint => member(p, kind),
        Column => column(p),
        Cast => cast(p),
        Transform => transform(p),
        LargeObject => name::number(p, "the number of a large object").map(ObjectName::LargeObject),
    }
}

/// An object whose name alone says which it is, also where that could be written as a type.
pub(super) fn named(p: &mut Parser, kind: ObjectKind) -> Parse<ObjectRef> {
    let name = name::name(p, &name_of(kind))?;
    Ok(ObjectRef { span: name.span(), kind, name: ObjectName::Named(name) })
}

/// The name of an object that is named without a schema.
pub(super) fn own_name(p: &mut Parser, kind: ObjectKind) -> Parse<Ident> {
    let what = name_of(kind);
    let name = name::column_name(p, &what)?;
    match p.kind() {
        TokenKind::Dot => Err(p.error(format!("{what} has one part"))),
        _ => Ok(name),
    }
}

/// `app.setting`.
fn parameter(p: &mut Parser) -> Parse<ObjectName> {
    let mut name = None;
    loop {
        let part = name::column_name(p, &name_of(ObjectKind::Parameter))?;
        let longer = name::append(p, name, part)?;
        if p.eat(TokenKind::Dot).is_none() {
            return Ok(ObjectName::Named(longer));
        }
        name = Some(longer);
    }
}

/// `name ON table`.
fn member(p: &mut Parser, kind: ObjectKind) -> Parse<ObjectName> {
    let name = own_name(p, kind)?;
    if p.eat_kw(Keyword::On).is_none() {
        let help = format!("{} is named with its table: `{} name ON table`", noun(kind), kind.sql());
        return Err(p.unexpected("`ON`").help(help));
    }
    Ok(ObjectName::Member { name, of: Some(name::name(p, "a table name")?) })
}

/// `name ON table` or `name ON DOMAIN domain`.
fn constraint(p: &mut Parser) -> Parse<(ObjectKind, ObjectName)> {
    let of_domain = p.nth(1) == TokenKind::Keyword(Keyword::On) && p.nth(2) == TokenKind::Keyword(Keyword::Domain);
    // In `ON domain IS`, `ON domain.t IS` the word is a name.
    if !of_domain || matches!(p.nth(3), TokenKind::Dot | TokenKind::Keyword(Keyword::Is)) {
        return Ok((ObjectKind::TableConstraint, member(p, ObjectKind::TableConstraint)?));
    }
    let name = name::column_name(p, &name_of(ObjectKind::DomainConstraint))?;
    p.expect_kws(&[Keyword::On, Keyword::Domain])?;
    Ok((ObjectKind::DomainConstraint, ObjectName::Member { name, of: Some(name::name(p, &name_of(ObjectKind::Domain))?) }))
}

/// `database.schema.table.column`; all but the last part may be missing.
fn column(p: &mut Parser) -> Parse<ObjectName> {
    let mut of = None;
    let mut name = name::column_name(p, &name_of(ObjectKind::Column))?;
    while p.eat(TokenKind::Dot).is_some() {
        of = Some(name::append(p, of, name)?);
        name = name::label(p, &name_of(ObjectKind::Column))?;
    }
    Ok(ObjectName::Member { name, of })
}

/// `name USING method`.
fn of_method(p: &mut Parser, kind: ObjectKind) -> Parse<ObjectName> {
    let name = name::name(p, &name_of(kind))?;
    p.expect_kw(Keyword::Using)?;
    Ok(ObjectName::OfMethod { name, method: name::column_name(p, &name_of(ObjectKind::AccessMethod))? })
}

/// `(type AS type)`.
fn cast(p: &mut Parser) -> Parse<ObjectName> {
    p.left_paren()?;
    let source = Box::new(type_name::type_name(p)?);
    p.expect_kw(Keyword::As)?;
    let target = Box::new(type_name::type_name(p)?);
    p.right_paren()?;
    Ok(ObjectName::Cast { source, target })
}

/// `FOR type LANGUAGE language`.
fn transform(p: &mut Parser) -> Parse<ObjectName> {
    p.expect_kw(Keyword::For)?;
    let ty = Box::new(type_name::type_name(p)?);
    p.expect_kw(Keyword::Language)?;
    Ok(ObjectName::Transform { ty, language: name::column_name(p, &name_of(ObjectKind::Language))? })
}

/// The words for each kind; where one begins with another, the longer comes first.
const KINDS: &[(&[Keyword], ObjectKind)] = &[
    (&[Keyword::Table], ObjectKind::Table),
    (&[Keyword::Column], ObjectKind::Column),
    (&[Keyword::Index], ObjectKind::Index),
    (&[Keyword::Type], ObjectKind::Type),
    (&[Keyword::Function], ObjectKind::Function),
    (&[Keyword::Trigger], ObjectKind::Trigger),
    (&[Keyword::Policy], ObjectKind::Policy),
    (&[Keyword::Constraint], ObjectKind::TableConstraint),
    (&[Keyword::View], ObjectKind::View),
    (&[Keyword::Materialized, Keyword::View], ObjectKind::MaterializedView),
    (&[Keyword::Sequence], ObjectKind::Sequence),
    (&[Keyword::Schema], ObjectKind::Schema),
    (&[Keyword::Extension], ObjectKind::Extension),
    (&[Keyword::Domain], ObjectKind::Domain),
    (&[Keyword::Procedure], ObjectKind::Procedure),
    (&[Keyword::Routine], ObjectKind::Routine),
    (&[Keyword::Aggregate], ObjectKind::Aggregate),
    (&[Keyword::Rule], ObjectKind::Rule),
    (&[Keyword::Role], ObjectKind::Role),
    (&[Keyword::Database], ObjectKind::Database),
    (&[Keyword::Tablespace], ObjectKind::Tablespace),
    (&[Keyword::Event, Keyword::Trigger], ObjectKind::EventTrigger),
    (&[Keyword::Foreign, Keyword::Table], ObjectKind::ForeignTable),
    (&[Keyword::Foreign, Keyword::Data, Keyword::Wrapper], ObjectKind::ForeignDataWrapper),
    (&[Keyword::Server], ObjectKind::Server),
    (&[Keyword::Publication], ObjectKind::Publication),
    (&[Keyword::Subscription], ObjectKind::Subscription),
    (&[Keyword::Statistics], ObjectKind::Statistics),
    (&[Keyword::Collation], ObjectKind::Collation),
    (&[Keyword::Conversion], ObjectKind::Conversion),
    (&[Keyword::Operator, Keyword::Class], ObjectKind::OperatorClass),
    (&[Keyword::Operator, Keyword::Family], ObjectKind::OperatorFamily),
    (&[Keyword::Operator], ObjectKind::Operator),
    (&[Keyword::Cast], ObjectKind::Cast),
    (&[Keyword::Transform], ObjectKind::Transform),
    (&[Keyword::Language], ObjectKind::Language),
    (&[Keyword::Procedural, Keyword::Language], ObjectKind::Language),
    (&[Keyword::Access, Keyword::Method], ObjectKind::AccessMethod),
    (&[Keyword::Large, Keyword::Object], ObjectKind::LargeObject),
    (&[Keyword::Text, Keyword::Search, Keyword::Configuration], ObjectKind::TextSearchConfiguration),
    (&[Keyword::Text, Keyword::Search, Keyword::Dictionary], ObjectKind::TextSearchDictionary),
    (&[Keyword::Text, Keyword::Search, Keyword::Parser], ObjectKind::TextSearchParser),
    (&[Keyword::Text, Keyword::Search, Keyword::Template], ObjectKind::TextSearchTemplate),
];

/// What a message calls such an object: `a trigger`.
pub(super) fn noun(kind: ObjectKind) -> String {
    let words = match kind {
        ObjectKind::Statistics => "statistics object".to_owned(),
        kind => kind.sql().to_lowercase(),
    };
    let article = if words.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {words}")
}

/// What a message calls the place of such an object's name.
pub(super) fn name_of(kind: ObjectKind) -> String {
    format!("the name of {}", noun(kind))
}
