//! States that a statement can't bring about twice, and rows that it would write twice.

use crate::syntax::lexer::{Keyword, Token, TokenKind};
use crate::syntax::tree::{
    AlterActionKind, AlterTable, AlteredKind, ColumnChange, ColumnRef, CopyDirection, CopySource, ExtensionAction, Guard, Ident, Insert,
    InsertSource, MappingAction, Name, Node, ObjectKind, ObjectRef, OperatorFamilyAction, PublicationAction, PublicationObject,
    PublicationsChange, Setting, SettingVerb, SubscriptionAction,
};
use crate::text::Span;

use super::effect::Safeguard;
use super::existence::{DUPLICATE_OBJECT, Error, Existence, Fault, Safety, Subject, Turn, UNDEFINED_OBJECT, safety};
use super::object::{Identity, Object};

/// Adds what `node`, whose tokens are `tokens`, does of this kind.
pub(super) fn add<'t>(text: &'t str, node: &'t Node, tokens: &[Token], list: &mut Vec<Existence<'t>>) {
    let mut states = States { text, list };
    match node {
        Node::AlterTable(alter) => states.table(alter),
        Node::Insert(insert) => states.insert(insert, tokens),
        Node::Copy(copy) => {
            if let (CopySource::Table(table, _), CopyDirection::From(_)) = (&copy.source, copy.direction) {
                states.rows(Turn::Comes, *table, Safety::None, copy.span, "is filled by COPY");
            }
        }
        Node::Delete(delete) => states.rows(Turn::Goes, delete.target.name, Safety::Safe, delete.span, "is emptied"),
        Node::Truncate(truncate) => {
            for relation in &truncate.relations {
                states.rows(Turn::Goes, relation.name, Safety::Safe, truncate.span, "is emptied");
            }
        }
        Node::AlterServer(alter) => states.options(states.plain(ObjectKind::Server, alter.name), &alter.options),
        Node::AlterForeignDataWrapper(alter) => {
            states.options(states.plain(ObjectKind::ForeignDataWrapper, alter.name), &alter.options);
        }
        Node::AlterUserMapping(alter) => states.options(super::effect::user_mapping(alter.user, alter.server), &alter.options),
        Node::AlterExtension(alter) => states.extension(alter.name, &alter.action, alter.span),
        Node::AlterPublication(alter) => states.publication(alter.name, &alter.action, alter.span),
        Node::AlterSubscription(alter) => states.subscription(alter.name, &alter.action, alter.span),
        Node::AlterOperatorFamily(alter) => {
            let family = Object::old(text, ObjectKind::OperatorFamily, alter.name).told_by(Identity::Method(alter.method));
            match alter.action {
                OperatorFamilyAction::Add(_) => states.comes(family, "", alter.span, "is given members"),
                OperatorFamilyAction::Drop(_) => states.goes(family, "", alter.span, "loses members"),
            }
        }
        Node::AlterTextSearchConfiguration(alter) => states.mapping(alter.name, &alter.action, alter.span),
        _ => {}
    }
}

/// What becomes of a state.
struct Change {
    turn: Turn,
    safety: Safety,
    fault: Fault,
    deed: &'static str,
}

struct States<'t, 'l> {
    text: &'t str,
    list: &'l mut Vec<Existence<'t>>,
}

