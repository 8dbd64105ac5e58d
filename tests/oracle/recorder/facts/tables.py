"""Facts of tables and what hangs on them: columns, constraints, partitions, indexes, the actions of ALTER TABLE."""

from typing import Any

from pglast import ast, enums

from . import words
from .words import flag, items, maybe, name, names, options, persistence, prefixed

KIND = enums.ConstrType
AT = enums.AlterTableType

BODIES = {
    KIND.CONSTR_NULL: "null",
    KIND.CONSTR_NOTNULL: "not-null",
    KIND.CONSTR_DEFAULT: "default",
    KIND.CONSTR_CHECK: "check",
    KIND.CONSTR_UNIQUE: "unique",
    KIND.CONSTR_PRIMARY: "primary-key",
    KIND.CONSTR_EXCLUSION: "exclude",
    KIND.CONSTR_FOREIGN: "references",
    KIND.CONSTR_IDENTITY: "identity",
    KIND.CONSTR_GENERATED: "generated",
}
# A column's constraint attributes are nodes of their own in the raw tree; analysis gives them to the constraint in
# front, and so do we. What is PostgreSQL's default is not said.
ATTRIBUTES = {
    KIND.CONSTR_ATTR_DEFERRABLE: ["deferrable"],
    KIND.CONSTR_ATTR_DEFERRED: ["deferrable", "initially-deferred"],
    KIND.CONSTR_ATTR_NOT_ENFORCED: ["not-enforced"],
    KIND.CONSTR_ATTR_NOT_DEFERRABLE: [],
    KIND.CONSTR_ATTR_IMMEDIATE: [],
    KIND.CONSTR_ATTR_ENFORCED: [],
}
ACTIONS = {"r": "restrict", "c": "cascade", "n": "set-null", "d": "set-default"}
LIKE_OPTIONS = (
    "comments",
    "compression",
    "constraints",
    "defaults",
    "generated",
    "identity",
    "indexes",
    "statistics",
    "storage",
)
ON_COMMIT = {
    enums.OnCommitAction.ONCOMMIT_DROP: ["on-commit drop"],
    enums.OnCommitAction.ONCOMMIT_DELETE_ROWS: ["on-commit delete-rows"],
    enums.OnCommitAction.ONCOMMIT_PRESERVE_ROWS: ["on-commit preserve-rows"],
}
STRATEGIES = {"l": "list", "r": "range", "h": "hash"}


def create_table(node: ast.CreateStmt) -> list[str]:
    """CREATE TABLE in all its forms."""
    facts = [f"name {name(node.relation)}"]
    facts += flag(node.if_not_exists, "if-not-exists") + persistence(node.relation)
    elements = node.tableElts or ()
    facts += columns(element for element in elements if isinstance(element, ast.ColumnDef))
    for element in elements:
        if isinstance(element, ast.Constraint):
            facts.append(f"constraint {table_constraint(element)}")
        elif isinstance(element, ast.TableLikeClause):
            facts.append(f"like {name(element.relation)} {like_options(element.options)}")
    parents = node.inhRelations or ()
    if node.partbound is not None:
        facts += [f"partition-of {name(parents[0])}", bound(node.partbound)]
    elif parents:
        facts.append(f"inherits {names(parents)}")
    if node.ofTypename is not None:
        facts.append(f"of {words.type_name(node.ofTypename)}")
    if node.partspec is not None:
        facts.append(partition_by(node.partspec))
    facts += maybe("using", node.accessMethod) + options(node.options)
    return facts + ON_COMMIT.get(node.oncommit, []) + maybe("tablespace", node.tablespacename)


def create_foreign_table(node: ast.CreateForeignTableStmt) -> list[str]:
    """CREATE FOREIGN TABLE."""
    return create_table(node.base) + [f"server {node.servername}"] + words.fdw_options(node.options)


