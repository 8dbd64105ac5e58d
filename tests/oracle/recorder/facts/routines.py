"""Facts of what runs: functions, procedures, DO, triggers, rules, languages, aggregates and operators."""

from typing import Any

from pglast import ast, enums

from . import words
from .utility import setting
from .words import flag, items, name, names, options

MODES = {"i": "in", "d": "in", "o": "out", "b": "inout", "v": "variadic", "t": "table"}

# Bits of a trigger's timing and events, from catalog/pg_trigger.h.
TIMINGS = {0: "after", 1 << 1: "before", 1 << 6: "instead-of"}
EVENTS = {"insert": 1 << 2, "delete": 1 << 3, "update": 1 << 4, "truncate": 1 << 5}

# enums.CmdType of a rule's event.
RULE_EVENTS = {
    enums.CmdType.CMD_SELECT: "select",
    enums.CmdType.CMD_UPDATE: "update",
    enums.CmdType.CMD_INSERT: "insert",
    enums.CmdType.CMD_DELETE: "delete",
}
FIRINGS = {"O": "enable", "R": "enable-replica", "A": "enable-always", "D": "disable"}


def arguments(parameters: Any) -> list[str]:
    """The arguments of a function or aggregate."""
    facts = []
    for number, parameter in enumerate(parameters or (), start=1):
        text = f"argument {number} mode={MODES[words.char(parameter.mode)]}"
        text += f" name={parameter.name}" if parameter.name is not None else ""
        text += f" type={words.type_name(parameter.argType)}"
        facts.append(text + (" default" if parameter.defexpr is not None else ""))
    return facts


def create_function(node: ast.CreateFunctionStmt) -> list[str]:
    """CREATE FUNCTION and CREATE PROCEDURE."""
    facts = flag(node.is_procedure, "procedure") + flag(node.replace, "replace") + [f"name {name(node.funcname)}"]
    facts += arguments(node.parameters)
    if any(words.char(parameter.mode) == "t" for parameter in node.parameters or ()):
        facts.append("returns table")
    elif node.returnType is not None:
        facts.append(f"returns {words.type_name(node.returnType)}")
    return facts + routine_options(node.options) + sql_body(node.sql_body)


def routine_options(elements: Any) -> list[str]:
    """What follows a routine's arguments, in any order."""
    facts = []
    for element in elements or ():
        if element.defname == "as":
            facts.append(string_body(element.arg))
        elif element.defname == "set":
            facts += setting(element.arg)
        elif element.defname == "transform":
            facts += [f"transform {words.type_name(transformed)}" for transformed in element.arg]
        else:
            facts += options([element])
    return facts


def string_body(parts: Any) -> str:
    """AS 'body', or AS 'object file', 'symbol'."""
    texts = [parts.sval] if isinstance(parts, ast.String) else [part.sval for part in parts]
    size = len(texts[0].encode())
    return f"body string {size}" if len(texts) == 1 else f"body object {size} {texts[1]}"


def sql_body(body: Any) -> list[str]:
    """BEGIN ATOMIC … END, a list within a list, or RETURN."""
    if body is None:
        return []
    if isinstance(body, ast.ReturnStmt):
        return ["body return"]
    return [f"body atomic {len(body[0] or ())}"]


def alter_function(node: ast.AlterFunctionStmt) -> list[str]:
    """ALTER FUNCTION, PROCEDURE, ROUTINE."""
    facts = [f"object {words.object_kind(node.objtype)}", f"name {words.routine(node.func)}"]
    return facts + routine_options(node.actions)


def do_block(node: ast.DoStmt) -> list[str]:
    """DO."""
    return routine_options(node.args)


def call(node: ast.CallStmt) -> list[str]:
    """CALL."""
    return [f"name {name(node.funccall.funcname)}"]


def create_trigger(node: ast.CreateTrigStmt) -> list[str]:
    """CREATE [CONSTRAINT] TRIGGER."""
    facts = [f"name {node.trigname}", f"table {name(node.relation)}"]
    facts += flag(node.replace, "replace") + flag(node.isconstraint, "constraint") + flag(node.row, "row")
    facts.append(f"timing {TIMINGS[node.timing]}")
    facts.append(f"events {items(event for event, bit in EVENTS.items() if node.events & bit)}")
    facts += [f"update-of {names(node.columns)}"] if node.columns else []
    facts += flag(node.whenClause is not None, "when") + [f"function {name(node.funcname)}"]
    facts += [f"arguments {len(node.args)}"] if node.args else []
    facts += [f"from {name(node.constrrel)}"] if node.constrrel is not None else []
    facts += flag(node.deferrable, "deferrable") + flag(node.initdeferred, "initially-deferred")
    for transition in node.transitionRels or ():
        side = "new" if transition.isNew else "old"
        facts.append(f"referencing {side} {'table' if transition.isTable else 'row'} {transition.name}")
    return facts


def create_event_trigger(node: ast.CreateEventTrigStmt) -> list[str]:
    """CREATE EVENT TRIGGER."""
    facts = [f"name {node.trigname}", f"event {node.eventname}", f"function {name(node.funcname)}"]
    return facts + [f"when {element.defname} {names(element.arg)}" for element in node.whenclause or ()]


def alter_event_trigger(node: ast.AlterEventTrigStmt) -> list[str]:
    """ALTER EVENT TRIGGER … ENABLE."""
    return [f"name {node.trigname}", FIRINGS[words.char(node.tgenabled)]]


