"""The words that facts are made of: names, types, roles, options, objects. `../../FACTS.md` defines them."""

from typing import Any

from pglast import ast, enums

# How the grammar writes the fields of an interval: a bit for each, and one value for "all of them".
INTERVAL_FIELDS = {
    "year": 1 << 2,
    "month": 1 << 1,
    "day": 1 << 3,
    "hour": 1 << 10,
    "minute": 1 << 11,
    "second": 1 << 12,
}
ALL_FIELDS = 0x7FFF


def name(parts: Any) -> str:
    """A dotted name from a String, a list of them, a RangeVar or a text."""
    if isinstance(parts, str):
        return parts
    if isinstance(parts, ast.String):
        return parts.sval
    if isinstance(parts, ast.RangeVar):
        return ".".join(part for part in (parts.catalogname, parts.schemaname, parts.relname) if part is not None)
    if isinstance(parts, ast.TypeName):
        return type_name(parts)
    return ".".join("*" if isinstance(part, ast.A_Star) else name(part) for part in parts)


def relation(var: ast.RangeVar) -> str:
    """A relation's name, and whether ONLY stands in front."""
    return name(var) + ("" if var.inh else " only")


def items(texts: Any) -> str:
    """A LIST: `(a, b)`."""
    return "(" + ", ".join(texts) + ")"


def names(strings: Any) -> str:
    """A LIST of names."""
    return items(name(part) for part in strings or ())


def flag(present: Any, fact: str) -> list[str]:
    """A fact that is there or not."""
    return [fact] if present else []


def maybe(label: str, text: str | None) -> list[str]:
    """A fact with a text, if there is one."""
    return [] if text is None else [f"{label} {text}"]


def prefixed(prefix: str, facts: list[str]) -> list[str]:
    """Facts of a part."""
    return [f"{prefix} {fact}" for fact in facts]


def cascade(node: Any) -> list[str]:
    """CASCADE, if written."""
    return flag(node.behavior == enums.DropBehavior.DROP_CASCADE, "cascade")


def persistence(var: ast.RangeVar) -> list[str]:
    """TEMPORARY or UNLOGGED."""
    return {"t": ["persistence temp"], "u": ["persistence unlogged"]}.get(var.relpersistence, [])


def char(value: Any) -> str:
    """A C character; the zero byte stands for none."""
    text = getattr(value, "value", value)
    return text if text and text != "\0" else ""


def constant(node: Any) -> str:
    """A constant by its value, a name dotted, anything else as `?`."""
    match node:
        case ast.A_Const():
            return "?" if node.isnull else constant(node.val)
        case ast.Integer():
            return str(node.ival)
        case ast.Float():
            return node.fval
        case ast.Boolean():
            return "true" if node.boolval else "false"
        case ast.String():
            return node.sval
        case ast.ColumnRef():
            return name(node.fields)
        case ast.A_Expr() if node.lexpr is None and name(node.name) == "-" and constant(node.rexpr) != "?":
            return "-" + constant(node.rexpr)
    return "?"


def type_name(node: ast.TypeName) -> str:
    """A TYPE."""
    text = ("setof " if node.setof else "") + name(node.names)
    modifiers = list(node.typmods or ())
    if text.removeprefix("setof ") == "pg_catalog.interval" and modifiers:
        fields = interval_fields(modifiers.pop(0))
        text += f" {fields}" if fields else ""
    if modifiers:
        text += items(constant(modifier) for modifier in modifiers)
    return text + ("%type" if node.pct_type else "") + "[]" * len(node.arrayBounds or ())


def interval_fields(mask: Any) -> str:
    """`day to second` of the bits that stand for it."""
    bits = mask.val.ival if isinstance(mask, ast.A_Const) and isinstance(mask.val, ast.Integer) else ALL_FIELDS
    if bits == ALL_FIELDS:
        return ""
    fields = [field for field, bit in INTERVAL_FIELDS.items() if bits & bit]
    return fields[0] if len(fields) == 1 else f"{fields[0]} to {fields[-1]}"


