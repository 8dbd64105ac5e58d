"""Facts of objects of every kind: dropping, renaming, owning, commenting, and kinds with few clauses of their own."""

from pglast import ast, enums

from . import words
from .tables import column_constraints, columns, table_constraint
from .words import fdw_options, flag, items, maybe, name, names, options, persistence

SUBTYPES = {
    "T": "default",
    "N": "drop-not-null",
    "O": "set-not-null",
    "C": "add-constraint",
    "X": "drop-constraint",
    "V": "validate-constraint",
}
TOKEN_ACTIONS = {
    enums.AlterTSConfigType.ALTER_TSCONFIG_ADD_MAPPING: "add",
    enums.AlterTSConfigType.ALTER_TSCONFIG_ALTER_MAPPING_FOR_TOKEN: "alter-for-token",
    enums.AlterTSConfigType.ALTER_TSCONFIG_REPLACE_DICT: "replace",
    enums.AlterTSConfigType.ALTER_TSCONFIG_REPLACE_DICT_FOR_TOKEN: "replace-for-token",
    enums.AlterTSConfigType.ALTER_TSCONFIG_DROP_MAPPING: "drop",
}


def kind_of(kind: enums.ObjectType) -> list[str]:
    """`object KIND`."""
    return [f"object {words.object_kind(kind)}"]


def drop(node: ast.DropStmt) -> list[str]:
    """DROP of most kinds."""
    facts = kind_of(node.removeType)
    facts += [f"drop {words.object_name(node.removeType, target)}" for target in node.objects]
    facts += flag(node.missing_ok, "if-exists") + flag(node.concurrent, "concurrently")
    return facts + words.cascade(node)


def rename(node: ast.RenameStmt) -> list[str]:
    """ALTER … RENAME: the thing itself, or a part of what `name` names."""
    facts = kind_of(node.renameType)
    if node.renameType in (enums.ObjectType.OBJECT_COLUMN, enums.ObjectType.OBJECT_ATTRIBUTE):
        facts.append(f"of {words.object_kind(node.relationType)}")
    holder = None
    if node.relation is not None:
        holder = name(node.relation)
        composite = enums.ObjectType.OBJECT_TYPE in (node.relationType, node.renameType)
        facts += flag(not node.relation.inh and not composite, "only")
    elif node.object is not None:
        holder = words.object_name(node.renameType, node.object)
    if holder is None:
        facts.append(f"name {node.subname}")
    else:
        facts += [f"name {holder}"] + maybe("sub", node.subname)
    return facts + [f"new {node.newname}"] + flag(node.missing_ok, "if-exists") + words.cascade(node)


def held(node: ast.AlterOwnerStmt | ast.AlterObjectSchemaStmt | ast.AlterObjectDependsStmt) -> list[str]:
    """The kind and name of an object that may be given as a relation, an object, or an object on a relation."""
    parts = [name(node.relation)] if node.relation is not None else []
    parts += [words.object_name(node.objectType, node.object)] if node.object is not None else []
    return kind_of(node.objectType) + [f"name {'.'.join(parts)}"]


def alter_owner(node: ast.AlterOwnerStmt) -> list[str]:
    """ALTER … OWNER TO."""
    return held(node) + [f"owner {words.role(node.newowner)}"]


def alter_schema(node: ast.AlterObjectSchemaStmt) -> list[str]:
    """ALTER … SET SCHEMA."""
    only = node.relation is not None and not node.relation.inh
    return held(node) + [f"schema {node.newschema}"] + flag(node.missing_ok, "if-exists") + flag(only, "only")


def alter_depends(node: ast.AlterObjectDependsStmt) -> list[str]:
    """ALTER … DEPENDS ON EXTENSION."""
    return held(node) + [f"extension {name(node.extname)}"] + flag(node.remove, "remove")


def comment(node: ast.CommentStmt) -> list[str]:
    """COMMENT ON."""
    text = "comment null" if node.comment is None else f"comment text {node.comment}"
    return kind_of(node.objtype) + [f"name {words.object_name(node.objtype, node.object)}", text]


def security_label(node: ast.SecLabelStmt) -> list[str]:
    """SECURITY LABEL."""
    text = "label null" if node.label is None else f"label text {node.label}"
    facts = kind_of(node.objtype) + [f"name {words.object_name(node.objtype, node.object)}", text]
    return facts + maybe("provider", node.provider)


def create_sequence(node: ast.CreateSeqStmt) -> list[str]:
    """CREATE SEQUENCE."""
    facts = [f"name {name(node.sequence)}"] + persistence(node.sequence)
    return facts + flag(node.if_not_exists, "if-not-exists") + options(node.options)


