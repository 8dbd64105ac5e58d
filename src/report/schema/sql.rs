//! Statements that make a schema in an empty database, in the order of `pg_dump`.

use std::io::{self, Write};

use crate::catalog::{Body, Standing, ddl, describe};
use crate::engine::Schema;

pub(super) fn write(out: &mut dyn Write, schema: &Schema) -> io::Result<()> {
    let after = schema.at.as_ref().map(|at| format!(" after {at}")).unwrap_or_default();
    writeln!(out, "-- The schema of {}{after}, for PostgreSQL {}.", schema.folder, schema.target)?;
    // What a file needs and no file makes.
    for (oid, object) in schema.catalog.objects() {
        if object.standing == Standing::Assumed
            && let Some(identity) = describe::identity(&schema.catalog, oid)
        {
            writeln!(out, "-- Not written, since no migration makes it: {identity}.")?;
        }
    }
    let is_routine = |body: &Body| matches!(body, Body::Routine(_));
    if schema.catalog.objects().any(|(_, object)| is_routine(&object.body)) {
        writeln!(out, "\nSET check_function_bodies = false;")?;
    }
    let mut last = None;
    for step in ddl::schema(&schema.empty, &schema.catalog) {
        if last.as_ref() != Some(&step.object) {
            writeln!(out)?;
        }
        writeln!(out, "{};", step.sql)?;
        last = Some(step.object);
    }
    Ok(())
}