impl<'t> States<'t, '_> {
    fn plain(&self, kind: ObjectKind, name: Ident) -> Object<'t> {
        Object::old(self.text, kind, Name::unqualified(name))
    }

    fn push(&mut self, object: Object<'t>, what: &str, change: Change, span: Span) {
        let Change { turn, safety, fault, deed } = change;
        if let Some(key) = object.key(self.text) {
            let subject = Subject::State(key, what.to_owned());
            self.list.push(Existence { turn, subject, object, safety, fault, span, deed, cascade: false });
        }
    }

    fn comes(&mut self, object: Object<'t>, what: &str, span: Span, deed: &'static str) {
        self.push(object, what, Change { turn: Turn::Comes, safety: Safety::None, fault: Fault::Refused(DUPLICATE_OBJECT), deed }, span);
    }

    fn goes(&mut self, object: Object<'t>, what: &str, span: Span, deed: &'static str) {
        self.push(object, what, Change { turn: Turn::Goes, safety: Safety::None, fault: Fault::Refused(UNDEFINED_OBJECT), deed }, span);
    }

    /// What puts other things into the place of all that there are.
    fn renewed(&mut self, object: Object<'t>, span: Span) {
        self.push(
            object,
            "",
            Change { turn: Turn::Goes, safety: Safety::Safe, fault: Fault::Refused(UNDEFINED_OBJECT), deed: "is set" },
            span,
        );
    }

    fn rows(&mut self, turn: Turn, table: Name, safety: Safety, span: Span, deed: &'static str) {
        let object = Object::old(self.text, ObjectKind::Table, table);
        if let Some(key) = object.key(self.text) {
            let fault = Fault::Repeated(Error::new("23505", "unique_violation"));
            self.list.push(Existence { turn, subject: Subject::Rows(key), object, safety, fault, span, deed, cascade: false });
        }
    }

    fn insert(&mut self, insert: &'t Insert, tokens: &[Token]) {
        let guarded = insert.on_conflict.is_some() || is_selective(self.text, insert, tokens);
        let safety = if guarded { Safety::Safe } else { Safety::None };
        self.rows(Turn::Comes, insert.target, safety, insert.span, "is filled by INSERT");
    }

    fn table(&mut self, alter: &'t AlterTable) {
        let text = self.text;
        let table = Object::old(text, kind_of(alter.kind), alter.relation.name);
        for action in &alter.actions {
            let span = action.span;
            match &action.kind {
                AlterActionKind::AttachPartition(attach) => {
                    let partition = Object::old(text, kind_of(alter.kind), attach.partition);
                    let fault = Fault::Refused(Error::new("42809", "wrong_object_type"));
                    self.push(partition, "partition", Change { turn: Turn::Comes, safety: Safety::None, fault, deed: "is attached" }, span);
                }
                AlterActionKind::DetachPartition(partition, _) => {
                    let partition = Object::old(text, kind_of(alter.kind), *partition);
                    let fault = Fault::Refused(Error::new("42P01", "undefined_table"));
                    self.push(partition, "partition", Change { turn: Turn::Goes, safety: Safety::None, fault, deed: "is detached" }, span);
                }
                AlterActionKind::Inherit(parent) => {
                    let fault = Fault::Refused(Error::new("42P07", "duplicate_table"));
                    let what = format!("inherits {}", parent.object.value(text));
                    self.push(table, &what, Change { turn: Turn::Comes, safety: Safety::None, fault, deed: "is made a child" }, span);
                }
                AlterActionKind::NoInherit(parent) => {
                    let fault = Fault::Refused(Error::new("42P01", "undefined_table"));
                    let what = format!("inherits {}", parent.object.value(text));
                    self.push(
                        table,
                        &what,
                        Change { turn: Turn::Goes, safety: Safety::None, fault, deed: "is taken from its parent" },
                        span,
                    );
                }
                AlterActionKind::Of(_) => self.push(
                    table,
                    "type",
                    Change { turn: Turn::Comes, safety: Safety::Safe, fault: WRONG_TYPE, deed: "is tied to a type" },
                    span,
                ),
                AlterActionKind::NotOf => self.push(
                    table,
                    "type",
                    Change { turn: Turn::Goes, safety: Safety::None, fault: WRONG_TYPE, deed: "is untied from its type" },
                    span,
                ),
                AlterActionKind::Options(options) => self.options(table, options),
                AlterActionKind::AlterColumn(ColumnRef::Name(column), change) => {
                    let column = Object::part(text, ObjectKind::Column, *column, alter.relation.name);
                    self.column(column, change, span);
                }
                _ => {}
            }
        }
    }

    fn column(&mut self, column: Object<'t>, change: &'t ColumnChange, span: Span) {
        const STATE: Fault = Fault::Refused(Error::new("55000", "object_not_in_prerequisite_state"));
        let if_exists = |guard: Guard| safety(Some(Safeguard::IfExists(guard)));
        match change {
            ColumnChange::AddIdentity(_) => {
                self.push(
                    column,
                    "identity",
                    Change { turn: Turn::Comes, safety: Safety::None, fault: STATE, deed: "is made an identity column" },
                    span,
                );
            }
            ColumnChange::DropIdentity(guard) => {
                self.push(
                    column,
                    "identity",
                    Change { turn: Turn::Goes, safety: if_exists(*guard), fault: STATE, deed: "loses its identity" },
                    span,
                );
            }
            ColumnChange::DropExpression(guard) => {
                self.push(
                    column,
                    "expression",
                    Change { turn: Turn::Goes, safety: if_exists(*guard), fault: STATE, deed: "loses its expression" },
                    span,
                );
            }
            ColumnChange::Options(options) => self.options(column, options),
            _ => {}
        }
    }

    /// An option without a verb is added.
    fn options(&mut self, object: Object<'t>, options: &'t [Setting]) {
        for option in options {
            let what = format!("option {}", option.name.value(self.text));
            match option.verb {
                None | Some(SettingVerb::Add) => self.comes(object, &what, option.span, "is given an option"),
                Some(SettingVerb::Drop) => self.goes(object, &what, option.span, "loses an option"),
                Some(SettingVerb::Set) => {}
            }
        }
    }

    fn extension(&mut self, name: Ident, action: &'t ExtensionAction, span: Span) {
        const STATE: Fault = Fault::Refused(Error::new("55000", "object_not_in_prerequisite_state"));
        let what = |member: &ObjectRef| format!("{} {}", member.kind.sql(), &self.text[member.span]);
        let extension = self.plain(ObjectKind::Extension, name);
        match action {
            ExtensionAction::Add(member) => {
                self.push(
                    extension,
                    &what(member),
                    Change { turn: Turn::Comes, safety: Safety::None, fault: STATE, deed: "is given a member" },
                    span,
                );
            }
            ExtensionAction::Drop(member) => {
                self.push(
                    extension,
                    &what(member),
                    Change { turn: Turn::Goes, safety: Safety::None, fault: STATE, deed: "loses a member" },
                    span,
                );
            }
            ExtensionAction::Update(_) => {}
        }
    }

    fn publication(&mut self, name: Ident, action: &'t PublicationAction, span: Span) {
        let publication = self.plain(ObjectKind::Publication, name);
        let what = |object: &PublicationObject| match object {
            PublicationObject::Table(table) => format!("table {}", table.table.name.object.value(self.text)),
            PublicationObject::Schema(schema) => format!("schema {}", schema.value(self.text)),
            PublicationObject::CurrentSchema(_) => "schema".to_owned(),
        };
        match action {
            PublicationAction::Add(objects) => {
                objects
                    .iter()
                    .map(what)
                    .collect::<Vec<_>>()
                    .iter()
                    .for_each(|what| self.comes(publication, what, span, "is given a member"));
            }
            PublicationAction::Drop(objects) => {
                objects.iter().map(what).collect::<Vec<_>>().iter().for_each(|what| self.goes(publication, what, span, "loses a member"));
            }
            PublicationAction::Set(_) => self.renewed(publication, span),
            PublicationAction::SetOptions(_) => {}
        }
    }

    fn subscription(&mut self, name: Ident, action: &'t SubscriptionAction, span: Span) {
        let SubscriptionAction::Publications { change, publications, .. } = action else { return };
        let subscription = self.plain(ObjectKind::Subscription, name);
        let missing = Fault::Refused(Error::new("42P17", "invalid_object_definition"));
        for publication in publications {
            let what = publication.value(self.text);
            match change {
                PublicationsChange::Add => self.comes(subscription, &what, span, "is given a publication"),
                PublicationsChange::Drop => {
                    self.push(
                        subscription,
                        &what,
                        Change { turn: Turn::Goes, safety: Safety::None, fault: missing, deed: "loses a publication" },
                        span,
                    );
                }
                PublicationsChange::Set => self.renewed(subscription, span),
            }
        }
    }

    fn mapping(&mut self, name: Name, action: &'t MappingAction, span: Span) {
        let configuration = Object::old(self.text, ObjectKind::TextSearchConfiguration, name);
        match action {
            MappingAction::Add { tokens, .. } => {
                let fault = Fault::Refused(Error::new("23505", "unique_violation"));
                for token in tokens {
                    self.push(
                        configuration,
                        &token.value(self.text),
                        Change { turn: Turn::Comes, safety: Safety::None, fault, deed: "is given a mapping" },
                        span,
                    );
                }
            }
            MappingAction::Drop { guard, tokens } => {
                let safety = safety(Some(Safeguard::IfExists(*guard)));
                for token in tokens {
                    let fault = Fault::Refused(UNDEFINED_OBJECT);
                    self.push(
                        configuration,
                        &token.value(self.text),
                        Change { turn: Turn::Goes, safety, fault, deed: "loses a mapping" },
                        span,
                    );
                }
            }
            MappingAction::Alter { .. } | MappingAction::Replace { .. } => {}
        }
    }
}

