//! Floor 7: the rules, one file each, in folders by group.
//!
//! [`RULES`] is the whole registry: a plain slice, sorted by id. To add a rule, write `src/rules/<group>/<rule>.rs` and `rules/<rule>.md`,
//! and add a line here; `tests/pages.rs` holds every page against what its rule does.

mod amendment;
mod barton_id;
mod change;
mod context;
mod course;
mod creations;
mod doctrine;
mod documents;
mod header;
mod id_pattern;
mod kept;
mod lines;
mod meta;
mod places;
mod proof;
mod readme;
mod replayed;
mod rule;
mod safety;
mod schema;
mod schema_list;
pub mod schema_map;
mod style;
mod suppression;
mod tables;
mod touched;
mod undo;

pub use context::{
    Awaited, Draft, Drafts, ForeignContext, HistoryContext, MigrationContext, Options, OptionsAt, StatementContext, SuppressionContext,
    WrittenOn, finding, is_rejected, rejected,
};
pub use course::{Certainty, Course, Event, Touch, words};
pub use creations::{Asked, Creations, MentionsBefore, Names, deeds as names_of};
pub use documents::{Document, Documents};
pub use kept::Kept;
pub use meta::{About, Group, Meta, On, Section};
pub use replayed::{Replayed, Trials};
pub use rule::{Findings, Rule};
pub use tables::{OwnTable, own_tables, own_tables_as_known};

use crate::config::KnownNames;

