//! Text search: parsers, templates, dictionaries, configurations and their mappings. A name that is taken is a key that is there twice here:
//! PostgreSQL does not look before it adds the row (23505).

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{add, edit, function_text, named_by, options_of};
use crate::catalog::apply::storage::setting_text;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Options, TypeUse};
use crate::catalog::object::Class;
use crate::catalog::reference;
use crate::catalog::run::Run;
use crate::catalog::{Address, Dependency, Oid};
use crate::syntax::tree::{
    AlterTextSearchConfiguration, AlterTextSearchDictionary, Define, Ident, MappingAction, Name, ObjectKind, ObjectName, ObjectRef,
    Setting, TextSearchKind,
};
use crate::text::Span;

/// The tokens that the parser `default` tells apart (manual, table 12.1).
const TOKENS: [&str; 23] = [
    "asciiword",
    "word",
    "numword",
    "email",
    "url",
    "host",
    "sfloat",
    "version",
    "hword_numpart",
    "hword_part",
    "hword_asciipart",
    "blank",
    "tag",
    "protocol",
    "numhword",
    "asciihword",
    "hword",
    "url_path",
    "file",
    "float",
    "int",
    "uint",
    "entity",
];
/// Those that the configurations of PostgreSQL don't map.
const UNMAPPED: [&str; 4] = ["blank", "tag", "protocol", "entity"];
/// What stands before a token in the definition of a configuration.
const MAPPING: &str = "mapping ";

pub(super) fn create(run: &mut Run<'_>, text: &str, kind: TextSearchKind, name: Name, define: &Define) -> Result {
    let schema = run.schema_for(text, name)?;
    let class = class(kind);
    let (options, functions) = match kind {
        TextSearchKind::Configuration => configuration(run, text, define)?,
        TextSearchKind::Dictionary => dictionary(run, text, define)?,
        TextSearchKind::Template => template(run, text, define)?,
        TextSearchKind::Parser => parser(run, text, define)?,
    };
    let value = super::value(text, name.object)?;
    if run.find_in(class, schema, &value).map_err(|stop| stop.or_at(name.span()))?.is_some() {
        let (catalog, column) = match kind {
            TextSearchKind::Configuration => ("config", "cfgname"),
            TextSearchKind::Dictionary => ("dict", "dictname"),
            TextSearchKind::Template => ("template", "tmplname"),
            TextSearchKind::Parser => ("parser", "prsname"),
        };
        let message = format!("duplicate key value violates unique constraint \"pg_ts_{catalog}_{column}_index\"");
        return Err(Stop::fails("23505", message, name.span()));
    }
    let oid = add(run, class, &value, Some(schema), options);
    for on in functions {
        run.catalog.link(oid, on, Dependency::Normal);
    }
    Ok(())
}

const fn class(kind: TextSearchKind) -> Class {
    match kind {
        TextSearchKind::Parser => Class::TextSearchParser,
        TextSearchKind::Dictionary => Class::TextSearchDictionary,
        TextSearchKind::Template => Class::TextSearchTemplate,
        TextSearchKind::Configuration => Class::TextSearchConfiguration,
    }
}

/// The object that an option names, and how it is kept.
fn named(run: &mut Run<'_>, text: &str, kind: ObjectKind, setting: &Setting) -> Result<(Option<Oid>, Arc<str>)> {
    let name = named_by(setting).ok_or_else(|| Stop::unknown("an option that is no name", setting.span))?;
    lookup(run, text, kind, name)
}

fn lookup(run: &mut Run<'_>, text: &str, kind: ObjectKind, name: Name) -> Result<(Option<Oid>, Arc<str>)> {
    let object = ObjectRef { span: name.span(), kind, name: ObjectName::Named(name) };
    let oid = reference::expect(run, text, &object)?.map(|address| address.object);
    Ok((oid, function_text(run, text, name, oid)))
}

fn configuration(run: &mut Run<'_>, text: &str, define: &Define) -> Result<(Options, Vec<Oid>)> {
    let mut options = Options::new();
    let mut on = Vec::new();
    let (mut parser, mut copy) = (None, None);
    for setting in &define.options {
        match &*setting.name.value(text).to_ascii_lowercase() {
            "parser" => parser = Some(named(run, text, ObjectKind::TextSearchParser, setting)?),
            "copy" => copy = Some(named(run, text, ObjectKind::TextSearchConfiguration, setting)?),
            other => {
                return Err(Stop::fails("42601", format!("text search configuration parameter \"{other}\" not recognized"), setting.span));
            }
        }
    }
    match (parser, copy) {
        (Some(_), Some(_)) => return Err(Stop::fails("42601", "cannot specify both PARSER and COPY options", define.span)),
        (None, None) => return Err(Stop::fails("42P17", "text search parser is required", define.span)),
        (Some((parser, shown)), None) => {
            options.insert("parser".into(), shown);
            on.extend(parser);
        }
        (None, Some((Some(oid), _))) => {
            options = options_of(run, oid);
            let own = run.catalog.dependencies_of(Address::whole(oid)).map(|(on, _)| on.object);
            on.extend(own.filter(|on| run.catalog.get(*on).is_some_and(|object| object.body.class() != Class::Schema)));
        }
        (None, Some((None, shown))) => {
            options.insert("parser".into(), "default".into());
            for token in TOKENS.iter().filter(|token| !UNMAPPED.contains(token)) {
                options.insert(format!("{MAPPING}{token}").into(), system_dictionary(&shown, token).into());
            }
        }
    }
    Ok((options, on))
}

