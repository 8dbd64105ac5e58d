//! SET, RESET, SHOW: run-time variables.

use std::sync::Arc;

use super::{read_only, value};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::object::Name;
use crate::catalog::reference;
use crate::catalog::rows::Value;
use crate::catalog::run::Run;
use crate::catalog::session::Settings;
use crate::postgres::facts;
use crate::syntax::literal;
use crate::syntax::tree::{SetScope, VariableChange, VariableName, VariableSetting, VariableValue};
use crate::text::Span;

/// Changes a variable.
pub(super) fn change(run: &mut Run<'_>, text: &str, scope: SetScope, setting: &VariableSetting) -> Result {
    expect_change(run, text, &setting.change)?;
    match &setting.change {
        VariableChange::Values(name, values) => {
            let value = name.value(text);
            match value.as_str() {
                "search_path" => {
                    let path = schemas(text, values);
                    assign(run, scope, |settings| settings.search_path.clone_from(&path));
                }
                "role" | "session_authorization" => {
                    let role = role(run, text, values, name)?;
                    assign(run, scope, |settings| settings.role.clone_from(&role));
                }
                _ => {
                    let written = values.first().map_or(Value::Null, |value| read(text, *value));
                    assign(run, scope, |settings| drop(settings.others.insert(Arc::from(value.as_str()), written.clone())));
                }
            }
            Ok(())
        }
        VariableChange::Default(name, _) | VariableChange::FromCurrent(name, _) | VariableChange::Reset(name) => {
            let value = name.value(text);
            assign(run, scope, |settings| match value.as_str() {
                "search_path" => settings.search_path = Settings::default().search_path,
                "role" | "session_authorization" => settings.role = None,
                _ => drop(settings.others.remove(value.as_str())),
            });
            Ok(())
        }
        VariableChange::ResetAll(_) => {
            assign(run, scope, |settings| *settings = Settings { role: settings.role.take(), ..Settings::default() });
            Ok(())
        }
        VariableChange::Transaction(modes) => read_only::set(run, modes),
        VariableChange::SessionCharacteristics(modes) => {
            assign(run, scope, |settings| read_only::set_default(settings, modes));
            Ok(())
        }
        VariableChange::Snapshot(_) => Ok(()),
    }
}

/// Expects that a variable may be changed as is written.
///
/// # Errors
/// 42704 if there is no such variable, 55P02 if nobody may change it, 22023 for what it does not take.
pub(in crate::catalog::apply) fn expect_change(run: &Run<'_>, text: &str, change: &VariableChange) -> Result {
    let Some(name) = change.variable() else { return Ok(()) };
    let variable = name.value(text);
    let VariableChange::Values(_, values) = change else { return changeable(run, &variable, name.span()) };
    value::expect_number(&variable, values.len(), name.span())?;
    changeable(run, &variable, name.span())?;
    let (Some(fact), [written]) = (facts::setting(&variable, run.world.target), &values[..]) else { return Ok(()) };
    match read(text, *written) {
        Value::Text(value) => value::expect(fact, &value, written.span()),
        _ => Ok(()),
    }
}

/// Sets the session's variables for as long as `scope` says; SET LOCAL outside a block does nothing but warn.
fn assign(run: &mut Run<'_>, scope: SetScope, change: impl Fn(&mut Settings)) {
    match scope {
        SetScope::Local(_) => {
            if run.session.in_block() {
                change(&mut run.session.settings);
            }
        }
        SetScope::Session(_) | SetScope::Unwritten => {
            change(&mut run.session.settings);
            change(&mut run.session.settings_after);
        }
    }
}

/// For how long a variable is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub(in crate::catalog) enum Lifetime {
    Session,
    Transaction,
}

