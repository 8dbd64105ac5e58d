//! What a statement does to objects.
//!
//! An effect is on the smallest object that the statement names: `ALTER TABLE t ADD COLUMN c` creates a column of `t`, `ALTER TABLE t SET
//! LOGGED` alters `t`. What comes and goes with an object is no effect of its own: the columns, constraints and sequences of a new table,
//! the objects that CASCADE takes along. Nor is what a statement does to objects that it does not name (DROP OWNED), or by way of a
//! function; bodies of DO blocks are statements for whoever reads them.

mod alter;
mod create;

use crate::syntax::tree::{
    CopyDirection, CopySource, CreateRole, DropRole, Explain, Grant, GrantRole, GrantTarget, GrantVerb, Guard, Ident, Name, Node,
    ObjectKind, PrivilegeName, RoleSpec,
};
use crate::text::Span;

use super::object::{Identity, Kind, Object, Place, Unnamed};
use super::setting::switch;

/// Something that a statement does to an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effect<'t> {
    /// What it does.
    pub action: Action,
    /// To what, by the name that it has before.
    pub object: Object<'t>,
    /// What keeps it from failing where the object is, or is not, there already; `None` where PostgreSQL has nothing for this statement.
    pub safeguard: Option<Safeguard>,
    /// The part of the statement that does it: an action of ALTER TABLE, else all of it.
    pub span: Span,
}

/// What a statement does to an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// It makes it.
    Create,
    /// It makes it, or puts it in the place of the one that is there: `OR REPLACE` is written.
    Replace,
    /// It changes it.
    Alter,
    /// It gives it this name; a label's is a string.
    Rename(Span),
    /// It moves it to this schema.
    Move(Ident),
    /// It makes it a partition of this table or index.
    Attach(Name),
    /// It makes it no partition of this table any more.
    Detach(Name),
    /// It removes it.
    Drop,
    /// It changes its rows, or those of tables that it is made from.
    Write,
    /// It gives it to another role.
    Own,
    /// It describes it.
    Comment,
    /// It labels it for a security provider.
    SecurityLabel,
    /// It gives rights on it.
    Grant,
    /// It takes rights on it.
    Revoke,
    /// It says which rights there will be on new objects in this schema.
    DefaultPrivileges,
}

impl Action {
    /// Whether it makes the object.
    pub const fn creates(self) -> bool {
        matches!(self, Action::Create | Action::Replace)
    }
}

/// What a statement may say so that it does not fail where the object is, or is not, there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Safeguard {
    /// `IF NOT EXISTS`
    IfNotExists(Guard),
    /// `IF EXISTS`
    IfExists(Guard),
    /// `OR REPLACE`
    OrReplace(Guard),
}

impl Safeguard {
    /// Where it stands, or would.
    pub const fn guard(self) -> Guard {
        match self {
            Safeguard::IfNotExists(guard) | Safeguard::IfExists(guard) | Safeguard::OrReplace(guard) => guard,
        }
    }

    /// Whether it is written.
    pub const fn is_written(self) -> bool {
        self.guard().is_written()
    }

    /// Its words.
    pub const fn sql(self) -> &'static str {
        match self {
            Safeguard::IfNotExists(_) => "IF NOT EXISTS",
            Safeguard::IfExists(_) => "IF EXISTS",
            Safeguard::OrReplace(_) => "OR REPLACE",
        }
    }

    const fn or_replace(replace: Option<Span>, replace_at: u32) -> Self {
        Safeguard::OrReplace(match replace {
            Some(span) => Guard::Written(span),
            None => Guard::Absent(replace_at),
        })
    }
}

impl<'t> Effect<'t> {
    const fn new(action: Action, object: Object<'t>, span: Span) -> Self {
        Self { action, object, safeguard: None, span }
    }

    const fn guarded(self, safeguard: Safeguard) -> Self {
        Self { safeguard: Some(safeguard), ..self }
    }
}

/// What `node`, a statement of `text`, does to objects, in the order in which it names them.
pub fn effects<'t>(text: &'t str, node: &'t Node) -> Vec<Effect<'t>> {
    let mut effects = Effects { text, list: Vec::new() };
    effects.statement(node);
    effects.list
}

/// Effects as they are found.
struct Effects<'t> {
    text: &'t str,
    list: Vec<Effect<'t>>,
}

impl<'t> Effects<'t> {
    fn push(&mut self, action: Action, object: Object<'t>, span: Span) {
        self.list.push(Effect::new(action, object, span));
    }

    fn guarded(&mut self, action: Action, object: Object<'t>, span: Span, safeguard: Safeguard) {
        self.list.push(Effect::new(action, object, span).guarded(safeguard));
    }

