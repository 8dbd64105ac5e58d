//! Collations, conversions, access methods, languages.

use super::{add, function_text, link_function, value};
use crate::catalog::apply::schema::{Request, create_extension};
use crate::catalog::apply::storage::setting_text;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Options, TypeUse};
use crate::catalog::object::{Body, Class};
use crate::catalog::reference::{self, Found};
use crate::catalog::run::Run;
use crate::catalog::{Oid, types};
use crate::postgres::facts::{self, NameKind};
use crate::syntax::literal;
use crate::syntax::tree::{
    AccessMethodKind, AlterCollation, CreateAccessMethod, CreateConversion, CreateLanguage, Define, Guard, Name, ObjectKind, ObjectName,
    ObjectRef,
};
use crate::text::Span;

/// CREATE COLLATION (`DefineCollation`).
pub(super) fn collation(run: &mut Run<'_>, text: &str, guard: Guard, name: Name, from: Option<Name>, define: &Define) -> Result {
    const KNOWN: [&str; 8] = ["from", "locale", "lc_collate", "lc_ctype", "provider", "deterministic", "rules", "version"];
    let schema = run.schema_for(text, name)?;
    let span = define.span;
    let mut options = Options::new();
    for setting in &define.options {
        let key = setting.name.value(text).to_ascii_lowercase();
        if !KNOWN.contains(&&*key) {
            return Err(Stop::fails("42601", format!("collation attribute \"{key}\" not recognized"), setting.span));
        }
        let said = setting.value.as_ref().map(|value| setting_text(text, value)).unwrap_or_else(|| "true".into());
        if options.insert(key.into(), said).is_some() {
            return Err(Stop::fails("42601", "conflicting or redundant options", setting.span));
        }
    }
    if options.contains_key("locale") && (options.contains_key("lc_collate") || options.contains_key("lc_ctype")) {
        return Err(Stop::fails("42601", "conflicting or redundant options", span));
    }
    if let Some(from) = from {
        copied(run, text, from, &mut options)?;
    } else {
        check(run, &mut options, span)?;
    }
    let own = value(text, name.object)?;
    if run.find_in(Class::Collation, schema, &own).map_err(|stop| stop.or_at(name.span()))?.is_some() {
        return match guard.is_written() {
            true => Ok(()),
            false => Err(Stop::fails("42710", format!("collation \"{own}\" for encoding \"UTF8\" already exists"), name.span())),
        };
    }
    add(run, Class::Collation, &own, Some(schema), options);
    Ok(())
}

fn copied(run: &mut Run<'_>, text: &str, from: Name, options: &mut Options) -> Result {
    if let Some(oid) = run.find(Class::Collation, text, from)? {
        *options = super::options_of(run, oid);
        return Ok(());
    }
    let name = from.object.value(text);
    if facts::system().has(NameKind::Collation, &name, run.world.target) {
        options.insert("locale".into(), name.into());
        return Ok(());
    }
    // Those of the operating system and of ICU are not known.
    run.condition("42704", format!("unless the server has a collation \"{name}\""), from.span());
    options.insert("from".into(), name.into());
    Ok(())
}

/// Says what a collation is, where nothing is wrong with it.
fn check(run: &mut Run<'_>, options: &mut Options, span: Span) -> Result {
    let provider = options.remove("provider").unwrap_or_else(|| "libc".into()).to_ascii_lowercase();
    let needs = |parameter: &str| Stop::fails("42P17", format!("parameter \"{parameter}\" must be specified"), span);
    let is_nondeterministic = matches!(options.remove("deterministic").as_deref(), Some("false" | "off" | "no" | "0"));
    match provider.as_str() {
        "libc" => {
            if let Some(locale) = options.remove("locale") {
                options.insert("lc_collate".into(), locale.clone());
                options.insert("lc_ctype".into(), locale);
            }
            let collate = options.get("lc_collate").cloned().ok_or_else(|| needs("lc_collate"))?;
            let ctype = options.get("lc_ctype").cloned().ok_or_else(|| needs("lc_ctype"))?;
            if is_nondeterministic {
                return Err(Stop::fails("0A000", "nondeterministic collations not supported with this provider", span));
            }
            for locale in [collate, ctype] {
                if !matches!(&*locale, "C" | "POSIX") {
                    run.condition("22023", format!("unless the server's operating system has the locale {locale}"), span);
                }
            }
        }
        "icu" => {
            if !options.contains_key("locale") {
                return Err(needs("locale"));
            }
            run.condition("0A000", "unless the server was built with ICU", span);
        }
        "builtin" if run.world.target.major() >= 17 => {
            let locale = options.get("locale").cloned().ok_or_else(|| needs("locale"))?;
            let known = matches!(&*locale, "C" | "C.UTF-8" | "C.UTF8") || &*locale == "PG_UNICODE_FAST" && run.world.target.major() >= 18;
            if !known {
                let message = format!("invalid locale name \"{locale}\" for builtin provider");
                return Err(Stop::fails("42809", message, span));
            }
        }
        other => return Err(Stop::fails("42P17", format!("unrecognized collation provider: {other}"), span)),
    }
    if is_nondeterministic {
        options.insert("deterministic".into(), "false".into());
    }
    options.remove("version");
    if provider != "libc" {
        options.insert("provider".into(), provider.into());
    }
    Ok(())
}

