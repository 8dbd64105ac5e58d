"""Facts of queries and of the statements made of one: which relations they read and write, and what is outermost."""

from collections.abc import Iterator
from typing import Any

from pglast import ast, enums

from . import words
from .tables import ON_COMMIT
from .words import flag, items, maybe, name, names, options, persistence

WRITERS = (ast.InsertStmt, ast.UpdateStmt, ast.DeleteStmt, ast.MergeStmt)
QUERIES = (ast.SelectStmt, *WRITERS)

LOCKS = {
    enums.LockClauseStrength.LCS_FORKEYSHARE: "key-share",
    enums.LockClauseStrength.LCS_FORSHARE: "share",
    enums.LockClauseStrength.LCS_FORNOKEYUPDATE: "no-key-update",
    enums.LockClauseStrength.LCS_FORUPDATE: "update",
}
OVERRIDING = {
    enums.OverridingKind.OVERRIDING_USER_VALUE: ["overriding user"],
    enums.OverridingKind.OVERRIDING_SYSTEM_VALUE: ["overriding system"],
}
MATCHES = {
    enums.MergeMatchKind.MERGE_WHEN_MATCHED: "matched",
    enums.MergeMatchKind.MERGE_WHEN_NOT_MATCHED_BY_SOURCE: "not-matched-by-source",
    enums.MergeMatchKind.MERGE_WHEN_NOT_MATCHED_BY_TARGET: "not-matched-by-target",
}
COMMANDS = {
    enums.CmdType.CMD_UPDATE: "update",
    enums.CmdType.CMD_INSERT: "insert",
    enums.CmdType.CMD_DELETE: "delete",
    enums.CmdType.CMD_NOTHING: "nothing",
}


def relations(node: Any) -> list[str]:
    """READS: each relation read and written, once."""
    return sorted(set(uses(node, frozenset())))


def uses(node: Any, ctes: frozenset[str]) -> Iterator[str]:
    """Every relation used in a tree, given the CTEs in scope there."""
    if isinstance(node, (tuple, list)):
        for part in node:
            yield from uses(part, ctes)
    elif isinstance(node, ast.RangeVar):
        if node.schemaname is not None or node.relname not in ctes:
            yield f"reads {name(node)}"
    elif isinstance(node, ast.Node):
        yield from uses_below(node, ctes)


def uses_below(node: ast.Node, ctes: frozenset[str]) -> Iterator[str]:
    """The relations used by a node's parts, which see the CTEs of its WITH."""
    skipped = {"withClause"}
    if isinstance(node, QUERIES) and node.withClause is not None:
        yield from uses_in_with(node.withClause, ctes)
        ctes |= {cte.ctename for cte in node.withClause.ctes}
    if isinstance(node, WRITERS):
        yield f"writes {name(node.relation)}"
        skipped.add("relation")
    elif isinstance(node, ast.SelectStmt):
        skipped |= {"intoClause", "lockingClause"}
    for attribute in node:
        if attribute not in skipped:
            yield from uses(getattr(node, attribute), ctes)


def uses_in_with(clause: ast.WithClause, ctes: frozenset[str]) -> Iterator[str]:
    """The relations used in the items of a WITH: each sees those before it, or all of them if RECURSIVE."""
    if clause.recursive:
        ctes |= {cte.ctename for cte in clause.ctes}
    for cte in clause.ctes:
        yield from uses(cte.ctequery, ctes)
        ctes |= {cte.ctename}


def select(node: ast.SelectStmt) -> list[str]:
    """SELECT, VALUES, TABLE."""
    facts = relations(node) + flag(node.whereClause is not None, "where")
    if node.intoClause is not None:
        facts += [f"into {name(node.intoClause.rel)}"] + persistence(node.intoClause.rel)
    return facts + [f"locking {LOCKS[clause.strength]}" for clause in node.lockingClause or ()]


def insert(node: ast.InsertStmt) -> list[str]:
    """INSERT."""
    facts = relations(node) + [f"target {name(node.relation)}"]
    if node.cols:
        facts.append(f"columns {items(target.name for target in node.cols)}")
    facts.append(f"source {source(node.selectStmt)}")
    facts += OVERRIDING.get(node.override, [])
    conflict = node.onConflictClause
    if conflict is not None:
        update = conflict.action == enums.OnConflictAction.ONCONFLICT_UPDATE
        facts.append(f"on-conflict {'update' if update else 'nothing'}")
        if conflict.infer is not None and conflict.infer.conname is not None:
            facts.append(f"on-conflict-constraint {conflict.infer.conname}")
        elif conflict.infer is not None:
            facts.append(f"on-conflict-target {items(words.key(key) for key in conflict.infer.indexElems)}")
    return facts + flag(node.returningClause is not None, "returning")


