//! CREATE and ALTER OPERATOR (`DefineOperator`, `AlterOperator`).

use std::sync::Arc;

use super::{add_body, function_text, link_function, link_type, named_by};
use crate::catalog::apply::storage::setting_text;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Definition, Operator, Options, TypeUse};
use crate::catalog::object::{Body, Class, Name};
use crate::catalog::reference;
use crate::catalog::run::Run;
use crate::catalog::typing::fact_type;
use crate::catalog::{Oid, types};
use crate::postgres::facts;
use crate::syntax::tree::{self, AlterOperator, Define, ObjectKind, ObjectName, ObjectRef, Setting, SettingValue};

pub(super) fn create(run: &mut Run<'_>, text: &str, name: tree::Name, define: &Define) -> Result {
    let schema = run.schema_for(text, name)?;
    let sign = &text[name.object.span];
    let said = |key: &str| define.options.iter().rev().find(|setting| setting.name.value(text).eq_ignore_ascii_case(key));
    for key in ["leftarg", "rightarg"] {
        if let Some(Setting { value: Some(SettingValue::Type(ty)), span, .. }) = said(key)
            && ty.setof.is_some()
        {
            return Err(Stop::fails("42P13", "SETOF type not allowed for operator argument", *span));
        }
    }
    let Some(function) = said("function").or_else(|| said("procedure")) else {
        return Err(Stop::fails("42P13", "operator function must be specified", define.span));
    };
    let left = operand(run, text, said("leftarg"))?;
    let right = operand(run, text, said("rightarg"))?;
    let Some(right) = right else {
        let message =
            if left.is_none() { "operator argument types must be specified" } else { "operator right argument type must be specified" };
        return Err(Stop::fails("42P13", message, define.span));
    };
    let inputs: Vec<TypeUse> = left.iter().cloned().chain([right.clone()]).collect();
    let function_name = named_by(function).ok_or_else(|| Stop::unknown("an option that is no function", function.span))?;
    let function = reference::function_taking(run, text, function_name, &inputs)?;
    let mut options = Options::new();
    let mut support = Vec::new();
    for key in ["restrict", "join"] {
        if let Some(setting) = said(key) {
            support.extend(estimator(run, text, key, setting, &mut options)?);
        }
    }
    for key in ["commutator", "negator"] {
        if let Some(value) = said(key).and_then(|setting| setting.value.as_ref()) {
            options.insert(key.into(), operator_text(text, value));
        }
    }
    for key in ["hashes", "merges"] {
        if said(key).is_some_and(|setting| setting.value.as_ref().is_none_or(|value| &*setting_text(text, value) != "false")) {
            options.insert(key.into(), "true".into());
        }
    }
    if left.is_none()
        && let Some(only) = ["commutator", "join", "merges", "hashes"].into_iter().find(|key| options.contains_key(*key))
    {
        let message = match only {
            "commutator" => "only binary operators can have commutators",
            "join" => "only binary operators can have join selectivity",
            "merges" => "only binary operators can merge join",
            _ => "only binary operators can hash",
        };
        return Err(Stop::fails("42P13", message, define.span));
    }
    if let Some(existing) = same(run, schema, sign, left.as_ref(), &right) {
        let _ = existing;
        return Err(Stop::fails("42723", format!("operator {sign} already exists"), name.span()));
    }
    let result = match function {
        Some(oid) => run.catalog.get(oid).and_then(|object| object.routine()?.returns.clone()),
        None => built_in_result(run, &function_name.object.value(text), &inputs),
    };
    if function.is_none() {
        options.insert("function".into(), function_text(run, text, function_name, None));
    }
    let definition = Definition { options };
    let operator = Operator { left: left.clone(), right: Some(right.clone()), result: result.clone(), function, definition };
    let oid = add_body(run, sign, Some(schema), Body::Operator(Arc::new(operator)));
    for ty in left.iter().chain([&right]).chain(&result) {
        link_type(run, oid, ty);
    }
    link_function(run, oid, function);
    support.into_iter().for_each(|function| link_function(run, oid, Some(function)));
    Ok(())
}

fn operand(run: &mut Run<'_>, text: &str, setting: Option<&Setting>) -> Result<Option<TypeUse>> {
    match setting.map(|setting| (setting, &setting.value)) {
        Some((_, Some(SettingValue::Type(ty)))) => Ok(Some(types::type_use(run, text, ty)?.bare())),
        Some((_, Some(SettingValue::Word(span)))) if text[*span].eq_ignore_ascii_case("none") => Ok(None),
        Some((setting, _)) => Err(Stop::unknown("an option that is no type", setting.span)),
        None => Ok(None),
    }
}

