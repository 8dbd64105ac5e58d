//! The names of objects that DDL writes, and which of them can be written with a schema.
//!
//! DDL is what the server logs under `log_statement = ddl` (PostgreSQL 15, 20.8.3). Names are told where a statement names an object as such,
//! and where a query in it does (a view's tables); types, functions, operators and collations in types and expressions are not, since only a
//! schema could tell the user's from the system's. For the same reason the members of operator classes are left out.

use std::collections::BTreeSet;

use crate::syntax::tree::{
    AddColumn, AlterActionKind, AlterTable, AlteredKind, BodyStatementKind, CastMethod, Cluster, Column, ColumnChange, ColumnConstraint,
    ColumnConstraintKind, CreateFunction, CreateRule, CreateTable, CreateTrigger, ExtensionAction, FunctionBody, Ident, IdentityChange,
    Name, Node, ObjectKind, OwnedBy, PublicationAction, PublicationObject, PublicationScope, Query, RenamedPart, ReplicaIdentity,
    SequenceOption, SequenceOptionKind, StatisticsSource, TableConstraint, TableConstraintKind, TableElement, TableForm, TableSource,
    WrapperFunction,
};

use super::effect::{Action, Effect, effects};
use super::object::{Kind, Object, Place};

/// A name that a statement writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// What it is the name of; of a relation, the statement's word for it, else a table.
    pub kind: Kind,
    /// The name.
    pub name: Name,
    /// What the statement has to do with it.
    pub role: Role,
    /// Whether it can be written with a schema.
    pub schema: SchemaUse,
}

/// What a statement has to do with an object that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It is about it.
    Subject,
    /// It needs it: a referenced table, a trigger's function.
    Reference,
    /// A query in it reads it.
    Query,
    /// It is often the system's or an extension's: a function that serves a language, a cast or a wrapper; an operator family; a collation
    /// or a text search configuration that is altered.
    Support,
}

/// Whether a name can be written with a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaUse {
    /// It is.
    Written,
    /// It could be.
    Missing,
    /// It needs none: the CREATE SCHEMA around it, or the word TEMPORARY, says which.
    Implied,
    /// It can't be: a trigger, the index of a CREATE INDEX, a role.
    Impossible,
}

/// The names of objects that `node`, a statement of `text`, writes, each place once, in the order of the text; none if it is no DDL.
pub fn named_objects(text: &str, node: &Node) -> Vec<Named> {
    let mut names = Names::default();
    let effects = effects(text, node);
    effects.iter().filter(|effect| is_ddl(effect)).for_each(|effect| names.subject(node, effect));
    if !matches!(node, Node::Explain(_) | Node::Copy(_)) {
        names.references(text, node);
    }
    names.list.sort_by_key(|named| named.name.span());
    names.list
}

/// Changes of rows are no DDL, but a REFRESH is.
fn is_ddl(effect: &Effect<'_>) -> bool {
    effect.action != Action::Write || effect.object.kind == ObjectKind::MaterializedView
}

#[derive(Default)]
struct Names {
    list: Vec<Named>,
    seen: BTreeSet<Name>,
}

impl Names {
    fn push(&mut self, kind: ObjectKind, name: Name, role: Role) {
        let kind = Kind::Object(kind);
        let schema = match name.schema {
            _ if !kind.has_schema() => SchemaUse::Impossible,
            Some(_) => SchemaUse::Written,
            None => SchemaUse::Missing,
        };
        self.add(Named { kind, name, role, schema });
    }

    fn add(&mut self, named: Named) {
        if self.seen.insert(named.name) {
            self.list.push(named);
        }
    }

    fn reference(&mut self, kind: ObjectKind, name: Name) {
        self.push(kind, name, Role::Reference);
    }

    fn support(&mut self, kind: ObjectKind, name: Name) {
        self.push(kind, name, Role::Support);
    }

    /// An index that is named as one of a table's.
    fn index_of_table(&mut self, name: Ident) {
        let kind = Kind::Object(ObjectKind::Index);
        self.add(Named { kind, name: Name::unqualified(name), role: Role::Reference, schema: SchemaUse::Impossible });
    }