def role(node: ast.RoleSpec) -> str:
    """A ROLE."""
    kinds = enums.RoleSpecType
    words = {
        kinds.ROLESPEC_PUBLIC: "public",
        kinds.ROLESPEC_CURRENT_USER: "current_user",
        kinds.ROLESPEC_CURRENT_ROLE: "current_role",
        kinds.ROLESPEC_SESSION_USER: "session_user",
    }
    return words.get(node.roletype, node.rolename)


def value(node: Any) -> str:
    """The VALUE of an option."""
    match node:
        case ast.TypeName():
            return type_name(node)
        case ast.RoleSpec():
            return role(node)
        case ast.A_Star():
            return "*"
        case tuple() | list():
            return name(node)
    return constant(node)


def key_value(element: ast.DefElem, lists: bool = False) -> str:
    """`KEY[=VALUE]`; a list is a dotted name, or, where the statement has real lists, a LIST."""
    key = ".".join(part for part in (element.defnamespace, element.defname) if part)
    if element.arg is None:
        return key
    if lists and isinstance(element.arg, (tuple, list)):
        return f"{key}={items(value(part) for part in element.arg)}"
    return f"{key}={value(element.arg)}"


def options(elements: Any, lists: bool = False) -> list[str]:
    """OPTION lines."""
    return [f"option {key_value(element, lists)}" for element in elements or ()]


def fdw_options(elements: Any) -> list[str]:
    """FDWOPTION lines."""
    actions = enums.DefElemAction
    words = {actions.DEFELEM_ADD: "add ", actions.DEFELEM_SET: "set ", actions.DEFELEM_DROP: "drop "}
    return [f"fdw-option {words.get(element.defaction, '')}{key_value(element)}" for element in elements or ()]


def expression_key(element: Any) -> str:
    """A column's name, or `(expr)`."""
    return "(expr)" if element.expr is not None else element.name


def key(element: ast.IndexElem) -> str:
    """A KEY of an index."""
    text = expression_key(element)
    if element.collation:
        text += f" collate {name(element.collation)}"
    if element.opclass:
        text += f" opclass {name(element.opclass)}"
        if element.opclassopts:
            text += items(key_value(option) for option in element.opclassopts)
    order = {enums.SortByDir.SORTBY_ASC: " asc", enums.SortByDir.SORTBY_DESC: " desc"}
    nulls = {enums.SortByNulls.SORTBY_NULLS_FIRST: " nulls-first", enums.SortByNulls.SORTBY_NULLS_LAST: " nulls-last"}
    return text + order.get(element.ordering, "") + nulls.get(element.nulls_ordering, "")


def routine(node: ast.ObjectWithArgs) -> str:
    """A ROUTINE: of an operator, a missing operand is `none`."""
    if node.args_unspecified:
        return name(node.objname)
    return name(node.objname) + items("none" if arg is None else type_name(arg) for arg in node.objargs or ())


def object_kind(kind: enums.ObjectType) -> str:
    """A KIND: PostgreSQL's ObjectType in lower case, with dashes."""
    return kind.name.removeprefix("OBJECT_").lower().replace("_", "-")


def object_name(kind: enums.ObjectType, node: Any) -> str:
    """An OBJECT: the name of an object of any kind."""
    kinds = enums.ObjectType
    match node:
        case ast.ObjectWithArgs():
            return routine(node)
        case ast.RoleSpec():
            return role(node)
        case ast.Integer() | ast.Float():
            return constant(node)
        case tuple() | list() if kind == kinds.OBJECT_CAST:
            return f"{type_name(node[0])} as {type_name(node[1])}"
        case tuple() | list() if kind == kinds.OBJECT_TRANSFORM:
            return f"{type_name(node[0])} language {name(node[1])}"
    return name(node)
