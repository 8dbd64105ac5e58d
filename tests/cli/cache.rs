//! What a run over what has changed keeps for the next one: it costs nothing but time if it is not there, and is taken only where it holds.

use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

use super::rig::{Project, Run};

/// More than are replayed in no time.
const MANY: usize = 70;

/// A repository with many migrations, each with a table of its own; the third needs a table that no file makes, the fourth fails.
fn project() -> Project {
    let project = Project::new();
    for number in 1..=MANY {
        let text = match number {
            3 => "ALTER TABLE elder ADD COLUMN a int;\n".to_owned(),
            4 => "ALTER TABLE t1 ADD COLUMN a int;\n".to_owned(),
            _ => format!("CREATE TABLE t{number} (a int);\n"),
        };
        project.write(&format!("m/{number:03}_a.sql"), text);
    }
    project.commit();
    project
}

/// The file that is kept.
fn kept(project: &Project) -> Option<PathBuf> {
    let mut files = fs::read_dir(project.path(".git/migration-lint")).ok()?;
    let file = files.next()?.expect("it can be read").path();
    assert!(files.next().is_none(), "one file a history");
    Some(file)
}

fn written(project: &Project) -> SystemTime {
    let file = fs::metadata(kept(project).expect("something is kept")).expect("it is there");
    file.modified().expect("it has a time")
}

/// What is said of what is staged, which must be what is said without a cache, whether it is made, made anew or taken.
fn staged(project: &Project) -> Run {
    project.git(&["add", "-A"]);
    let arguments = ["m", "--staged", "--select", "proof,schema,safety,doctrine,style,suppression", "--format", "json"];
    let anew = project.run(&[&arguments[..], &["--no-cache"]].concat());
    for _ in 0..2 {
        let run = project.run(&arguments);
        assert_eq!((run.status, &run.stdout, &run.stderr), (anew.status, &anew.stdout, &anew.stderr));
    }
    anew
}

#[test]
fn what_has_not_changed_is_replayed_once() {
    let project = project();
    project.write("m/071_a.sql", "ALTER TABLE t70 ADD COLUMN a int;\n");
    project.git(&["add", "-A"]);
    project.run(&["m", "--staged", "--no-cache"]);
    assert_eq!(kept(&project), None);
    assert!(staged(&project).stdout.contains("42701"));
    let first = written(&project);
    assert!(staged(&project).stdout.contains("42701"));
    project.write("m/071_a.sql", "ALTER TABLE t70 ADD COLUMN b int;\n");
    assert!(!staged(&project).stdout.contains("42701"));
    project.commit();
    project.write("m/072_a.sql", "ALTER TABLE t70 ADD COLUMN b int;\n");
    assert!(staged(&project).stdout.contains("42701"));
    // `--since` takes the same.
    let since = project.run(&["m", "--since", "HEAD", "--select", "ban-failing-statement", "--format", "json"]);
    assert!(since.stdout.contains("42701"), "{since:?}");
    assert_eq!(written(&project), first, "it was taken, and not made anew");
}

#[test]
fn what_stands_behind_a_change_is_replayed() {
    let project = project();
    project.write("m/071_a.sql", "CREATE TABLE t71 (a int);\n");
    staged(&project);
    project.commit();
    // The first that is kept is another one now, and what stands behind it fails.
    project.write("m/001_a.sql", "CREATE TABLE t70 (a int);\n");
    let run = staged(&project);
    assert!(run.stdout.contains("42P07"), "{run:?}");
    project.git(&["checkout", "-q", "HEAD", "--", "m"]);
    fs::remove_file(project.path("m/070_a.sql")).expect("it is there");
    project.write("m/072_a.sql", "ALTER TABLE t70 ADD COLUMN b int;\n");
    staged(&project);
}

#[test]
fn what_a_later_file_says_of_an_earlier_one_counts() {
    let project = project();
    project.write("m/071_a.sql", "CREATE TABLE t71 (a int);\n");
    staged(&project);
    let first = written(&project);
    // The third migration stands on a table that is not assumed any more to have been there.
    project.write("m/072_a.sql", "CREATE TABLE elder (a int);\n");
    staged(&project);
    assert!(written(&project) > first, "it was made anew");
}

