//! Objects of which little but their name and definition matters: operators and their classes, casts, statistics, publications, foreign
//! data, text search, languages and their kin.

mod cast;
mod family;
mod foreign;
mod mapping;
mod operator;
mod options;
mod publication;
mod server;
mod simple;
mod statistics;
mod subscription;
#[cfg(test)]
mod tests;
mod text_search;

use std::sync::Arc;

use super::Statement;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Definition, Options, TypeId, TypeUse};
use crate::catalog::object::{Body, Class, Name, Object};
use crate::catalog::run::Run;
use crate::catalog::{Dependency, Oid};
use crate::syntax::tree::{self, Defined, Ident, Node, Setting, SettingValue, TypeBase};
use crate::text::Span;

/// Applies a statement of this family.
pub(super) fn apply(run: &mut Run<'_>, statement: Statement<'_>) -> Result {
    let text = statement.text;
    match statement.node {
        Node::Define(define) => match &define.object {
            Defined::Operator { name } => operator::create(run, text, *name, define),
            Defined::Collation { guard, name, from } => simple::collation(run, text, *guard, *name, *from, define),
            Defined::TextSearch { kind, name } => text_search::create(run, text, *kind, *name, define),
            Defined::Aggregate { .. } => Err(Stop::unknown("this kind of statement is not replayed", None)),
        },
        Node::AlterOperator(alter) => operator::alter(run, text, alter),
        Node::CreateOperatorClass(create) => family::create_class(run, text, create),
        Node::CreateOperatorFamily(create) => family::create(run, text, create),
        Node::AlterOperatorFamily(alter) => family::alter(run, text, alter),
        Node::CreateCast(create) => cast::create(run, text, create),
        Node::CreateTransform(create) => cast::create_transform(run, text, create),
        Node::CreateConversion(create) => simple::conversion(run, text, create),
        Node::AlterCollation(alter) => simple::refresh(run, text, alter),
        Node::CreateAccessMethod(create) => simple::access_method(run, text, create),
        Node::CreateLanguage(create) => simple::language(run, text, create),
        Node::CreateStatistics(create) => statistics::create(run, statement, create),
        Node::AlterStatistics(alter) => statistics::alter(run, text, alter),
        Node::CreatePublication(create) => publication::create(run, text, create),
        Node::AlterPublication(alter) => publication::alter(run, text, alter),
        Node::CreateSubscription(create) => subscription::create(run, text, create),
        Node::AlterSubscription(alter) => subscription::alter(run, text, alter),
        Node::DropSubscription(drop) => subscription::drop(run, text, drop),
        Node::CreateForeignDataWrapper(create) => foreign::create_wrapper(run, text, create),
        Node::AlterForeignDataWrapper(alter) => foreign::alter_wrapper(run, text, alter),
        Node::CreateServer(create) => foreign::create_server(run, text, create),
        Node::AlterServer(alter) => foreign::alter_server(run, text, alter),
        Node::ImportForeignSchema(import) => foreign::import(run, text, import),
        Node::CreateUserMapping(create) => mapping::create(run, text, create),
        Node::AlterUserMapping(alter) => mapping::alter(run, text, alter),
        Node::DropUserMapping(drop) => mapping::drop(run, text, drop),
        Node::AlterTextSearchDictionary(alter) => text_search::alter_dictionary(run, text, alter),
        Node::AlterTextSearchConfiguration(alter) => text_search::alter_configuration(run, text, alter),
        Node::CreateTablespace(create) => server::create_tablespace(run, text, create),
        Node::AlterTablespace(alter) => server::alter_tablespace(run, text, alter),
        Node::DropTablespace(drop) => server::drop_tablespace(run, text, drop),
        Node::CreateDatabase(create) => server::create_database(run, text, create),
        Node::AlterDatabase(alter) => server::alter_database(run, text, alter),
        Node::DropDatabase(drop) => server::drop_database(run, text, drop),
        Node::AlterSystem(alter) => server::alter_system(run, text, alter),
        _ => Err(Stop::unknown("this kind of statement is not replayed", None)),
    }
}