def like_options(mask: int) -> str:
    """What LIKE includes; ALL sets every bit."""
    return items(
        option for option in LIKE_OPTIONS if mask & enums.TableLikeOption[f"CREATE_TABLE_LIKE_{option.upper()}"]
    )


def partition_by(spec: ast.PartitionSpec) -> str:
    """PARTITION BY with its keys."""
    keys = []
    for element in spec.partParams:
        text = words.expression_key(element)
        text += f" collate {name(element.collation)}" if element.collation else ""
        keys.append(text + (f" opclass {name(element.opclass)}" if element.opclass else ""))
    return f"partition-by {STRATEGIES[words.char(spec.strategy)]} {items(keys)}"


def bound(spec: ast.PartitionBoundSpec) -> str:
    """FOR VALUES …: how many values, since they are expressions."""
    if spec.is_default:
        return "bound default"
    match words.char(spec.strategy):
        case "l":
            return f"bound list {len(spec.listdatums)}"
        case "r":
            return f"bound range {len(spec.lowerdatums)} {len(spec.upperdatums)}"
    return f"bound hash modulus={spec.modulus} remainder={spec.remainder}"


def columns(definitions: Any) -> list[str]:
    """The list of columns, and the lines of each."""
    definitions = list(definitions)
    facts = [f"columns {items(column.colname for column in definitions)}"] if definitions else []
    for column in definitions:
        facts += column_lines(column)
    return facts


def column_lines(column: ast.ColumnDef) -> list[str]:
    """COLUMN lines."""
    facts = []
    if column.typeName is not None:
        facts.append(f"type {words.type_name(column.typeName)}")
    if column.collClause is not None:
        facts.append(f"collate {name(column.collClause.collname)}")
    facts += maybe("storage", column.storage_name) + maybe("compression", column.compression)
    facts += words.fdw_options(column.fdwoptions)
    return prefixed(f"column {column.colname}", facts + column_constraints(column.constraints))


def column_constraints(constraints: Any) -> list[str]:
    """A column's or domain's constraints, each with the attributes behind it."""
    facts = []
    groups: list[tuple[ast.Constraint | None, list[str]]] = []
    for constraint in constraints or ():
        if constraint.contype in ATTRIBUTES:
            attributes = ATTRIBUTES[constraint.contype]
            if groups:
                groups[-1][1].extend(attributes)
            else:
                facts += attributes
        else:
            groups.append((constraint, []))
    for constraint, attributes in groups:
        facts.append(body(constraint, set(attributes)))
        if constraint.contype == KIND.CONSTR_IDENTITY:
            facts += [f"identity-{option}" for option in options(constraint.options)]
    return facts


def table_constraint(constraint: ast.Constraint) -> str:
    """A table's constraint."""
    attributes = flag(constraint.deferrable, "deferrable") + flag(constraint.initdeferred, "initially-deferred")
    enforced = constraint.is_enforced or constraint.contype not in (KIND.CONSTR_CHECK, KIND.CONSTR_FOREIGN)
    attributes += flag(not enforced, "not-enforced")
    attributes += flag(enforced and constraint.skip_validation, "not-valid")
    return body(constraint, set(attributes))


def body(constraint: ast.Constraint, attributes: set[str]) -> str:
    """A constraint's BODY with its suffixes in their order."""
    parts = [head(constraint)]
    parts += flag(constraint.fk_with_period, "period") + flag(constraint.pk_with_period, "references-period")
    parts += flag(words.char(constraint.fk_matchtype) == "f", "match=full")
    for label, action in (("on-delete", constraint.fk_del_action), ("on-update", constraint.fk_upd_action)):
        if words.char(action) in ACTIONS:
            parts.append(f"{label}={ACTIONS[words.char(action)]}")
    if constraint.fk_del_set_cols:
        parts.append(f"set-columns={names(constraint.fk_del_set_cols)}")
    if constraint.indexname is not None:
        parts.append(f"using-index={constraint.indexname}")
    parts += flag(constraint.nulls_not_distinct, "nulls-not-distinct")
    parts += flag(constraint.without_overlaps, "without-overlaps")
    if constraint.including:
        parts.append(f"include={names(constraint.including)}")
    parts += flag(constraint.is_no_inherit, "no-inherit") + flag(constraint.where_clause is not None, "where")
    if constraint.options and constraint.contype != KIND.CONSTR_IDENTITY:
        parts.append(f"with={items(words.key_value(option) for option in constraint.options)}")
    if constraint.indexspace is not None:
        parts.append(f"tablespace={constraint.indexspace}")
    order = ("deferrable", "initially-deferred", "not-valid", "not-enforced")
    parts += [attribute for attribute in order if attribute in attributes]
    return " ".join(parts + maybe("named", constraint.conname))


