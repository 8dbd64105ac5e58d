//! CREATE VIEW (`DefineView`, `DefineVirtualRelation`).

use std::sync::Arc;

use super::{Columns, columns, expect_proper, is_temporary, link_types, updatable, without};
use crate::catalog::apply::{creation, storage};
use crate::catalog::expression::analysis::{self, AnalysedQuery, Scope};
use crate::catalog::expression::link;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Column, Options, Persistence, Relation, RelationKind, View};
use crate::catalog::object::{Body, Class, Object};
use crate::catalog::run::Run;
use crate::catalog::types::format_type;
use crate::catalog::{Dependency, Oid};
use crate::syntax::tree::{self, CheckOption, CreateView};
use crate::text::Span;

pub(super) fn create(run: &mut Run<'_>, text: &str, create: &CreateView) -> Result {
    let span = create.name.span();
    let analysed = analyse(run, text, create)?;
    if create.query.into.is_some() {
        return Err(Stop::fails("0A000", "views must not contain SELECT INTO", create.query.span));
    }
    if !create.query.writes.is_empty() {
        return Err(Stop::fails("0A000", "views must not contain data-modifying statements in WITH", create.query.span));
    }
    let (options, check_option) = options(run, text, create)?;
    if check_option.is_some() {
        updatable::expect(run, &analysed, create.query.span)?;
    }
    let names = if create.recursive.is_some() { None } else { create.columns.as_ref() };
    let outputs = analysed.outputs.as_deref();
    let columns = columns(run, text, outputs, names, "CREATE VIEW specifies more column names than columns")?;
    if let tree::Persistence::Unlogged(at) = create.persistence {
        return Err(Stop::fails("42601", "views cannot be unlogged because they do not have storage", at));
    }
    let (schema, persistence) = home(run, text, create, &analysed)?;
    let name = creation::new_name(text, create.name)?;
    let view = View { query: analysed.stored, check_option, populated: true };
    let existing = run.find_in(Class::Relation, schema, &name).map_err(|stop| stop.or_at(span))?;
    let oid = match existing.filter(|_| create.replace.is_some()) {
        Some(existing) => {
            replace(run, existing, columns, view, options, span)?;
            existing
        }
        None => {
            expect_proper(&columns.list, span)?;
            creation::expect_free(run, schema, &name, span)?;
            creation::expect_no_type(run, schema, &name, span)?;
            let mut relation =
                Relation { persistence, options, columns_known: columns.known, ..Relation::new(RelationKind::View(Arc::new(view))) };
            for column in columns.list {
                relation.add_column(column);
            }
            run.catalog.settle(Class::Relation, &name);
            if create.replace.is_some() {
                run.note_unreplaced(Class::Relation, schema, &name);
            }
            run.catalog.add(Object::new(name, Body::Relation(Arc::new(relation)), run.origin).in_schema(schema))
        }
    };
    depend(run, oid, schema);
    Ok(())
}

fn analyse(run: &mut Run<'_>, text: &str, create: &CreateView) -> Result<AnalysedQuery> {
    let span = create.query.span;
    let scope = Scope::default();
    if create.recursive.is_some() {
        let query = recursive(text, create);
        let whole = Span::new(0, query.len() as u32);
        return analysis::query(run, &query, whole, &scope).map_err(|stop| stop.at(span));
    }
    match &create.query.into {
        Some(into) => analysis::query(run, &without(text, into.span), span, &scope),
        None => analysis::query(run, text, span, &scope),
    }
}

/// What CREATE RECURSIVE VIEW is short for (manual, CREATE VIEW).
fn recursive(text: &str, create: &CreateView) -> String {
    let quoted = |ident: tree::Ident| format!("\"{}\"", ident.value(text).replace('"', "\"\""));
    let name = quoted(create.name.object);
    let columns = create.columns.iter().flat_map(|clause| &clause.value).map(|column| quoted(*column)).collect::<Vec<_>>().join(", ");
    format!("WITH RECURSIVE {name} ({columns}) AS ({}) SELECT {columns} FROM {name}", &text[create.query.span])
}