def alter_sequence(node: ast.AlterSeqStmt) -> list[str]:
    """ALTER SEQUENCE."""
    return [f"name {name(node.sequence)}"] + flag(node.missing_ok, "if-exists") + options(node.options)


def create_composite(node: ast.CompositeTypeStmt) -> list[str]:
    """CREATE TYPE … AS (…)."""
    return [f"name {name(node.typevar)}"] + columns(node.coldeflist or ())


def create_enum(node: ast.CreateEnumStmt) -> list[str]:
    """CREATE TYPE … AS ENUM."""
    return [f"name {name(node.typeName)}", f"values {names(node.vals)}"]


def create_range(node: ast.CreateRangeStmt) -> list[str]:
    """CREATE TYPE … AS RANGE."""
    return [f"name {name(node.typeName)}"] + options(node.params)


def alter_enum(node: ast.AlterEnumStmt) -> list[str]:
    """ALTER TYPE … ADD VALUE, RENAME VALUE."""
    facts = [f"name {name(node.typeName)}"]
    if node.oldVal is not None:
        return facts + [f"rename {node.oldVal}", f"new {node.newVal}"]
    facts += [f"add {node.newVal}"] + flag(node.skipIfNewValExists, "if-not-exists")
    return facts + maybe("after" if node.newValIsAfter else "before", node.newValNeighbor)


def alter_type(node: ast.AlterTypeStmt) -> list[str]:
    """ALTER TYPE … SET."""
    return [f"name {name(node.typeName)}"] + options(node.options)


def create_domain(node: ast.CreateDomainStmt) -> list[str]:
    """CREATE DOMAIN."""
    facts = [f"name {name(node.domainname)}", f"type {words.type_name(node.typeName)}"]
    facts += [f"collate {name(node.collClause.collname)}"] if node.collClause is not None else []
    return facts + words.prefixed("constraint", column_constraints(node.constraints))


def alter_domain(node: ast.AlterDomainStmt) -> list[str]:
    """ALTER DOMAIN."""
    action = SUBTYPES[words.char(node.subtype)]
    facts = [f"name {name(node.typeName)}"]
    if action == "default":
        facts.append(f"action {'set' if node.def_ is not None else 'drop'}-default")
    else:
        facts.append(f"action {action}")
    if action == "add-constraint":
        # The grammar gives NOT NULL a column, VALUE; a domain has none.
        facts.append(f"constraint {table_constraint(node.def_).replace('not-null (value)', 'not-null')}")
    elif node.name is not None:
        facts.append(f"constraint-name {node.name}")
    return facts + flag(node.missing_ok, "if-exists") + words.cascade(node)


def alter_dictionary(node: ast.AlterTSDictionaryStmt) -> list[str]:
    """ALTER TEXT SEARCH DICTIONARY."""
    return [f"name {name(node.dictname)}"] + options(node.options)


def alter_configuration(node: ast.AlterTSConfigurationStmt) -> list[str]:
    """ALTER TEXT SEARCH CONFIGURATION."""
    facts = [f"name {name(node.cfgname)}", f"action {TOKEN_ACTIONS[node.kind]}"]
    facts += [f"tokens {names(node.tokentype)}"] if node.tokentype else []
    facts += [f"dictionaries {names(node.dicts)}"] if node.dicts else []
    return facts + flag(node.missing_ok, "if-exists")


def create_statistics(node: ast.CreateStatsStmt) -> list[str]:
    """CREATE STATISTICS."""
    facts = [f"name {name(node.defnames)}"] if node.defnames else []
    facts += flag(node.if_not_exists, "if-not-exists")
    facts += [f"kinds {names(node.stat_types)}"] if node.stat_types else []
    facts.append(f"keys {items(words.expression_key(element) for element in node.exprs)}")
    return facts + [f"from {name(var) if isinstance(var, ast.RangeVar) else '?'}" for var in node.relations]


def alter_statistics(node: ast.AlterStatsStmt) -> list[str]:
    """ALTER STATISTICS … SET STATISTICS."""
    target = "default" if node.stxstattarget is None else words.value(node.stxstattarget)
    return [f"name {name(node.defnames)}", f"value={target}"] + flag(node.missing_ok, "if-exists")


def create_extension(node: ast.CreateExtensionStmt) -> list[str]:
    """CREATE EXTENSION."""
    return [f"name {node.extname}"] + flag(node.if_not_exists, "if-not-exists") + options(node.options)