    fn subject(&mut self, node: &Node, effect: &Effect<'_>) {
        let Object { kind, name, of, place, .. } = effect.object;
        // What CREATE SCHEMA makes says its schema by standing there, what is imported by INTO, and what is temporary by that word.
        let inside =
            matches!(node, Node::CreateSchema(_) | Node::ImportForeignSchema(_)) && !matches!(place, Place::Creation | Place::Lookup);
        let implied = inside || place == Place::Temporary;
        let schema = |kind: Kind, name: Name| match name.schema {
            _ if !kind.has_schema() => SchemaUse::Impossible,
            Some(_) => SchemaUse::Written,
            None if implied => SchemaUse::Implied,
            None => SchemaUse::Missing,
        };
        if let Some(of) = of {
            let kind = owner(node, kind);
            self.add(Named { kind, name: of, role: Role::Subject, schema: schema(kind, of) });
        }
        if let Some(name) = name {
            let schema = if of.is_some() { SchemaUse::Impossible } else { schema(kind, name) };
            let alters_system = matches!(node, Node::AlterCollation(_) | Node::AlterTextSearchConfiguration(_));
            let role = if alters_system { Role::Support } else { Role::Subject };
            self.add(Named { kind, name, role, schema });
        }
    }

    fn references(&mut self, text: &str, node: &Node) {
        use ObjectKind::*;
        match node {
            Node::CreateTable(create) => self.create_table(create),
            Node::CreateTableAs(create) => {
                if let TableSource::Query(query) = &create.source {
                    self.query(query);
                }
            }
            Node::Select(select) if select.into.is_some() => self.reads(&select.reads),
            Node::CreateView(create) => self.query(&create.query),
            Node::CreateSequence(create) => self.sequence(&create.options),
            Node::AlterSequence(alter) => self.sequence(&alter.options),
            Node::AlterTable(alter) => self.alter_table(alter),
            Node::CreateSchema(create) => {
                for element in &create.elements {
                    let before = self.list.len();
                    self.references(text, element);
                    // PostgreSQL looks in the new schema first.
                    for named in self.list[before..].iter_mut().filter(|named| named.schema == SchemaUse::Missing) {
                        named.schema = SchemaUse::Implied;
                    }
                }
            }
            Node::CreateStatistics(create) => {
                for source in &create.from {
                    if let StatisticsSource::Table(relation) = source {
                        self.reference(Table, relation.name);
                    }
                }
            }
            Node::CreateTrigger(create) => self.trigger(create),
            Node::CreateEventTrigger(create) => self.reference(Function, create.action.function),
            Node::CreateFunction(create) => self.function(text, create),
            Node::CreateRule(create) => self.rule(text, create),
            Node::CreatePublication(create) => {
                if let Some(PublicationScope::Objects(objects)) = &create.scope {
                    self.published(objects);
                }
            }
            Node::AlterPublication(alter) => match &alter.action {
                PublicationAction::Add(objects) | PublicationAction::Set(objects) | PublicationAction::Drop(objects) => {
                    self.published(objects);
                }
                PublicationAction::SetOptions(_) => {}
            },
            Node::AlterExtension(alter) => match &alter.action {
                ExtensionAction::Add(member) | ExtensionAction::Drop(member) => {
                    if let Some(name) = member.name() {
                        self.reference(member.kind, name);
                    }
                }
                ExtensionAction::Update(_) => {}
            },
            Node::CreateLanguage(create) => {
                if let Some(handlers) = create.handlers {
                    self.support(Function, handlers.call);
                    handlers.inline.iter().chain(&handlers.validator).for_each(|function| self.support(Function, *function));
                }
            }
            Node::CreateForeignDataWrapper(create) => self.wrapper(&create.functions),
            Node::AlterForeignDataWrapper(alter) => self.wrapper(&alter.functions),
            Node::CreateCast(create) => {
                if let CastMethod::Function(function) = &create.method {
                    self.support(Function, function.name);
                }
            }
            Node::CreateTransform(create) => {
                create.from_sql.iter().chain(&create.to_sql).for_each(|function| self.support(Function, function.name));
            }
            Node::CreateConversion(create) => self.support(Function, create.function),
            Node::CreateAccessMethod(create) => self.support(Function, create.handler),
            Node::CreateOperatorClass(create) => {
                if let Some(family) = create.family {
                    self.support(OperatorFamily, family);
                }
            }
            Node::Cluster(cluster) => self.cluster(cluster),
            _ => {}
        }
    }

