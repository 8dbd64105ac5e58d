//! `migration-lint schema`: the schema that histories leave.

use crate::engine::{self, Reading};
use crate::report;

use super::args::SchemaArgs;
use super::{Status, histories, print};

/// Writes the schemas of the histories that `args` name.
pub(super) fn schema(args: &SchemaArgs) -> Status {
    let schemas = histories::with(&args.histories, |job| engine::schemas(job, args.at.as_deref()));
    let (schemas, reading) = match schemas {
        Ok(found) => found,
        Err(status) => return status,
    };
    if let Err(status) = print(|out| report::schemas(out, &schemas, args.format.into())) {
        return status;
    }
    if reading == Reading::Part { Status::Trouble } else { Status::Clean }
}
