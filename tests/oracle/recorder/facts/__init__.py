"""Facts of a statement, as `../../FACTS.md` defines them: flat strings that two parsers can be compared by.

One file per group of statements gives a table from node to function; what holds other statements is here.
"""

from pglast import ast

from . import objects, queries, rights, routines, tables, utility, words


def create_schema(node: ast.CreateSchemaStmt) -> list[str]:
    """CREATE SCHEMA, with what is created in it."""
    facts = words.maybe("name", node.schemaname) + words.flag(node.if_not_exists, "if-not-exists")
    facts += [f"authorization {words.role(node.authrole)}"] if node.authrole is not None else []
    for number, element in enumerate(node.schemaElts or (), start=1):
        facts.append(f"element {number} kind {type(element).__name__}")
        facts += words.prefixed(f"element {number}", unsorted(element))
    return facts


def prepare(node: ast.PrepareStmt) -> list[str]:
    """PREPARE."""
    facts = [f"name {node.name}"]
    if node.argtypes:
        facts.append(f"arguments {words.items(words.type_name(argument) for argument in node.argtypes)}")
    return facts + inner(node.query)


def explain(node: ast.ExplainStmt) -> list[str]:
    """EXPLAIN."""
    return words.options(node.options) + inner(node.query)


def inner(node: ast.Node) -> list[str]:
    """The statement within a statement."""
    return [f"statement {type(node).__name__}"] + words.prefixed("statement", unsorted(node))


EXTRACTORS = {
    **tables.EXTRACTORS,
    **queries.EXTRACTORS,
    **routines.EXTRACTORS,
    **objects.EXTRACTORS,
    **rights.EXTRACTORS,
    **utility.EXTRACTORS,
    ast.CreateSchemaStmt: create_schema,
    ast.PrepareStmt: prepare,
    ast.ExplainStmt: explain,
}


def unsorted(node: ast.Node) -> list[str]:
    """The facts of a statement in any order."""
    return EXTRACTORS[type(node)](node)


def of(node: ast.Node) -> list[str]:
    """The facts of a statement, sorted by bytes."""
    return sorted(unsorted(node))