/// Every rule, sorted by id.
pub static RULES: &[&dyn Rule] = &[
    &safety::AvoidDefaultChange,
    &safety::AvoidDropConstraint,
    &safety::AvoidDropNotNull,
    &safety::AvoidEnumValueChange,
    &safety::AvoidIdentityChange,
    &safety::AvoidManyForeignKeys,
    &safety::AvoidPartitionedIndex,
    &safety::AvoidPrivilegeChange,
    &safety::AvoidRefreshLock,
    &safety::AvoidTriggerLock,
    &safety::AvoidUnlogged,
    &schema::BanChar,
    &safety::BanCluster,
    &safety::BanColumnTypeChange,
    &style::BanCommentedCode,
    &safety::BanConcurrentIfNotExists,
    &safety::BanConcurrentInTransaction,
    &doctrine::BanConfigConflict,
    &safety::BanDomainConstraint,
    &schema::BanDoubleBackslashPattern,
    &safety::BanDropCascade,
    &safety::BanDropColumn,
    &safety::BanDropDatabase,
    &safety::BanDropObject,
    &safety::BanDropSchema,
    &safety::BanDropTable,
    &schema::BanDuplicateConstraintColumn,
    &schema::BanDuplicateIndex,
    &schema::BanDuplicateIndexColumn,
    &doctrine::BanDuplicateNumber,
    &safety::BanExclusionConstraint,
    &proof::BanFailingStatement,
    &safety::BanGrantToPublic,
    &proof::BanHiddenDrift,
    &schema::BanHyphenatedIndexInTable,
    &schema::BanIdentifierTooLong,
    &schema::BanInheritance,
    &schema::BanJsonEquality,
    &safety::BanNestedTransaction,
    &schema::BanNeverNullCascade,
    &proof::BanOpaqueStatement,
    &safety::BanOpenTransaction,
    &safety::BanPermissivePolicy,
    &schema::BanQuotedName,
    &schema::BanRedundantIndex,
    &safety::BanRenameColumn,
    &safety::BanRenameObject,
    &safety::BanRenameTable,
    &safety::BanRequiredColumn,
    &schema::BanReservedWord,
    &schema::BanRule,
    &doctrine::BanSecrets,
    &schema::BanSelectStarView,
    &safety::BanSetAccessMethod,
    &safety::BanSetNotNull,
    &safety::BanSetSchema,
    &safety::BanSetTablespace,
    &schema::BanShadowedTrigger,
    &safety::BanSuperuserStatement,
    &proof::BanSyntaxError,
    &safety::BanTableLock,
    &schema::BanTimetz,
    &safety::BanTruncate,
    &schema::BanType,
    &proof::BanUndefinedObject,
    &safety::BanUnfilteredDelete,
    &safety::BanUnfilteredUpdate,
    &suppression::BanUnknownSuppression,
    &suppression::BanUnusedSuppression,
    &safety::BanVacuumFull,
    &safety::BanValidateInSameTransaction,
    &safety::BanVolatileDefault,
    &proof::BanWastedChange,
    &schema::PreferBigint,
    &schema::PreferIdentity,
    &schema::PreferJsonb,
    &schema::PreferNumeric,
    &safety::PreferSingleAlterTable,
    &schema::PreferText,
    &schema::PreferTimestamptz,
    &style::PreferUppercaseKeywords,
    &doctrine::RequireAuditColumns,
    &doctrine::RequireBartonId,
    &doctrine::RequireBartonIdConstraints,
    &doctrine::RequireBartonIdFormat,
    &doctrine::RequireBartonIdRange,
    &doctrine::RequireBartonIdType,
    &doctrine::RequireBreakingChangeNote,
    &schema::RequireColumnComment,
    &schema::RequireColumns,
    &safety::RequireConcurrentDetach,
    &safety::RequireConcurrentIndex,
    &safety::RequireConcurrentIndexDrop,
    &safety::RequireConcurrentReindex,
    &schema::RequireConstraintName,
    &doctrine::RequireDeclaredTable,
    &doctrine::RequireDownMigration,
    &style::RequireDownMirror,
    &doctrine::RequireFileName,
    &doctrine::RequireForeignKeyIndex,
    &doctrine::RequireHeader,
    &doctrine::RequireHeaderSchemas,
    &doctrine::RequireIdempotency,
    &schema::RequireIndexName,
    &safety::RequireInsertColumns,
    &safety::RequireLockTimeout,
    &doctrine::RequireManagedSchema,
    &schema::RequireMatchingForeignKeyType,
    &doctrine::RequireMigrationDirectory,
    &schema::RequireNamePattern,
    &schema::RequireNotNullBoolean,
    &safety::RequireNotValidCheck,
    &safety::RequireNotValidForeignKey,
    &doctrine::RequireNumberOrder,
    &schema::RequireOnDelete,
    &safety::RequirePartitionCheck,
    &safety::RequirePolicy,
    &schema::RequirePrimaryKey,
    &doctrine::RequireQualifiedName,
    &doctrine::RequireReadmeEntry,
    &proof::RequireRerun,
    &proof::RequireRevert,
    &safety::RequireRowLevelSecurity,
    &doctrine::RequireSchemaMap,
    &safety::RequireSearchPath,
    &safety::RequireSecurityInvoker,
    &safety::RequireSequenceAdvance,
    &safety::RequireStatementTimeout,
    &suppression::RequireSuppressionReason,
    &schema::RequireTableComment,
    &style::RequireTemplateOrder,
    &doctrine::RequireTransaction,
    &safety::RequireUniqueUsingIndex,
    &doctrine::RequireUpdatedAtTrigger,
    &proof::RequireValidConstraint,
];

/// The rule whose id or alias is `name`.
pub fn find(name: &str) -> Option<&'static dyn Rule> {
    RULES.iter().copied().find(|rule| rule.meta().is_called(name))
}

/// What the configuration may mention.
pub fn known_names() -> KnownNames {
    KnownNames {
        rules: RULES.iter().map(|rule| rule.meta().id).collect(),
        groups: Group::ALL.iter().map(|group| group.id()).collect(),
        aliases: RULES.iter().flat_map(|rule| rule.meta().aliases.iter().map(|alias| (*alias, rule.meta().id))).collect(),
        options: RULES.iter().map(|rule| (rule.meta().id, rule.meta().options)).collect(),
        values: RULES.iter().map(|rule| (rule.meta().id, rule.option_values())).collect(),
    }
}
