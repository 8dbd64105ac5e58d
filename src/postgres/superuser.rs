//! What only a superuser may do: not whoever owns the database and may create roles.
//!
//! Each was asked of a server of version 15 as such a role: SQLSTATE 42501. Some of it a role of PostgreSQL's own may do as well. What is
//! only a superuser's because the thing is (its owner is one) is told where it can be nobody else's.

use std::borrow::Cow;

use super::facts::{self, RelationKind, SettingContext};
use crate::syntax::Version;
use crate::syntax::lexer::{Mode, TokenKind, lex};
use crate::syntax::literal;
use crate::syntax::tree::{
    CastMethod, Copy, CopyDirection, CopyEndpoint, DatabaseAction, Defined, ExtensionAction, FunctionOption, FunctionOptionKind,
    GrantTarget, Name, Node, ObjectKind, ObjectRef, PublicationAction, PublicationObject, PublicationScope, RoleAttribute, RoleChange,
    RoleOption, RoleOptionKind, SessionAction, TextSearchKind, TypeDefinition, VariableChange, VariableSetting, WordOrString,
};
use crate::text::Span;

/// Something that only a superuser may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Privileged {
    /// Where it is written.
    pub span: Span,
    /// What it is: "create a base type".
    pub deed: Cow<'static, str>,
    /// Who may do it as well.
    pub also: Option<&'static str>,
    /// The extension that has to be created for it: where that is there already, nothing needs to be done.
    pub extension: Option<String>,
    /// Whether it is known, and not only likely.
    pub known: bool,
}

/// What in `node`, a statement of `text`, only a superuser may do on a server of this version.
pub fn superuser_only(text: &str, node: &Node, target: Version) -> Option<Privileged> {
    let at = |span: Span, deed: &'static str| Some(Privileged { span, deed: deed.into(), also: None, extension: None, known: true });
    match node {
        Node::CreateExtension(create) => of_extension(create.span, &create.name.value(text), create.cascade().is_some(), target),
        Node::AlterExtension(alter) if matches!(alter.action, ExtensionAction::Update(_)) => {
            let found = of_extension(alter.span, &alter.name.value(text), false, target)?;
            Some(Privileged { deed: found.deed.replacen("create", "update", 1).into(), extension: None, ..found })
        }
        Node::CreateLanguage(create) if create.handlers.is_some() => at(create.span, "create a language"),
        Node::CreateLanguage(create) => of_extension(create.span, &create.name.value(text), false, target),
        Node::AlterSystem(alter) => {
            let also =
                (target.major() >= 15 && alter.setting.change.variable().is_some()).then_some("whoever is granted ALTER SYSTEM on it");
            Some(Privileged { also, ..at(alter.span, "change the settings of the server")? })
        }
        Node::Copy(copy) => of_copy(copy),
        Node::CreateRole(create) => of_role(&create.options, false),
        Node::AlterRole(alter) => match &alter.change {
            RoleChange::Options(options) => of_role(options, true),
            _ => None,
        },
        Node::AlterRoleSet(alter) if alter.role.is_none() && alter.database.is_none() => at(alter.span, "set a variable for all roles"),
        Node::AlterRoleSet(alter) => of_setting(text, &alter.setting, target),
        Node::AlterDatabase(alter) => match &alter.action {
            DatabaseAction::Variable(setting) => of_setting(text, setting, target),
            _ => None,
        },
        Node::SetVariable(set) => match &set.action {
            SessionAction::Change(_, setting) => of_session_user(text, setting).or_else(|| of_setting(text, setting, target)),
            _ => None,
        },
        Node::CreateEventTrigger(create) => at(create.span, "create an event trigger"),
        Node::AlterEventTrigger(alter) => at(alter.span, "change an event trigger"),
        Node::Drop(drop) => of_kind(drop.span, drop.kind, "drop").or_else(|| {
            let name = drop.objects.iter().filter(|_| drop.kind == ObjectKind::Table).find_map(ObjectRef::name);
            of_catalog(text, name, target)
        }),
        Node::Rename(rename) => of_kind(rename.span, rename.object.kind, "rename"),
        Node::SetOwner(set) => of_kind(set.span, set.object.kind, "give away"),
        Node::SetSchema(set) => of_kind(set.span, set.object.kind, "move"),
        Node::CommentOn(comment) => of_kind(comment.span, comment.object.kind, "describe"),
        Node::Load(load) if !literal::value(text, load.file).starts_with("$libdir/plugins/") => at(load.span, "load a library"),
        Node::Select(select) => sets_by_call(text, select.span, target).or_else(|| of_catalog(text, select.writes.iter().copied(), target)),
        Node::Insert(insert) => of_catalog(text, insert.writes.iter().copied(), target),
        Node::Update(update) => of_catalog(text, update.writes.iter().copied(), target),
        Node::Delete(delete) => of_catalog(text, delete.writes.iter().copied(), target),
        Node::Merge(merge) => of_catalog(text, merge.writes.iter().copied(), target),
        Node::Truncate(truncate) => of_catalog(text, truncate.relations.iter().map(|relation| relation.name), target),
        Node::AlterTable(alter) => of_catalog(text, [alter.relation.name], target),
        Node::CreateIndex(create) => of_catalog(text, [create.table.name], target),
        Node::CreateFunction(create) => {
            let language = create.language().and_then(|language| of_language(text, language, target));
            language.or_else(|| of_options(text, &create.options, target))
        }
        Node::AlterFunction(alter) => of_options(text, &alter.options, target),
        Node::CreateSubscription(create) => {
            let also = (target.major() >= 16).then_some("a member of `pg_create_subscription`");
            Some(Privileged { also, ..at(create.span, "create a subscription")? })
        }
        Node::CreatePublication(create) => match &create.scope {
            Some(PublicationScope::AllTables(span)) => at(*span, "publish all tables"),
            Some(PublicationScope::Objects(objects)) => at(schema_in(objects)?, "publish the tables of a schema"),
            None => None,
        },
        Node::AlterPublication(alter) => match &alter.action {
            PublicationAction::Add(objects) | PublicationAction::Set(objects) => at(schema_in(objects)?, "publish the tables of a schema"),
            _ => None,
        },
        Node::CreateCast(create) => match create.method {
            CastMethod::Binary(span) => at(span, "create a cast without a function"),
            _ => None,
        },
        Node::CreateTablespace(create) => at(create.span, "create a tablespace"),
        Node::CreateType(create) if matches!(create.definition, TypeDefinition::Base(_) | TypeDefinition::Shell) => {
            at(create.span, "create a base type")
        }
        Node::CreateOperatorClass(create) => at(create.span, "create an operator class"),
        Node::CreateOperatorFamily(create) => at(create.span, "create an operator family"),
        Node::AlterOperatorFamily(alter) => at(alter.span, "change an operator family"),
        Node::CreateAccessMethod(create) => at(create.span, "create an access method"),
        Node::CreateForeignDataWrapper(create) => at(create.span, "create a foreign-data wrapper"),
        Node::AlterForeignDataWrapper(alter) => at(alter.span, "change a foreign-data wrapper"),
        Node::Define(define) => match &define.object {
            Defined::TextSearch { kind: TextSearchKind::Parser | TextSearchKind::Template, .. } => {
                at(define.span, "create a parser or a template for text search")
            }
            _ => None,
        },
        Node::Checkpoint(checkpoint) => {
            let also = (target.major() >= 15).then_some("a member of `pg_checkpoint`");
            Some(Privileged { also, ..at(checkpoint.span, "force a checkpoint")? })
        }
        Node::Grant(grant) => match &grant.target {
            GrantTarget::Objects(ObjectKind::Parameter, _) => {
                let also = Some("whoever is granted them WITH GRANT OPTION");
                Some(Privileged { also, ..at(grant.span, "grant rights on a parameter")? })
            }
            _ => None,
        },
        _ => None,
    }
}