/// ALTER COLLATION … REFRESH VERSION changes nothing that is kept.
pub(super) fn refresh(run: &mut Run<'_>, text: &str, alter: &AlterCollation) -> Result {
    let object = ObjectRef { span: alter.name.span(), kind: ObjectKind::Collation, name: ObjectName::Named(alter.name) };
    reference::expect(run, text, &object).map(|_| ())
}

pub(super) fn conversion(run: &mut Run<'_>, text: &str, create: &CreateConversion) -> Result {
    let schema = run.schema_for(text, create.name)?;
    let name = value(text, create.name.object)?;
    let (source, target) = (literal::value(text, create.source), literal::value(text, create.target));
    for (encoding, what, span) in [(&source, "source", create.source), (&target, "destination", create.target)] {
        if !is_encoding(encoding) {
            return Err(Stop::fails("42704", format!("{what} encoding \"{encoding}\" does not exist"), span));
        }
    }
    let mut inputs: Vec<TypeUse> = ["int4", "int4", "cstring", "internal", "int4"].map(TypeUse::built_in).to_vec();
    // Since PostgreSQL 14 it is told whether it may fail.
    if run.world.target.major() >= 14 {
        inputs.push(TypeUse::built_in("bool"));
    }
    let function = reference::function_taking(run, text, create.function, &inputs)?;
    if run.find_in(Class::Conversion, schema, &name).map_err(|stop| stop.or_at(create.name.span()))?.is_some() {
        return Err(Stop::fails("42710", format!("conversion \"{name}\" already exists"), create.name.span()));
    }
    let mut options = Options::new();
    options.insert("source".into(), source.to_ascii_uppercase().into());
    options.insert("target".into(), target.to_ascii_uppercase().into());
    options.insert("function".into(), function_text(run, text, create.function, function));
    if create.default.is_some() {
        options.insert("default".into(), "true".into());
    }
    let oid = add(run, Class::Conversion, &name, Some(schema), options);
    link_function(run, oid, function);
    Ok(())
}

/// Whether PostgreSQL knows an encoding (manual, table 24.3); how it is written, in letters and digits alone, does not matter.
pub(super) fn is_encoding(name: &str) -> bool {
    const KNOWN: &[&str] = &[
        "abc",
        "alt",
        "big5",
        "euccn",
        "eucjis2004",
        "eucjp",
        "euckr",
        "euctw",
        "gb18030",
        "gbk",
        "iso88591",
        "iso885910",
        "iso885913",
        "iso885914",
        "iso885915",
        "iso885916",
        "iso88592",
        "iso88593",
        "iso88594",
        "iso88595",
        "iso88596",
        "iso88597",
        "iso88598",
        "iso88599",
        "johab",
        "koi8",
        "koi8r",
        "koi8u",
        "latin1",
        "latin10",
        "latin2",
        "latin3",
        "latin4",
        "latin5",
        "latin6",
        "latin7",
        "latin8",
        "latin9",
        "mskanji",
        "muleinternal",
        "shiftjis",
        "shiftjis2004",
        "sjis",
        "sqlascii",
        "tcvn",
        "tcvn5712",
        "uhc",
        "unicode",
        "utf8",
        "vscii",
        "win",
        "win1250",
        "win1251",
        "win1252",
        "win1253",
        "win1254",
        "win1255",
        "win1256",
        "win1257",
        "win1258",
        "win866",
        "win874",
        "win932",
        "win936",
        "win949",
        "win950",
        "windows1250",
        "windows1251",
        "windows1252",
        "windows1253",
        "windows1254",
        "windows1255",
        "windows1256",
        "windows1257",
        "windows1258",
        "windows866",
        "windows874",
        "windows932",
        "windows936",
        "windows949",
        "windows950",
    ];
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    KNOWN.binary_search(&plain.as_str()).is_ok()
}