#[test]
fn another_start_is_another_history() {
    let project = project();
    project.write("m/071_a.sql", "CREATE TABLE t71 (a int);\n");
    staged(&project);
    project.write("global-config.yaml", "migration_lint:\n  history: complete\n  target_postgres: 18\n");
    project.write("m/071_a.sql", "ALTER TABLE elder ADD COLUMN b int;\n");
    let run = staged(&project);
    assert!(run.stdout.contains("42P01"), "{run:?}");
}

#[test]
fn what_is_spoilt_is_not_taken() {
    let project = project();
    project.write("m/071_a.sql", "ALTER TABLE t70 ADD COLUMN a int;\n");
    let found = staged(&project).stdout;
    let file = kept(&project).expect("something is kept");
    let whole = fs::read(&file).expect("it can be read");
    for length in [0, 5, 16, whole.len() / 2, whole.len() - 1] {
        fs::write(&file, &whole[..length]).expect("it can be written");
        assert_eq!(staged(&project).stdout, found, "{length} of {} bytes", whole.len());
        assert_eq!(fs::read(&file).expect("it can be read"), whole, "it is made anew");
    }
    let mut other = whole.clone();
    other[whole.len() / 2] ^= 1;
    fs::write(&file, &other).expect("it can be written");
    assert_eq!(staged(&project).stdout, found);
    // Where nothing can be kept, nothing is.
    fs::remove_dir_all(project.path(".git/migration-lint")).expect("it is there");
    fs::write(project.path(".git/migration-lint"), "").expect("it can be written");
    assert_eq!(staged(&project).stdout, found);
}

#[test]
fn a_time_that_one_object_keeps_is_kept() {
    let project = project();
    project.write("m/001_a.sql", "CREATE VIEW v AS SELECT timestamp 'now' AS t;\n");
    project.commit();
    project.write("m/071_a.sql", "ALTER VIEW v RENAME TO w;\n\n-- DOWN MIGRATION\n-- ALTER VIEW w RENAME TO v;\n");
    let run = staged(&project);
    assert!(!run.stdout.contains("is the time at which"), "{run:?}");
    project.write("m/071_a.sql", "DROP VIEW v;\n\n-- DOWN MIGRATION\n-- CREATE VIEW v AS SELECT timestamp 'now' AS t;\n");
    assert!(staged(&project).stdout.contains("'now' in its query is the time at which"));
    assert!(kept(&project).is_some());
}

#[test]
fn what_was_stored_at_one_time_by_two_is_replayed() {
    let project = project();
    project.write(
        "m/001_a.sql",
        "CREATE TABLE p (a int, t timestamp, CONSTRAINT c CHECK (t > timestamp 'now')) PARTITION BY LIST (a);\n\
         CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);\nALTER TABLE p DETACH PARTITION p1;\n",
    );
    project.commit();
    project.write("m/071_a.sql", "ALTER TABLE p ATTACH PARTITION p1 FOR VALUES IN (1);\n");
    let run = staged(&project);
    assert!(!run.stdout.contains("42710"), "{run:?}");
    assert_eq!(kept(&project), None);
}

#[test]
fn what_is_of_another_database_is_known_to_be() {
    let project = project();
    project.write("m/005_a.sql", "CREATE TABLE t5 (a INTEGER PRIMARY KEY AUTOINCREMENT);\n");
    project.commit();
    project.write("m/071_a.sql", "ALTER TABLE t70 ADD COLUMN a int;\n");
    assert!(staged(&project).stdout.contains("42701"));
    project.write("m/072_a.sql", "CREATE TABLE t72 (a INTEGER PRIMARY KEY AUTOINCREMENT);\n");
    staged(&project);
}

#[test]
fn what_nobody_has_written_for_long_goes() {
    let project = project();
    let (old, new) = (".git/migration-lint/old.cache", ".git/migration-lint/new.cache");
    project.write(old, "");
    project.write(new, "");
    let long_ago = SystemTime::now() - std::time::Duration::from_secs(40 * 24 * 60 * 60);
    let file = fs::File::options().write(true).open(project.path(old)).expect("it is there");
    file.set_modified(long_ago).expect("its time can be set");
    project.write("m/071_a.sql", "CREATE TABLE t71 (a int);\n");
    staged(&project);
    assert_eq!((project.path(old).exists(), project.path(new).exists()), (false, true));
}