/// The extension, or one that CASCADE brings with it, if it is not trusted.
fn of_extension(span: Span, name: &str, cascades: bool, target: Version) -> Option<Privileged> {
    let found = |known: bool| {
        let deed = format!("create extension `{name}`").into();
        Some(Privileged { span, deed, also: None, extension: Some(name.to_owned()), known })
    };
    let Some(extension) = facts::extension(name).filter(|extension| extension.members().is_some()) else { return found(false) };
    if extension.needs_superuser(target) && !extension.is_trusted(target) {
        return found(true);
    }
    let required = extension.requires(target).filter(|_| cascades);
    required.into_iter().find_map(|required| of_extension(span, required, true, target))
}

fn of_copy(copy: &Copy) -> Option<Privileged> {
    let (span, deed, also) = match (copy.endpoint, copy.direction) {
        (CopyEndpoint::File(span), CopyDirection::From(_)) => (span, "read a file of the server", "a member of `pg_read_server_files`"),
        (CopyEndpoint::File(span), CopyDirection::To(_)) => (span, "write a file of the server", "a member of `pg_write_server_files`"),
        (CopyEndpoint::Program(span), _) => (span, "run a program on the server", "a member of `pg_execute_server_program`"),
        (CopyEndpoint::Client(_), _) => return None,
    };
    Some(Privileged { span, deed: deed.into(), also: Some(also), extension: None, known: true })
}

/// Giving one of these attributes, and of a role that is there taking it as well.
fn of_role(options: &[RoleOption], is_there: bool) -> Option<Privileged> {
    options.iter().find_map(|option| {
        let attribute = match option.kind {
            RoleOptionKind::With(attribute) => attribute,
            RoleOptionKind::Without(attribute) if is_there => attribute,
            _ => return None,
        };
        let deed = match attribute {
            RoleAttribute::Superuser => "make a role a superuser, or none",
            RoleAttribute::Replication => "let a role replicate, or not",
            RoleAttribute::BypassRls => "let a role pass by row level security, or not",
            _ => return None,
        };
        Some(Privileged { span: option.span, deed: deed.into(), also: None, extension: None, known: true })
    })
}

