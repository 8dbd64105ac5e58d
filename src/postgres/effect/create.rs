//! Statements that make objects.

use crate::syntax::tree::{
    CreateFunction, CreateIndex, CreateSchema, CreateStatistics, CreateTable, CreateTableAs, CreateView, Define, Defined,
    ImportForeignSchema, ImportedTables, IntoTable, Name, Node, ObjectKind, Persistence, Query, RoleSpec, SettingValue, StatisticsSource,
    TableAsKind, TableSource, TextSearchKind,
};
use crate::text::Span;

use super::{Action, Effects, Safeguard, all_in, new_role, user_mapping};
use crate::postgres::object::{Identity, Kind, Object, Operands, Place, Unnamed};

impl<'t> Effects<'t> {
    /// Whether `node` makes something by a statement of its own.
    pub(super) fn creating(&mut self, node: &'t Node) -> bool {
        use ObjectKind::*;
        match node {
            Node::CreateTable(create) => self.create_table(create),
            Node::CreateTableAs(create) => self.create_table_as(create),
            Node::Select(select) => {
                self.made_by_into(select.into.as_ref(), select.span);
                self.writes(&select.writes, select.span);
            }
            Node::CreateIndex(create) => self.create_index(create),
            Node::CreateView(create) => self.create_view(create),
            Node::CreateSequence(create) => {
                let object = self.lasting(self.new_object(Sequence, create.name), create.persistence);
                self.guarded(Action::Create, object, create.span, Safeguard::IfNotExists(create.guard));
            }
            Node::CreateType(create) => self.push(Action::Create, self.new_object(Type, create.name), create.span),
            Node::CreateDomain(create) => self.push(Action::Create, self.new_object(Domain, create.name), create.span),
            Node::CreateSchema(create) => self.create_schema(create),
            Node::CreateExtension(create) => {
                let object = self.plain(Extension, create.name);
                self.guarded(Action::Create, object, create.span, Safeguard::IfNotExists(create.guard));
            }
            Node::CreateDatabase(create) => self.push(Action::Create, self.plain(Database, create.name), create.span),
            Node::CreateTablespace(create) => self.push(Action::Create, self.plain(Tablespace, create.name), create.span),
            Node::CreateLanguage(create) => {
                self.replaceable(self.plain(Language, create.name), create.span, create.replace, create.replace_at);
            }
            Node::CreateStatistics(create) => self.create_statistics(create),
            Node::CreateFunction(create) => self.create_function(create),
            Node::Define(define) => self.define(define),
            Node::CreateOperatorClass(create) => {
                let object = self.new_object(OperatorClass, create.name).told_by(Identity::Method(create.method));
                self.push(Action::Create, object, create.span);
            }
            Node::CreateOperatorFamily(create) => {
                let object = self.new_object(OperatorFamily, create.name).told_by(Identity::Method(create.method));
                self.push(Action::Create, object, create.span);
            }
            Node::CreateCast(create) => {
                let object = nameless(Cast, create.source.span.to(create.target.span), Identity::Cast(&create.source, &create.target));
                self.push(Action::Create, object, create.span);
            }
            Node::CreateTransform(create) => {
                let identity = Identity::Transform(&create.ty, create.language);
                let object = nameless(Transform, create.ty.span.to(create.language.span), identity);
                self.replaceable(object, create.span, create.replace, create.replace_at);
            }
            Node::CreateConversion(create) => self.push(Action::Create, self.new_object(Conversion, create.name), create.span),
            Node::CreateAccessMethod(create) => self.push(Action::Create, self.plain(AccessMethod, create.name), create.span),
            Node::CreateTrigger(create) => {
                let object = Object::part(self.text, Trigger, create.name, create.table);
                self.replaceable(object, create.span, create.replace, create.replace_at);
            }
            Node::CreateEventTrigger(create) => self.push(Action::Create, self.plain(EventTrigger, create.name), create.span),
            Node::CreatePolicy(create) => {
                self.push(Action::Create, Object::part(self.text, Policy, create.name, create.table), create.span);
            }
            Node::CreateRule(create) => {
                let object = Object::part(self.text, Rule, create.name, create.table);
                self.replaceable(object, create.span, create.replace, create.replace_at);
            }
            Node::CreateRole(create) => self.push(Action::Create, new_role(self.text, create), create.span),
            Node::CreateForeignDataWrapper(create) => {
                self.push(Action::Create, self.plain(ForeignDataWrapper, create.name), create.span);
            }
            Node::CreateServer(create) => {
                let object = self.plain(Server, create.name);
                self.guarded(Action::Create, object, create.span, Safeguard::IfNotExists(create.guard));
            }
            Node::CreateUserMapping(create) => {
                let object = user_mapping(create.user, create.server);
                self.guarded(Action::Create, object, create.span, Safeguard::IfNotExists(create.guard));
            }
            Node::ImportForeignSchema(import) => self.import(import),
            Node::CreatePublication(create) => self.push(Action::Create, self.plain(Publication, create.name), create.span),
            Node::CreateSubscription(create) => self.push(Action::Create, self.plain(Subscription, create.name), create.span),
            _ => return false,
        }
        true
    }

