//! The facts of a statement, as `FACTS.md` defines them, told from our tree: flat strings that two parsers can be compared by.
//!
//! One file per group of statements. Each of their functions says the facts of one node and gives PostgreSQL's name for it.

mod alter_table;
mod constraint;
mod copy;
mod database;
mod definition;
mod foreign;
mod function;
mod grant;
mod index;
mod maintenance;
mod object;
mod operator;
mod options;
mod partition;
mod publication;
mod query;
mod role;
mod schema;
mod sequence;
mod session;
mod table;
mod transaction;
mod trigger;
mod types;
mod view;
mod words;

use std::fmt::Display;

use migration_lint::syntax::tree::{Guard, Node};

use words::Words;

/// PostgreSQL's name for a node: `CreateStmt`.
pub type Kind = &'static str;

/// The kind of a statement and its facts, sorted by bytes.
pub fn of(text: &str, node: &Node) -> (Kind, Vec<String>) {
    let mut facts = Facts { words: Words { text }, lines: Vec::new() };
    let kind = facts.statement(node);
    facts.lines.sort();
    (kind, facts.lines)
}

/// The facts that were said so far, and the words to say more of them.
pub struct Facts<'t> {
    words: Words<'t>,
    lines: Vec<String>,
}

impl Facts<'_> {
    /// A fact.
    fn say(&mut self, fact: impl Into<String>) {
        self.lines.push(fact.into());
    }

    /// A fact, if a clause is written.
    fn written<T>(&mut self, fact: &str, clause: &Option<T>) {
        if clause.is_some() {
            self.say(fact);
        }
    }

    /// `if-exists` or `if-not-exists`, if it is written.
    fn guard(&mut self, fact: &str, guard: Guard) {
        if guard.is_written() {
            self.say(fact);
        }
    }

    /// A fact with a value, if there is one.
    fn maybe(&mut self, label: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            self.say(format!("{label} {value}"));
        }
    }

    /// A fact for each of some values.
    fn each(&mut self, label: &str, values: impl IntoIterator<Item = impl Display>) {
        for value in values {
            self.say(format!("{label} {value}"));
        }
    }

    /// What `part` says, each fact with `prefix` in front.
    fn prefixed<T>(&mut self, prefix: &str, part: impl FnOnce(&mut Self) -> T) -> T {
        let first = self.lines.len();
        let result = part(self);
        for line in &mut self.lines[first..] {
            *line = format!("{prefix} {line}");
        }
        result
    }

    /// The facts of a whole statement.
    fn statement(&mut self, node: &Node) -> Kind {
        match node {
            Node::CreateTable(node) => table::create(self, node),
            Node::CreateTableAs(node) => table::create_as(self, node),
            Node::AlterTable(node) => alter_table::alter(self, node),
            Node::MoveAll(node) => alter_table::move_all(self, node),
            Node::CreateIndex(node) => index::create(self, node),
            Node::CreateView(node) => view::create(self, node),
            Node::RefreshMaterializedView(node) => view::refresh(self, node),
            Node::CreateSequence(node) => sequence::create(self, node),
            Node::AlterSequence(node) => sequence::alter(self, node),
            Node::CreateType(node) => types::create(self, node),
            Node::AlterEnum(node) => types::alter_enum(self, node),
            Node::AlterTypeOptions(node) => types::alter_options(self, node),
            Node::CreateDomain(node) => types::create_domain(self, node),
            Node::AlterDomain(node) => types::alter_domain(self, node),
            Node::CreateSchema(node) => schema::create(self, node),
            Node::CreateExtension(node) => schema::create_extension(self, node),
            Node::AlterExtension(node) => schema::alter_extension(self, node),
            Node::CreateStatistics(node) => schema::create_statistics(self, node),
            Node::AlterStatistics(node) => schema::alter_statistics(self, node),
            Node::CreateDatabase(node) => database::create(self, node),
            Node::AlterDatabase(node) => database::alter(self, node),
            Node::DropDatabase(node) => database::drop(self, node),
            Node::CreateTablespace(node) => database::create_tablespace(self, node),
            Node::AlterTablespace(node) => database::alter_tablespace(self, node),
            Node::DropTablespace(node) => database::drop_tablespace(self, node),
            Node::AlterSystem(node) => database::alter_system(self, node),
            Node::CreateFunction(node) => function::create(self, node),
            Node::AlterFunction(node) => function::alter(self, node),
            Node::Do(node) => function::do_block(self, node),
            Node::Call(node) => function::call(self, node),
            Node::CreateLanguage(node) => function::create_language(self, node),
            Node::CreateTransform(node) => function::create_transform(self, node),
            Node::Define(node) => definition::define(self, node),
            Node::AlterCollation(node) => definition::alter_collation(self, node),
            Node::AlterTextSearchDictionary(node) => definition::alter_dictionary(self, node),
            Node::AlterTextSearchConfiguration(node) => definition::alter_configuration(self, node),
            Node::CreateConversion(node) => definition::create_conversion(self, node),
            Node::CreateOperatorClass(node) => operator::create_class(self, node),
            Node::CreateOperatorFamily(node) => operator::create_family(self, node),
            Node::AlterOperatorFamily(node) => operator::alter_family(self, node),
            Node::AlterOperator(node) => operator::alter(self, node),
            Node::CreateCast(node) => operator::create_cast(self, node),
            Node::CreateAccessMethod(node) => operator::create_access_method(self, node),
            Node::CreateTrigger(node) => trigger::create(self, node),
            Node::CreateEventTrigger(node) => trigger::create_event(self, node),
            Node::AlterEventTrigger(node) => trigger::alter_event(self, node),
            Node::CreateRule(node) => trigger::create_rule(self, node),
            Node::CreatePolicy(node) => grant::create_policy(self, node),
            Node::AlterPolicy(node) => grant::alter_policy(self, node),
            Node::Grant(node) => grant::grant(self, node),
            Node::GrantRole(node) => grant::grant_role(self, node),
            Node::AlterDefaultPrivileges(node) => grant::default_privileges(self, node),
            Node::CreateRole(node) => role::create(self, node),
            Node::AlterRole(node) => role::alter(self, node),
            Node::AlterRoleSet(node) => role::alter_set(self, node),
            Node::DropRole(node) => role::drop(self, node),
            Node::ReassignOwned(node) => role::reassign_owned(self, node),
            Node::DropOwned(node) => role::drop_owned(self, node),
            Node::Drop(node) => object::drop(self, node),
            Node::Rename(node) => object::rename(self, node),
            Node::SetSchema(node) => object::set_schema(self, node),
            Node::SetOwner(node) => object::set_owner(self, node),
            Node::DependsOnExtension(node) => object::depends_on_extension(self, node),
            Node::CommentOn(node) => object::comment(self, node),
            Node::SecurityLabel(node) => object::security_label(self, node),
            Node::CreateForeignDataWrapper(node) => foreign::create_wrapper(self, node),
            Node::AlterForeignDataWrapper(node) => foreign::alter_wrapper(self, node),
            Node::CreateServer(node) => foreign::create_server(self, node),
            Node::AlterServer(node) => foreign::alter_server(self, node),
            Node::CreateUserMapping(node) => foreign::create_user_mapping(self, node),
            Node::AlterUserMapping(node) => foreign::alter_user_mapping(self, node),
            Node::DropUserMapping(node) => foreign::drop_user_mapping(self, node),
            Node::ImportForeignSchema(node) => foreign::import_schema(self, node),
            Node::CreatePublication(node) => publication::create(self, node),
            Node::AlterPublication(node) => publication::alter(self, node),
            Node::CreateSubscription(node) => publication::create_subscription(self, node),
            Node::AlterSubscription(node) => publication::alter_subscription(self, node),
            Node::DropSubscription(node) => publication::drop_subscription(self, node),
            Node::Transaction(node) => transaction::transaction(self, node),
            Node::SetConstraints(node) => transaction::set_constraints(self, node),
            Node::SetVariable(node) => session::set_variable(self, node),
            Node::Discard(node) => session::discard(self, node),
            Node::Notify(node) => session::notify(self, node),
            Node::Prepare(node) => session::prepare(self, node),
            Node::Execute(node) => session::execute(self, node),
            Node::Deallocate(node) => session::deallocate(self, node),
            Node::Cursor(node) => session::cursor(self, node),
            Node::Load(node) => session::load(self, node),
            Node::Explain(node) => session::explain(self, node),
            Node::Checkpoint(_) => "CheckPointStmt",
            Node::Vacuum(node) => maintenance::vacuum(self, node),
            Node::Reindex(node) => maintenance::reindex(self, node),
            Node::Cluster(node) => maintenance::cluster(self, node),
            Node::Truncate(node) => maintenance::truncate(self, node),
            Node::Lock(node) => maintenance::lock(self, node),
            Node::Copy(node) => copy::copy(self, node),
            Node::Select(node) => query::select(self, node),
            Node::Insert(node) => query::insert(self, node),
            Node::Update(node) => query::update(self, node),
            Node::Delete(node) => query::delete(self, node),
            Node::Merge(node) => query::merge(self, node),
        }
    }
}