def create_rule(node: ast.RuleStmt) -> list[str]:
    """CREATE RULE."""
    facts = [f"name {node.rulename}", f"table {name(node.relation)}", f"event {RULE_EVENTS[node.event]}"]
    facts += flag(node.replace, "replace") + flag(node.instead, "instead") + flag(node.whereClause is not None, "where")
    actions = enumerate(node.actions or (), start=1)
    return facts + [f"action {number} {type(action).__name__}" for number, action in actions]


def create_language(node: ast.CreatePLangStmt) -> list[str]:
    """CREATE LANGUAGE … HANDLER."""
    facts = [f"name {node.plname}"] + flag(node.replace, "replace") + flag(node.pltrusted, "trusted")
    for label, function in (("handler", node.plhandler), ("inline", node.plinline), ("validator", node.plvalidator)):
        facts += [f"{label} {name(function)}"] if function else []
    return facts


def define(node: ast.DefineStmt) -> list[str]:
    """CREATE AGGREGATE, OPERATOR, TYPE (base), COLLATION, TEXT SEARCH …"""
    facts = [f"object {words.object_kind(node.kind)}", f"name {name(node.defnames)}"]
    facts += flag(node.replace, "replace") + flag(node.if_not_exists, "if-not-exists")
    facts += flag(node.oldstyle, "old-style")
    if node.args:
        # An aggregate's arguments come with the number of its direct ones.
        facts += arguments(node.args[0])
    return facts + options(node.definition)


def create_cast(node: ast.CreateCastStmt) -> list[str]:
    """CREATE CAST."""
    facts = [f"source {words.type_name(node.sourcetype)}", f"target {words.type_name(node.targettype)}"]
    if node.func is not None:
        facts.append(f"function {words.routine(node.func)}")
    else:
        facts.append("inout" if node.inout else "without-function")
    return facts + [f"context {node.context.name.removeprefix('COERCION_').lower()}"]


def create_operator_class(node: ast.CreateOpClassStmt) -> list[str]:
    """CREATE OPERATOR CLASS."""
    facts = [f"name {name(node.opclassname)}", f"method {node.amname}", f"type {words.type_name(node.datatype)}"]
    facts += flag(node.isDefault, "default")
    facts += [f"family {name(node.opfamilyname)}"] if node.opfamilyname else []
    return facts + [item(each) for each in node.items]


def create_operator_family(node: ast.CreateOpFamilyStmt) -> list[str]:
    """CREATE OPERATOR FAMILY."""
    return [f"name {name(node.opfamilyname)}", f"method {node.amname}"]


def alter_operator_family(node: ast.AlterOpFamilyStmt) -> list[str]:
    """ALTER OPERATOR FAMILY … ADD, DROP."""
    facts = [f"name {name(node.opfamilyname)}", f"method {node.amname}", "drop" if node.isDrop else "add"]
    return facts + [item(each) for each in node.items]


def item(node: ast.CreateOpClassItem) -> str:
    """An ITEM of an operator class: its kinds are numbered in nodes/parsenodes.h."""
    if node.itemtype == 3:
        return f"item storage {words.type_name(node.storedtype)}"
    kind = "operator" if node.itemtype == 1 else "function"
    if node.name is None:
        return f"item {kind} {node.number} {items(words.type_name(arg) for arg in node.class_args)}"
    named = words.routine(node.name) if node.name.objargs or kind == "function" else name(node.name.objname)
    text = f"item {kind} {node.number} {named}"
    text += f" for-order-by {name(node.order_family)}" if node.order_family else ""
    if node.class_args:
        text += f" class-args={items(words.type_name(arg) for arg in node.class_args)}"
    return text


def alter_operator(node: ast.AlterOperatorStmt) -> list[str]:
    """ALTER OPERATOR … SET."""
    return [f"name {words.routine(node.opername)}"] + options(node.options)


def create_transform(node: ast.CreateTransformStmt) -> list[str]:
    """CREATE TRANSFORM."""
    facts = [f"type {words.type_name(node.type_name)}", f"language {node.lang}"] + flag(node.replace, "replace")
    for label, function in (("from-sql", node.fromsql), ("to-sql", node.tosql)):
        facts += [f"{label} {words.routine(function)}"] if function is not None else []
    return facts


def create_conversion(node: ast.CreateConversionStmt) -> list[str]:
    """CREATE CONVERSION."""
    facts = [f"name {name(node.conversion_name)}", f"for {node.for_encoding_name}", f"to {node.to_encoding_name}"]
    return facts + [f"function {name(node.func_name)}"] + flag(node.def_, "default")


def create_access_method(node: ast.CreateAmStmt) -> list[str]:
    """CREATE ACCESS METHOD."""
    kinds = {"i": "index", "t": "table"}
    return [f"name {node.amname}", f"type {kinds[words.char(node.amtype)]}", f"handler {name(node.handler_name)}"]


EXTRACTORS = {
    ast.CreateFunctionStmt: create_function,
    ast.AlterFunctionStmt: alter_function,
    ast.DoStmt: do_block,
    ast.CallStmt: call,
    ast.CreateTrigStmt: create_trigger,
    ast.CreateEventTrigStmt: create_event_trigger,
    ast.AlterEventTrigStmt: alter_event_trigger,
    ast.RuleStmt: create_rule,
    ast.CreatePLangStmt: create_language,
    ast.DefineStmt: define,
    ast.CreateCastStmt: create_cast,
    ast.CreateOpClassStmt: create_operator_class,
    ast.CreateOpFamilyStmt: create_operator_family,
    ast.AlterOpFamilyStmt: alter_operator_family,
    ast.AlterOperatorStmt: alter_operator,
    ast.CreateTransformStmt: create_transform,
    ast.CreateConversionStmt: create_conversion,
    ast.CreateAmStmt: create_access_method,
}