    fn new_object(&self, kind: ObjectKind, name: Name) -> Object<'t> {
        Object::new(self.text, kind, name)
    }

    /// The object, in the schema of temporary ones if it is one.
    fn lasting(&self, object: Object<'t>, persistence: Persistence) -> Object<'t> {
        match persistence {
            Persistence::Temporary(_) => object.in_place(Place::Temporary),
            Persistence::Permanent | Persistence::Unlogged(_) => object,
        }
    }

    fn replaceable(&mut self, object: Object<'t>, span: Span, replace: Option<Span>, replace_at: u32) {
        let action = if replace.is_some() { Action::Replace } else { Action::Create };
        self.guarded(action, object, span, Safeguard::or_replace(replace, replace_at));
    }

    fn create_table(&mut self, create: &'t CreateTable) {
        let kind = if create.foreign.is_some() { ObjectKind::ForeignTable } else { ObjectKind::Table };
        let object = self.lasting(self.new_object(kind, create.name), create.persistence);
        self.guarded(Action::Create, object, create.span, Safeguard::IfNotExists(create.guard));
    }

    fn create_table_as(&mut self, create: &'t CreateTableAs) {
        let kind = match create.kind {
            TableAsKind::Table => ObjectKind::Table,
            TableAsKind::MaterializedView => ObjectKind::MaterializedView,
        };
        let object = self.lasting(self.new_object(kind, create.name), create.persistence);
        self.guarded(Action::Create, object, create.span, Safeguard::IfNotExists(create.guard));
        if let TableSource::Query(query) = &create.source {
            self.query(query, create.span);
        }
    }

    fn query(&mut self, query: &'t Query, span: Span) {
        self.made_by_into(query.into.as_ref(), span);
        self.writes(&query.writes, span);
    }

    fn made_by_into(&mut self, into: Option<&'t IntoTable>, span: Span) {
        if let Some(into) = into {
            let object = self.lasting(self.new_object(ObjectKind::Table, into.name), into.persistence);
            self.push(Action::Create, object, span);
        }
    }

    /// An index lives in its table's schema.
    fn create_index(&mut self, create: &'t CreateIndex) {
        let object = match create.name {
            Some(name) => Object::part(self.text, ObjectKind::Index, name, create.table.name),
            None => {
                let span = create.table.name.span();
                let kind = Kind::Object(ObjectKind::Index);
                let object = Object::nameless_part(self.text, kind, span, create.table.name);
                object.told_by(Identity::Unnamed(Unnamed::Index(create)))
            }
        };
        self.guarded(Action::Create, object, create.span, Safeguard::IfNotExists(create.guard));
    }

    fn create_view(&mut self, create: &'t CreateView) {
        let object = self.lasting(self.new_object(ObjectKind::View, create.name), create.persistence);
        self.replaceable(object, create.span, create.replace, create.replace_at);
        self.query(&create.query, create.span);
    }

    /// The schema, and what the statement makes in it: PostgreSQL puts tables, views and sequences that say no schema there, and looks there
    /// for the tables of indexes and triggers (`transformCreateSchemaStmtElements` in its source).
    fn create_schema(&mut self, create: &'t CreateSchema) {
        let role = match create.authorization.map(|clause| clause.value) {
            Some(RoleSpec::Named(role)) => Some(role),
            _ => None,
        };
        let name = create.name.or(role);
        let object = match name {
            Some(name) => self.plain(ObjectKind::Schema, name),
            None => {
                let span = create.authorization.map_or(create.span, |clause| clause.span);
                nameless(ObjectKind::Schema, span, Identity::Unnamed(Unnamed::Schema))
            }
        };
        self.guarded(Action::Create, object, create.span, Safeguard::IfNotExists(create.guard));
        let first = self.list.len();
        create.elements.iter().for_each(|element| self.statement(element));
        for effect in &mut self.list[first..] {
            let inside = match effect.object.place {
                Place::Creation => true,
                Place::Lookup => effect.action.creates(),
                _ => false,
            };
            if inside {
                effect.object.place = name.map_or(Place::Unknown, Place::Schema);
            } else if effect.object.place == Place::Lookup {
                effect.object.place = Place::Unknown;
            }
        }
    }

    /// Statistics without a name get one, and live in their table's schema.
    fn create_statistics(&mut self, create: &'t CreateStatistics) {
        let table = create.from.iter().find_map(|source| match source {
            StatisticsSource::Table(relation) => Some(relation.name),
            StatisticsSource::Other(_) => None,
        });
        let object = match (create.name, table) {
            (Some(name), _) => self.new_object(ObjectKind::Statistics, name),
            (None, Some(table)) => {
                let object = Object::nameless_part(self.text, Kind::Object(ObjectKind::Statistics), table.span(), table);
                object.told_by(Identity::Unnamed(Unnamed::Statistics))
            }
            (None, None) => return,
        };
        self.guarded(Action::Create, object, create.span, Safeguard::IfNotExists(create.guard));
    }

    fn create_function(&mut self, create: &'t CreateFunction) {
        let object = self.new_object(create.kind, create.name).told_by(Identity::Arguments(Some(&create.arguments)));
        self.replaceable(object, create.span, create.replace, create.replace_at);
    }

    fn define(&mut self, define: &'t Define) {
        match &define.object {
            Defined::Aggregate { replace, replace_at, name, arguments } => {
                let object = self.new_object(ObjectKind::Aggregate, *name).told_by(Identity::Arguments(arguments.as_ref()));
                self.replaceable(object, define.span, *replace, *replace_at);
            }
            Defined::Operator { name } => {
                let object = self.new_object(ObjectKind::Operator, *name).told_by(Identity::Operands(Some(self.operands(define))));
                self.push(Action::Create, object, define.span);
            }
            Defined::Collation { guard, name, .. } => {
                let object = self.new_object(ObjectKind::Collation, *name);
                self.guarded(Action::Create, object, define.span, Safeguard::IfNotExists(*guard));
            }
            Defined::TextSearch { kind, name } => {
                let kind = match kind {
                    TextSearchKind::Parser => ObjectKind::TextSearchParser,
                    TextSearchKind::Dictionary => ObjectKind::TextSearchDictionary,
                    TextSearchKind::Template => ObjectKind::TextSearchTemplate,
                    TextSearchKind::Configuration => ObjectKind::TextSearchConfiguration,
                };
                self.push(Action::Create, self.new_object(kind, *name), define.span);
            }
        }
    }

    /// The types that an operator's options give as its operands.
    fn operands(&self, define: &'t Define) -> Operands<'t> {
        let operand = |side: &str| {
            let setting = define.options.iter().find(|option| option.name.is(self.text, side))?;
            match &setting.value {
                Some(SettingValue::Type(ty)) => Some(&**ty),
                _ => None,
            }
        };
        Operands { left: operand("leftarg"), right: operand("rightarg") }
    }

    fn import(&mut self, import: &'t ImportForeignSchema) {
        match import.tables.as_ref().map(|clause| &clause.value) {
            Some(ImportedTables::LimitTo(tables)) => {
                for table in tables {
                    let object = self.new_object(ObjectKind::ForeignTable, Name::unqualified(table.name.object));
                    self.push(Action::Create, object.in_place(Place::Schema(import.into)), import.span);
                }
            }
            Some(ImportedTables::Except(_)) | None => {
                self.push(Action::Create, all_in(ObjectKind::ForeignTable, import.into, import.into.span), import.span);
            }
        }
    }
}

/// An object that has no name and no schema.
fn nameless<'t>(kind: ObjectKind, span: Span, identity: Identity<'t>) -> Object<'t> {
    Object { kind: Kind::Object(kind), span, name: None, of: None, place: Place::Nowhere, identity }
}
