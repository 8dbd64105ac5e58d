//! ALTER TABLE and what shares its actions.
//!
//! The grammar takes every action for every kind of relation; only partitions come and go by actions that stand alone. RENAME, SET SCHEMA
//! and DEPENDS ON EXTENSION are `object`'s, the actions on one column `alter_column`'s.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{
    AddColumn, AlterAction, AlterActionKind, AlterTable, AlteredKind, Attach, AttributeKind, ColumnRef, ConstraintChange, Detach, DropPart,
    Firing, Guard, Ident, MovedKind, Node, Relation, ReplicaIdentity, RowSecurity, TriggerChoice,
};

use super::parser::{Parse, Parser};
use super::{alter_column, column, constraint, dialect, name, partition, settings, storage};

/// `ALTER TABLE`, `INDEX`, `VIEW`, `MATERIALIZED VIEW`, `FOREIGN TABLE`, from that word on (AlterTableStmt).
pub(super) fn alter(p: &mut Parser, start: u32) -> Parse<Node> {
    let (kind, moved) = match p.kind() {
        TokenKind::Keyword(Keyword::Index) => (AlteredKind::Index, Some(MovedKind::Indexes)),
        TokenKind::Keyword(Keyword::View) => (AlteredKind::View, None),
        TokenKind::Keyword(Keyword::Materialized) => (AlteredKind::MaterializedView, Some(MovedKind::MaterializedViews)),
        TokenKind::Keyword(Keyword::Foreign) => (AlteredKind::ForeignTable, None),
        _ => (AlteredKind::Table, Some(MovedKind::Tables)),
    };
    p.bump();
    match kind {
        AlteredKind::MaterializedView => p.expect_kw(Keyword::View).map(drop)?,
        AlteredKind::ForeignTable => p.expect_kw(Keyword::Table).map(drop)?,
        _ => {}
    }
    if let Some(moved) = moved
        && p.at_kw(Keyword::All)
    {
        return storage::move_all(p, start, moved);
    }
    let guard = name::if_exists(p);
    let relation = match kind {
        AlteredKind::Table | AlteredKind::ForeignTable => name::relation(p)?,
        AlteredKind::Index => Relation { only: None, name: name::name(p, "an index name")? },
        _ => Relation { only: None, name: name::name(p, "a view name")? },
    };
    actions_of(p, start, kind, guard, relation)
}

/// The actions on `relation`, and the statement that they make.
pub(super) fn actions_of(p: &mut Parser, start: u32, kind: AlteredKind, guard: Guard, relation: Relation) -> Parse<Node> {
    let actions = match partition_action(p, kind, guard)? {
        Some(action) => vec![action],
        None => p.list(action)?,
    };
    dialect::refuse(p, dialect::ACTION)?;
    Ok(Node::AlterTable(Box::new(AlterTable { span: p.since(start), kind, guard, relation, actions })))
}

/// `ALTER TYPE` of a composite type's attributes, from TYPE on (AlterCompositeTypeStmt).
pub(super) fn alter_type_attributes(p: &mut Parser, start: u32) -> Parse<Node> {
    p.expect_kw(Keyword::Type)?;
    let guard = Guard::Absent(p.start());
    let relation = Relation { only: None, name: name::name(p, "a type name")? };
    let actions = p.list(|p| {
        let start = p.start();
        let kind = attribute_action(p)?;
        Ok(AlterAction { span: p.since(start), kind })
    })?;
    Ok(Node::AlterTable(Box::new(AlterTable { span: p.since(start), kind: AlteredKind::Type, guard, relation, actions })))
}

