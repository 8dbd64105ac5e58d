//! Running a history both on a server and in memory, and comparing after every statement.
//!
//! A history has a database of its own, in which everything is really committed. Where nobody can tell what a statement does, the server
//! does not run it either, so that both stay the same. Where only one of them takes a statement, it is undone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use migration_lint::catalog::difference::{Certainty, differences};
use migration_lint::catalog::{Catalog, Class, Knowledge, Run, Stop, World, script};
use migration_lint::postgres::barred_in_transaction;
use migration_lint::syntax::tree::{Node, TransactionAction};
use migration_lint::syntax::{Content, Script, Statement, Version};
use migration_lint::text::Span;
use postgres::Client;

use super::super::cluster::{Cluster, Database};
use super::comparison::compare;
use super::history::{History, Migration};
use super::server::{self, Facts};

/// What came out of running histories.
#[derive(Debug, Default)]
pub struct Report {
    pub migrations: usize,
    pub statements: usize,
    /// Statements that both refuse, by SQLSTATE.
    pub refused: BTreeMap<String, usize>,
    /// Statements that we take on a condition which the server does not meet, by SQLSTATE.
    pub unmet: BTreeMap<String, usize>,
    /// Verdicts of reruns and reverts that were compared.
    pub verdicts: usize,
    /// By statement kind: how many were run, and of how many we could not tell what they do.
    pub kinds: BTreeMap<String, (usize, usize)>,
    /// Why we could not tell, how often.
    pub reasons: BTreeMap<String, usize>,
    /// Properties that could not be compared, by name.
    pub unknown_properties: BTreeMap<String, usize>,
    pub unknown_verdicts: usize,
    pub disagreements: Vec<Disagreement>,
    /// Spent in reading the server's catalogs, and in what the product does.
    pub reading: Duration,
    pub ours: Duration,
}

/// Where we and the server are not of one mind.
#[derive(Debug)]
pub struct Disagreement {
    /// Of what history and migration.
    pub place: String,
    pub statement: String,
    pub sentence: String,
}

/// How often the catalogs are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// After every statement; and up and down sections are tried once more.
    Statement,
    /// After every migration.
    Migration,
    /// Not at all; what is written as DDL is tried after every migration, and at the end.
    Written,
}

/// A server with a database that new ones are copied from.
pub struct Rig {
    cluster: Arc<Cluster>,
    template: Database,
    /// The server's, which the replay targets.
    version: Version,
}

impl Rig {
    pub fn new() -> Rig {
        let cluster = Arc::new(Cluster::start());
        let template = cluster.database();
        let mut client = template.connect();
        server::prepare(&mut client);
        let number: String = client.query_one("SHOW server_version_num", &[]).expect("a server has a version").get(0);
        let version = number[..2].parse().ok().and_then(Version::new).expect("a known version");
        Rig { cluster, template, version }
    }

    /// Runs a history, unless the server is too old for it.
    pub fn run(&self, history: &History, pace: Pace, report: &mut Report) {
        if self.version.major() < history.since {
            return;
        }
        let database = self.cluster.copy(&self.template);
        let mut client = database.connect();
        let creates = |_: Class, _: &str| true;
        let world = World { target: self.version, knowledge: Knowledge::Complete, creates: &creates, user: "postgres".into() };
        let mut runner = Runner { client: &mut client, report, history: &history.name, seen: BTreeSet::new(), place: String::new(), pace };
        let mut catalog = Catalog::new();
        let mut facts = server::read(runner.client);
        for migration in &history.migrations {
            runner.migration(&world, migration, &mut catalog, &mut facts);
        }
        if pace == Pace::Written {
            let empty = self.cluster.copy(&self.template);
            super::ddl::schema(&mut runner, &mut empty.connect(), &catalog, &facts);
            empty.drop();
        }
        drop(client);
        database.drop();
        self.cluster.forget_roles();
    }
}

pub(super) struct Runner<'r> {
    pub(super) client: &'r mut Client,
    pub(super) report: &'r mut Report,
    pub(super) history: &'r str,
    /// Differences of the catalogs that were told already.
    seen: BTreeSet<(String, String)>,
    pub(super) place: String,
    pace: Pace,
}

/// A session's end, but for the plan of the facts.
pub(super) const NEW_SESSION: &str =
    "ROLLBACK; CLOSE ALL; SET SESSION AUTHORIZATION DEFAULT; RESET ALL; DEALLOCATE ALL; UNLISTEN *; DISCARD TEMP; DISCARD SEQUENCES";

