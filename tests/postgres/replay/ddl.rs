//! What is written as DDL, on a server: after each migration of a history the statements that undo it, and at the end those that make the
//! whole schema in an empty database. The server's facts must then be those from before the migration, or those of the history's end.
//!
//! ```sh
//! MIGRATION_LINT_HISTORY=tests/postgres/histories/index.sql tests/run --test postgres replay::ddl -- --nocapture
//! ```

use std::path::Path;

use migration_lint::catalog::ddl;
use migration_lint::catalog::difference::{Certainty, differences};
use migration_lint::catalog::{Catalog, Run, World, script};
use migration_lint::syntax::Version;
use postgres::Client;

use super::history::{History, Migration};
use super::rig::{self, NEW_SESSION, Pace, Report, Rig, Runner};
use super::server::{self, Facts};

/// How the places of what is tried here end.
const WRITTEN: &str = " written down";
const SCHEMA: &str = ", its schema";

/// How much may be wrong: views that read each other, casts that a column's changes of type left in expressions, the sequences of identity
/// columns that LIKE copies, and partitions with foreign keys of their own. Only ever lower it.
const KNOWN: usize = 14;

#[test]
fn what_is_written_makes_what_it_was_written_from() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut histories = History::all(&root.join("tests/postgres/histories"));
    if std::env::var_os("MIGRATION_LINT_HISTORY").is_none() {
        histories.push(house(&root.join("ctb/data/migrations")));
    }
    let rig = Rig::new();
    let mut report = Report::default();
    for history in histories {
        rig.run(&history, Pace::Written, &mut report);
    }
    // What the rig finds besides is the other tests' business.
    report.disagreements.retain(|disagreement| [WRITTEN, SCHEMA].iter().any(|end| disagreement.place.ends_with(end)));
    for disagreement in &report.disagreements {
        println!("[{}] {}\n{}", disagreement.place, disagreement.sentence, disagreement.statement);
    }
    let count = report.disagreements.len();
    println!(
        "{} migrations, {} downs and schemas, {count} wrong, {} not told",
        report.migrations, report.verdicts, report.unknown_verdicts
    );
    assert!(count <= KNOWN, "{count} are wrong, where at most {KNOWN} are known");
}

/// Rows have no value for a column that comes back: nothing can be done about that, and it is said.
const NEEDS_VALUE: &str = "23502";

/// The house's own history: a migration a file.
fn house(folder: &Path) -> History {
    let entries = std::fs::read_dir(folder).expect("the house's migrations");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "sql"));
    files.sort();
    let migration = |file: &std::path::PathBuf| Migration {
        name: file.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        up: std::fs::read_to_string(file).expect("a migration"),
        ..Migration::default()
    };
    History { name: "house".to_owned(), since: 0, migrations: files.iter().map(migration).collect() }
}

/// Undoes a migration by what is written for it, here and on the server.
pub fn down(runner: &mut Runner<'_>, world: &World<'_>, before: (&Catalog, &Facts), after: (&Catalog, &Facts)) {
    let changes = ddl::change(after.0, before.0);
    let text: String = changes.statements.iter().map(|step| format!("{};\n", step.sql)).collect();
    let lossy: String = changes.lossy.iter().map(|loss| format!("-- IRREVERSIBLE: {loss}\n")).collect();
    let place = runner.place.clone();
    runner.place = place.clone() + WRITTEN;
    runner.report.verdicts += 1;
    ours(runner, world, &text, &lossy, before.0, after.0);
    runner.client.batch_execute("BEGIN").expect("a block");
    let mut failed = None;
    for step in &changes.statements {
        if let Err(error) = runner.client.batch_execute(&step.sql) {
            if !changes.lossy.is_empty() && rig::answer(&error).0 == NEEDS_VALUE {
                runner.client.batch_execute(NEW_SESSION).expect("a session ends");
                runner.place = place;
                return;
            }
            failed = Some(format!("the server says {}: {}", rig::answer(&error).1, step.sql));
            break;
        }
    }
    match failed {
        Some(sentence) => runner.disagree(&(lossy + &text), sentence),
        None => {
            let facts = runner.read();
            let left = rig::changes(before.1, &facts);
            if !left.is_empty() {
                runner.disagree(&(lossy + &text), format!("on the server it leaves {}", left.join(", ")));
            }
        }
    }
    runner.client.batch_execute(NEW_SESSION).expect("a session ends");
    runner.place = place;
}

/// Undoes it in memory.
fn ours(runner: &mut Runner<'_>, world: &World<'_>, text: &str, lossy: &str, before: &Catalog, after: &Catalog) {
    let script = rig::parse(text);
    let mut run = Run::new(world, after.clone());
    for statement in &script.statements {
        if let Err(stop) = script::run_statement(&mut run, text, statement, script.tokens_of(statement)) {
            if !lossy.is_empty() && stop.sqlstate() == Some(NEEDS_VALUE) {
                return;
            }
            let sentence = format!("we say {stop:?}: {}", &text[statement.span]);
            return runner.disagree(&format!("{lossy}{text}"), sentence);
        }
    }
    let left = differences(before, &run.catalog);
    let certain: Vec<String> =
        left.iter().filter(|difference| difference.certainty == Certainty::Certain).map(ToString::to_string).collect();
    if !certain.is_empty() {
        runner.disagree(&format!("{lossy}{text}"), format!("we see that it leaves {}", certain.join("; ")));
    } else if !left.is_empty() {
        runner.report.unknown_verdicts += 1;
    }
}

/// Makes the whole schema in an empty database.
pub fn schema(runner: &mut Runner<'_>, client: &mut Client, catalog: &Catalog, facts: &Facts) {
    runner.place = format!("{}{SCHEMA}", runner.history);
    runner.report.verdicts += 1;
    let start = Catalog::at_start(Version::new(15).expect("a known version"));
    let steps = ddl::schema(&start, catalog);
    client.batch_execute("SET check_function_bodies = false").expect("a setting");
    for step in &steps {
        if let Err(error) = client.batch_execute(&step.sql) {
            runner.disagree(&step.sql, format!("the server says {}", rig::answer(&error).1));
        }
    }
    client.batch_execute("RESET check_function_bodies").expect("a setting");
    let made = server::read(client);
    let left = rig::changes(facts, &made);
    if !left.is_empty() {
        runner.disagree("", format!("the server's schemas differ in {}", left.join(", ")));
    }
}