/// ATTACH or DETACH PARTITION, if it comes next (partition_cmd, index_partition_cmd).
fn partition_action(p: &mut Parser, kind: AlteredKind, guard: Guard) -> Parse<Option<AlterAction>> {
    let start = p.start();
    let of_table = kind == AlteredKind::Table;
    let of_index = kind == AlteredKind::Index && !guard.is_written();
    let action = if (of_table || of_index) && p.eat_kw(Keyword::Attach).is_some() {
        p.expect_kw(Keyword::Partition)?;
        let partition = name::name(p, "the name of the partition")?;
        let bound = if of_table { Some(partition::bound(p)?) } else { None };
        AlterActionKind::AttachPartition(Box::new(Attach { partition, bound }))
    } else if of_table && p.eat_kw(Keyword::Detach).is_some() {
        p.expect_kw(Keyword::Partition)?;
        let partition = name::name(p, "the name of the partition")?;
        AlterActionKind::DetachPartition(partition, detach(p))
    } else {
        return Ok(None);
    };
    Ok(Some(AlterAction { span: p.since(start), kind: action }))
}

fn detach(p: &mut Parser) -> Detach {
    if let Some(span) = p.eat_kw(Keyword::Concurrently) {
        p.need(14, span, "`DETACH PARTITION … CONCURRENTLY`");
        Detach::Concurrently(span)
    } else if let Some(span) = p.eat_kw(Keyword::Finalize) {
        p.need(14, span, "`DETACH PARTITION … FINALIZE`");
        Detach::Finalize(span)
    } else {
        Detach::AtOnce
    }
}

/// One action (alter_table_cmd).
fn action(p: &mut Parser) -> Parse<AlterAction> {
    let start = p.start();
    let TokenKind::Keyword(keyword) = p.kind() else {
        return Err(no_action(p));
    };
    let kind = match keyword {
        Keyword::Add => add(p)?,
        Keyword::Alter => alter_part(p)?,
        Keyword::Drop => drop_part(p)?,
        Keyword::Set => set(p)?,
        Keyword::Reset => {
            p.bump();
            AlterActionKind::ResetParameters(settings::storage_parameters(p)?)
        }
        Keyword::Enable | Keyword::Disable => enable(p)?,
        Keyword::Force => {
            p.bump();
            row_security(p, RowSecurity::Force)?
        }
        Keyword::No => no(p)?,
        Keyword::Validate => {
            p.expect_kws(&[Keyword::Validate, Keyword::Constraint])?;
            AlterActionKind::ValidateConstraint(constraint_name(p)?)
        }
        Keyword::Inherit => {
            p.bump();
            AlterActionKind::Inherit(name::name(p, "a table name")?)
        }
        Keyword::Of => {
            p.bump();
            AlterActionKind::Of(name::name(p, "a composite type")?)
        }
        Keyword::Not => {
            p.expect_kws(&[Keyword::Not, Keyword::Of])?;
            AlterActionKind::NotOf
        }
        Keyword::Owner => {
            p.expect_kws(&[Keyword::Owner, Keyword::To])?;
            AlterActionKind::Owner(name::role(p)?)
        }
        Keyword::Cluster => {
            p.expect_kws(&[Keyword::Cluster, Keyword::On])?;
            AlterActionKind::ClusterOn(name::column_name(p, "an index name")?)
        }
        Keyword::Replica => {
            p.expect_kws(&[Keyword::Replica, Keyword::Identity])?;
            AlterActionKind::ReplicaIdentity(replica_identity(p)?)
        }
        Keyword::Options => AlterActionKind::Options(settings::changed_generic_options(p)?),
        _ => return Err(no_action(p)),
    };
    Ok(AlterAction { span: p.since(start), kind })
}

fn no_action(p: &Parser) -> Box<super::SyntaxError> {
    dialect::explain(p, p.unexpected("an action such as `ADD COLUMN`"), dialect::ACTION)
}