/// The dictionary to which one of PostgreSQL's configurations maps a token.
fn system_dictionary(configuration: &str, token: &str) -> String {
    let is_ascii = matches!(token, "asciiword" | "asciihword" | "hword_asciipart");
    let is_word = is_ascii || matches!(token, "word" | "hword" | "hword_part");
    match configuration {
        "simple" => "simple".to_owned(),
        _ if !is_word => "simple".to_owned(),
        // The scripts of these are none of ASCII's.
        "russian" | "hindi" if is_ascii => "english_stem".to_owned(),
        other => format!("{other}_stem"),
    }
}

fn dictionary(run: &mut Run<'_>, text: &str, define: &Define) -> Result<(Options, Vec<Oid>)> {
    let mut options = Options::new();
    let mut template = None;
    for setting in &define.options {
        let name = setting.name.value(text).to_ascii_lowercase();
        if name == "template" {
            template = Some(named(run, text, ObjectKind::TextSearchTemplate, setting)?);
        } else {
            options.insert(name.into(), setting.value.as_ref().map(|value| setting_text(text, value)).unwrap_or_default());
        }
    }
    let Some((oid, template)) = template else {
        return Err(Stop::fails("42P17", "text search template is required", define.span));
    };
    check_parameters(run, &template, &options, define.span)?;
    options.insert("template".into(), template);
    Ok((options, oid.into_iter().collect()))
}

/// What the templates of PostgreSQL take.
fn check_parameters(run: &mut Run<'_>, template: &str, options: &Options, span: Span) -> Result {
    let (noun, known): (&str, &[&str]) = match template {
        "simple" => ("simple dictionary", &["stopwords", "accept"]),
        "snowball" => ("Snowball", &["language", "stopwords"]),
        "synonym" => ("synonym", &["synonyms", "casesensitive"]),
        "ispell" => ("Ispell", &["dictfile", "afffile", "stopwords"]),
        "thesaurus" => ("Thesaurus", &["dictfile", "dictionary"]),
        _ => return Ok(()),
    };
    if let Some(unknown) = options.keys().find(|key| !known.contains(&&***key) && &***key != "template") {
        return Err(Stop::fails("22023", format!("unrecognized {noun} parameter: \"{unknown}\""), span));
    }
    for file in ["stopwords", "synonyms", "dictfile", "afffile"] {
        if let Some(name) = options.get(file) {
            run.condition("F0000", format!("unless the server has the file {name} for {file}"), span);
        }
    }
    Ok(())
}

fn internal(count: usize) -> Vec<TypeUse> {
    vec![TypeUse::built_in("internal"); count]
}

fn template(run: &mut Run<'_>, text: &str, define: &Define) -> Result<(Options, Vec<Oid>)> {
    let signature = |name: &str| match name {
        "init" => Some(internal(1)),
        "lexize" => Some(internal(4)),
        _ => None,
    };
    functions(run, text, define, "template", &signature, &["lexize"])
}

fn parser(run: &mut Run<'_>, text: &str, define: &Define) -> Result<(Options, Vec<Oid>)> {
    let signature = |name: &str| match name {
        "start" => Some(vec![TypeUse::built_in("internal"), TypeUse::built_in("int4")]),
        "gettoken" => Some(internal(3)),
        "end" | "lextypes" => Some(internal(1)),
        "headline" => Some(vec![TypeUse::built_in("internal"), TypeUse::built_in("internal"), TypeUse::built_in("tsquery")]),
        _ => None,
    };
    functions(run, text, define, "parser", &signature, &["start", "gettoken", "end", "lextypes"])
}

