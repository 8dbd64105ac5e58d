//! What ALTER does in the same way to every kind of object: RENAME, SET SCHEMA, OWNER TO, DEPENDS ON EXTENSION.
//!
//! Most kinds of objects have actions and a production of their own too. So the words behind the object are looked at first, without
//! reading what stands before them: only if they announce an action of this file, the statement is read here.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{DependsOnExtension, Guard, Ident, Name, Node, ObjectKind, ObjectName, ObjectRef};
use crate::syntax::tree::{Rename, RenamedPart, SetOwner, SetSchema};
use crate::text::Span;

use super::SyntaxError;
use super::parser::{Parse, Parser};
use super::{name, object};

/// What follows ALTER, if the action is one of these; else nothing, with the cursor where it was.
pub(super) fn alter(p: &mut Parser, start: u32) -> Parse<Option<Node>> {
    let before = p.mark();
    let Some(kind) = kind(p) else { return Ok(None) };
    if !has_only_these(kind) && action_ahead(p, kind).is_none() {
        p.rewind(before);
        return Ok(None);
    }
    let subject = subject(p, kind)?;
    let node = match action(p, kind) {
        Some(Action::Rename) => rename(p, start, subject)?,
        Some(Action::SetSchema) => set_schema(p, start, subject)?,
        Some(Action::SetOwner) => set_owner(p, start, subject)?,
        Some(Action::DependsOnExtension) => depends_on_extension(p, start, subject)?,
        None => return Err(no_action(p, kind)),
    };
    Ok(Some(node))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Rename,
    SetSchema,
    SetOwner,
    DependsOnExtension,
}

impl Action {
    const ALL: [Action; 4] = [Action::Rename, Action::SetSchema, Action::SetOwner, Action::DependsOnExtension];

    const fn sql(self) -> &'static str {
        match self {
            Action::Rename => "`RENAME`",
            Action::SetSchema => "`SET SCHEMA`",
            Action::SetOwner => "`OWNER TO`",
            Action::DependsOnExtension => "`DEPENDS ON EXTENSION`",
        }
    }

    /// Whether PostgreSQL's grammar has this action for objects of a kind, apart from ALTER TABLE.
    const fn is_for(self, kind: ObjectKind) -> bool {
        use ObjectKind::*;
        match self {
            Action::Rename => {
                !matches!(kind, AccessMethod | Cast | Column | Extension | LargeObject | Operator | Parameter | TableConstraint | Transform)
            }
            Action::SetSchema => matches!(
                kind,
                Aggregate
                    | Collation
                    | Conversion
                    | Domain
                    | Extension
                    | ForeignTable
                    | Function
                    | MaterializedView
                    | Operator
                    | OperatorClass
                    | OperatorFamily
                    | Procedure
                    | Routine
                    | Sequence
                    | Statistics
                    | Table
                    | TextSearchConfiguration
                    | TextSearchDictionary
                    | TextSearchParser
                    | TextSearchTemplate
                    | Type
                    | View
            ),
            Action::SetOwner => matches!(
                kind,
                Aggregate
                    | Collation
                    | Conversion
                    | Database
                    | Domain
                    | EventTrigger
                    | ForeignDataWrapper
                    | Function
                    | Language
                    | LargeObject
                    | Operator
                    | OperatorClass
                    | OperatorFamily
                    | Procedure
                    | Publication
                    | Routine
                    | Schema
                    | Server
                    | Statistics
                    | Subscription
                    | Tablespace
                    | TextSearchConfiguration
                    | TextSearchDictionary
                    | Type
            ),
            Action::DependsOnExtension => matches!(kind, Function | Index | MaterializedView | Procedure | Routine | Trigger),
        }
    }
}

/// Whether ALTER does nothing else to objects of a kind.
const fn has_only_these(kind: ObjectKind) -> bool {
    use ObjectKind::*;
    matches!(kind, Aggregate | Conversion | Language | LargeObject | OperatorClass | Rule | Schema | Trigger)
}

/// What an action changes.
struct Subject {
    guard: Guard,
    only: Option<Span>,
    object: ObjectRef,
}