    fn query(&mut self, query: &Query) {
        self.reads(&query.reads);
        self.reads(&query.writes);
    }

    fn reads(&mut self, relations: &[Name]) {
        relations.iter().for_each(|relation| self.push(ObjectKind::Table, *relation, Role::Query));
    }

    fn create_table(&mut self, create: &CreateTable) {
        for element in create.elements() {
            match element {
                TableElement::Column(column) => self.column(column),
                TableElement::Constraint(constraint) => self.constraint(constraint),
                TableElement::Like(like) => self.reference(ObjectKind::Table, like.table),
            }
        }
        create.inherits.iter().flat_map(|parents| &parents.value).for_each(|parent| self.reference(ObjectKind::Table, *parent));
        match &create.form {
            TableForm::Plain => {}
            TableForm::Typed(ty) => self.reference(ObjectKind::Type, ty.value),
            TableForm::Partition(partition) => self.reference(ObjectKind::Table, partition.parent),
        }
    }

    fn column(&mut self, column: &Column) {
        for ColumnConstraint { kind, .. } in &column.constraints {
            match kind {
                ColumnConstraintKind::References(references) => self.reference(ObjectKind::Table, references.table),
                ColumnConstraintKind::Identity(identity) => self.sequence(&identity.options),
                _ => {}
            }
        }
    }

    fn constraint(&mut self, constraint: &TableConstraint) {
        match &constraint.kind {
            TableConstraintKind::ForeignKey(key) => self.reference(ObjectKind::Table, key.references.table),
            TableConstraintKind::UniqueUsing(index) | TableConstraintKind::PrimaryKeyUsing(index) => self.index_of_table(index.value),
            _ => {}
        }
    }

    fn sequence(&mut self, options: &[SequenceOption]) {
        for option in options {
            match &option.kind {
                SequenceOptionKind::OwnedBy(OwnedBy::Column(Some(table), _)) => self.reference(ObjectKind::Table, *table),
                SequenceOptionKind::SequenceName(name) => self.reference(ObjectKind::Sequence, *name),
                _ => {}
            }
        }
    }

    fn alter_table(&mut self, alter: &AlterTable) {
        use ObjectKind::Table;
        for action in &alter.actions {
            match &action.kind {
                AlterActionKind::AddColumn(add) => {
                    let AddColumn { column, .. } = &**add;
                    self.column(column);
                }
                AlterActionKind::AddConstraint(constraint) => self.constraint(constraint),
                AlterActionKind::Inherit(parent) | AlterActionKind::NoInherit(parent) => self.reference(Table, *parent),
                AlterActionKind::Of(ty) => self.reference(ObjectKind::Type, *ty),
                AlterActionKind::ClusterOn(index) | AlterActionKind::ReplicaIdentity(ReplicaIdentity::Index(index)) => {
                    self.index_of_table(*index);
                }
                AlterActionKind::AlterColumn(_, change) => self.column_change(change),
                _ => {}
            }
        }
    }

    fn column_change(&mut self, change: &ColumnChange) {
        match change {
            ColumnChange::AddIdentity(identity) => self.sequence(&identity.options),
            ColumnChange::SetIdentity(changes) => {
                for change in changes {
                    if let IdentityChange::Option(option) = change {
                        self.sequence(std::slice::from_ref(option));
                    }
                }
            }
            _ => {}
        }
    }

    fn trigger(&mut self, create: &CreateTrigger) {
        if let Some(from) = &create.from {
            self.reference(ObjectKind::Table, from.value);
        }
        self.reference(ObjectKind::Function, create.action.function);
    }