fn functions(
    run: &mut Run<'_>,
    text: &str,
    define: &Define,
    noun: &str,
    signature: &dyn Fn(&str) -> Option<Vec<TypeUse>>,
    required: &[&str],
) -> Result<(Options, Vec<Oid>)> {
    let mut options = Options::new();
    let mut found = Vec::new();
    for setting in &define.options {
        let name = setting.name.value(text).to_ascii_lowercase();
        let Some(inputs) = signature(&name) else {
            return Err(Stop::fails("42601", format!("text search {noun} parameter \"{name}\" not recognized"), setting.span));
        };
        let function = named_by(setting).ok_or_else(|| Stop::unknown("an option that is no function", setting.span))?;
        let oid = reference::function_taking(run, text, function, &inputs)?;
        options.insert(name.into(), function_text(run, text, function, oid));
        found.extend(oid);
    }
    if let Some(missing) = required.iter().find(|name| !options.contains_key(**name)) {
        return Err(Stop::fails("42P17", format!("text search {noun} {missing} method is required"), define.span));
    }
    Ok((options, found))
}

pub(super) fn alter_dictionary(run: &mut Run<'_>, text: &str, alter: &AlterTextSearchDictionary) -> Result {
    let (Some(oid), _) = lookup(run, text, ObjectKind::TextSearchDictionary, alter.name)? else {
        return Err(Stop::unknown("what becomes of PostgreSQL's own dictionaries is not followed", alter.name.span()));
    };
    let mut options = options_of(run, oid);
    for setting in &alter.options {
        let name: Arc<str> = setting.name.value(text).to_ascii_lowercase().into();
        match &setting.value {
            Some(value) => drop(options.insert(name, setting_text(text, value))),
            None => drop(options.remove(&name)),
        }
    }
    let template = options.get("template").cloned().unwrap_or_default();
    check_parameters(run, &template, &options, alter.span)?;
    edit(run, oid, |own| *own = options);
    Ok(())
}

pub(super) fn alter_configuration(run: &mut Run<'_>, text: &str, alter: &AlterTextSearchConfiguration) -> Result {
    let (Some(oid), _) = lookup(run, text, ObjectKind::TextSearchConfiguration, alter.name)? else {
        return Err(Stop::unknown("what becomes of PostgreSQL's own configurations is not followed", alter.name.span()));
    };
    let mut options = options_of(run, oid);
    let parser = options.get("parser").cloned();
    if parser.as_deref() != Some("default") {
        return Err(Stop::unknown("which tokens the configuration's parser tells apart", alter.name.span()));
    }
    let mut dictionaries = Vec::new();
    match &alter.action {
        MappingAction::Add { tokens, dictionaries: written } | MappingAction::Alter { tokens, dictionaries: written } => {
            let keys = keys(text, tokens)?;
            let shown = shown(run, text, written, &mut dictionaries)?;
            for (key, span) in keys {
                if matches!(alter.action, MappingAction::Add { .. }) && options.contains_key(&key) {
                    let message = "duplicate key value violates unique constraint \"pg_ts_config_map_index\"";
                    return Err(Stop::fails("23505", message, span));
                }
                options.insert(key, shown.join(", ").into());
            }
        }
        MappingAction::Replace { tokens, old, new } => {
            let keys: BTreeSet<Arc<str>> = keys(text, tokens)?.into_iter().map(|(key, _)| key).collect();
            let old = shown(run, text, &[*old], &mut Vec::new())?.remove(0);
            let new = shown(run, text, &[*new], &mut dictionaries)?.remove(0);
            for (key, value) in &mut options {
                if key.starts_with(MAPPING) && (keys.is_empty() || keys.contains(key)) {
                    let replaced: Vec<&str> = value.split(", ").map(|name| if *name == *old { &*new } else { name }).collect();
                    *value = replaced.join(", ").into();
                }
            }
        }
        MappingAction::Drop { guard, tokens } => {
            for ((key, span), token) in keys(text, tokens)?.into_iter().zip(tokens) {
                if options.remove(&key).is_none() && !guard.is_written() {
                    let message = format!("mapping for token type \"{}\" does not exist", token.value(text));
                    return Err(Stop::fails("42704", message, span));
                }
            }
        }
    }
    for dictionary in dictionaries {
        run.catalog.link(oid, dictionary, Dependency::Normal);
    }
    edit(run, oid, |own| *own = options);
    Ok(())
}

fn keys(text: &str, tokens: &[Ident]) -> Result<Vec<(Arc<str>, Span)>> {
    let key = |token: &Ident| {
        let value = token.value(text);
        match TOKENS.contains(&&*value) {
            true => Ok((format!("{MAPPING}{value}").into(), token.span)),
            false => Err(Stop::fails("22023", format!("token type \"{value}\" does not exist"), token.span)),
        }
    };
    tokens.iter().map(key).collect()
}

fn shown(run: &mut Run<'_>, text: &str, written: &[Name], found: &mut Vec<Oid>) -> Result<Vec<String>> {
    let mut all = Vec::new();
    for name in written {
        let (oid, shown) = lookup(run, text, ObjectKind::TextSearchDictionary, *name)?;
        found.extend(oid);
        all.push(shown.to_string());
    }
    Ok(all)
}