/// Sets a variable to a value that was computed, as `set_config` does.
///
/// # Errors
/// As those of SET.
pub(in crate::catalog) fn set_config(run: &mut Run<'_>, name: &str, value: &Value, lifetime: Lifetime) -> Result {
    let name = name.to_ascii_lowercase();
    changeable(run, &name, Span::empty(0))?;
    if let (Some(fact), Value::Text(value)) = (facts::setting(&name, run.world.target), value) {
        value::expect(fact, value, Span::empty(0))?;
    }
    let path = |value: &Value| -> Option<Arc<[Name]>> {
        let Value::Text(text) = value else { return None };
        let parts = text.split(',').map(|part| crate::catalog::expression::names(part)?.pop());
        let parts = parts.collect::<Option<Vec<String>>>().or_else(|| text.trim().is_empty().then(Vec::new))?;
        Some(parts.into_iter().filter(|part| !part.is_empty()).map(Name::from).collect())
    };
    let change = |settings: &mut Settings| match (name.as_str(), value) {
        ("search_path", Value::Null) => settings.search_path = Settings::default().search_path,
        ("search_path", value) => settings.search_path = path(value),
        ("role", Value::Text(role)) if &**role == "none" => settings.role = None,
        ("role", Value::Text(role)) => settings.role = Some(Name::clone(role)),
        (_, Value::Null) => drop(settings.others.remove(name.as_str())),
        (_, value) => drop(settings.others.insert(Arc::from(name.as_str()), value.clone())),
    };
    change(&mut run.session.settings);
    if lifetime == Lifetime::Session {
        change(&mut run.session.settings_after);
    }
    Ok(())
}

/// Whether there is such a variable: one with a point in its name is anybody's own.
///
/// # Errors
/// 42704 if there is none.
pub(in crate::catalog) fn known(run: &Run<'_>, name: &str, span: Span) -> Result {
    let own = name.contains('.') || matches!(name, "session_authorization" | "role");
    match own || facts::setting(name, run.world.target).is_some() {
        true => Ok(()),
        false => Err(Stop::fails("42704", format!("unrecognized configuration parameter \"{name}\""), span)),
    }
}

/// Whether a session may change the variable.
///
/// # Errors
/// 55P02 if it may not.
fn changeable(run: &Run<'_>, name: &str, span: Span) -> Result {
    known(run, name, span)?;
    match facts::setting(name, run.world.target) {
        Some(fact) if !fact.context.is_settable() => Err(Stop::fails("55P02", format!("parameter \"{name}\" cannot be changed now"), span)),
        _ => Ok(()),
    }
}

/// The names in a search path; none if a tool fills one in.
pub(in crate::catalog::apply) fn schemas(text: &str, values: &[VariableValue]) -> Option<Arc<[Name]>> {
    let mut schemas: Vec<Name> = Vec::new();
    for value in values {
        let name = match value {
            VariableValue::Word(word) if word.is_template(text) => return None,
            VariableValue::Word(word) => word.value(text),
            VariableValue::String(string) => literal::value(text, *string),
            VariableValue::Number(_) | VariableValue::Interval(_) => return None,
        };
        // The empty name is nobody's.
        if !name.is_empty() {
            schemas.push(Name::from(&*name));
        }
    }
    Some(schemas.into())
}

fn role(run: &mut Run<'_>, text: &str, values: &[VariableValue], name: &VariableName) -> Result<Option<Name>> {
    let Some(value) = values.first() else { return Ok(None) };
    let role = match value {
        VariableValue::Word(word) => word.value(text),
        VariableValue::String(string) => literal::value(text, *string),
        VariableValue::Number(span) | VariableValue::Interval(span) => text[*span].into(),
    };
    if role == "none" && name.value(text) == "role" {
        return Ok(None);
    }
    reference::role_taken(run, &role, value.span()).map(Some)
}

fn read(text: &str, value: VariableValue) -> Value {
    match value {
        VariableValue::Word(word) if word.is_template(text) => Value::Unknown,
        VariableValue::Word(word) => Value::Text(Arc::from(&*word.value(text))),
        VariableValue::String(string) => Value::Text(Arc::from(&*literal::value(text, string))),
        VariableValue::Number(span) => Value::Text(Arc::from(&text[span])),
        VariableValue::Interval(_) => Value::Unknown,
    }
}
