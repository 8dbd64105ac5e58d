"""Facts of statements that run something: transactions, settings, locks, cursors, maintenance."""

from pglast import ast, enums

from . import words
from .words import flag, items, maybe, name, names, options

TRANSACTIONS = {
    enums.TransactionStmtKind.TRANS_STMT_BEGIN: "begin",
    enums.TransactionStmtKind.TRANS_STMT_START: "start",
    enums.TransactionStmtKind.TRANS_STMT_COMMIT: "commit",
    enums.TransactionStmtKind.TRANS_STMT_ROLLBACK: "rollback",
    enums.TransactionStmtKind.TRANS_STMT_SAVEPOINT: "savepoint",
    enums.TransactionStmtKind.TRANS_STMT_RELEASE: "release",
    enums.TransactionStmtKind.TRANS_STMT_ROLLBACK_TO: "rollback-to",
    enums.TransactionStmtKind.TRANS_STMT_PREPARE: "prepare",
    enums.TransactionStmtKind.TRANS_STMT_COMMIT_PREPARED: "commit-prepared",
    enums.TransactionStmtKind.TRANS_STMT_ROLLBACK_PREPARED: "rollback-prepared",
}
# storage/lockdefs.h numbers the modes from 1.
LOCK_MODES = (
    "access-share",
    "row-share",
    "row-exclusive",
    "share-update-exclusive",
    "share",
    "share-row-exclusive",
    "exclusive",
    "access-exclusive",
)


def setting(node: ast.VariableSetStmt) -> list[str]:
    """A SETTING, of SET and RESET themselves and of what carries one."""
    kinds = enums.VariableSetKind
    match node.kind:
        case kinds.VAR_RESET_ALL:
            line = "reset-all"
        case kinds.VAR_RESET:
            line = f"reset {node.name}"
        case kinds.VAR_SET_DEFAULT:
            line = f"set {node.name} default"
        case kinds.VAR_SET_CURRENT:
            line = f"set {node.name} current"
        case kinds.VAR_SET_MULTI:
            line = f"set {node.name} multi {items(multi_value(arg) for arg in node.args)}"
        case _:
            line = f"set {node.name} = {items(words.value(arg) for arg in node.args)}"
    return [line] + flag(node.is_local, "local")


def multi_value(node: ast.Node) -> str:
    """A mode of a transaction, or the name of a snapshot."""
    return words.key_value(node) if isinstance(node, ast.DefElem) else words.value(node)


def transaction(node: ast.TransactionStmt) -> list[str]:
    """BEGIN, COMMIT, SAVEPOINT …"""
    facts = [f"transaction {TRANSACTIONS[node.kind]}"] + maybe("savepoint", node.savepoint_name)
    return facts + maybe("gid", node.gid) + flag(node.chain, "chain") + options(node.options)


def show(node: ast.VariableShowStmt) -> list[str]:
    """SHOW."""
    return [f"show {node.name}"]


def alter_database_set(node: ast.AlterDatabaseSetStmt) -> list[str]:
    """ALTER DATABASE … SET."""
    return [f"name {node.dbname}"] + setting(node.setstmt)


def alter_system(node: ast.AlterSystemStmt) -> list[str]:
    """ALTER SYSTEM."""
    return setting(node.setstmt)


def set_constraints(node: ast.ConstraintsSetStmt) -> list[str]:
    """SET CONSTRAINTS."""
    facts = [f"constraint {name(var)}" for var in node.constraints or ()] or ["all"]
    return facts + ["deferred" if node.deferred else "immediate"]


def discard(node: ast.DiscardStmt) -> list[str]:
    """DISCARD."""
    return [f"discard {node.target.name.removeprefix('DISCARD_').lower()}"]


def lock(node: ast.LockStmt) -> list[str]:
    """LOCK."""
    facts = [f"relation {words.relation(var)}" for var in node.relations]
    return facts + [f"mode {LOCK_MODES[node.mode - 1]}"] + flag(node.nowait, "nowait")


def listen(node: ast.ListenStmt | ast.UnlistenStmt) -> list[str]:
    """LISTEN, UNLISTEN."""
    return maybe("name", node.conditionname)


def notify(node: ast.NotifyStmt) -> list[str]:
    """NOTIFY."""
    return [f"name {node.conditionname}"] + flag(node.payload is not None, "payload")


def load(node: ast.LoadStmt) -> list[str]:
    """LOAD."""
    return [f"file {node.filename}"]


def checkpoint(_: ast.CheckPointStmt) -> list[str]:
    """CHECKPOINT."""
    return []


def execute(node: ast.ExecuteStmt) -> list[str]:
    """EXECUTE."""
    return [f"name {node.name}"]


def deallocate(node: ast.DeallocateStmt) -> list[str]:
    """DEALLOCATE."""
    return maybe("name", node.name)


def fetch(node: ast.FetchStmt) -> list[str]:
    """FETCH, MOVE."""
    return [f"name {node.portalname}"] + flag(node.ismove, "move")


def close(node: ast.ClosePortalStmt) -> list[str]:
    """CLOSE."""
    return maybe("name", node.portalname)


def vacuum(node: ast.VacuumStmt) -> list[str]:
    """VACUUM, ANALYZE."""
    facts = ["vacuum" if node.is_vacuumcmd else "analyze"]
    for target in node.rels or ():
        columns = f" {names(target.va_cols)}" if target.va_cols else ""
        facts.append(f"relation {words.relation(target.relation)}{columns}")
    return facts + options(node.options)


def cluster(node: ast.ClusterStmt) -> list[str]:
    """CLUSTER."""
    facts = [f"name {name(node.relation)}"] if node.relation is not None else []
    return facts + maybe("index", node.indexname) + options(node.params)


def reindex(node: ast.ReindexStmt) -> list[str]:
    """REINDEX."""
    facts = [f"type {node.kind.name.removeprefix('REINDEX_OBJECT_').lower()}"]
    facts += [f"name {name(node.relation)}"] if node.relation is not None else maybe("name", node.name)
    return facts + options(node.params)


EXTRACTORS = {
    ast.VariableSetStmt: setting,
    ast.TransactionStmt: transaction,
    ast.VariableShowStmt: show,
    ast.AlterDatabaseSetStmt: alter_database_set,
    ast.AlterSystemStmt: alter_system,
    ast.ConstraintsSetStmt: set_constraints,
    ast.DiscardStmt: discard,
    ast.LockStmt: lock,
    ast.ListenStmt: listen,
    ast.UnlistenStmt: listen,
    ast.NotifyStmt: notify,
    ast.LoadStmt: load,
    ast.CheckPointStmt: checkpoint,
    ast.ExecuteStmt: execute,
    ast.DeallocateStmt: deallocate,
    ast.FetchStmt: fetch,
    ast.ClosePortalStmt: close,
    ast.VacuumStmt: vacuum,
    ast.ClusterStmt: cluster,
    ast.ReindexStmt: reindex,
}
