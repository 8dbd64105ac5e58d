//! Views.

use migration_lint::syntax::tree::{CheckOption, CreateView, RefreshMaterializedView, WithData};

use super::{Facts, Kind};

pub fn create(f: &mut Facts, node: &CreateView) -> Kind {
    let words = f.words;
    f.say(format!("name {}", words.name(node.name)));
    f.written("replace", &node.replace);
    f.persistence(node.persistence);
    f.maybe("columns", node.columns.as_ref().map(|columns| words.idents(&columns.value)));
    f.optional_options(&node.options);
    f.maybe(
        "check-option",
        node.check_option.map(|option| match option.value {
            CheckOption::Local => "local",
            CheckOption::Cascaded => "cascaded",
        }),
    );
    f.reads(&node.query.reads, &node.query.writes);
    "ViewStmt"
}

pub fn refresh(f: &mut Facts, node: &RefreshMaterializedView) -> Kind {
    f.say(format!("name {}", f.words.name(node.name)));
    f.written("concurrently", &node.concurrently);
    if node.data.is_some_and(|data| data.value == WithData::NoData) {
        f.say("with-no-data");
    }
    "RefreshMatViewStmt"
}