    /// The body in `BEGIN ATOMIC … END` is resolved when the function is made, as a view's query is.
    fn function(&mut self, text: &str, create: &CreateFunction) {
        if let Some(FunctionBody::Atomic(statements)) = create.body() {
            for statement in statements {
                if let BodyStatementKind::Statement(node) = &statement.kind {
                    self.relations(text, node);
                }
            }
        }
    }

    fn rule(&mut self, text: &str, create: &CreateRule) {
        create.actions.iter().for_each(|action| self.relations(text, &action.node));
    }

    /// What a query or a change of rows reads and writes; OLD and NEW are rows in a rule, not relations.
    fn relations(&mut self, text: &str, node: &Node) {
        let row = |name: &Name| name.schema.is_none() && (name.object.is(text, "old") || name.object.is(text, "new"));
        let relations: Vec<Name> = relations(node).filter(|name| !row(name)).collect();
        self.reads(&relations);
    }

    fn cluster(&mut self, cluster: &Cluster) {
        if let Some(table) = cluster.table {
            self.push(ObjectKind::Table, table, Role::Subject);
        }
        cluster.index.into_iter().for_each(|index| self.index_of_table(index));
    }

    fn published(&mut self, objects: &[PublicationObject]) {
        for object in objects {
            if let PublicationObject::Table(table) = object {
                self.reference(ObjectKind::Table, table.table.name);
            }
        }
    }

    fn wrapper(&mut self, functions: &[WrapperFunction]) {
        for function in functions {
            if let WrapperFunction::Handler(name) | WrapperFunction::Validator(name) = function {
                self.support(ObjectKind::Function, *name);
            }
        }
    }
}

/// The relations that a query or a change of rows reads and writes; none of other statements.
pub fn relations(node: &Node) -> impl Iterator<Item = Name> + '_ {
    let (reads, writes): (&[Name], &[Name]) = match node {
        Node::Select(select) => (&select.reads, &select.writes),
        Node::Insert(insert) => (&insert.reads, &insert.writes),
        Node::Update(update) => (&update.reads, &update.writes),
        Node::Delete(delete) => (&delete.reads, &delete.writes),
        Node::Merge(merge) => (&merge.reads, &merge.writes),
        _ => (&[], &[]),
    };
    reads.iter().chain(writes).copied()
}