fn add(p: &mut Parser) -> Parse<AlterActionKind> {
    p.expect_kw(Keyword::Add)?;
    if constraint::at_table_constraint(p) {
        return constraint::table_constraint(p).map(|constraint| AlterActionKind::AddConstraint(Box::new(constraint)));
    }
    p.eat_kw(Keyword::Column);
    let guard = name::if_not_exists(p);
    if p.at(TokenKind::LeftParen) {
        return Err(p.unexpected("a column name").help("each column is added by an action of its own: `ADD COLUMN a …, ADD COLUMN b …`"));
    }
    let column = column::column(p)?;
    dialect::refuse(p, dialect::COLUMN)?;
    Ok(AlterActionKind::AddColumn(Box::new(AddColumn { guard, column, behavior: None })))
}

fn alter_part(p: &mut Parser) -> Parse<AlterActionKind> {
    p.expect_kw(Keyword::Alter)?;
    if p.eat_kw(Keyword::Constraint).is_some() {
        let name = constraint_name(p)?;
        if let Some(span) = p.eat_kw(Keyword::Inherit) {
            p.need(18, span, "`ALTER CONSTRAINT … INHERIT`");
            return Ok(AlterActionKind::AlterConstraint(name, ConstraintChange::Inherit(span)));
        }
        let attributes = constraint::attributes(p, constraint::ALTERED)?;
        if let Some(span) = attributes.find(AttributeKind::NoInherit) {
            p.need(18, span, "`ALTER CONSTRAINT … NO INHERIT`");
        }
        return Ok(AlterActionKind::AlterConstraint(name, ConstraintChange::Attributes(attributes)));
    }
    p.eat_kw(Keyword::Column);
    if p.at(TokenKind::Integer) {
        let (number, change) = alter_column::change_by_number(p)?;
        return Ok(AlterActionKind::AlterColumn(ColumnRef::Number(number), change));
    }
    let column = name::column_name(p, "a column name")?;
    Ok(AlterActionKind::AlterColumn(ColumnRef::Name(column), alter_column::change(p)?))
}

fn drop_part(p: &mut Parser) -> Parse<AlterActionKind> {
    p.expect_kw(Keyword::Drop)?;
    if p.eat_kw(Keyword::Constraint).is_some() {
        return dropped(p, "a constraint name").map(AlterActionKind::DropConstraint);
    }
    if p.at_kw(Keyword::Primary) || p.at_kw(Keyword::Foreign) || p.at_kw(Keyword::Unique) || p.at_kw(Keyword::Check) {
        return Err(p
            .unexpected("`COLUMN` or `CONSTRAINT`")
            .help("a constraint of whatever kind is dropped by its name: `DROP CONSTRAINT name`"));
    }
    p.eat_kw(Keyword::Column);
    dropped(p, "a column name").map(AlterActionKind::DropColumn)
}

/// `IF EXISTS name CASCADE`.
fn dropped(p: &mut Parser, what: &str) -> Parse<DropPart> {
    let guard = name::if_exists(p);
    let name = name::column_name(p, what)?;
    Ok(DropPart { guard, name, behavior: name::behavior(p) })
}

fn set(p: &mut Parser) -> Parse<AlterActionKind> {
    p.expect_kw(Keyword::Set)?;
    if p.at(TokenKind::LeftParen) {
        return settings::storage_parameters(p).map(AlterActionKind::SetParameters);
    }
    let start = p.start();
    let TokenKind::Keyword(keyword) = p.kind() else {
        return Err(p.unexpected("what to set, such as `(fillfactor = 70)` or `TABLESPACE`"));
    };
    Ok(match keyword {
        Keyword::Logged => {
            p.bump();
            AlterActionKind::SetLogged
        }
        Keyword::Unlogged => {
            p.bump();
            AlterActionKind::SetUnlogged
        }
        Keyword::Without if p.nth(1) == TokenKind::Keyword(Keyword::Oids) => {
            p.expect_kws(&[Keyword::Without, Keyword::Oids])?;
            AlterActionKind::SetWithoutOids
        }
        Keyword::Without => {
            p.expect_kws(&[Keyword::Without, Keyword::Cluster])?;
            AlterActionKind::SetWithoutCluster
        }
        Keyword::Tablespace => {
            p.bump();
            AlterActionKind::SetTablespace(name::column_name(p, "a tablespace name")?)
        }
        Keyword::Access => {
            p.expect_kws(&[Keyword::Access, Keyword::Method])?;
            p.need(15, p.since(start), "`SET ACCESS METHOD`");
            if let Some(span) = p.eat_kw(Keyword::Default) {
                p.need(17, span, "`SET ACCESS METHOD DEFAULT`");
                AlterActionKind::SetAccessMethod(None)
            } else {
                AlterActionKind::SetAccessMethod(Some(name::column_name(p, "an access method")?))
            }
        }
        Keyword::Schema => return Err(p.unexpected("what to set").help("`SET SCHEMA` stands alone, in a statement of its own")),
        _ => return Err(p.unexpected("what to set, such as `(fillfactor = 70)` or `TABLESPACE`")),
    })
}