impl Runner<'_> {
    fn migration(&mut self, world: &World<'_>, migration: &Migration, catalog: &mut Catalog, facts: &mut Facts) {
        self.report.migrations += 1;
        self.place = format!("{}, {}", self.history, migration.name);
        if migration.undone {
            let both = format!("{}{}", migration.up, migration.down.as_deref().unwrap_or_default());
            return self.probe(world, &both, &parse(&both), (catalog, facts), (catalog, facts));
        }
        let before = (catalog.clone(), facts.clone());
        let up = parse(&migration.up);
        let mut run = Run::new(world, catalog.clone());
        run.origin.migration = Some(self.report.migrations as u32);
        let mut taken = false;
        for statement in &up.statements {
            taken |= self.statement(&mut run, &migration.up, &up, statement, facts);
        }
        self.end(&mut run);
        if self.pace == Pace::Written {
            if taken {
                *facts = self.read();
                super::ddl::down(self, world, (&before.0, &before.1), (&run.catalog, facts));
            }
            *catalog = run.catalog;
            return;
        }
        if self.pace == Pace::Migration {
            if taken {
                *facts = self.read();
                self.catalogs("", &run, facts);
            }
            *catalog = run.catalog;
            return;
        }
        *facts = self.read();
        *catalog = run.catalog;
        self.place = format!("{}, {} once more", self.history, migration.name);
        self.probe(world, &migration.up, &up, (catalog, facts), (catalog, facts));
        if let Some(down) = &migration.down {
            self.place = format!("{}, {} down", self.history, migration.name);
            self.probe(world, down, &parse(down), (catalog, facts), (&before.0, &before.1));
        }
    }

    /// Ends the session on both sides.
    fn end(&mut self, run: &mut Run<'_>) {
        if run.session.in_block() {
            self.ours(run, "ROLLBACK");
        }
        self.ours(run, "DISCARD ALL");
        self.client.batch_execute(NEW_SESSION).expect("a session ends");
    }

    fn ours(&mut self, run: &mut Run<'_>, text: &str) {
        let script = parse(text);
        let statement = &script.statements[0];
        script::run_statement(run, text, statement, script.tokens_of(statement)).expect("it ends what it can end");
    }

    pub(super) fn read(&mut self) -> Facts {
        let start = Instant::now();
        let facts = server::read(self.client);
        self.report.reading += start.elapsed();
        facts
    }

    pub(super) fn disagree(&mut self, statement: &str, sentence: String) {
        self.report.disagreements.push(Disagreement { place: self.place.clone(), statement: statement.to_owned(), sentence });
    }

    /// Runs a script on what is there, undoes it, and compares what both say of whether it leaves `wanted`.
    fn probe(&mut self, world: &World<'_>, text: &str, script: &Script, now: (&Catalog, &Facts), wanted: (&Catalog, &Facts)) {
        let statements: Vec<&Statement> = script.statements.iter().filter(|statement| !is_transaction(statement)).collect();
        let barred = |statement: &&Statement| statement.node().is_none_or(|node| runs_alone(text, node));
        if statements.iter().any(barred) || statements.is_empty() {
            return;
        }
        let mut run = Run::new(world, now.0.clone());
        run.origin.migration = Some(self.report.migrations as u32);
        self.ours(&mut run, "BEGIN");
        self.client.batch_execute("BEGIN").expect("a block");
        let mut facts = now.1.clone();
        let told = self.report.disagreements.len();
        let mut complete = true;
        for statement in statements {
            complete &= self.statement(&mut run, text, script, statement, &mut facts);
            if !complete {
                break;
            }
        }
        if complete && told == self.report.disagreements.len() {
            let facts = self.read();
            self.verdict(text, &run.catalog, &facts, wanted);
        }
        self.client.batch_execute(NEW_SESSION).expect("a session ends");
    }

    fn verdict(&mut self, text: &str, after: &Catalog, facts: &Facts, wanted: (&Catalog, &Facts)) {
        let start = Instant::now();
        let found = differences(wanted.0, after);
        self.report.ours += start.elapsed();
        self.report.verdicts += 1;
        let certain: Vec<String> =
            found.iter().filter(|difference| difference.certainty == Certainty::Certain).map(ToString::to_string).collect();
        let theirs = changes(wanted.1, facts);
        match (certain.is_empty(), found.is_empty(), theirs.is_empty()) {
            (true, false, _) => self.report.unknown_verdicts += 1,
            (true, true, false) => self.disagree(text, format!("we see the same schema; on the server changed {}", theirs.join(", "))),
            (false, _, true) => self.disagree(text, format!("the server sees the same schema; we see {}", certain.join("; "))),
            _ => {}
        }
    }

    /// Runs a statement on both sides; whether both take it.
    fn statement(&mut self, run: &mut Run<'_>, text: &str, script: &Script, statement: &Statement, facts: &mut Facts) -> bool {
        self.report.statements += 1;
        let sql = &text[statement.span];
        let count = self.report.kinds.entry(kind(sql)).or_default();
        count.0 += 1;
        let before = run.clone();
        let start = Instant::now();
        let result = script::run_statement(run, text, statement, script.tokens_of(statement));
        self.report.ours += start.elapsed();
        if let Err(Stop::Unknown(doubt)) = &result {
            if let Some(count) = self.report.kinds.get_mut(&kind(sql)) {
                count.1 += 1;
            }
            *self.report.reasons.entry(doubt.reason.clone()).or_default() += 1;
            *run = before;
            return false;
        }
        let alone = statement.node().is_none_or(|node| runs_alone(text, node));
        let answer = self.server(sql, !alone, run.session.in_block() || before.session.in_block(), result.is_ok());
        let message = |stop: &Stop| match stop {
            Stop::Fails(failure) => format!("{} {}", failure.sqlstate, failure.message),
            Stop::Unknown(doubt) => doubt.reason.clone(),
        };
        match (&result, &answer) {
            (Ok(()), Ok(())) => {
                let shows = self.pace == Pace::Statement && statement.node().is_some_and(|node| !changes_no_schema(node));
                if shows && !is_aborted(run) {
                    *facts = self.read();
                    self.catalogs(sql, run, facts);
                }
                return true;
            }
            (Err(stop), Err(error)) => {
                let sqlstate = stop.sqlstate().unwrap_or_default();
                if sqlstate == error.0 {
                    *self.report.refused.entry(sqlstate.to_owned()).or_default() += 1;
                } else {
                    self.disagree(sql, format!("we say {}, the server {} {}", message(stop), error.0, error.1));
                }
            }
            // Said on a condition, and this server does not meet it.
            (Ok(()), Err(error)) if run.conditions[before.conditions.len()..].iter().any(|condition| condition.sqlstate == error.0) => {
                *self.report.unmet.entry(error.0.clone()).or_default() += 1;
                *run = before;
            }
            (Ok(()), Err(error)) => {
                self.disagree(sql, format!("we take it, the server says {} {}", error.0, error.1));
                *run = before;
            }
            (Err(stop), Ok(())) => self.disagree(sql, format!("the server takes it, we say {}", message(stop))),
        }
        if answer.is_err()
            && let Some(block) = &mut run.session.block
        {
            block.aborted = true;
        }
        false
    }

    /// Runs a statement on the server, and keeps what it did only if it is `wanted`.
    fn server(&mut self, sql: &str, in_transaction: bool, in_block: bool, wanted: bool) -> Result<(), (String, String)> {
        let mut execute = |sql: &str| self.client.batch_execute(sql).map_err(|error| answer(&error));
        // Some things are not what they are outside of a savepoint; and what is wanted need not be undone.
        if !in_transaction || (in_block && wanted) {
            return execute(sql);
        }
        let (open, keep, undo) = match in_block {
            true => ("SAVEPOINT rig", "RELEASE rig", "ROLLBACK TO rig; RELEASE rig"),
            false => ("BEGIN", "COMMIT", "ROLLBACK"),
        };
        if execute(open).is_err() {
            // In an aborted block nothing is undone.
            return execute(sql);
        }
        let result = execute(sql);
        match (&result, wanted) {
            (Ok(()), true) => return execute(keep),
            (Err(_), _) if in_block => {}
            _ => execute(undo).expect("what was begun is undone"),
        }
        result
    }

    /// Compares the catalogs; each difference is told once.
    fn catalogs(&mut self, sql: &str, run: &Run<'_>, facts: &Facts) {
        let start = Instant::now();
        let compared = compare(run, facts);
        self.report.ours += start.elapsed();
        for (key, sentence) in compared.different {
            if self.seen.insert(key.clone()) {
                let (identity, property) = key;
                let property = if property.is_empty() { String::new() } else { format!(", {property}") };
                self.disagree(sql, format!("{identity}{property}: {sentence}"));
            }
        }
        for key in compared.unknown {
            if self.seen.insert(key.clone()) {
                *self.report.unknown_properties.entry(key.1).or_default() += 1;
            }
        }
    }
}