def head(constraint: ast.Constraint) -> str:
    """What a constraint is, with its columns."""
    text = BODIES[constraint.contype]
    match constraint.contype:
        case KIND.CONSTR_FOREIGN:
            target = name(constraint.pktable)
            target += f" {names(constraint.pk_attrs)}" if constraint.pk_attrs else ""
            if constraint.fk_attrs:
                return f"foreign-key {names(constraint.fk_attrs)} references {target}"
            return f"references {target}"
        case KIND.CONSTR_EXCLUSION:
            elements = items(f"{words.key(key)} with {name(operator)}" for key, operator in constraint.exclusions)
            return f"{text} {constraint.access_method} {elements}"
        case KIND.CONSTR_IDENTITY:
            return f"{text} {identity(constraint.generated_when)}"
        case KIND.CONSTR_GENERATED:
            return f"{text} {'virtual' if words.char(constraint.generated_kind) == 'v' else 'stored'}"
    return f"{text} {names(constraint.keys)}" if constraint.keys else text


def identity(when: Any) -> str:
    """ALWAYS or BY DEFAULT."""
    return "always" if words.char(when) == "a" else "by-default"


def alter_table(node: ast.AlterTableStmt) -> list[str]:
    """ALTER TABLE and its kin: the actions in their order."""
    facts = [f"object {words.object_kind(node.objtype)}", f"name {name(node.relation)}"]
    facts += flag(node.missing_ok, "if-exists")
    only = not node.relation.inh and node.objtype != enums.ObjectType.OBJECT_TYPE
    facts += flag(only, "only")
    for number, command in enumerate(node.cmds, start=1):
        subject, details = action(command)
        line = f"action {number} {command.subtype.name}" + (f" {subject}" if subject is not None else "")
        details += flag(command.missing_ok, "if-exists" if command.subtype != AT.AT_AddColumn else "if-not-exists")
        facts += [line] + prefixed(f"action {number}", details + words.cascade(command))
    return facts