/// What kind of object a part of kind `part`, which `node` names, is a part of.
fn owner(node: &Node, part: Kind) -> Kind {
    use ObjectKind::*;
    let kind = match (part, node) {
        (Kind::Object(DomainConstraint), _) => Domain,
        (Kind::EnumLabel, _) => Type,
        (Kind::Object(Column), Node::AlterTable(alter)) if alter.kind == AlteredKind::Type => Type,
        (Kind::Object(Column), Node::Rename(rename)) if matches!(rename.part, RenamedPart::Attribute(_)) => Type,
        _ => Table,
    };
    Kind::Object(kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Script;
    use crate::text::Span;

    /// Each name of `sql`; those that can have a schema and don't with `!`, those that can't with `-`, those that need none with `~`.
    fn told(sql: &str) -> Vec<String> {
        let script = Script::parse(sql, Span::new(0, sql.len() as u32));
        let node = script.statements[0].node().unwrap_or_else(|| panic!("{sql} does not parse"));
        let told = |named: Named| {
            let mark = match named.schema {
                SchemaUse::Written => "",
                SchemaUse::Missing => "!",
                SchemaUse::Implied => "~",
                SchemaUse::Impossible => "-",
            };
            format!("{mark}{} {}", named.kind.noun(), named.name.display(sql))
        };
        named_objects(sql, node).into_iter().map(told).collect()
    }

    #[test]
    fn subjects_and_their_parts() {
        for (sql, names) in [
            ("CREATE TABLE t (a int)", vec!["!table t"]),
            ("CREATE INDEX i ON s.t (a)", vec!["-index i", "table s.t"]),
            ("DROP INDEX i", vec!["!index i"]),
            ("ALTER TABLE t ADD a int, DROP b", vec!["!table t", "-column a", "-column b"]),
            ("ALTER TYPE c ADD ATTRIBUTE a int", vec!["!type c", "-column a"]),
            ("ALTER TYPE e ADD VALUE 'x'", vec!["!type e"]),
            ("ALTER DOMAIN d DROP CONSTRAINT k", vec!["!domain d", "-constraint k"]),
            ("DROP TRIGGER g ON t", vec!["-trigger g", "!table t"]),
            ("COMMENT ON COLUMN t.c IS 'x'", vec!["!table t", "-column c"]),
            ("GRANT SELECT ON t, s.u TO r", vec!["!table t", "table s.u"]),
            ("CREATE ROLE r", vec!["-role r"]),
            ("CREATE SCHEMA s", vec!["-schema s"]),
            ("CREATE EXTENSION e", vec!["-extension e"]),
            ("DROP FUNCTION f(int)", vec!["!function f"]),
            ("REFRESH MATERIALIZED VIEW m", vec!["!materialized view m"]),
            ("CLUSTER t USING i", vec!["!table t", "-index i"]),
            ("ALTER TABLE t RENAME TO u", vec!["!table t"]),
            ("DROP TYPE integer", vec![]),
        ] {
            assert_eq!(told(sql), names, "{sql}");
        }
    }

    #[test]
    fn references() {
        for (sql, names) in [
            ("CREATE TABLE s.t (a int REFERENCES u, FOREIGN KEY (a) REFERENCES s.v)", vec!["table s.t", "!table u", "table s.v"]),
            ("CREATE TABLE s.t (LIKE u) INHERITS (v)", vec!["table s.t", "!table u", "!table v"]),
            ("CREATE TABLE s.p PARTITION OF t DEFAULT", vec!["table s.p", "!table t"]),
            ("CREATE TABLE s.t OF c", vec!["table s.t", "!type c"]),
            ("ALTER TABLE s.t ADD CONSTRAINT k UNIQUE USING INDEX i", vec!["table s.t", "-constraint k", "-index i"]),
            ("ALTER TABLE s.t ATTACH PARTITION p DEFAULT", vec!["table s.t", "!table p"]),
            ("ALTER TABLE s.t REPLICA IDENTITY USING INDEX i", vec!["table s.t", "-index i"]),
            ("CREATE SEQUENCE s.q OWNED BY t.c", vec!["sequence s.q", "!table t"]),
            ("CREATE TRIGGER g BEFORE UPDATE ON s.t EXECUTE FUNCTION f()", vec!["-trigger g", "table s.t", "!function f"]),
            ("CREATE STATISTICS ON a, b FROM t", vec!["!table t"]),
            ("CREATE PUBLICATION p FOR TABLE t", vec!["-publication p", "!table t"]),
            ("CREATE VIEW s.v AS WITH c AS (SELECT * FROM t) SELECT * FROM c", vec!["view s.v", "!table t"]),
            ("CREATE TABLE s.t AS SELECT * FROM u", vec!["table s.t", "!table u"]),
            ("SELECT * INTO s.t FROM u", vec!["table s.t", "!table u"]),
            ("CREATE RULE r AS ON INSERT TO s.t DO INSERT INTO u SELECT NEW.*", vec!["-rule r", "table s.t", "!table u"]),
            (
                "CREATE FUNCTION s.f() RETURNS void BEGIN ATOMIC DELETE FROM t; SELECT * FROM u; END",
                vec!["function s.f", "!table t", "!table u"],
            ),
        ] {
            assert_eq!(told(sql), names, "{sql}");
        }
    }

    #[test]
    fn create_schema_says_the_schema_of_what_is_in_it() {
        let sql = "CREATE SCHEMA s CREATE TABLE t (a int REFERENCES u) CREATE VIEW v AS SELECT * FROM t";
        assert_eq!(told(sql), ["-schema s", "~table t", "~table u", "~view v", "~table t"]);
    }

    #[test]
    fn what_is_no_ddl_names_nothing() {
        for sql in ["INSERT INTO t SELECT * FROM u", "SELECT * FROM t", "TRUNCATE t", "LOCK TABLE t", "VACUUM t", "COPY t FROM '/x'"] {
            assert_eq!(told(sql), [""; 0], "{sql}");
        }
    }
}