pub(super) fn answer(error: &postgres::Error) -> (String, String) {
    let error = error.as_db_error().unwrap_or_else(|| panic!("the server is gone: {error}"));
    (error.code().code().to_owned(), error.message().to_owned())
}

pub(super) fn parse(text: &str) -> Script {
    Script::parse(text, Span::new(0, text.len() as u32))
}

fn is_aborted(run: &Run<'_>) -> bool {
    run.session.block.as_ref().is_some_and(|block| block.aborted)
}

fn is_transaction(statement: &Statement) -> bool {
    use TransactionAction::{Begin, Commit, Start};
    let action =
        |node: &Node| matches!(node, Node::Transaction(transaction) if matches!(transaction.action, Begin(_) | Start(_) | Commit(_)));
    matches!(&statement.content, Content::Parsed(node) if action(node))
}

/// Whether a statement may not, or must not for what it is to show, run in a transaction that the rig opens.
fn runs_alone(text: &str, node: &Node) -> bool {
    let ends = |span: Span| text[span].to_lowercase().contains("commit") || text[span].to_lowercase().contains("rollback");
    match node {
        Node::Transaction(_) | Node::Cursor(_) | Node::Lock(_) | Node::SetVariable(_) | Node::SetConstraints(_) | Node::Discard(_) => true,
        Node::Do(code) => ends(code.span),
        Node::Call(_) => true,
        node => barred_in_transaction(text, node, Version::new(15).expect("a known version")).is_some(),
    }
}