    fn old(&self, kind: ObjectKind, name: Name) -> Object<'t> {
        Object::old(self.text, kind, name)
    }

    /// An object of a kind that has no schema.
    fn plain(&self, kind: ObjectKind, name: Ident) -> Object<'t> {
        Object::old(self.text, kind, Name::unqualified(name))
    }

    fn statement(&mut self, node: &'t Node) {
        if !(self.creating(node) || self.altering(node) || self.dropping(node) || self.granting(node)) {
            self.writing(node);
        }
    }

    /// Whether `node` drops something by a statement of its own.
    fn dropping(&mut self, node: &'t Node) -> bool {
        use ObjectKind::*;
        let (kind, name, span, guard) = match node {
            Node::Drop(drop) => {
                for object in &drop.objects {
                    let object = Object::from_ref(self.text, object);
                    self.guarded(Action::Drop, object, drop.span, Safeguard::IfExists(drop.guard));
                }
                return true;
            }
            Node::DropRole(drop) => {
                self.drop_roles(drop);
                return true;
            }
            Node::DropUserMapping(drop) => {
                let object = user_mapping(drop.user, drop.server);
                self.guarded(Action::Drop, object, drop.span, Safeguard::IfExists(drop.guard));
                return true;
            }
            Node::DropDatabase(drop) => (Database, drop.name, drop.span, drop.guard),
            Node::DropTablespace(drop) => (Tablespace, drop.name, drop.span, drop.guard),
            Node::DropSubscription(drop) => (Subscription, drop.name, drop.span, drop.guard),
            _ => return false,
        };
        self.guarded(Action::Drop, self.plain(kind, name), span, Safeguard::IfExists(guard));
        true
    }

    fn drop_roles(&mut self, drop: &'t DropRole) {
        for role in &drop.roles {
            if let RoleSpec::Named(name) = role {
                self.guarded(Action::Drop, self.plain(ObjectKind::Role, *name), drop.span, Safeguard::IfExists(drop.guard));
            }
        }
    }

    /// Whether `node` is about rights, ownership or descriptions.
    fn granting(&mut self, node: &'t Node) -> bool {
        match node {
            Node::Grant(grant) => self.grant(grant),
            Node::GrantRole(grant) => self.grant_role(grant),
            Node::AlterDefaultPrivileges(alter) => {
                for schema in &alter.schemas {
                    self.push(Action::DefaultPrivileges, self.plain(ObjectKind::Schema, *schema), alter.span);
                }
            }
            Node::CommentOn(comment) => self.push(Action::Comment, Object::from_ref(self.text, &comment.object), comment.span),
            Node::SecurityLabel(label) => self.push(Action::SecurityLabel, Object::from_ref(self.text, &label.object), label.span),
            _ => return false,
        }
        true
    }

    fn grant(&mut self, grant: &'t Grant) {
        let action = granted(grant.verb);
        match &grant.target {
            GrantTarget::Objects(_, objects) => {
                for object in objects {
                    self.push(action, Object::from_ref(self.text, object), grant.span);
                }
            }
            GrantTarget::AllInSchema(kind, schemas) => {
                for schema in schemas {
                    self.push(action, all_in(*kind, *schema, schema.span), grant.span);
                }
            }
            GrantTarget::Future(_) => {}
        }
    }

    fn grant_role(&mut self, grant: &'t GrantRole) {
        for role in &grant.roles {
            if let PrivilegeName::Word(name) = role.name {
                self.push(granted(grant.verb), self.plain(ObjectKind::Role, name), grant.span);
            }
        }
    }

    /// What changes rows, and what contains such a statement.
    fn writing(&mut self, node: &'t Node) {
        match node {
            Node::Insert(insert) => self.writes(&insert.writes, insert.span),
            Node::Update(update) => self.writes(&update.writes, update.span),
            Node::Delete(delete) => self.writes(&delete.writes, delete.span),
            Node::Merge(merge) => self.writes(&merge.writes, merge.span),
            Node::Truncate(truncate) => {
                for relation in &truncate.relations {
                    self.push(Action::Write, self.old(ObjectKind::Table, relation.name), truncate.span);
                }
            }
            Node::RefreshMaterializedView(refresh) => {
                self.push(Action::Write, self.old(ObjectKind::MaterializedView, refresh.name), refresh.span);
            }
            Node::Copy(copy) => match (&copy.source, copy.direction) {
                (CopySource::Table(table, _), CopyDirection::From(_)) => {
                    self.push(Action::Write, self.old(ObjectKind::Table, *table), copy.span);
                }
                (CopySource::Table(..), CopyDirection::To(_)) => {}
                (CopySource::Query(node), _) => self.statement(node),
            },
            Node::Explain(explain) if is_executed(self.text, explain) => self.statement(&explain.statement),
            _ => {}
        }
    }

    fn writes(&mut self, tables: &[Name], span: Span) {
        for table in tables {
            self.push(Action::Write, self.old(ObjectKind::Table, *table), span);
        }
    }
}

const fn granted(verb: GrantVerb) -> Action {
    match verb {
        GrantVerb::Grant => Action::Grant,
        GrantVerb::Revoke => Action::Revoke,
    }
}

pub(super) fn user_mapping<'t>(user: RoleSpec, server: Ident) -> Object<'t> {
    Object {
        kind: Kind::UserMapping,
        span: user.span().to(server.span),
        name: None,
        of: None,
        place: Place::Nowhere,
        identity: Identity::UserMapping(user, server),
    }
}

/// All objects of a kind in `schema`.
fn all_in<'t>(kind: ObjectKind, schema: Ident, span: Span) -> Object<'t> {
    let place = Place::Schema(schema);
    Object { kind: Kind::Object(kind), span, name: None, of: None, place, identity: Identity::Unnamed(Unnamed::All) }
}

/// Whether EXPLAIN runs its statement (PostgreSQL 15, EXPLAIN).
fn is_executed(text: &str, explain: &Explain) -> bool {
    let analyze = ["analyze", "analyse"].into_iter().find_map(|word| switch(text, &explain.options, word));
    analyze.unwrap_or(false)
}

/// The role that CREATE ROLE makes.
fn new_role<'t>(text: &str, create: &CreateRole) -> Object<'t> {
    Object::new(text, ObjectKind::Role, Name::unqualified(create.name))
}

#[cfg(test)]
mod tests;
