//! Views and materialized views.

use super::Repeat;
use crate::catalog::Oid;
use crate::catalog::ddl::{name, stored};
use crate::catalog::model::{Relation, View};
use crate::catalog::store::Catalog;
use crate::syntax::expression::identifier;

pub(super) fn plain(catalog: &Catalog, oid: Oid, relation: &Relation, view: &View, repeat: Repeat) -> Vec<String> {
    let query = stored::query(catalog, &view.query, repeat);
    let check = match view.check_option {
        Some("local") => "\nWITH LOCAL CHECK OPTION",
        Some(_) => "\nWITH CASCADED CHECK OPTION",
        None => "",
    };
    let mut statements = vec![format!(
        "CREATE {}VIEW {}{}{} AS\n{query}{check}",
        repeat.or_replace(),
        name::qualified(catalog, oid),
        columns(relation, &query),
        super::with(&relation.options)
    )];
    for column in &relation.columns {
        if let Some(crate::catalog::Body::Default(default)) = column.default.and_then(|oid| catalog.get(oid)).map(|object| &object.body) {
            let (view, column) = (name::qualified(catalog, oid), identifier(&column.name));
            let default = stored::operand(catalog, &default.expression);
            statements.push(format!("ALTER VIEW {view} ALTER COLUMN {column} SET DEFAULT {default}"));
        }
    }
    statements
}

pub(super) fn materialized(catalog: &Catalog, oid: Oid, relation: &Relation, view: &View, repeat: Repeat) -> Vec<String> {
    let query = stored::query(catalog, &view.query, repeat);
    let own = name::qualified(catalog, oid);
    let mut text = format!("CREATE MATERIALIZED VIEW {}{own}{}", repeat.if_not_exists(), columns(relation, &query));
    if let Some(method) = &relation.method {
        text += &format!(" USING {}", identifier(method));
    }
    text += &super::with(&relation.options);
    if let Some(tablespace) = &relation.tablespace {
        text += &format!(" TABLESPACE {}", identifier(tablespace));
    }
    text += &format!(" AS\n{query}");
    if !view.populated {
        text += "\nWITH NO DATA";
    }
    let mut statements = vec![text];
    for column in &relation.columns {
        let name = identifier(&column.name);
        if let Some(storage) = &column.storage {
            statements.push(format!("ALTER MATERIALIZED VIEW {own} ALTER COLUMN {name} SET STORAGE {}", storage.to_uppercase()));
        }
        if let Some(target) = column.statistics {
            statements.push(format!("ALTER MATERIALIZED VIEW {own} ALTER COLUMN {name} SET STATISTICS {target}"));
        }
    }
    statements
}

/// `(a, b)`, where the columns are not called as the query calls them.
fn columns(relation: &Relation, query: &str) -> String {
    if !relation.columns_known || relation.columns.is_empty() {
        return String::new();
    }
    let named = stored::labels(query).is_some_and(|labels| labels.iter().eq(relation.columns.iter().map(|column| &*column.name)));
    if named {
        return String::new();
    }
    let names: Vec<String> = relation.columns.iter().map(|column| identifier(&column.name)).collect();
    format!(" ({})", names.join(", "))
}