/// Whether the catalogs need not be read again after it.
fn changes_no_schema(node: &Node) -> bool {
    match node {
        Node::Transaction(transaction) => matches!(
            transaction.action,
            TransactionAction::Begin(_) | TransactionAction::Start(_) | TransactionAction::Savepoint(_) | TransactionAction::Release(_)
        ),
        Node::SetVariable(_) | Node::Insert(_) | Node::Update(_) | Node::Delete(_) | Node::Lock(_) => true,
        _ => false,
    }
}

/// What changed between two states of the server, the order of columns aside.
pub(super) fn changes(before: &Facts, after: &Facts) -> Vec<String> {
    let mut found = Vec::new();
    for identity in before.keys().chain(after.keys()).collect::<BTreeSet<_>>() {
        match (before.get(identity), after.get(identity)) {
            (Some(before), Some(after)) => {
                let properties: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
                let changed =
                    |property: &&&String| property.as_str() != "order of columns" && before.get(**property) != after.get(**property);
                found.extend(properties.iter().filter(changed).map(|property| format!("{identity}'s {property}")));
            }
            _ => found.push(identity.clone()),
        }
    }
    found
}

/// `CREATE INDEX`: the statement's first words.
fn kind(sql: &str) -> String {
    const SKIPPED: &[&str] = &[
        "OR",
        "REPLACE",
        "UNIQUE",
        "TEMP",
        "TEMPORARY",
        "UNLOGGED",
        "GLOBAL",
        "LOCAL",
        "TRUSTED",
        "PROCEDURAL",
        "RECURSIVE",
        "CONSTRAINT",
        "DEFAULT",
    ];
    const LONG: &[&str] = &["MATERIALIZED", "FOREIGN", "EVENT", "OPERATOR", "ACCESS", "USER", "TEXT"];
    let words = sql.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty()).map(str::to_uppercase);
    let mut kind = String::new();
    let mut wanted = 0;
    for (index, word) in words.enumerate() {
        if index == 0 {
            wanted = if matches!(word.as_str(), "CREATE" | "ALTER" | "DROP" | "COMMENT" | "REFRESH") { 2 } else { 1 };
        } else if SKIPPED.contains(&word.as_str()) {
            continue;
        } else if LONG.contains(&word.as_str()) || word == "ON" {
            wanted += 1;
        }
        if !kind.is_empty() {
            kind.push(' ');
        }
        kind.push_str(&word);
        wanted -= 1;
        if wanted == 0 {
            break;
        }
    }
    kind
}
