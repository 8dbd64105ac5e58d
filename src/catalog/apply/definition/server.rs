//! What belongs to the server and not to the database: tablespaces, databases, its own settings.

use super::simple::is_encoding;
use super::{add, edit, is_there, value, whole};
use crate::catalog::apply::session::setting;
use crate::catalog::apply::storage::setting_text;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::Options;
use crate::catalog::object::{Class, Object};
use crate::catalog::run::Run;
use crate::catalog::{Knowledge, Oid, reference};
use crate::postgres::facts::{self, NameKind};
use crate::syntax::literal;
use crate::syntax::tree::{
    AlterDatabase, AlterSystem, AlterTablespace, CreateDatabase, CreateTablespace, DatabaseAction, DropDatabase, DropTablespace, Ident,
    Setting, TablespaceAction,
};
use crate::text::Span;

pub(super) fn create_tablespace(run: &mut Run<'_>, text: &str, create: &CreateTablespace) -> Result {
    let name = value(text, create.name)?;
    let span = create.name.span;
    let owner = match &create.owner {
        Some(clause) => Some(reference::role(run, text, clause.value)?),
        None => None,
    };
    let location = literal::value(text, create.location);
    if !location.starts_with('/') {
        return Err(Stop::fails("42P17", "tablespace location must be an absolute path", create.location));
    }
    if name.starts_with("pg_") {
        return Err(Stop::fails("42939", format!("unacceptable tablespace name \"{name}\""), span));
    }
    if is_there(run, Class::Tablespace, &name, span)? {
        return Err(Stop::fails("42710", format!("tablespace \"{name}\" already exists"), span));
    }
    let mut options = Options::new();
    if let Some(clause) = &create.options {
        set(text, &mut options, &clause.value)?;
    }
    run.condition("58P01", format!("unless the server has the directory {location}"), create.location);
    options.insert("location".into(), location.into());
    let oid = add(run, Class::Tablespace, &name, None, options);
    run.catalog.update(oid, |object: &mut Object| object.owner = owner);
    Ok(())
}

fn set(text: &str, options: &mut Options, written: &[Setting]) -> Result {
    const KNOWN: [&str; 4] = ["effective_io_concurrency", "maintenance_io_concurrency", "random_page_cost", "seq_page_cost"];
    for setting in written {
        let name = setting.name.value(text).to_ascii_lowercase();
        if !KNOWN.contains(&&*name) {
            return Err(Stop::fails("22023", format!("unrecognized parameter \"{name}\""), setting.span));
        }
        match &setting.value {
            Some(value) => drop(options.insert(name.into(), setting_text(text, value))),
            None => drop(options.remove(name.as_str())),
        }
    }
    Ok(())
}

/// The tablespace of that name; none for one that every server has.
fn tablespace(run: &mut Run<'_>, text: &str, ident: Ident) -> Result<Option<Oid>> {
    if facts::system().has(NameKind::Tablespace, &ident.value(text), run.world.target) {
        return Ok(None);
    }
    whole(run, text, Class::Tablespace, "tablespace", ident).map(Some)
}

pub(super) fn alter_tablespace(run: &mut Run<'_>, text: &str, alter: &AlterTablespace) -> Result {
    let oid = tablespace(run, text, alter.name)?;
    let (TablespaceAction::Set(written) | TablespaceAction::Reset(written)) = &alter.action;
    let mut options = oid.map(|oid| super::options_of(run, oid)).unwrap_or_default();
    set(text, &mut options, written)?;
    if let Some(oid) = oid {
        edit(run, oid, |own| *own = options);
    }
    Ok(())
}

pub(super) fn drop_tablespace(run: &mut Run<'_>, text: &str, statement: &DropTablespace) -> Result {
    let name = value(text, statement.name)?;
    let span = statement.name.span;
    if facts::system().has(NameKind::Tablespace, &name, run.world.target) {
        return Err(Stop::fails("42501", format!("permission denied for tablespace {name}"), span));
    }
    if statement.guard.is_written() && !is_there(run, Class::Tablespace, &name, span)? {
        return Ok(());
    }
    let oid = whole(run, text, Class::Tablespace, "tablespace", statement.name)?;
    let is_used = |object: &Object| object.relation().is_some_and(|relation| relation.tablespace.as_deref() == Some(&*name));
    if run.catalog.objects().any(|(_, object)| is_used(object)) {
        return Err(Stop::fails("55000", format!("tablespace \"{name}\" is not empty"), span));
    }
    run.condition("55000", format!("if the tablespace {name} is not empty"), span);
    run.catalog.remove(oid);
    Ok(())
}