/// The operator of a schema with these operands.
fn same(run: &Run<'_>, schema: Oid, sign: &str, left: Option<&TypeUse>, right: &TypeUse) -> Option<Oid> {
    run.catalog.named(Class::Operator, schema, sign).iter().copied().find(|oid| match run.catalog.get(*oid).map(|object| &object.body) {
        Some(Body::Operator(operator)) => {
            let same_left = match (&operator.left, left) {
                (Some(a), Some(b)) => a.is_same_type(b),
                (None, None) => true,
                _ => false,
            };
            same_left && operator.right.as_ref().is_some_and(|own| own.is_same_type(right))
        }
        _ => false,
    })
}

fn built_in_result(run: &Run<'_>, name: &str, inputs: &[TypeUse]) -> Option<TypeUse> {
    let same = |function: &&'static facts::FunctionFact| {
        let own = function.inputs();
        own.clone().count() == inputs.len() && own.zip(inputs).all(|(own, input)| fact_type(own.type_name).is_same_type(input))
    };
    facts::system().functions(name, run.world.target).find(same).and_then(|function| function.result).map(fact_type)
}

/// RESTRICT or JOIN: a function, or nothing.
fn estimator(run: &mut Run<'_>, text: &str, key: &'static str, setting: &Setting, options: &mut Options) -> Result<Option<Oid>> {
    let Some(value) = &setting.value else {
        options.remove(key);
        return Ok(None);
    };
    if let SettingValue::Word(span) = value
        && text[*span].eq_ignore_ascii_case("none")
    {
        options.remove(key);
        return Ok(None);
    }
    let name = named_by(setting).ok_or_else(|| Stop::unknown("an option that is no function", setting.span))?;
    let inputs: &[&'static str] =
        if key == "restrict" { &["internal", "oid", "internal", "int4"] } else { &["internal", "oid", "internal", "int2", "internal"] };
    let inputs: Vec<TypeUse> = inputs.iter().map(|name| TypeUse::built_in(name)).collect();
    let function = reference::function_taking(run, text, name, &inputs)?;
    options.insert(key.into(), function_text(run, text, name, function));
    Ok(function)
}

/// An operator as a definition keeps it: its sign, with the schema that is written.
fn operator_text(text: &str, value: &SettingValue) -> Name {
    let written = setting_text(text, value);
    let inner = written.strip_prefix("operator").map(|rest| rest.trim().trim_start_matches('(').trim_end_matches(')').trim());
    inner.map_or_else(|| Name::clone(&written), Name::from)
}

pub(super) fn alter(run: &mut Run<'_>, text: &str, alter: &AlterOperator) -> Result {
    let reference = ObjectRef {
        span: alter.operator.name.span(),
        kind: ObjectKind::Operator,
        name: ObjectName::Operator(Box::new(alter.operator.clone())),
    };
    let found = reference::expect(run, text, &reference)?;
    let Some(Body::Operator(operator)) = found.and_then(|address| run.catalog.get(address.object)).map(|object| &object.body) else {
        return Err(Stop::unknown("what becomes of PostgreSQL's own operators is not followed", alter.span));
    };
    let mut options = operator.definition.options.clone();
    let mut support = Vec::new();
    for setting in &alter.options {
        let key = setting.name.value(text).to_ascii_lowercase();
        match key.as_str() {
            "restrict" => support.extend(estimator(run, text, "restrict", setting, &mut options)?),
            "join" => support.extend(estimator(run, text, "join", setting, &mut options)?),
            // These may be set since PostgreSQL 17.
            "commutator" | "negator" | "merges" | "hashes" if run.world.target.major() >= 17 => {
                let value = setting.value.as_ref().map_or_else(|| "true".into(), |value| operator_text(text, value));
                options.insert(key.into(), value);
            }
            "leftarg" | "rightarg" | "function" | "procedure" | "commutator" | "negator" | "merges" | "hashes" => {
                return Err(Stop::fails("42601", format!("operator attribute \"{key}\" cannot be changed"), setting.span));
            }
            _ => return Err(Stop::fails("42601", format!("operator attribute \"{key}\" not recognized"), setting.span)),
        }
    }
    let Some(address) = found else { return Ok(()) };
    run.catalog.update(address.object, |object| {
        if let Body::Operator(operator) = &mut object.body {
            Arc::make_mut(operator).definition.options = options;
        }
    });
    support.into_iter().for_each(|function| link_function(run, address.object, Some(function)));
    Ok(())
}