def source(query: ast.SelectStmt | None) -> str:
    """Where the rows of an INSERT come from."""
    if query is None:
        return "default"
    return f"values {len(query.valuesLists)}" if query.valuesLists else "query"


def update(node: ast.UpdateStmt) -> list[str]:
    """UPDATE."""
    facts = relations(node) + [f"target {words.relation(node.relation)}"]
    facts.append(f"columns {items(target.name for target in node.targetList)}")
    facts += flag(node.whereClause is not None, "where")
    return facts + flag(node.returningClause is not None, "returning")


def delete(node: ast.DeleteStmt) -> list[str]:
    """DELETE."""
    facts = relations(node) + [f"target {words.relation(node.relation)}"]
    facts += flag(node.whereClause is not None, "where")
    return facts + flag(node.returningClause is not None, "returning")


def merge(node: ast.MergeStmt) -> list[str]:
    """MERGE."""
    facts = relations(node) + [f"target {words.relation(node.relation)}"]
    for number, clause in enumerate(node.mergeWhenClauses, start=1):
        line = f"when {number} {MATCHES[clause.matchKind]} {COMMANDS[clause.commandType]}"
        if clause.targetList:
            line += " " + items(target.name for target in clause.targetList)
        facts.append(line)
    return facts + flag(node.returningClause is not None, "returning")


def create_view(node: ast.ViewStmt) -> list[str]:
    """CREATE VIEW."""
    facts = [f"name {name(node.view)}"] + persistence(node.view) + flag(node.replace, "replace")
    facts += [f"columns {names(node.aliases)}"] if node.aliases else []
    checks = {
        enums.ViewCheckOption.LOCAL_CHECK_OPTION: ["check-option local"],
        enums.ViewCheckOption.CASCADED_CHECK_OPTION: ["check-option cascaded"],
    }
    return facts + options(node.options) + checks.get(node.withCheckOption, []) + relations(node.query)


def create_table_as(node: ast.CreateTableAsStmt) -> list[str]:
    """CREATE TABLE AS and CREATE MATERIALIZED VIEW."""
    into = node.into
    facts = [f"object {words.object_kind(node.objtype)}", f"name {name(into.rel)}"] + persistence(into.rel)
    facts += flag(node.if_not_exists, "if-not-exists")
    facts += [f"columns {names(into.colNames)}"] if into.colNames else []
    facts += maybe("using", into.accessMethod) + options(into.options) + ON_COMMIT.get(into.onCommit, [])
    facts += maybe("tablespace", into.tableSpaceName) + flag(into.skipData, "with-no-data")
    if isinstance(node.query, ast.ExecuteStmt):
        return facts + [f"execute {node.query.name}"]
    return facts + relations(node.query)


def refresh(node: ast.RefreshMatViewStmt) -> list[str]:
    """REFRESH MATERIALIZED VIEW."""
    facts = [f"name {name(node.relation)}"] + flag(node.concurrent, "concurrently")
    return facts + flag(node.skipData, "with-no-data")


def declare_cursor(node: ast.DeclareCursorStmt) -> list[str]:
    """DECLARE … CURSOR."""
    return [f"name {node.portalname}"] + relations(node.query)


def copy(node: ast.CopyStmt) -> list[str]:
    """COPY."""
    facts = [f"table {name(node.relation)}"] if node.relation is not None else []
    facts += [f"columns {names(node.attlist)}"] if node.attlist else []
    facts += ["from" if node.is_from else "to"] + flag(node.is_program, "program") + maybe("file", node.filename)
    facts += flag(node.whereClause is not None, "where") + options(node.options, lists=True)
    return facts + relations(node.query)


EXTRACTORS = {
    ast.SelectStmt: select,
    ast.InsertStmt: insert,
    ast.UpdateStmt: update,
    ast.DeleteStmt: delete,
    ast.MergeStmt: merge,
    ast.ViewStmt: create_view,
    ast.CreateTableAsStmt: create_table_as,
    ast.RefreshMatViewStmt: refresh,
    ast.DeclareCursorStmt: declare_cursor,
    ast.CopyStmt: copy,
}
