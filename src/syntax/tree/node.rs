//! The sum of all statements.

use super::*;

/// One parsed statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// `CREATE [FOREIGN] TABLE`.
    CreateTable(Box<CreateTable>),
    /// CREATE TABLE AS, SELECT INTO, CREATE MATERIALIZED VIEW, by kind.
    CreateTableAs(Box<CreateTableAs>),
    /// ALTER TABLE, INDEX, SEQUENCE, VIEW, MATERIALIZED VIEW, FOREIGN TABLE, and TYPE where its attributes change.
    AlterTable(Box<AlterTable>),
    /// CREATE INDEX.
    CreateIndex(Box<CreateIndex>),
    /// CREATE VIEW.
    CreateView(Box<CreateView>),
    /// REFRESH MATERIALIZED VIEW.
    RefreshMaterializedView(Box<RefreshMaterializedView>),
    /// CREATE SEQUENCE.
    CreateSequence(Box<CreateSequence>),
    /// ALTER SEQUENCE with options.
    AlterSequence(Box<AlterSequence>),
    /// CREATE TYPE.
    CreateType(Box<CreateType>),
    /// ALTER TYPE … ADD VALUE, RENAME VALUE.
    AlterEnum(Box<AlterEnum>),
    /// ALTER TYPE … SET (…).
    AlterTypeOptions(Box<AlterTypeOptions>),
    /// CREATE DOMAIN.
    CreateDomain(Box<CreateDomain>),
    /// ALTER DOMAIN.
    AlterDomain(Box<AlterDomain>),
    /// CREATE SCHEMA.
    CreateSchema(Box<CreateSchema>),
    /// CREATE EXTENSION.
    CreateExtension(Box<CreateExtension>),
    /// ALTER EXTENSION … UPDATE, ADD, DROP.
    AlterExtension(Box<AlterExtension>),
    /// CREATE DATABASE.
    CreateDatabase(Box<CreateDatabase>),
    /// ALTER DATABASE.
    AlterDatabase(Box<AlterDatabase>),
    /// DROP DATABASE.
    DropDatabase(Box<DropDatabase>),
    /// CREATE TABLESPACE.
    CreateTablespace(Box<CreateTablespace>),
    /// ALTER TABLESPACE … SET, RESET.
    AlterTablespace(Box<AlterTablespace>),
    /// DROP TABLESPACE.
    DropTablespace(Box<DropTablespace>),
    /// CREATE LANGUAGE.
    CreateLanguage(Box<CreateLanguage>),
    /// CREATE STATISTICS.
    CreateStatistics(Box<CreateStatistics>),
    /// ALTER STATISTICS … SET STATISTICS.
    AlterStatistics(Box<AlterStatistics>),
    /// ALTER SYSTEM.
    AlterSystem(Box<AlterSystem>),
    /// CREATE FUNCTION, PROCEDURE.
    CreateFunction(Box<CreateFunction>),
    /// ALTER FUNCTION, PROCEDURE, ROUTINE with options.
    AlterFunction(Box<AlterFunction>),
    /// DO.
    Do(Box<Do>),
    /// CALL.
    Call(Box<Call>),
    /// CREATE AGGREGATE, OPERATOR, COLLATION, TEXT SEARCH …: by kind.
    Define(Box<Define>),
    /// CREATE OPERATOR CLASS.
    CreateOperatorClass(Box<CreateOperatorClass>),
    /// CREATE OPERATOR FAMILY.
    CreateOperatorFamily(Box<CreateOperatorFamily>),
    /// ALTER OPERATOR FAMILY … ADD, DROP.
    AlterOperatorFamily(Box<AlterOperatorFamily>),
    /// ALTER OPERATOR … SET.
    AlterOperator(Box<AlterOperator>),
    /// ALTER COLLATION … REFRESH VERSION.
    AlterCollation(Box<AlterCollation>),
    /// CREATE CAST.
    CreateCast(Box<CreateCast>),
    /// CREATE TRANSFORM.
    CreateTransform(Box<CreateTransform>),
    /// CREATE CONVERSION.
    CreateConversion(Box<CreateConversion>),
    /// CREATE ACCESS METHOD.
    CreateAccessMethod(Box<CreateAccessMethod>),
    /// `CREATE [CONSTRAINT] TRIGGER`.
    CreateTrigger(Box<CreateTrigger>),
    /// CREATE EVENT TRIGGER.
    CreateEventTrigger(Box<CreateEventTrigger>),
    /// ALTER EVENT TRIGGER … ENABLE, DISABLE.
    AlterEventTrigger(Box<AlterEventTrigger>),
    /// CREATE POLICY.
    CreatePolicy(Box<CreatePolicy>),
    /// ALTER POLICY.
    AlterPolicy(Box<AlterPolicy>),
    /// CREATE RULE.
    CreateRule(Box<CreateRule>),
    /// CREATE ROLE, USER, GROUP.
    CreateRole(Box<CreateRole>),
    /// ALTER ROLE, USER, GROUP with options or members.
    AlterRole(Box<AlterRole>),
    /// ALTER ROLE … SET, RESET.
    AlterRoleSet(Box<AlterRoleSet>),
    /// DROP ROLE, USER, GROUP.
    DropRole(Box<DropRole>),
    /// REASSIGN OWNED.
    ReassignOwned(Box<ReassignOwned>),
    /// DROP OWNED.
    DropOwned(Box<DropOwned>),
    /// GRANT and REVOKE on objects.
    Grant(Box<Grant>),
    /// GRANT and REVOKE of roles.
    GrantRole(Box<GrantRole>),
    /// ALTER DEFAULT PRIVILEGES.
    AlterDefaultPrivileges(Box<AlterDefaultPrivileges>),
    /// DROP of whatever is no role, database or tablespace.
    Drop(Box<Drop>),
    /// ALTER … RENAME.
    Rename(Box<Rename>),
    /// ALTER … SET SCHEMA.
    SetSchema(Box<SetSchema>),
    /// ALTER … OWNER TO.
    SetOwner(Box<SetOwner>),
    /// `ALTER … [NO] DEPENDS ON EXTENSION`.
    DependsOnExtension(Box<DependsOnExtension>),
    /// COMMENT ON.
    CommentOn(Box<CommentOn>),
    /// SECURITY LABEL.
    SecurityLabel(Box<SecurityLabel>),
    /// CREATE FOREIGN DATA WRAPPER.
    CreateForeignDataWrapper(Box<CreateForeignDataWrapper>),
    /// ALTER FOREIGN DATA WRAPPER.
    AlterForeignDataWrapper(Box<AlterForeignDataWrapper>),
    /// CREATE SERVER.
    CreateServer(Box<CreateServer>),
    /// ALTER SERVER.
    AlterServer(Box<AlterServer>),
    /// CREATE USER MAPPING.
    CreateUserMapping(Box<CreateUserMapping>),
    /// ALTER USER MAPPING.
    AlterUserMapping(Box<AlterUserMapping>),
    /// DROP USER MAPPING.
    DropUserMapping(Box<DropUserMapping>),
    /// IMPORT FOREIGN SCHEMA.
    ImportForeignSchema(Box<ImportForeignSchema>),
    /// CREATE PUBLICATION.
    CreatePublication(Box<CreatePublication>),
    /// ALTER PUBLICATION.
    AlterPublication(Box<AlterPublication>),
    /// CREATE SUBSCRIPTION.
    CreateSubscription(Box<CreateSubscription>),
    /// ALTER SUBSCRIPTION.
    AlterSubscription(Box<AlterSubscription>),
    /// DROP SUBSCRIPTION.
    DropSubscription(Box<DropSubscription>),
    /// ALTER TEXT SEARCH DICTIONARY.
    AlterTextSearchDictionary(Box<AlterTextSearchDictionary>),
    /// ALTER TEXT SEARCH CONFIGURATION … MAPPING.
    AlterTextSearchConfiguration(Box<AlterTextSearchConfiguration>),
    /// ALTER TABLE, INDEX, MATERIALIZED VIEW ALL IN TABLESPACE.
    MoveAll(Box<MoveAll>),
    /// BEGIN, COMMIT, ROLLBACK, SAVEPOINT, PREPARE TRANSACTION and their kin.
    Transaction(Box<Transaction>),
    /// SET, RESET and SHOW of a variable.
    SetVariable(Box<SetVariable>),
    /// SET CONSTRAINTS.
    SetConstraints(Box<SetConstraints>),
    /// DISCARD.
    Discard(Box<Discard>),
    /// LISTEN, NOTIFY, UNLISTEN.
    Notify(Box<Notify>),
    /// PREPARE.
    Prepare(Box<Prepare>),
    /// EXECUTE.
    Execute(Box<Execute>),
    /// DEALLOCATE.
    Deallocate(Box<Deallocate>),
    /// DECLARE, FETCH, MOVE, CLOSE.
    Cursor(Box<Cursor>),
    /// LOAD.
    Load(Box<Load>),
    /// CHECKPOINT.
    Checkpoint(Box<Checkpoint>),
    /// VACUUM and ANALYZE.
    Vacuum(Box<Vacuum>),
    /// REINDEX.
    Reindex(Box<Reindex>),
    /// CLUSTER.
    Cluster(Box<Cluster>),
    /// TRUNCATE.
    Truncate(Box<Truncate>),
    /// LOCK TABLE.
    Lock(Box<Lock>),
    /// COPY.
    Copy(Box<Copy>),
    /// EXPLAIN.
    Explain(Box<Explain>),
    /// SELECT, VALUES, TABLE, with or without WITH.
    Select(Box<Select>),
    /// INSERT.
    Insert(Box<Insert>),
    /// UPDATE.
    Update(Box<Update>),
    /// DELETE.
    Delete(Box<Delete>),
    /// MERGE.
    Merge(Box<Merge>),
}
