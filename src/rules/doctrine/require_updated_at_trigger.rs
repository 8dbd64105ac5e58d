//! `require-updated-at-trigger`: a table with `updated_at` has a trigger that keeps it.

use crate::catalog::model::{Column, RoutineBody, Trigger, TypeId};
use crate::catalog::{Body, Class, Object, Oid, Origin, Standing, describe};
use crate::diagnostic::{Diagnostic, Fix, Severity, Stage};
use crate::rules::amendment::{Maker, addition};
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, OwnTable, Rule};
use crate::syntax::tree::{TriggerEventKind, TriggerLevel, TriggerTiming};

/// The rule.
#[derive(Debug)]
pub struct RequireUpdatedAtTrigger;

static META: Meta = Meta {
    id: "require-updated-at-trigger",
    group: Group::Doctrine,
    severity: Severity::Error,
    on: On::House,
    about: About::State,
    aliases: &[],
    options: &["exempt", "known_functions"],
    page: include_str!("../../../rules/require-updated-at-trigger.md"),
};

const COLUMN: &str = "updated_at";

impl Rule for RequireUpdatedAtTrigger {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_history(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        let tables =
            crate::rules::own_tables(cx).filter(|table| table.is_managed(cx) && table.relation.settled && !table.is_named_in(cx, "exempt"));
        let mut without = Vec::new();
        for table in tables {
            let Some(column) = table.relation.column(COLUMN) else { continue };
            let triggers: Vec<(&Object, &Trigger)> = keepers(cx, &table).collect();
            if triggers.iter().any(|(object, trigger)| keeps(cx, object.origin, trigger) == Some(true)) {
                continue;
            }
            match triggers.iter().find(|(object, trigger)| keeps(cx, object.origin, trigger).is_none()) {
                Some((object, trigger)) => out.extend(unknown_function(cx, object, trigger)),
                None => without.push((table.brought_by(column), table, column)),
            }
        }
        without.sort_by_key(|(origin, ..)| place(*origin));
        let mut brings = true;
        for (origin, table, column) in &without {
            let turn = if brings { Turn::First } else { Turn::Later };
            let finding = no_trigger(cx, table, column, *origin, turn);
            brings &= finding.as_ref().is_none_or(|finding| finding.fix.is_none());
            out.extend(finding);
        }
    }
}

/// Where a statement stands in the history.
fn place(origin: Origin) -> (Option<u32>, u32) {
    (origin.migration, origin.span.start)
}

/// Whose fix may bring the function that the triggers call, where no migration has one: only the first table's that can; the others then find it
/// there.
#[derive(Clone, Copy, PartialEq)]
enum Turn {
    First,
    Later,
}

/// The triggers that see each row before it is updated.
fn keepers<'c>(cx: &HistoryContext<'c>, table: &OwnTable<'c>) -> impl Iterator<Item = (&'c Object, &'c Trigger)> {
    let triggers = cx.end.parts(table.oid, Class::Trigger).filter_map(|(_, object)| match &object.body {
        Body::Trigger(trigger) => Some((object, &**trigger)),
        _ => None,
    });
    triggers.filter(|(_, trigger)| {
        trigger.timing == TriggerTiming::Before && trigger.level == TriggerLevel::Row && trigger.events.contains(&TriggerEventKind::Update)
    })
}

/// Whether a trigger's function sets the column; nothing where no file says what it does.
fn keeps(cx: &HistoryContext<'_>, origin: Origin, trigger: &Trigger) -> Option<bool> {
    let name = &trigger.function_name;
    let is_known = |known: &String| **known == **name || name.rsplit('.').next() == Some(known);
    if cx.option_at(origin, "known_functions").iter().any(is_known) {
        return Some(true);
    }
    let object = trigger.function.and_then(|oid| cx.end.get(oid))?;
    if object.standing == Standing::Assumed {
        return None;
    }
    match &object.routine()?.body {
        RoutineBody::Text(text) => {
            Some(text.to_ascii_lowercase().contains(COLUMN) || trigger.arguments.iter().any(|name| **name == *COLUMN))
        }
        // What is written in C, as an extension's is, may do it.
        _ => Some(true),
    }
}

fn unknown_function(cx: &HistoryContext<'_>, object: &Object, trigger: &Trigger) -> Option<Diagnostic> {
    let name = trigger.function.map_or_else(|| trigger.function_name.to_string(), |oid| cx.shown(oid));
    let finding = cx.finding_at(object.origin, format!("no migration creates `{name}`, which trigger `{}` calls", object.name))?;
    Some(finding.help("create the function in a migration before this one, or name it in the rule's `known_functions`"))
}

fn no_trigger(cx: &HistoryContext<'_>, table: &OwnTable<'_>, column: &Column, origin: Origin, turn: Turn) -> Option<Diagnostic> {
    let name = cx.shown(table.oid);
    let message = format!("no trigger keeps `{COLUMN}` of `{name}`");
    let finding = cx.finding_at_column(table, column, message)?.labelled("stays what it is when a row is updated");
    let trigger = format!("update_{}_updated_at", table.object.name);
    let help = format!(
        "add `CREATE TRIGGER {trigger} BEFORE UPDATE ON {name} FOR EACH ROW EXECUTE FUNCTION …;` with a function that sets `NEW.{COLUMN} = NOW()`"
    );
    Some(finding.help(help).fix(fix(cx, table, origin, &trigger, turn).map(|fix| fix.at(Stage::Columns))))
}