/// `ENABLE` or `DISABLE`, of triggers, rules and row-level security.
fn enable(p: &mut Parser) -> Parse<AlterActionKind> {
    let enable = p.at_kw(Keyword::Enable);
    p.bump();
    if p.at_kw(Keyword::Row) {
        return row_security(p, if enable { RowSecurity::Enable } else { RowSecurity::Disable });
    }
    let firing = if !enable {
        Firing::Disable
    } else if p.eat_kw(Keyword::Always).is_some() {
        Firing::EnableAlways
    } else if p.eat_kw(Keyword::Replica).is_some() {
        Firing::EnableReplica
    } else {
        Firing::Enable
    };
    if p.eat_kw(Keyword::Rule).is_some() {
        return Ok(AlterActionKind::Rule(firing, name::column_name(p, "a rule name")?));
    }
    if p.eat_kw(Keyword::Trigger).is_none() {
        return Err(p.unexpected("`TRIGGER`, `RULE` or `ROW LEVEL SECURITY`"));
    }
    let triggers = match p.kind() {
        TokenKind::Keyword(Keyword::All) if matches!(firing, Firing::Enable | Firing::Disable) => TriggerChoice::All(p.bump()),
        TokenKind::Keyword(Keyword::User) if matches!(firing, Firing::Enable | Firing::Disable) => TriggerChoice::User(p.bump()),
        _ => TriggerChoice::Named(name::column_name(p, "a trigger name")?),
    };
    Ok(AlterActionKind::Trigger(firing, triggers))
}

fn row_security(p: &mut Parser, change: RowSecurity) -> Parse<AlterActionKind> {
    p.expect_kws(&[Keyword::Row, Keyword::Level, Keyword::Security])?;
    Ok(AlterActionKind::RowSecurity(change))
}

fn no(p: &mut Parser) -> Parse<AlterActionKind> {
    p.expect_kw(Keyword::No)?;
    if p.eat_kw(Keyword::Force).is_some() {
        return row_security(p, RowSecurity::NoForce);
    }
    if p.eat_kw(Keyword::Inherit).is_none() {
        return Err(p.unexpected("`INHERIT` or `FORCE ROW LEVEL SECURITY`"));
    }
    Ok(AlterActionKind::NoInherit(name::name(p, "a table name")?))
}

fn replica_identity(p: &mut Parser) -> Parse<ReplicaIdentity> {
    let identity = match p.kind() {
        TokenKind::Keyword(Keyword::Nothing) => ReplicaIdentity::Nothing,
        TokenKind::Keyword(Keyword::Full) => ReplicaIdentity::Full,
        TokenKind::Keyword(Keyword::Default) => ReplicaIdentity::Default,
        TokenKind::Keyword(Keyword::Using) => {
            p.expect_kws(&[Keyword::Using, Keyword::Index])?;
            return Ok(ReplicaIdentity::Index(name::column_name(p, "an index name")?));
        }
        _ => return Err(p.unexpected("`DEFAULT`, `FULL`, `NOTHING` or `USING INDEX`")),
    };
    p.bump();
    Ok(identity)
}