fn kind(p: &mut Parser) -> Option<ObjectKind> {
    match p.kind() {
        TokenKind::Keyword(Keyword::User | Keyword::Group) => {
            p.bump();
            Some(ObjectKind::Role)
        }
        _ => object::kind(p),
    }
}

/// The action behind the object at the cursor, which stays where it is.
fn action_ahead(p: &mut Parser, kind: ObjectKind) -> Option<Action> {
    let before = p.mark();
    name::if_exists(p);
    p.eat_kw(Keyword::Only);
    skip_name(p);
    skip_parentheses(p);
    p.eat(TokenKind::Star);
    if p.eat_kw(Keyword::On).or_else(|| p.eat_kw(Keyword::Using)).is_some() {
        skip_name(p);
    }
    let action = action(p, kind);
    p.rewind(before);
    action
}

/// A name or an operator, whatever the words in it.
fn skip_name(p: &mut Parser) {
    if !p.at(TokenKind::LeftParen) {
        p.bump();
    }
    while p.eat(TokenKind::Dot).is_some() {
        p.bump();
    }
}

/// Arguments, or the parentheses of `ONLY (t)`.
fn skip_parentheses(p: &mut Parser) {
    let mut open = 0u32;
    loop {
        match p.kind() {
            TokenKind::LeftParen => open += 1,
            TokenKind::RightParen if open > 0 => open -= 1,
            TokenKind::End => return,
            _ if open == 0 => return,
            _ => {}
        }
        p.bump();
    }
}

/// The action that the next tokens announce, if there is such an action for the kind.
fn action(p: &Parser, kind: ObjectKind) -> Option<Action> {
    let TokenKind::Keyword(first) = p.kind() else { return None };
    let action = match first {
        // Values of enumerations are not objects.
        Keyword::Rename if kind == ObjectKind::Type && p.nth(1) == TokenKind::Keyword(Keyword::Value) => return None,
        Keyword::Rename => Action::Rename,
        // A function also has `SET SCHEMA 'name'`, and `SET schema = name`, where "schema" is a variable.
        Keyword::Set if p.at_kws(&[Keyword::Set, Keyword::Schema]) && !sets_variable(kind, p.nth(2)) => Action::SetSchema,
        Keyword::Owner => Action::SetOwner,
        Keyword::Depends => Action::DependsOnExtension,
        Keyword::No if p.at_kws(&[Keyword::No, Keyword::Depends]) => Action::DependsOnExtension,
        _ => return None,
    };
    action.is_for(kind).then_some(action)
}

/// Whether `SET SCHEMA` before this token sets a variable.
fn sets_variable(kind: ObjectKind, next: TokenKind) -> bool {
    matches!(kind, ObjectKind::Function | ObjectKind::Procedure | ObjectKind::Routine)
        && (name::at_string(next) || matches!(next, TokenKind::Dot | TokenKind::Equals | TokenKind::Keyword(Keyword::To | Keyword::From)))
}

/// The object that is altered. Types and domains are named as other objects are, not as types.
fn subject(p: &mut Parser, kind: ObjectKind) -> Parse<Subject> {
    use ObjectKind::*;
    let guard = name::if_exists(p);
    if let Guard::Written(span) = guard
        && !matches!(kind, ForeignTable | Index | MaterializedView | Policy | Sequence | Table | View)
    {
        return Err(p.error_at(span, format!("this form of `ALTER {}` has no `IF EXISTS`", kind.sql())));
    }
    let start = p.start();
    let (only, name) = match kind {
        Table | ForeignTable => {
            let relation = name::relation(p)?;
            (relation.only, relation.name)
        }
        Role => (None, name::role_name(p).map(Name::unqualified)?),
        Domain | Type => return Ok(Subject { guard, only: None, object: object::named(p, kind)? }),
        _ => return Ok(Subject { guard, only: None, object: object::object(p, kind)? }),
    };
    Ok(Subject { guard, only, object: ObjectRef { span: p.since(start), kind, name: ObjectName::Named(name) } })
}

