//! What `replay` writes for people.

use super::rig::Project;

#[test]
fn differences_are_a_list_and_all_of_them_are_shown_on_request() {
    let tables: String = (1..=8).map(|number| format!("CREATE TABLE t{number} (a int);\n")).collect();
    let project = Project::with([("m/1_a.up.sql", tables), ("m/1_a.down.sql", "DROP TABLE t8;\n".to_owned())]);
    let run = project.run(&["replay", "m"]).found();
    let told = "  reverts: refuted: it does not restore the schema:\n  - left behind: table `public.t1`\n";
    assert!(run.stdout.contains(told) && run.stdout.contains("t6`\n  - and 1 more: `--diff` shows all\n"), "{run:?}");
    let run = project.run(&["replay", "m", "--diff"]).found();
    assert!(run.stdout.contains("  - left behind: table `public.t7`\n") && !run.stdout.contains("more"), "{run:?}");
}

#[test]
fn where_it_is_unknown_whether_it_applies_that_is_said_once() {
    let project = Project::with([("m/1_a.up.sql", "\\i other.sql\n"), ("m/1_a.down.sql", "SELECT 1;\n")]);
    let run = project.run(&["replay", "m"]).clean();
    let expected = " migration  applies  re-runs  reverts\n 1_a        unknown  unknown  unknown\n\n\
                    1_a\n  applies: unknown: what psql's `\\i` does is not followed (m/1_a.up.sql:1)\n\n\
                    1 migration\n  applies: 1 unknown\n  re-runs: 1 unknown\n  reverts: 1 unknown\n";
    assert_eq!(run.stdout, expected);
}