pub(super) fn access_method(run: &mut Run<'_>, text: &str, create: &CreateAccessMethod) -> Result {
    let name = value(text, create.name)?;
    if reference::access_method(run, &name) {
        return Err(Stop::fails("42710", format!("access method \"{name}\" already exists"), create.name.span));
    }
    let function = reference::function_taking(run, text, create.handler, &[TypeUse::built_in("internal")])?;
    let (kind, returns) = match create.kind {
        AccessMethodKind::Index => ("index", "index_am_handler"),
        AccessMethodKind::Table => ("table", "table_am_handler"),
    };
    let handler = create.handler.object.value(text);
    let result = match function {
        Some(oid) => run.catalog.get(oid).and_then(|object| object.routine()?.returns.clone()),
        None => {
            let mut found = facts::system().functions(&handler, run.world.target);
            found.find_map(|function| function.result).map(TypeUse::built_in)
        }
    };
    if result.is_some_and(|result| result != TypeUse::built_in(returns)) {
        return Err(Stop::fails("42809", format!("function {handler} must return type {returns}"), create.handler.span()));
    }
    let mut options = Options::new();
    options.insert("type".into(), kind.into());
    options.insert("handler".into(), function_text(run, text, create.handler, function));
    let oid = add(run, Class::AccessMethod, &name, None, options);
    link_function(run, oid, function);
    Ok(())
}

/// CREATE LANGUAGE; without a handler it is CREATE EXTENSION.
pub(super) fn language(run: &mut Run<'_>, text: &str, create: &CreateLanguage) -> Result {
    let name = value(text, create.name)?;
    let span = create.name.span;
    let Some(handlers) = create.handlers else {
        if run.find_in(Class::Extension, Oid::NONE, &name).map_err(|stop| stop.or_at(span))?.is_some() {
            return match create.replace.is_some() {
                true => Ok(()),
                false => Err(Stop::fails("42710", format!("extension \"{name}\" already exists"), span)),
            };
        }
        return create_extension(run, &Request { name: &name, span, schema: None, version: None, cascade: None });
    };
    let mut options = Options::new();
    let mut functions = Vec::new();
    let written = [
        ("handler", Some(handlers.call), Vec::new()),
        ("inline", handlers.inline, vec![TypeUse::built_in("internal")]),
        ("validator", handlers.validator, vec![TypeUse::built_in("oid")]),
    ];
    for (key, function, inputs) in written {
        let Some(function) = function else { continue };
        let oid = reference::function_taking(run, text, function, &inputs)?;
        options.insert(key.into(), function_text(run, text, function, oid));
        functions.extend(oid);
    }
    if create.trusted.is_some() {
        options.insert("trusted".into(), "true".into());
    }
    let object = ObjectRef { span, kind: ObjectKind::Language, name: ObjectName::Named(Name::unqualified(create.name)) };
    match reference::find(run, text, &object)? {
        Found::Object(address) if create.replace.is_some() => {
            run.catalog.update(address.object, |object| {
                object.body = Body::Other(Class::Language, std::sync::Arc::new(crate::catalog::model::Definition { options }));
            });
            functions.into_iter().for_each(|function| link_function(run, address.object, Some(function)));
            Ok(())
        }
        Found::BuiltIn if create.replace.is_some() => {
            Err(Stop::unknown("what becomes of PostgreSQL's own languages is not followed", span))
        }
        Found::Object(_) | Found::BuiltIn | Found::WrongKind(..) => {
            Err(Stop::fails("42710", format!("language \"{name}\" already exists"), span))
        }
        Found::Absent(_) => {
            let oid = add(run, Class::Language, &name, None, options);
            functions.into_iter().for_each(|function| link_function(run, oid, Some(function)));
            Ok(())
        }
    }
}

/// What a type is called where a failure speaks of it.
pub(super) fn shown(run: &Run<'_>, ty: &TypeUse) -> String {
    types::format_type(&run.catalog, ty)
}