/// `RENAME TO name`, `RENAME COLUMN name TO name` (RenameStmt).
fn rename(p: &mut Parser, start: u32, subject: Subject) -> Parse<Node> {
    let Subject { guard, only, object } = subject;
    p.bump();
    let part = renamed_part(p, object.kind)?;
    if let (ObjectKind::View, RenamedPart::Column(column)) = (object.kind, part) {
        p.need(13, column.span, "`ALTER VIEW … RENAME COLUMN`");
    }
    p.expect_kw(Keyword::To)?;
    let new = if object.kind == ObjectKind::Role { name::role_name(p)? } else { name::column_name(p, "the new name")? };
    if p.at(TokenKind::Dot) {
        let error = p.unexpected("the end of the statement");
        return Err(error.help("a new name has no schema; `SET SCHEMA` moves an object to another one"));
    }
    let behavior = if matches!(part, RenamedPart::Attribute(_)) { name::behavior(p) } else { None };
    reject_second_action(p)?;
    Ok(Node::Rename(Box::new(Rename { span: p.since(start), guard, only, object, part, new, behavior })))
}

/// What stands between RENAME and TO.
fn renamed_part(p: &mut Parser, kind: ObjectKind) -> Parse<RenamedPart> {
    use ObjectKind::*;
    if p.at_kw(Keyword::To) {
        return Ok(RenamedPart::Whole);
    }
    match kind {
        Table | Domain if p.eat_kw(Keyword::Constraint).is_some() => {
            name::column_name(p, "the name of a constraint").map(RenamedPart::Constraint)
        }
        Type if p.eat_kw(Keyword::Attribute).is_some() => name::column_name(p, "the name of an attribute").map(RenamedPart::Attribute),
        Table | ForeignTable | View | MaterializedView => renamed_column(p, kind).map(RenamedPart::Column),
        _ => Err(p.unexpected("`TO`")),
    }
}

fn renamed_column(p: &mut Parser, kind: ObjectKind) -> Parse<Ident> {
    let expected = match p.eat_kw(Keyword::Column) {
        Some(_) => "a column name",
        None if kind == ObjectKind::Table => "`TO`, `COLUMN`, `CONSTRAINT` or a column name",
        None => "`TO`, `COLUMN` or a column name",
    };
    let help = match p.kind() {
        TokenKind::Keyword(Keyword::As) => "PostgreSQL writes `RENAME TO name`",
        TokenKind::Keyword(Keyword::Index) if p.nth(1) != TokenKind::Keyword(Keyword::To) => {
            "an index is renamed with `ALTER INDEX name RENAME TO name`"
        }
        TokenKind::Keyword(Keyword::If) if p.nth(1) == TokenKind::Keyword(Keyword::Exists) => {
            "`IF EXISTS` stands before the name of the table, and asks for the table alone"
        }
        _ => return name::column_name(p, expected),
    };
    Err(p.unexpected(expected).help(help))
}

/// `SET SCHEMA name` (AlterObjectSchemaStmt).
fn set_schema(p: &mut Parser, start: u32, subject: Subject) -> Parse<Node> {
    let Subject { guard, only, object } = subject;
    p.expect_kws(&[Keyword::Set, Keyword::Schema])?;
    let schema = object::own_name(p, ObjectKind::Schema)?;
    reject_second_action(p)?;
    Ok(Node::SetSchema(Box::new(SetSchema { span: p.since(start), guard, only, object, schema })))
}

/// `OWNER TO role` (AlterOwnerStmt).
fn set_owner(p: &mut Parser, start: u32, subject: Subject) -> Parse<Node> {
    reject_guard(p, subject.guard, "OWNER TO")?;
    p.expect_kws(&[Keyword::Owner, Keyword::To])?;
    let owner = name::role(p)?;
    Ok(Node::SetOwner(Box::new(SetOwner { span: p.since(start), object: subject.object, owner })))
}

/// `[NO] DEPENDS ON EXTENSION name` (AlterObjectDependsStmt).
fn depends_on_extension(p: &mut Parser, start: u32, subject: Subject) -> Parse<Node> {
    reject_guard(p, subject.guard, "DEPENDS ON EXTENSION")?;
    let no = p.eat_kw(Keyword::No);
    if let Some(no) = no {
        p.need(13, no, "`NO DEPENDS ON EXTENSION`");
    }
    p.expect_kws(&[Keyword::Depends, Keyword::On, Keyword::Extension])?;
    let extension = name::column_name(p, "the name of an extension")?;
    let object = subject.object;
    Ok(Node::DependsOnExtension(Box::new(DependsOnExtension { span: p.since(start), object, no, extension })))
}