fn of_setting(text: &str, setting: &VariableSetting, target: Version) -> Option<Privileged> {
    let name = setting.change.variable()?.value(text);
    of_variable(&name, setting.span, target)
}

fn of_variable(name: &str, span: Span, target: Version) -> Option<Privileged> {
    let fact = facts::setting(name, target).filter(|fact| fact.context == SettingContext::Superuser)?;
    let also = (target.major() >= 15).then_some("whoever is granted SET on it");
    Some(Privileged { span, deed: format!("set `{}`", fact.name).into(), also, extension: None, known: true })
}

/// Another user for the session; the one that it began with is always allowed.
fn of_session_user(text: &str, setting: &VariableSetting) -> Option<Privileged> {
    let VariableChange::Values(name, _) = &setting.change else { return None };
    let deed = "take on another user for the session".into();
    (name.value(text) == "session_authorization").then_some(Privileged {
        span: setting.span,
        deed,
        also: None,
        extension: None,
        known: true,
    })
}

/// `set_config('session_replication_role', …)`
fn sets_by_call(text: &str, span: Span, target: Version) -> Option<Privileged> {
    if !text[span].to_ascii_lowercase().contains("set_config") {
        return None;
    }
    let tokens = lex(text, span, Mode::Body).tokens;
    tokens.windows(3).find_map(|call| {
        let is_call = text[call[0].span].eq_ignore_ascii_case("set_config") && call[1].kind == TokenKind::LeftParen;
        let name = literal::value(text, call[2].span).to_ascii_lowercase();
        if is_call { of_variable(&name, call[0].span.to(call[2].span), target) } else { None }
    })
}

/// What only a superuser can own, or may make and drop.
fn of_kind(span: Span, kind: ObjectKind, verb: &str) -> Option<Privileged> {
    let what = match kind {
        ObjectKind::EventTrigger => "an event trigger",
        ObjectKind::AccessMethod => "an access method",
        ObjectKind::TextSearchParser | ObjectKind::TextSearchTemplate => "a parser or a template for text search",
        _ => return None,
    };
    Some(Privileged { span, deed: format!("{verb} {what}").into(), also: None, extension: None, known: true })
}

/// A change of a system catalog, or of what is in it.
fn of_catalog(text: &str, names: impl IntoIterator<Item = Name>, target: Version) -> Option<Privileged> {
    let is_catalog = |name: &Name| {
        let object = name.object.value(text);
        let is_there = || facts::system().relation(&object, target).is_some_and(|fact| fact.kind == RelationKind::Table);
        object.starts_with("pg_") && name.schema.is_none_or(|schema| schema.is(text, "pg_catalog")) && is_there()
    };
    let name = names.into_iter().find(is_catalog)?;
    Some(Privileged { span: name.span(), deed: "change a system catalog".into(), also: None, extension: None, known: true })
}

/// A function in a language that is not trusted.
fn of_language(text: &str, language: WordOrString, target: Version) -> Option<Privileged> {
    let (span, name) = match language {
        WordOrString::Word(word) => (word.span, word.value(text)),
        WordOrString::String(span) => (span, literal::value(text, span)),
    };
    let name = name.to_ascii_lowercase();
    let is_untrusted = || facts::extension(&name).is_some_and(|known| known.needs_superuser(target) && !known.is_trusted(target));
    let deed = format!("create a function in `{name}`");
    (["c", "internal"].contains(&&*name) || is_untrusted()).then(|| Privileged {
        span,
        deed: deed.into(),
        also: None,
        extension: None,
        known: true,
    })
}

fn of_options(text: &str, options: &[FunctionOption], target: Version) -> Option<Privileged> {
    options.iter().find_map(|option| {
        let deed = match &option.kind {
            FunctionOptionKind::Leakproof => "call a function leakproof",
            FunctionOptionKind::Support(_) => "give a function a support function",
            FunctionOptionKind::Variable(setting) => return of_setting(text, setting, target),
            _ => return None,
        };
        Some(Privileged { span: option.span, deed: deed.into(), also: None, extension: None, known: true })
    })
}

fn schema_in(objects: &[PublicationObject]) -> Option<Span> {
    objects.iter().find_map(|object| match object {
        PublicationObject::Schema(schema) => Some(schema.span),
        PublicationObject::CurrentSchema(span) => Some(*span),
        PublicationObject::Table(_) => None,
    })
}

/// Whether a view can read with the rights of whoever asks it (PostgreSQL 15, release notes, E.1.3.1.1).
pub const fn views_have_invokers(version: Version) -> bool {
    version.major() >= 15
}