def alter_extension(node: ast.AlterExtensionStmt) -> list[str]:
    """ALTER EXTENSION … UPDATE."""
    return [f"name {node.extname}"] + options(node.options)


def alter_extension_contents(node: ast.AlterExtensionContentsStmt) -> list[str]:
    """ALTER EXTENSION … ADD, DROP; the action is 1 or -1."""
    facts = [f"name {node.extname}", "add" if node.action > 0 else "drop"] + kind_of(node.objtype)
    return facts + [f"member {words.object_name(node.objtype, node.object)}"]


def alter_collation(node: ast.AlterCollationStmt) -> list[str]:
    """ALTER COLLATION … REFRESH VERSION."""
    return [f"name {name(node.collname)}"]


def published(node: ast.CreatePublicationStmt | ast.AlterPublicationStmt) -> list[str]:
    """What a publication holds."""
    types = enums.PublicationObjSpecType
    facts = [f"name {node.pubname}"] + flag(node.for_all_tables, "for-all-tables")
    for spec in node.pubobjects or ():
        if spec.pubobjtype == types.PUBLICATIONOBJ_TABLES_IN_CUR_SCHEMA:
            facts.append("current-schema")
        elif spec.pubobjtype == types.PUBLICATIONOBJ_TABLES_IN_SCHEMA:
            facts.append(f"schema {spec.name}")
        else:
            table = spec.pubtable
            line = f"table {words.relation(table.relation)}"
            line += f" {names(table.columns)}" if table.columns else ""
            facts.append(line + (" where" if table.whereClause is not None else ""))
    return facts + options(node.options)


def alter_publication(node: ast.AlterPublicationStmt) -> list[str]:
    """ALTER PUBLICATION; a change of options alone has no action."""
    actions = enums.AlterPublicationAction
    labels = {actions.AP_AddObjects: "add", actions.AP_DropObjects: "drop", actions.AP_SetObjects: "set"}
    return published(node) + (maybe("action", labels[node.action]) if node.pubobjects else [])


def create_subscription(node: ast.CreateSubscriptionStmt) -> list[str]:
    """CREATE SUBSCRIPTION."""
    return [f"name {node.subname}", f"publications {names(node.publication)}"] + options(node.options)


def alter_subscription(node: ast.AlterSubscriptionStmt) -> list[str]:
    """ALTER SUBSCRIPTION."""
    action = node.kind.name.removeprefix("ALTER_SUBSCRIPTION_").lower().replace("_", "-")
    facts = [f"name {node.subname}", f"action {action}"]
    facts += [f"publications {names(node.publication)}"] if node.publication else []
    return facts + options(node.options)


def drop_subscription(node: ast.DropSubscriptionStmt) -> list[str]:
    """DROP SUBSCRIPTION."""
    return [f"name {node.subname}"] + flag(node.missing_ok, "if-exists") + words.cascade(node)


def wrapper(node: ast.CreateFdwStmt | ast.AlterFdwStmt) -> list[str]:
    """CREATE, ALTER FOREIGN DATA WRAPPER."""
    facts = [f"name {node.fdwname}"]
    for option in node.func_options or ():
        facts.append(option.defname if option.arg is None else f"{option.defname} {name(option.arg)}")
    return facts + fdw_options(node.options)


def create_server(node: ast.CreateForeignServerStmt) -> list[str]:
    """CREATE SERVER."""
    facts = [f"name {node.servername}", f"fdw {node.fdwname}"] + flag(node.if_not_exists, "if-not-exists")
    return facts + maybe("type", node.servertype) + maybe("version", node.version) + fdw_options(node.options)


def alter_server(node: ast.AlterForeignServerStmt) -> list[str]:
    """ALTER SERVER."""
    facts = [f"name {node.servername}"]
    if node.has_version:
        facts += ["version"] if node.version is None else [f"version {node.version}"]
    return facts + fdw_options(node.options)


def create_user_mapping(node: ast.CreateUserMappingStmt) -> list[str]:
    """CREATE USER MAPPING."""
    facts = [f"user {words.role(node.user)}", f"server {node.servername}"]
    return facts + flag(node.if_not_exists, "if-not-exists") + fdw_options(node.options)


def alter_user_mapping(node: ast.AlterUserMappingStmt) -> list[str]:
    """ALTER USER MAPPING."""
    return [f"user {words.role(node.user)}", f"server {node.servername}"] + fdw_options(node.options)