/// What ALTER TABLE allows and these actions don't.
fn reject_second_action(p: &Parser) -> Parse<()> {
    match p.kind() {
        TokenKind::Comma => {
            Err(p.unexpected("the end of the statement").help("this action stands alone: write another statement for the next"))
        }
        _ => Ok(()),
    }
}

fn reject_guard(p: &Parser, guard: Guard, action: &str) -> Parse<()> {
    match guard {
        Guard::Written(span) => Err(p.error_at(span, format!("`{action}` can't be combined with `IF EXISTS`"))),
        Guard::Absent(_) => Ok(()),
    }
}

/// The error that no action follows which the kind has.
fn no_action(p: &Parser, kind: ObjectKind) -> Box<SyntaxError> {
    let actions: Vec<_> = Action::ALL.into_iter().filter(|action| action.is_for(kind)).map(Action::sql).collect();
    let expected = match actions.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        one => one.concat(),
    };
    let error = p.unexpected(&expected);
    match kind {
        ObjectKind::Trigger if matches!(p.kind(), TokenKind::Keyword(Keyword::Enable | Keyword::Disable)) => {
            error.help("triggers are switched on and off by `ALTER TABLE table ENABLE TRIGGER name`")
        }
        _ => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::grammar::testing::{error, node};

    fn rename_of(text: &str) -> Rename {
        match node(text) {
            Node::Rename(rename) => *rename,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_rename_tells_the_part_from_the_whole() {
        let text = "ALTER TABLE IF EXISTS ONLY s.t RENAME COLUMN a TO b";
        let rename = rename_of(text);
        assert!(rename.guard.is_written() && rename.only.is_some());
        assert_eq!((rename.object.kind, rename.object.name().map(|name| name.display(text))), (ObjectKind::Table, Some("s.t".into())));
        assert!(matches!(rename.part, RenamedPart::Column(column) if column.is(text, "a")) && rename.new.is(text, "b"));
        assert_eq!(rename_of("ALTER VIEW rename RENAME TO owner").part, RenamedPart::Whole);
        assert!(matches!(rename_of("ALTER DOMAIN d RENAME CONSTRAINT a TO b").part, RenamedPart::Constraint(_)));
        let attribute = rename_of("ALTER TYPE t RENAME ATTRIBUTE a TO b CASCADE");
        assert!(matches!(attribute.part, RenamedPart::Attribute(_)) && attribute.behavior.is_some());
    }

    #[test]
    fn a_trigger_is_renamed_on_its_table() {
        let text = "ALTER TRIGGER a ON s.t RENAME TO b";
        let rename = rename_of(text);
        let (table, trigger) = rename.object.member().expect("a trigger belongs to a table");
        assert!(trigger.is(text, "a") && table.is_some_and(|table| table.display(text) == "s.t"));
    }

    #[test]
    fn what_is_no_action_of_objects_is_read_elsewhere() {
        assert!(matches!(node("ALTER TABLE t OWNER TO r"), Node::AlterTable(_)));
        assert!(matches!(node("ALTER SEQUENCE s OWNED BY t.a"), Node::AlterSequence(_)));
        assert!(matches!(node("ALTER TYPE t RENAME VALUE 'a' TO 'b'"), Node::AlterEnum(_)));
        assert!(matches!(node("ALTER FUNCTION f(integer) SET SCHEMA 's'"), Node::AlterFunction(_)));
        assert!(matches!(node("ALTER FUNCTION f(integer) SET SCHEMA s"), Node::SetSchema(_)));
        assert!(matches!(node("ALTER USER mapping WITH LOGIN"), Node::AlterRole(_)));
    }

    #[test]
    fn a_missing_action_is_named() {
        assert!(error("ALTER SCHEMA s SET TABLESPACE t").message.contains("`RENAME` or `OWNER TO`"));
        assert!(error("ALTER TABLE t RENAME a TO b, RENAME c TO d").help.is_some_and(|help| help.contains("alone")));
    }
}