/// What a written name is.
///
/// # Errors
/// Unknown if a tool fills it in.
fn value(text: &str, ident: Ident) -> Result<Name> {
    let value = ident.value(text);
    match ident.is_template(text) {
        true => Err(Stop::unknown(format!("`{value}` is filled in by the tool"), ident.span)),
        false => Ok(Name::from(&*value)),
    }
}

/// The object of a class that lives in no schema; one that no file makes is assumed.
///
/// # Errors
/// 42704 if there is none; `noun` is what PostgreSQL calls it.
fn whole(run: &mut Run<'_>, text: &str, class: Class, noun: &str, ident: Ident) -> Result<Oid> {
    let name = value(text, ident)?;
    match run.find_in(class, Oid::NONE, &name).map_err(|stop| stop.or_at(ident.span))? {
        Some(found) => Ok(found),
        None if run.may_assume_in(class, Oid::NONE, &name) => Ok(run.assume(class, Oid::NONE, &name, "42704", ident.span)),
        None => Err(Stop::fails("42704", format!("{noun} \"{name}\" does not exist"), ident.span)),
    }
}

/// Whether an object of a class lives in no schema under this name.
fn is_there(run: &mut Run<'_>, class: Class, name: &str, span: Span) -> Result<bool> {
    Ok(run.find_in(class, Oid::NONE, name).map_err(|stop| stop.or_at(span))?.is_some())
}

/// Adds an object of which nothing but its options matters.
fn add(run: &mut Run<'_>, class: Class, name: &str, schema: Option<Oid>, options: Options) -> Oid {
    add_body(run, name, schema, Body::Other(class, Arc::new(Definition { options })))
}

/// Adds an object, owned by whoever runs the statement.
fn add_body(run: &mut Run<'_>, name: &str, schema: Option<Oid>, body: Body) -> Oid {
    let owner = run.session.settings.role.clone().filter(|role| *role != run.world.user);
    run.catalog.settle(body.class(), name);
    let oid = run.catalog.add(Object { owner, schema, ..Object::new(name, body, run.origin) });
    if let Some(schema) = schema {
        run.catalog.link(oid, schema, Dependency::Normal);
    }
    oid
}

/// Changes the options of an object that has nothing else.
fn edit(run: &mut Run<'_>, oid: Oid, change: impl FnOnce(&mut Options)) {
    run.catalog.update(oid, |object| match &mut object.body {
        Body::Other(_, definition) | Body::Subscription(definition) => change(&mut Arc::make_mut(definition).options),
        _ => {}
    });
}

/// The options of an object that has nothing else.
fn options_of(run: &Run<'_>, oid: Oid) -> Options {
    match run.catalog.get(oid).map(|object| &object.body) {
        Some(Body::Other(_, definition) | Body::Subscription(definition)) => definition.options.clone(),
        _ => Options::new(),
    }
}

/// Notes that an object depends on a type, if that is one of the catalog.
fn link_type(run: &mut Run<'_>, oid: Oid, ty: &TypeUse) {
    if let TypeId::User(ty) = ty.id {
        run.catalog.link(oid, ty, Dependency::Normal);
    }
}

/// Notes that an object depends on a function, if that is one of the catalog.
fn link_function(run: &mut Run<'_>, oid: Oid, function: Option<Oid>) {
    if let Some(function) = function {
        run.catalog.link(oid, function, Dependency::Normal);
    }
}

/// A function as a definition keeps it: with the schema that it is in, where it is one of the catalog.
fn function_text(run: &Run<'_>, text: &str, name: tree::Name, function: Option<Oid>) -> Arc<str> {
    match function {
        Some(oid) => crate::catalog::describe::qualified(&run.catalog, oid).into(),
        None => name.object.value(text).into(),
    }
}

/// The name that an option gives, if it is one.
fn named_by(setting: &Setting) -> Option<tree::Name> {
    match setting.value.as_ref()? {
        SettingValue::Type(ty) => Some(match ty.base {
            TypeBase::Named(name) => name,
            TypeBase::BuiltIn(span, _) => tree::Name::unqualified(Ident { span }),
        }),
        SettingValue::Word(span) => Some(tree::Name::unqualified(Ident { span: *span })),
        _ => None,
    }
}