const WRONG_TYPE: Fault = Fault::Refused(Error::new("42809", "wrong_object_type"));

const fn kind_of(kind: AlteredKind) -> ObjectKind {
    match kind {
        AlteredKind::Table | AlteredKind::Type => ObjectKind::Table,
        AlteredKind::ForeignTable => ObjectKind::ForeignTable,
        AlteredKind::Index => ObjectKind::Index,
        AlteredKind::Sequence => ObjectKind::Sequence,
        AlteredKind::View => ObjectKind::View,
        AlteredKind::MaterializedView => ObjectKind::MaterializedView,
    }
}

/// Whether the rows of an INSERT come from a query that may leave out those that are there: it reads the table itself, or asks for what is
/// not there (`NOT EXISTS`, `NOT IN`, `EXCEPT`).
fn is_selective(text: &str, insert: &Insert, tokens: &[Token]) -> bool {
    let InsertSource::Query(_) = insert.source else { return false };
    let target = insert.target.object.value(text);
    let asks = tokens.windows(2).any(|pair| {
        matches!(
            (pair[0].kind, pair[1].kind),
            (TokenKind::Keyword(Keyword::Not), TokenKind::Keyword(Keyword::Exists | Keyword::In))
                | (TokenKind::Keyword(Keyword::Except), _)
        )
    });
    asks || insert.reads.iter().any(|read| read.object.value(text) == target)
}
