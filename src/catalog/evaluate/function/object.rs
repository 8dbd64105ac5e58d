//! Functions that find and describe objects.

use super::super::{NO_OBJECT, Value, arithmetic, objects, text};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{RelationKind, TypeUse};
use crate::catalog::object::Class;
use crate::catalog::rows::Reference;
use crate::catalog::run::Run;
use crate::catalog::{Address, Oid};
use crate::syntax::tree::ArgumentMode;

/// What a function gives whose arguments are not NULL; nothing if it is none of these.
pub(super) fn call(run: &mut Run<'_>, name: &str, arguments: &[Value]) -> Result<Option<Value>> {
    let found = match (name, arguments) {
        ("to_regclass", [Value::Text(name)]) => find(run, Reference::Class, name)?,
        ("to_regtype", [Value::Text(name)]) => find(run, Reference::Type, name)?,
        ("to_regnamespace", [Value::Text(name)]) => find(run, Reference::Namespace, name)?,
        ("to_regrole", [Value::Text(name)]) => find(run, Reference::Role, name)?,
        ("to_regproc", [Value::Text(name)]) => find(run, Reference::Routine, name)?,
        ("to_regprocedure", [Value::Text(name)]) => find(run, Reference::Procedure, name)?,
        ("pg_get_serial_sequence", [Value::Text(table), Value::Text(column)]) => serial_sequence(run, table, column)?,
        ("pg_get_userbyid", [Value::Object(_, number)]) => {
            objects::shown(run, Reference::Role, *number).map_or_else(|| text(std::sync::Arc::clone(&run.world.user)), text)
        }
        ("col_description", [Value::Object(_, number), column]) => {
            let column = arithmetic::integer(column).and_then(|column| column.try_into().ok());
            match column.and_then(|column| run.catalog.column(Address::column(Oid(*number), column))) {
                Some(column) => column.comment.as_ref().map_or(Value::Null, |comment| Value::Text(comment.clone())),
                None => Value::Unknown,
            }
        }
        ("shobj_description", _) => Value::Unknown,
        ("pg_table_is_visible" | "pg_type_is_visible" | "pg_function_is_visible", [Value::Object(_, number)]) => visible(run, *number),
        ("pg_get_function_identity_arguments" | "pg_get_function_arguments", [Value::Object(_, number)]) => {
            identity_arguments(run, Oid(*number)).filter(|_| name.contains("identity")).map_or(Value::NotNull, text)
        }
        ("quote_ident", [Value::Object(..)]) => return Ok(None),
        ("pg_my_temp_schema", []) => NO_OBJECT,
        ("pg_is_in_recovery", []) => Value::Boolean(false),
        (
            "to_regclass"
            | "to_regtype"
            | "to_regnamespace"
            | "to_regrole"
            | "to_regproc"
            | "to_regprocedure"
            | "pg_get_serial_sequence"
            | "pg_table_is_visible"
            | "pg_type_is_visible"
            | "pg_function_is_visible"
            | "pg_get_userbyid"
            | "col_description"
            | "has_table_privilege"
            | "has_schema_privilege"
            | "has_database_privilege"
            | "pg_has_role",
            _,
        ) => Value::Unknown,
        // What it shows is held as it is shown.
        ("pg_get_expr", [shown, ..]) => shown.clone(),
        _ => return Ok(None),
    };
    Ok(Some(found))
}

fn find(run: &mut Run<'_>, reference: Reference, name: &str) -> Result<Value> {
    Ok(match objects::find(run, reference, name)? {
        Some(Some(number)) => Value::Object(reference, number),
        Some(None) => Value::Null,
        None => Value::Unknown,
    })
}

fn visible(run: &Run<'_>, number: u32) -> Value {
    let Some(object) = run.catalog.get(Oid(number)) else { return Value::Unknown };
    let Some(schema) = object.schema else { return Value::Unknown };
    objects::is_visible(run, object.body.class(), schema, &object.name).map_or(Value::Unknown, Value::Boolean)
}

/// The name of the sequence that belongs to a column.
fn serial_sequence(run: &mut Run<'_>, table: &str, column: &str) -> Result<Value> {
    let number = match objects::find(run, Reference::Class, table)? {
        Some(Some(number)) => number,
        Some(None) => return Err(Stop::fails("42P01", format!("relation \"{table}\" does not exist"), None)),
        None => return Ok(Value::Unknown),
    };
    let table_oid = Oid(number);
    let Some(relation) = run.catalog.relation(table_oid) else { return Ok(Value::Unknown) };
    let Some(found) = relation.column(column) else {
        if !relation.columns_known {
            return Ok(Value::Unknown);
        }
        return Err(Stop::fails("42703", format!("column \"{column}\" of relation \"{table}\" does not exist"), None));
    };
    let address = Address::column(table_oid, found.number);
    let owned = run.catalog.dependents_of(address).map(|(dependent, _)| dependent.object).find(
        |oid| matches!(run.catalog.relation(*oid).map(|relation| &relation.kind), Some(RelationKind::Sequence(sequence)) if sequence.owned_by == Some(address)),
    );
    let Some(sequence) = owned.or(found.identity.map(|(_, sequence)| sequence)) else { return Ok(Value::Null) };
    Ok(text(crate::catalog::describe::qualified(&run.catalog, sequence)))
}

/// What tells a routine from others of its name, as DROP FUNCTION takes it.
fn identity_arguments(run: &Run<'_>, oid: Oid) -> Option<String> {
    let object = run.catalog.get(oid).filter(|object| object.body.class() == Class::Routine)?;
    let routine = object.routine()?;
    let mut parts = Vec::new();
    for argument in routine.arguments.iter().filter(|argument| argument.mode != ArgumentMode::Table) {
        let mode = match argument.mode {
            ArgumentMode::In | ArgumentMode::Table => "",
            ArgumentMode::Out => "OUT ",
            ArgumentMode::InOut => "INOUT ",
            ArgumentMode::Variadic => "VARIADIC ",
        };
        let name = if argument.name.is_empty() { String::new() } else { super::super::text::identifier(&argument.name) + " " };
        let ty: &TypeUse = argument.ty.as_ref()?;
        parts.push(format!("{mode}{name}{}", objects::visible_type(run, &ty.bare())));
    }
    Some(parts.join(", "))
}