/// Databases that every server has.
const SYSTEM_DATABASES: [&str; 3] = ["postgres", "template0", "template1"];

pub(super) fn create_database(run: &mut Run<'_>, text: &str, create: &CreateDatabase) -> Result {
    const KNOWN: [&str; 19] = [
        "tablespace",
        "owner",
        "template",
        "encoding",
        "locale",
        "lc_collate",
        "lc_ctype",
        "icu_locale",
        "icu_rules",
        "locale_provider",
        "builtin_locale",
        "is_template",
        "allow_connections",
        "connection_limit",
        "connection limit",
        "collation_version",
        "location",
        "oid",
        "strategy",
    ];
    let name = value(text, create.name)?;
    let span = create.name.span;
    for setting in &create.options {
        let key = setting.name.value(text).to_ascii_lowercase();
        if !KNOWN.contains(&&*key) {
            return Err(Stop::fails("42601", format!("option \"{key}\" not recognized"), setting.span));
        }
        let said = setting.value.as_ref().map(|value| setting_text(text, value)).unwrap_or_default();
        match key.as_str() {
            "owner" if &*said != "default" => drop(reference::role_named(run, &said, setting.span)?),
            "encoding" if &*said != "default" && !is_encoding(&said) && said.parse::<i32>().is_err() => {
                return Err(Stop::fails("42704", format!("{said} is not a valid encoding name"), setting.span));
            }
            "template" if &*said != "default" => known_database(run, &said, setting.span),
            _ => {}
        }
    }
    if SYSTEM_DATABASES.contains(&&*name) || is_there(run, Class::Database, &name, span)? {
        return Err(Stop::fails("42P04", format!("database \"{name}\" already exists"), span));
    }
    run.condition("42P04", format!("if there is a database {name} already"), span);
    add(run, Class::Database, &name, None, Options::new());
    Ok(())
}

/// Notes that a database has to be there, which no history can show of its own.
fn known_database(run: &mut Run<'_>, name: &str, span: Span) {
    if !SYSTEM_DATABASES.contains(&name) && run.catalog.named(Class::Database, Oid::NONE, name).is_empty() {
        run.condition("3D000", format!("unless there is a database {name}"), span);
    }
}

pub(super) fn alter_database(run: &mut Run<'_>, text: &str, alter: &AlterDatabase) -> Result {
    let name = value(text, alter.name)?;
    known_database(run, &name, alter.name.span);
    if let DatabaseAction::Variable(variable) = &alter.action
        && let Some(variable) = variable.change.variable()
    {
        setting::known(run, &variable.value(text), variable.span())?;
    }
    Ok(())
}

pub(super) fn drop_database(run: &mut Run<'_>, text: &str, statement: &DropDatabase) -> Result {
    let name = value(text, statement.name)?;
    let span = statement.name.span;
    if let Some(oid) = run.find_in(Class::Database, Oid::NONE, &name).map_err(|stop| stop.or_at(span))? {
        run.condition("55006", format!("if somebody uses the database {name}"), span);
        run.catalog.remove(oid);
        return Ok(());
    }
    if statement.guard.is_written() {
        return Ok(());
    }
    if run.world.knowledge == Knowledge::Complete || run.catalog.is_gone(Class::Database, Oid::NONE, &name) {
        return Err(Stop::fails("3D000", format!("database \"{name}\" does not exist"), span));
    }
    known_database(run, &name, span);
    Ok(())
}

/// ALTER SYSTEM changes a file that no dump shows.
pub(super) fn alter_system(run: &mut Run<'_>, text: &str, alter: &AlterSystem) -> Result {
    let Some(variable) = alter.setting.change.variable() else { return Ok(()) };
    let name = variable.value(text);
    if name.contains('.') {
        return Err(Stop::unknown(format!("whether a module that the server loads has a setting {name}"), variable.span()));
    }
    setting::known(run, &name, variable.span())?;
    const FIXED: [&str; 4] = ["config_file", "data_directory", "hba_file", "ident_file"];
    if FIXED.contains(&name.as_str()) {
        return Err(Stop::fails("55P02", format!("parameter \"{name}\" cannot be changed"), variable.span()));
    }
    Ok(())
}