/// The trigger below the statement that brings the column, and below the table's indexes; above all of it the function, where none is known that it
/// could call. Where the same migration makes one further down, the trigger goes below that.
fn fix(cx: &HistoryContext<'_>, table: &OwnTable<'_>, origin: Origin, trigger: &str, turn: Turn) -> Option<Fix> {
    const LONGEST_NAME: usize = 63;
    let maker = Maker::of(cx, origin).filter(|maker| maker.names([&*table.object.name].into_iter()))?;
    if trigger.len() > LONGEST_NAME || cx.end.part(table.oid, Class::Trigger, trigger).is_some() {
        return None;
    }
    let (name, title) = (describe::name(trigger), format!("add trigger `{trigger}`"));
    let lines = |written: &str, function: &str| {
        [
            format!("DROP TRIGGER IF EXISTS {name} ON {written};"),
            format!("CREATE TRIGGER {name}"),
            format!("  BEFORE UPDATE ON {written}"),
            "  FOR EACH ROW".to_owned(),
            format!("  EXECUTE FUNCTION {function}();"),
        ]
    };
    let qualified = describe::qualified(cx.end, table.oid);
    let drop = format!("DROP TRIGGER IF EXISTS {name} ON {qualified}");
    let known = keeper(cx, table.schema, |object| is_before(object, origin)).map(|oid| describe::qualified(cx.end, oid));
    let known = known.or_else(|| cx.option_at(origin, "known_functions").into_iter().find(|name| !name.contains('*')));
    if let Some(function) = known {
        let mut edits = vec![maker.below_indexes(&table.object.name, &lines(&maker.written(cx, table.oid), &function))?];
        if origin.migration != table.object.origin.migration {
            edits.extend(maker.dropped(&drop)?);
        }
        return addition(title, edits);
    }
    if let Some(below) = keeper(cx, table.schema, |object| object.origin.migration.is_some() && object.origin.migration == origin.migration)
    {
        let maker = Maker::of(cx, cx.end.get(below)?.origin)?;
        let mut edits = vec![maker.below(&lines(&qualified, &describe::qualified(cx.end, below)))?];
        edits.extend(maker.dropped(&drop)?);
        return addition(title, edits);
    }
    let new = new_keeper(cx, table.schema).filter(|_| turn == Turn::First)?;
    let mut edits = vec![maker.below_indexes(&table.object.name, &lines(&maker.written(cx, table.oid), &new))?];
    if origin.migration != table.object.origin.migration {
        edits.extend(maker.dropped(&drop)?);
    }
    edits.push(maker.above_tables(cx, &definition(&new)));
    edits.extend(maker.dropped_last(&format!("DROP FUNCTION IF EXISTS {new}()"))?);
    addition(format!("{title}, and the function `{new}` that it calls"), edits)
}

/// Whether an object is there before the statement of `origin`.
fn is_before(object: &Object, origin: Origin) -> bool {
    match (object.origin.migration, origin.migration) {
        (None, _) => object.standing == Standing::Made,
        (Some(made), Some(place)) => made < place || (made == place && object.origin.span.end <= origin.span.start),
        (Some(_), None) => false,
    }
}

/// What the function is called that the first fix brings: as in the house's template, in `public` if that is managed, or else where the table is.
/// None where a function is called so, whatever it does.
fn new_keeper(cx: &HistoryContext<'_>, schema: &str) -> Option<String> {
    const NAME: &str = "update_updated_at_column";
    let is_managed = cx.config.house.schemas.as_ref().is_none_or(|schemas| schemas.iter().any(|(name, _)| name == "public"));
    let home = if is_managed { "public" } else { schema };
    let is_taken = cx.end.objects().any(|(_, object)| object.routine().is_some() && *object.name == *NAME);
    (!is_taken).then(|| format!("{}.{NAME}", describe::name(home)))
}

/// The function's statement, by lines.
fn definition(function: &str) -> Vec<String> {
    let lines = [
        &format!("CREATE OR REPLACE FUNCTION {function}()"),
        "RETURNS TRIGGER",
        "LANGUAGE plpgsql",
        "AS $$",
        "BEGIN",
        &format!("  NEW.{COLUMN} = NOW();"),
        "  RETURN NEW;",
        "END;",
        "$$;",
    ];
    lines.map(str::to_owned).to_vec()
}

/// A function that sets the column, that is `there`, and that is meant for any table: one of the table's schema or of `public`, which bears no
/// other table's name.
fn keeper(cx: &HistoryContext<'_>, schema: &str, there: impl Fn(&Object) -> bool) -> Option<Oid> {
    let names: Vec<&str> = crate::rules::own_tables(cx).map(|table| &*table.object.name).filter(|name| name.len() > 3).collect();
    let is_general = |object: &Object| {
        let home = object.schema.and_then(|schema| cx.end.get(schema)).map_or("", |schema| &*schema.name);
        (home == schema || home == "public") && !names.iter().any(|name| object.name.contains(name))
    };
    let sets = |object: &Object| match object.routine().map(|routine| &routine.body) {
        Some(RoutineBody::Text(text)) => {
            let text: String = text.to_ascii_lowercase().split_whitespace().collect();
            text.contains("new.updated_at=") || text.contains("new.updated_at:=")
        }
        _ => false,
    };
    let returns_trigger = |object: &Object| {
        object.routine().is_some_and(|routine| {
            routine.returns.as_ref().is_some_and(|returned| returned.id == TypeId::BuiltIn("trigger")) && routine.arguments.is_empty()
        })
    };
    let functions = cx.end.objects().filter(|(_, object)| there(object) && returns_trigger(object) && sets(object) && is_general(object));
    let rank = |(oid, object): &(Oid, &Object)| {
        let own = object.schema.and_then(|schema| cx.end.get(schema)).is_some_and(|own| *own.name == *schema);
        (!own, *oid)
    };
    functions.min_by_key(rank).map(|(oid, _)| oid)
}
