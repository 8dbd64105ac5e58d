//! What the server says of statements that our grammar rejects: it rejects them too, with the SQLSTATE that we name.

use std::fs;
use std::path::Path;

use migration_lint::syntax::{Content, Script, Version};
use migration_lint::text::Span;

use super::cluster::Cluster;

/// What newer servers have an error of their own for, and older ones, which migrations target unless told otherwise, do not know.
const NAMED_BY_NEWER_SERVERS: [&str; 1] = ["ALTER TYPE t DROP VALUE 'x';"];

/// What older servers read, and refuse for something else.
const READ_BY_OLDER_SERVERS: [&str; 2] = ["ALTER DOMAIN d ADD UNIQUE (value);", "ALTER TABLE a ADD b json.x;"];

#[test]
fn what_the_grammar_rejects_has_the_servers_sqlstate() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle/statements");
    let database = Cluster::shared().database();
    let mut client = database.connect();
    let number: String = client.query_one("SHOW server_version_num", &[]).expect("a server has a version").get(0);
    let version = number[..2].parse().ok().and_then(Version::new).expect("a version that is known");
    let is_newest = version == Version::NEWEST;
    let mut differences = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(folder).expect("our statements") {
        // Some are no text at all; a server does not see those.
        let Ok(text) = fs::read_to_string(entry.expect("an entry that can be read").path()) else { continue };
        let script = Script::parse(&text, Span::new(0, text.len() as u32));
        for statement in &script.statements {
            let Content::Rejected(error) = &statement.content else { continue };
            count += 1;
            // A statement that the server took after all is undone.
            let sql = format!("{};", text[statement.span.start as usize..statement.span.end as usize].trim_end_matches(';'));
            client.batch_execute("BEGIN").expect("a transaction begins");
            let answer = client.batch_execute(&sql);
            client.batch_execute("ROLLBACK").expect("a transaction ends");
            let theirs = answer.err().and_then(|error| error.as_db_error().cloned());
            let state = theirs.as_ref().map(|theirs| theirs.code().code());
            if NAMED_BY_NEWER_SERVERS.contains(&sql.as_str()) || !is_newest && READ_BY_OLDER_SERVERS.contains(&sql.as_str()) {
                continue;
            }
            // Ours is the newest grammar: what it knows and refuses may be a word like any other to an older server.
            let ours = error.sqlstate_in(version);
            if state != Some(ours) && (is_newest || state.is_some_and(|state| state != "42601")) {
                let theirs =
                    theirs.map_or_else(|| "takes it".to_owned(), |error| format!("says {} {}", error.code().code(), error.message()));
                differences.push(format!("{sql}\n    we say {ours} {}, the server {theirs}", error.message));
            }
        }
    }
    assert!(count > 1_000, "only {count} statements are rejected");
    assert!(differences.is_empty(), "{} of {count} differ:\n{}", differences.len(), differences.join("\n"));
}
