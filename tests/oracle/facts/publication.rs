//! Logical replication: publications and subscriptions.

use migration_lint::syntax::tree::{
    AlterPublication, AlterSubscription, CreatePublication, CreateSubscription, DropSubscription, PublicationAction, PublicationObject,
    PublicationScope, PublicationsChange, SubscriptionAction,
};

use super::{Facts, Kind};

pub fn create(f: &mut Facts, node: &CreatePublication) -> Kind {
    f.say(format!("name {}", f.words.ident(node.name)));
    match &node.scope {
        Some(PublicationScope::AllTables(_)) => f.say("for-all-tables"),
        Some(PublicationScope::Objects(objects)) => f.published(objects),
        None => {}
    }
    f.optional_options(&node.options);
    "CreatePublicationStmt"
}

pub fn alter(f: &mut Facts, node: &AlterPublication) -> Kind {
    f.say(format!("name {}", f.words.ident(node.name)));
    let (action, objects) = match &node.action {
        PublicationAction::SetOptions(options) => {
            f.options(options);
            return "AlterPublicationStmt";
        }
        PublicationAction::Add(objects) => ("add", objects),
        PublicationAction::Set(objects) => ("set", objects),
        PublicationAction::Drop(objects) => ("drop", objects),
    };
    f.say(format!("action {action}"));
    f.published(objects);
    "AlterPublicationStmt"
}

pub fn create_subscription(f: &mut Facts, node: &CreateSubscription) -> Kind {
    f.say(format!("name {}", f.words.ident(node.name)));
    f.say(format!("publications {}", f.words.idents(&node.publications)));
    f.optional_options(&node.options);
    "CreateSubscriptionStmt"
}

pub fn alter_subscription(f: &mut Facts, node: &AlterSubscription) -> Kind {
    f.say(format!("name {}", f.words.ident(node.name)));
    let action = match &node.action {
        SubscriptionAction::SetOptions(options) => {
            f.options(options);
            "options"
        }
        SubscriptionAction::Connection(_) => "connection",
        SubscriptionAction::Refresh(options) => {
            f.optional_options(options);
            "refresh"
        }
        SubscriptionAction::Publications { change, publications, options } => {
            f.say(format!("publications {}", f.words.idents(publications)));
            f.optional_options(options);
            match change {
                PublicationsChange::Set => "set-publication",
                PublicationsChange::Add => "add-publication",
                PublicationsChange::Drop => "drop-publication",
            }
        }
        SubscriptionAction::Enable(_) => {
            f.say("option enabled=true");
            "enabled"
        }
        SubscriptionAction::Disable(_) => {
            f.say("option enabled=false");
            "enabled"
        }
        SubscriptionAction::Skip(options) => {
            f.options(options);
            "skip"
        }
    };
    f.say(format!("action {action}"));
    "AlterSubscriptionStmt"
}

pub fn drop_subscription(f: &mut Facts, node: &DropSubscription) -> Kind {
    f.say(format!("name {}", f.words.ident(node.name)));
    f.guard("if-exists", node.guard);
    f.cascade(node.behavior);
    "DropSubscriptionStmt"
}

impl Facts<'_> {
    fn published(&mut self, objects: &[PublicationObject]) {
        let words = self.words;
        for object in objects {
            self.say(match object {
                PublicationObject::Table(table) => {
                    let columns = table.columns.as_ref().map_or(String::new(), |columns| format!(" {}", words.idents(&columns.value)));
                    let filter = if table.filter.is_some() { " where" } else { "" };
                    format!("table {}{columns}{filter}", words.relation(table.table))
                }
                PublicationObject::Schema(schema) => format!("schema {}", words.ident(*schema)),
                PublicationObject::CurrentSchema(_) => "current-schema".to_owned(),
            });
        }
    }
}
