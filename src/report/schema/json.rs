//! The house's schema map, as `require-schema-map` wants it.

use std::io::{self, Write};

use crate::catalog::outline::Outline;
use crate::engine::Schema;
use crate::rules::schema_map;

pub(super) fn write(out: &mut dyn Write, schema: &Schema) -> io::Result<()> {
    out.write_all(schema_map::written(&schema_map::map(&Outline::of(&schema.catalog))).as_bytes())
}