/// What WITH says, and which rows may be written through the view.
fn options(run: &Run<'_>, text: &str, create: &CreateView) -> Result<(Options, Option<&'static str>)> {
    let written = create.options.as_ref().map_or(&[][..], |clause| &clause.value[..]);
    if run.world.target.major() < 15
        && let Some(setting) = written.iter().find(|setting| setting.name.is(text, "security_invoker"))
    {
        return Err(Stop::fails("22023", "unrecognized parameter \"security_invoker\"", setting.span));
    }
    let mut options = storage::parameters(text, written, storage::Holder::View)?;
    let of_word = |word: &str| if word.eq_ignore_ascii_case("local") { "local" } else { "cascaded" };
    let in_options = options.remove("check_option").map(|word| of_word(&word));
    match create.check_option {
        Some(clause) if in_options.is_some() => {
            Err(Stop::fails("22023", "parameter \"check_option\" specified more than once", clause.span))
        }
        Some(clause) => Ok((options, Some(if clause.value == CheckOption::Local { "local" } else { "cascaded" }))),
        None => Ok((options, in_options)),
    }
}

/// The schema of the view; one that reads something temporary is temporary itself.
fn home(run: &mut Run<'_>, text: &str, create: &CreateView, analysed: &AnalysedQuery) -> Result<(Oid, Persistence)> {
    let temporary = is_temporary(run, &analysed.stored);
    let persistence = if temporary { tree::Persistence::Temporary(create.name.span()) } else { create.persistence };
    creation::home(run, text, create.name, persistence)
}

/// Gives an existing view another query.
///
/// # Errors
/// 42809 if it is no view, 42P16 if it would lose a column or change one; if it can't be told.
fn replace(run: &mut Run<'_>, oid: Oid, new: Columns, view: View, options: Options, span: Span) -> Result {
    let Some(object) = run.catalog.get(oid) else { return Ok(()) };
    let name = object.name.clone();
    let Some(relation) = object.relation() else { return Ok(()) };
    let same_text = match &relation.kind {
        RelationKind::View(old) => old.query.text == view.query.text,
        RelationKind::Unknown => return Err(Stop::unknown(format!("whether {name} is a view can't be told"), span)),
        _ => return Err(Stop::fails("42809", format!("\"{name}\" is not a view"), span)),
    };
    let old = relation.columns.clone();
    let known = relation.columns_known && new.known;
    if known {
        compare(run, &old, &new.list, same_text, span)?;
        expect_proper(&new.list, span)?;
    } else if !same_text {
        return Err(Stop::unknown("it can't be told whether the view keeps its columns", span));
    }
    run.catalog.update_relation(oid, |relation| {
        relation.kind = RelationKind::View(Arc::new(view));
        relation.options = options;
        let added: Vec<Column> = new.list.into_iter().skip(old.len()).collect();
        if known {
            for column in added {
                relation.add_column(column);
            }
        }
    });
    run.catalog.unlink_all(oid.into(), Dependency::Normal);
    Ok(())
}

/// A view keeps its columns (`checkViewColumns`).
fn compare(run: &Run<'_>, old: &[Column], new: &[Column], same_text: bool, span: Span) -> Result {
    let fails = |message: String| Err(Stop::fails("42P16", message, span));
    if new.len() < old.len() {
        return fails("cannot drop columns from view".to_owned());
    }
    for (old, new) in old.iter().zip(new) {
        if old.name != new.name {
            return fails(format!("cannot change name of view column \"{}\" to \"{}\"", old.name, new.name));
        }
        match (&old.ty, &new.ty) {
            (Some(before), Some(after)) if before != after => {
                let (before, after) = (format_type(&run.catalog, before), format_type(&run.catalog, after));
                return fails(format!("cannot change data type of view column \"{}\" from {before} to {after}", old.name));
            }
            (Some(_), Some(_)) => {}
            _ if same_text => {}
            _ => return Err(Stop::unknown(format!("the type of the view's column {} can't be told", old.name), span)),
        }
    }
    Ok(())
}

/// Notes what a view depends on: its schema, its columns' types, and whatever its query uses.
fn depend(run: &mut Run<'_>, oid: Oid, schema: Oid) {
    run.catalog.link(oid, schema, Dependency::Normal);
    link_types(run, oid);
    let query = run.catalog.relation(oid).and_then(Relation::view).map(|view| view.query.clone());
    if let Some(query) = query {
        link(&mut run.catalog, oid, &query, None);
    }
}