def action(command: ast.AlterTableCmd) -> tuple[str | None, list[str]]:
    """What an action names, and its further facts."""
    definition = command.def_
    match command.subtype:
        case AT.AT_AddColumn:
            return None, column_lines(definition)
        case AT.AT_ColumnDefault:
            return command.name, ["set" if definition is not None else "drop"]
        case AT.AT_SetStatistics:
            subject = command.name if command.name is not None else str(command.num)
            return subject, [f"value={words.value(definition) if definition is not None else 'default'}"]
        case AT.AT_SetStorage | AT.AT_SetCompression:
            return command.name, [f"value={words.value(definition)}"]
        case AT.AT_SetOptions | AT.AT_ResetOptions | AT.AT_SetRelOptions | AT.AT_ResetRelOptions:
            return command.name, options(definition)
        case AT.AT_AlterColumnGenericOptions | AT.AT_GenericOptions:
            return command.name, words.fdw_options(definition)
        case AT.AT_AddIdentity:
            return command.name, [f"identity {identity(definition.generated_when)}"] + options(definition.options)
        case AT.AT_SetIdentity:
            return command.name, [set_identity(option) for option in definition]
        case AT.AT_AlterColumnType:
            facts = [f"type {words.type_name(definition.typeName)}"]
            if definition.collClause is not None:
                facts.append(f"collate {name(definition.collClause.collname)}")
            using = flag(definition.raw_default is not None, "using")
            return command.name, prefixed(f"column {command.name}", facts) + using
        case AT.AT_AddConstraint:
            return None, [f"constraint {table_constraint(definition)}"]
        case AT.AT_AlterConstraint:
            return definition.conname, altered_constraint(definition)
        case AT.AT_AddInherit | AT.AT_DropInherit:
            return name(definition), []
        case AT.AT_AddOf:
            return words.type_name(definition), []
        case AT.AT_ChangeOwner:
            return words.role(command.newowner), []
        case AT.AT_ReplicaIdentity:
            kinds = {"n": "nothing", "f": "full", "d": "default", "i": f"index {definition.name}"}
            return None, [f"identity {kinds[words.char(definition.identity_type)]}"]
        case AT.AT_AttachPartition | AT.AT_DetachPartition | AT.AT_DetachPartitionFinalize:
            facts = [bound(definition.bound)] if definition.bound is not None else []
            return name(definition.name), facts + flag(definition.concurrent, "concurrently")
    return command.name, []


def set_identity(option: ast.DefElem) -> str:
    """SET GENERATED …, or an option of the sequence."""
    if option.defname == "generated":
        return f"identity {'always' if option.arg.ival == ord('a') else 'by-default'}"
    return f"option {words.key_value(option)}"


def altered_constraint(node: ast.ATAlterConstraint) -> list[str]:
    """ALTER CONSTRAINT: what it sets."""
    facts = []
    if node.alterEnforceability:
        facts.append("enforced" if node.is_enforced else "not-enforced")
    if node.alterDeferrability:
        facts.append("deferrable" if node.deferrable else "not-deferrable")
        facts += flag(node.initdeferred, "initially-deferred")
    if node.alterInheritability:
        facts.append("no-inherit" if node.noinherit else "inherit")
    return facts


def move_all(node: ast.AlterTableMoveAllStmt) -> list[str]:
    """ALTER TABLE ALL IN TABLESPACE."""
    facts = [f"object {words.object_kind(node.objtype)}"]
    facts += [f"from {node.orig_tablespacename}", f"to {node.new_tablespacename}"]
    facts += [f"owned-by {words.role(role)}" for role in node.roles or ()]
    return facts + flag(node.nowait, "nowait")


def create_index(node: ast.IndexStmt) -> list[str]:
    """CREATE INDEX."""
    facts = maybe("name", node.idxname)
    facts += [f"table {name(node.relation)}", f"method {node.accessMethod}"]
    facts += flag(not node.relation.inh, "only") + flag(node.unique, "unique")
    facts += flag(node.concurrent, "concurrently") + flag(node.if_not_exists, "if-not-exists")
    facts += [f"key {number} {words.key(key)}" for number, key in enumerate(node.indexParams, start=1)]
    if node.indexIncludingParams:
        facts.append(f"include {items(words.key(key) for key in node.indexIncludingParams)}")
    facts += flag(node.whereClause is not None, "where") + flag(node.nulls_not_distinct, "nulls-not-distinct")
    return facts + maybe("tablespace", node.tableSpace) + options(node.options)


def truncate(node: ast.TruncateStmt) -> list[str]:
    """TRUNCATE."""
    facts = [f"relation {words.relation(var)}" for var in node.relations]
    return facts + flag(node.restart_seqs, "restart-identity") + words.cascade(node)


EXTRACTORS = {
    ast.CreateStmt: create_table,
    ast.CreateForeignTableStmt: create_foreign_table,
    ast.AlterTableStmt: alter_table,
    ast.AlterTableMoveAllStmt: move_all,
    ast.IndexStmt: create_index,
    ast.TruncateStmt: truncate,
}
