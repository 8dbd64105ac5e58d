//! `require-insert-columns`: rows for a table that was there before say which columns they fill.

use crate::catalog::model::Relation;
use crate::catalog::replay::Verdict;
use crate::catalog::{Catalog, Class, Object, Oid, Standing, describe};
use crate::diagnostic::{Applicability, Severity};
use crate::postgres::StepKind;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::expression::read_values;
use crate::syntax::tree::{Insert, InsertSource, Node};
use crate::text::{Edit, Span};

/// The rule.
#[derive(Debug)]
pub struct RequireInsertColumns;

static META: Meta = Meta {
    id: "require-insert-columns",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Always,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-insert-columns.md"),
};

impl Rule for RequireInsertColumns {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let is_own = |oid: Oid| cx.replayed.after.get(oid).is_some_and(|object| object.standing == Standing::Made);
        cx.walk(&mut |step| {
            let StepKind::Statement(Node::Insert(insert)) = step.kind else { return };
            let has_values = !matches!(insert.source, InsertSource::Default(_));
            if insert.columns.is_some() || !has_values || step.session.is_temporary(cx.text(), insert.target) {
                return;
            }
            let name = insert.target.object.value(cx.text());
            let table = match found(cx.replayed.before, cx, insert).as_slice() {
                [] if found(cx.replayed.after, cx, insert).iter().any(|(oid, _)| is_own(*oid)) => return,
                [table] => Some(*table),
                _ => None,
            };
            let message = format!("the values go to the columns of `{name}` by their places, whichever those are by then");
            let head = Span::new(insert.span.start, insert.columns_at);
            let finding = cx.finding(head, message).help("name the columns that they are for behind the table's name");
            out.push(match table.and_then(|table| columns(cx, insert, table)) {
                Some(names) => {
                    let list: Vec<_> = names.iter().map(|name| describe::name(name)).collect();
                    let edit = Edit::insertion(insert.columns_at, format!(" ({})", list.join(", ")));
                    finding.fix(cx.fix(Applicability::Safe, "name the columns", vec![edit]))
                }
                None => finding,
            });
        });
    }
}

/// The relations that the target's name may mean: those that are there, and that an earlier migration made or nobody did.
fn found<'c>(catalog: &'c Catalog, cx: &MigrationContext<'_>, insert: &Insert) -> Vec<(Oid, &'c Relation)> {
    let (text, target) = (cx.text(), insert.target);
    let is_meant = |object: &Object| match (target.schema, object.schema.and_then(|schema| catalog.get(schema))) {
        (Some(written), Some(schema)) => *schema.name == *written.value(text),
        (Some(_), None) => false,
        (None, _) => true,
    };
    let name = target.object.value(text);
    let relations = catalog.anywhere(Class::Relation, &name).filter(|(_, object)| is_meant(object));
    relations.filter_map(|(oid, object)| Some((oid, object.relation()?))).collect()
}

/// The columns that get values, if they are known and the migration leaves them as they are.
fn columns(cx: &MigrationContext<'_>, insert: &Insert, (oid, table): (Oid, &Relation)) -> Option<Vec<String>> {
    let InsertSource::Values { span, .. } = insert.source else { return None };
    let names = |relation: &Relation| relation.columns.iter().map(|column| column.name.to_string()).collect::<Vec<_>>();
    let stays = table.columns_known && cx.replayed.after.relation(oid).is_some_and(|after| names(after) == names(table));
    let width = read_values(&cx.text()[span]).next()?.values?.len();
    let names = names(table);
    (stays && matches!(cx.replayed.applies, Verdict::Proved { .. })).then(|| names.get(..width).map(<[String]>::to_vec))?
}
