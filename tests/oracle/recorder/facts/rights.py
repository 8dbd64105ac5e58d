"""Facts of roles and of what they may do: GRANT, REVOKE, default privileges, policies."""

from typing import Any

from pglast import ast, enums

from . import words
from .utility import setting
from .words import flag, items, maybe, name, names, options

ROLE_KINDS = {
    enums.RoleStmtType.ROLESTMT_ROLE: "role",
    enums.RoleStmtType.ROLESTMT_USER: "user",
    enums.RoleStmtType.ROLESTMT_GROUP: "group",
}


def role_options(elements: Any) -> list[str]:
    """OPTIONs of a role; a password is never recorded."""
    facts = []
    for element in elements or ():
        if element.defname == "password":
            facts.append("option password" if element.arg is not None else "option password=null")
        elif isinstance(element.arg, (tuple, list)):
            facts.append(f"option {element.defname}={items(words.role(role) for role in element.arg)}")
        else:
            facts += options([element])
    return facts


def create_role(node: ast.CreateRoleStmt) -> list[str]:
    """CREATE ROLE, USER, GROUP."""
    return [f"type {ROLE_KINDS[node.stmt_type]}", f"name {node.role}"] + role_options(node.options)


def alter_role(node: ast.AlterRoleStmt) -> list[str]:
    """ALTER ROLE, USER, GROUP; adding to a group is the action 1, and so is altering; dropping from it -1."""
    facts = [f"name {words.role(node.role)}"] + role_options(node.options)
    members = any(element.defname == "rolemembers" for element in node.options or ())
    return facts + (["action add" if node.action > 0 else "action drop"] if members else [])


def alter_role_set(node: ast.AlterRoleSetStmt) -> list[str]:
    """ALTER ROLE … SET."""
    facts = [f"name {words.role(node.role)}"] if node.role is not None else []
    return facts + maybe("database", node.database) + setting(node.setstmt)


def drop_role(node: ast.DropRoleStmt) -> list[str]:
    """DROP ROLE, USER, GROUP."""
    return [f"role {words.role(role)}" for role in node.roles] + flag(node.missing_ok, "if-exists")


def drop_owned(node: ast.DropOwnedStmt) -> list[str]:
    """DROP OWNED."""
    return [f"role {words.role(role)}" for role in node.roles] + words.cascade(node)


def reassign_owned(node: ast.ReassignOwnedStmt) -> list[str]:
    """REASSIGN OWNED."""
    return [f"role {words.role(role)}" for role in node.roles] + [f"to {words.role(node.newrole)}"]


def grant(node: ast.GrantStmt) -> list[str]:
    """GRANT … ON and REVOKE … ON."""
    facts = ["grant" if node.is_grant else "revoke", f"object {words.object_kind(node.objtype)}"]
    facts += flag(node.targtype == enums.GrantTargetType.ACL_TARGET_ALL_IN_SCHEMA, "all-in-schema")
    facts += [f"on {words.object_name(node.objtype, target)}" for target in node.objects or ()]
    facts += [f"privilege {privilege(each)}" for each in node.privileges or ()] or ["privilege all"]
    facts += [f"grantee {words.role(role)}" for role in node.grantees]
    facts += flag(node.grant_option, "grant-option")
    facts += [f"granted-by {words.role(node.grantor)}"] if node.grantor is not None else []
    return facts + words.cascade(node)


def privilege(node: ast.AccessPriv) -> str:
    """A privilege, perhaps on columns; without a name it is ALL."""
    word = node.priv_name if node.priv_name is not None else "all"
    return word + (f" {names(node.cols)}" if node.cols else "")


def grant_role(node: ast.GrantRoleStmt) -> list[str]:
    """GRANT role TO, REVOKE role FROM."""
    facts = ["grant" if node.is_grant else "revoke"]
    facts += [f"role {privilege(each)}" for each in node.granted_roles]
    facts += [f"grantee {words.role(role)}" for role in node.grantee_roles] + options(node.opt)
    facts += [f"granted-by {words.role(node.grantor)}"] if node.grantor is not None else []
    return facts + words.cascade(node)


def default_privileges(node: ast.AlterDefaultPrivilegesStmt) -> list[str]:
    """ALTER DEFAULT PRIVILEGES."""
    facts = []
    for element in node.options or ():
        if element.defname == "schemas":
            facts += [f"schema {name(schema)}" for schema in element.arg]
        else:
            facts += [f"for {words.role(role)}" for role in element.arg]
    return facts + grant(node.action)


def create_policy(node: ast.CreatePolicyStmt) -> list[str]:
    """CREATE POLICY."""
    facts = [f"name {node.policy_name}", f"table {name(node.table)}", f"command {node.cmd_name}"]
    return facts + flag(not node.permissive, "restrictive") + policy_clauses(node)


def alter_policy(node: ast.AlterPolicyStmt) -> list[str]:
    """ALTER POLICY."""
    return [f"name {node.policy_name}", f"table {name(node.table)}"] + policy_clauses(node)


def policy_clauses(node: ast.CreatePolicyStmt | ast.AlterPolicyStmt) -> list[str]:
    """TO, USING, WITH CHECK."""
    facts = [f"to {words.role(role)}" for role in node.roles or ()]
    return facts + flag(node.qual is not None, "using") + flag(node.with_check is not None, "with-check")


EXTRACTORS = {
    ast.CreateRoleStmt: create_role,
    ast.AlterRoleStmt: alter_role,
    ast.AlterRoleSetStmt: alter_role_set,
    ast.DropRoleStmt: drop_role,
    ast.DropOwnedStmt: drop_owned,
    ast.ReassignOwnedStmt: reassign_owned,
    ast.GrantStmt: grant,
    ast.GrantRoleStmt: grant_role,
    ast.AlterDefaultPrivilegesStmt: default_privileges,
    ast.CreatePolicyStmt: create_policy,
    ast.AlterPolicyStmt: alter_policy,
}
