#!/usr/bin/env python3
"""Reads lines of [place, text, canonical text]; fails with those that PostgreSQL's parser reads as different trees.

What the trees of PostgreSQL keep and that means nothing is left out first: places, which of two spellings was used, how ANDs are nested.
"""

import json
import sys

from pglast.parser import parse_sql_json

PLACES = {"location", "stmt_location", "stmt_len", "name_location", "rexpr_list_start", "rexpr_list_end", "list_start", "list_end"}
SPELLINGS = {"funcformat"}
FRAMEOPTION_BETWEEN = 0x10


def plain(node):
    if isinstance(node, list):
        return [plain(item) for item in node]
    if not isinstance(node, dict):
        return node
    node = {key: plain(value) for key, value in node.items() if key not in PLACES and key not in SPELLINGS}
    if node.get("sortby_dir") == "SORTBY_ASC":
        node["sortby_dir"] = "SORTBY_DEFAULT"
    if "frameOptions" in node:
        node["frameOptions"] &= ~FRAMEOPTION_BETWEEN
    if "arrayBounds" in node:
        # The lengths of an array are only documentation (manual, 8.15.1).
        node["arrayBounds"] = len(node["arrayBounds"])
    if node.get("String", {}).get("sval") == "!=":
        node["String"]["sval"] = "<>"
    if node.get("A_Expr", {}).get("kind") in ("AEXPR_LIKE", "AEXPR_ILIKE", "AEXPR_SIMILAR"):
        node["A_Expr"]["kind"] = "AEXPR_OP"
    if "BoolExpr" in node and node["BoolExpr"]["boolop"] != "NOT_EXPR":
        bool_expr = node["BoolExpr"]
        nested = lambda item: item.get("BoolExpr", {}).get("boolop") == bool_expr["boolop"]
        bool_expr["args"] = [part for item in bool_expr["args"] for part in (item["BoolExpr"]["args"] if nested(item) else [item])]
    if "A_Indirection" in node and "A_Indirection" in node["A_Indirection"]["arg"]:
        outer, inner = node["A_Indirection"], node["A_Indirection"]["arg"]["A_Indirection"]
        node["A_Indirection"] = {"arg": inner["arg"], "indirection": inner["indirection"] + outer["indirection"]}
    if "ReturningClause" in node or "exprs" in node and "options" in node:
        node.get("ReturningClause", node).get("options", []).sort(key=json.dumps)
    return node


def main():
    wrong = 0
    compared = 0
    for line in sys.stdin:
        place, text, canonical = json.loads(line)
        try:
            tree = plain(json.loads(parse_sql_json(text)))
        except Exception:
            # Of another version than this parser's, or with a placeholder.
            continue
        compared += 1
        try:
            same = plain(json.loads(parse_sql_json(canonical))) == tree
        except Exception as error:
            same, canonical = False, f"{canonical} ({error})"
        if not same:
            wrong += 1
            print(f"{place}: {text}\n    is not {canonical}")
    print(f"{compared} compared, {wrong} differ")
    return 1 if wrong or not compared else 0


if __name__ == "__main__":
    sys.exit(main())