fn constraint_name(p: &mut Parser) -> Parse<Ident> {
    name::column_name(p, "a constraint name")
}

/// One action on a composite type's attributes (alter_type_cmd).
fn attribute_action(p: &mut Parser) -> Parse<AlterActionKind> {
    match p.kind() {
        TokenKind::Keyword(Keyword::Add) => {
            p.expect_kws(&[Keyword::Add, Keyword::Attribute])?;
            let guard = Guard::Absent(p.start());
            let column = column::attribute_definition(p)?;
            Ok(AlterActionKind::AddColumn(Box::new(AddColumn { guard, column, behavior: name::behavior(p) })))
        }
        TokenKind::Keyword(Keyword::Drop) => {
            p.expect_kws(&[Keyword::Drop, Keyword::Attribute])?;
            dropped(p, "an attribute name").map(AlterActionKind::DropColumn)
        }
        TokenKind::Keyword(Keyword::Alter) => {
            p.expect_kws(&[Keyword::Alter, Keyword::Attribute])?;
            let attribute = name::column_name(p, "an attribute name")?;
            Ok(AlterActionKind::AlterColumn(ColumnRef::Name(attribute), alter_column::attribute_type(p)?))
        }
        _ => Err(p.unexpected("`ADD ATTRIBUTE`, `DROP ATTRIBUTE` or `ALTER ATTRIBUTE`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::grammar::testing::{error, node};
    use crate::syntax::tree::{ColumnChange, IdentityChange};

    fn actions(text: &str) -> Vec<AlterActionKind> {
        match node(text) {
            Node::AlterTable(alter) => alter.actions.into_iter().map(|action| action.kind).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn actions_keep_their_order_and_their_guards() {
        let actions =
            actions("ALTER TABLE IF EXISTS ONLY t ADD IF NOT EXISTS a int, DROP COLUMN IF EXISTS b CASCADE, OWNER TO CURRENT_USER");
        let [AlterActionKind::AddColumn(add), AlterActionKind::DropColumn(dropped), AlterActionKind::Owner(_)] = actions.as_slice() else {
            panic!("{actions:?}")
        };
        assert!(add.guard.is_written() && dropped.guard.is_written() && dropped.behavior.is_some());
    }

    #[test]
    fn set_and_restart_of_an_identity_are_one_action() {
        let actions = actions("ALTER TABLE t ALTER a SET GENERATED ALWAYS SET INCREMENT BY 2 RESTART WITH 5, ALTER a SET DEFAULT 1");
        let [
            AlterActionKind::AlterColumn(_, ColumnChange::SetIdentity(changes)),
            AlterActionKind::AlterColumn(_, ColumnChange::SetDefault(_)),
        ] = actions.as_slice()
        else {
            panic!("{actions:?}")
        };
        assert!(matches!(changes.as_slice(), [IdentityChange::Generation(_), IdentityChange::Option(_), IdentityChange::Option(_)]));
    }

    #[test]
    fn sequences_share_the_actions_that_are_no_options() {
        assert!(matches!(node("ALTER SEQUENCE s NO CYCLE RESTART"), Node::AlterSequence(_)));
        assert!(matches!(actions("ALTER SEQUENCE s SET LOGGED").as_slice(), [AlterActionKind::SetLogged]));
    }

    #[test]
    fn partitions_come_and_go_alone() {
        assert!(
            matches!(actions("ALTER INDEX i ATTACH PARTITION j").as_slice(), [AlterActionKind::AttachPartition(attach)] if attach.bound.is_none())
        );
        assert!(error("ALTER TABLE t ADD a int, DETACH PARTITION p").help.is_some_and(|help| help.contains("alone")));
    }
}
