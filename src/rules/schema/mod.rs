//! Group *schema*: how tables, columns and what stands on them are made.
//!
//! These rules look at the schema that the history leaves, so that what a later migration drops or mends is no finding, and they speak at the
//! place that made what they speak of.

mod ban_char;
mod ban_double_backslash_pattern;
mod ban_duplicate_constraint_column;
mod ban_duplicate_index;
mod ban_duplicate_index_column;
mod ban_hyphenated_index_in_table;
mod ban_identifier_too_long;
mod ban_inheritance;
mod ban_json_equality;
mod ban_never_null_cascade;
mod ban_quoted_name;
mod ban_redundant_index;
mod ban_reserved_word;
mod ban_rule;
mod ban_select_star_view;
mod ban_shadowed_trigger;
mod ban_timetz;
mod ban_type;
mod columns;
mod indexes;
mod prefer_bigint;
mod prefer_identity;
mod prefer_jsonb;
mod prefer_numeric;
mod prefer_text;
mod prefer_timestamptz;
mod require_column_comment;
mod require_columns;
mod require_constraint_name;
mod require_index_name;
mod require_matching_foreign_key_type;
mod require_name_pattern;
mod require_not_null_boolean;
mod require_on_delete;
mod require_primary_key;
mod require_table_comment;
mod typed;
mod written;

pub use ban_char::BanChar;
pub use ban_double_backslash_pattern::BanDoubleBackslashPattern;
pub use ban_duplicate_constraint_column::BanDuplicateConstraintColumn;
pub use ban_duplicate_index::BanDuplicateIndex;
pub use ban_duplicate_index_column::BanDuplicateIndexColumn;
pub use ban_hyphenated_index_in_table::BanHyphenatedIndexInTable;
pub use ban_identifier_too_long::BanIdentifierTooLong;
pub use ban_inheritance::BanInheritance;
pub use ban_json_equality::BanJsonEquality;
pub use ban_never_null_cascade::BanNeverNullCascade;
pub use ban_quoted_name::BanQuotedName;
pub use ban_redundant_index::BanRedundantIndex;
pub use ban_reserved_word::BanReservedWord;
pub use ban_rule::BanRule;
pub use ban_select_star_view::BanSelectStarView;
pub use ban_shadowed_trigger::BanShadowedTrigger;
pub use ban_timetz::BanTimetz;
pub use ban_type::BanType;
pub use prefer_bigint::PreferBigint;
pub use prefer_identity::PreferIdentity;
pub use prefer_jsonb::PreferJsonb;
pub use prefer_numeric::PreferNumeric;
pub use prefer_text::PreferText;
pub use prefer_timestamptz::PreferTimestamptz;
pub use require_column_comment::RequireColumnComment;
pub use require_columns::RequireColumns;
pub use require_constraint_name::RequireConstraintName;
pub use require_index_name::RequireIndexName;
pub use require_matching_foreign_key_type::RequireMatchingForeignKeyType;
pub use require_name_pattern::RequireNamePattern;
pub use require_not_null_boolean::RequireNotNullBoolean;
pub use require_on_delete::RequireOnDelete;
pub use require_primary_key::RequirePrimaryKey;
pub use require_table_comment::RequireTableComment;

use super::proof::{BanFailingStatement, BanUndefinedObject};
use super::{HistoryContext, MigrationContext, OwnTable, own_tables_as_known};
use crate::text::Span;

/// The tables that rules of this group are about: the history's own, but for the one that the house logs into; some as far as they are known.
fn tables<'c>(cx: &HistoryContext<'c>) -> impl Iterator<Item = OwnTable<'c>> + use<'c> {
    let cx = *cx;
    own_tables_as_known(&cx).filter(move |table| !table.is_log_table(&cx))
}

/// Whether a statement fails, and a rule about that tells of it: then what it reads as is told already.
fn is_known_to_fail(cx: &MigrationContext<'_>, statement: Span) -> bool {
    let told = cx.findings_of(&BanFailingStatement).into_iter().chain(cx.findings_of(&BanUndefinedObject));
    told.into_iter().any(|finding| statement.encloses(finding.primary.span))
}