def drop_user_mapping(node: ast.DropUserMappingStmt) -> list[str]:
    """DROP USER MAPPING."""
    return [f"user {words.role(node.user)}", f"server {node.servername}"] + flag(node.missing_ok, "if-exists")


def import_schema(node: ast.ImportForeignSchemaStmt) -> list[str]:
    """IMPORT FOREIGN SCHEMA."""
    facts = [f"server {node.server_name}", f"remote {node.remote_schema}", f"into {node.local_schema}"]
    limited = node.list_type == enums.ImportForeignSchemaType.FDW_IMPORT_SCHEMA_LIMIT_TO
    facts += [f"{'limit-to' if limited else 'except'} {name(var)}" for var in node.table_list or ()]
    return facts + fdw_options(node.options)


def database(node: ast.CreatedbStmt | ast.AlterDatabaseStmt) -> list[str]:
    """CREATE, ALTER DATABASE."""
    return [f"name {node.dbname}"] + options(node.options)


def drop_database(node: ast.DropdbStmt) -> list[str]:
    """DROP DATABASE."""
    return [f"name {node.dbname}"] + flag(node.missing_ok, "if-exists") + options(node.options)


def refresh_database(node: ast.AlterDatabaseRefreshCollStmt) -> list[str]:
    """ALTER DATABASE … REFRESH COLLATION VERSION."""
    return [f"name {node.dbname}"]


def create_tablespace(node: ast.CreateTableSpaceStmt) -> list[str]:
    """CREATE TABLESPACE."""
    facts = [f"name {node.tablespacename}", f"location {node.location}"]
    facts += [f"owner {words.role(node.owner)}"] if node.owner is not None else []
    return facts + options(node.options)


def alter_tablespace(node: ast.AlterTableSpaceOptionsStmt) -> list[str]:
    """ALTER TABLESPACE … SET, RESET."""
    return [f"name {node.tablespacename}"] + flag(node.isReset, "reset") + options(node.options)


def drop_tablespace(node: ast.DropTableSpaceStmt) -> list[str]:
    """DROP TABLESPACE."""
    return [f"name {node.tablespacename}"] + flag(node.missing_ok, "if-exists")


EXTRACTORS = {
    ast.DropStmt: drop,
    ast.RenameStmt: rename,
    ast.AlterOwnerStmt: alter_owner,
    ast.AlterObjectSchemaStmt: alter_schema,
    ast.AlterObjectDependsStmt: alter_depends,
    ast.CommentStmt: comment,
    ast.SecLabelStmt: security_label,
    ast.CreateSeqStmt: create_sequence,
    ast.AlterSeqStmt: alter_sequence,
    ast.CompositeTypeStmt: create_composite,
    ast.CreateEnumStmt: create_enum,
    ast.CreateRangeStmt: create_range,
    ast.AlterEnumStmt: alter_enum,
    ast.AlterTypeStmt: alter_type,
    ast.CreateDomainStmt: create_domain,
    ast.AlterDomainStmt: alter_domain,
    ast.AlterTSDictionaryStmt: alter_dictionary,
    ast.AlterTSConfigurationStmt: alter_configuration,
    ast.CreateStatsStmt: create_statistics,
    ast.AlterStatsStmt: alter_statistics,
    ast.CreateExtensionStmt: create_extension,
    ast.AlterExtensionStmt: alter_extension,
    ast.AlterExtensionContentsStmt: alter_extension_contents,
    ast.AlterCollationStmt: alter_collation,
    ast.CreatePublicationStmt: published,
    ast.AlterPublicationStmt: alter_publication,
    ast.CreateSubscriptionStmt: create_subscription,
    ast.AlterSubscriptionStmt: alter_subscription,
    ast.DropSubscriptionStmt: drop_subscription,
    ast.CreateFdwStmt: wrapper,
    ast.AlterFdwStmt: wrapper,
    ast.CreateForeignServerStmt: create_server,
    ast.AlterForeignServerStmt: alter_server,
    ast.CreateUserMappingStmt: create_user_mapping,
    ast.AlterUserMappingStmt: alter_user_mapping,
    ast.DropUserMappingStmt: drop_user_mapping,
    ast.ImportForeignSchemaStmt: import_schema,
    ast.CreatedbStmt: database,
    ast.AlterDatabaseStmt: database,
    ast.DropdbStmt: drop_database,
    ast.AlterDatabaseRefreshCollStmt: refresh_database,
    ast.CreateTableSpaceStmt: create_tablespace,
    ast.AlterTableSpaceOptionsStmt: alter_tablespace,
    ast.DropTableSpaceStmt: drop_tablespace,
}
