//! The comment on a pull request and the summary of a step, read by GitHub's own parser of Markdown.

use super::hold;
use super::review::{self, FOLDER, ODD, of_nothing, project, python};
use super::rig::Project;

/// What GitHub's parser makes of it, tags included.
fn html(markdown: &str) -> String {
    const READ: &str = "
import sys, cmarkgfm
print(cmarkgfm.github_flavored_markdown_to_html(sys.stdin.read(), cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE))";
    python(READ, markdown)
}

#[test]
fn the_comment_is_this() {
    hold("review.md", &review::run("markdown").found().stdout);
    assert_eq!(
        of_nothing("markdown"),
        "<!-- migration-lint -->\n### migration-lint\n\n**1 migration file: no findings**\n\n\
         | migration | applies | re-runs | reverts |\n| --- | --- | --- | --- |\n| `001_a` | proved | proved | – |\n\n"
    );
}

#[test]
fn github_reads_what_is_meant() {
    let html = html(&review::run("markdown").found().stdout);
    assert!(html.contains("<td><code>001_größe und gewicht</code></td>\n<td>proved</td>\n<td><strong>refuted</strong></td>"), "{html}");
    assert!(html.contains("<pre lang=\"sql\"><code>/* 𝄞 */ CREATE TABLE größe (&quot;höhe 𝄞&quot; int);"), "{html}");
    assert!(html.contains("3 errors, 1 warning, 1 suppressed, 1 in the baseline</strong>"), "{html}");
    assert!(html.contains("run &lt;once&gt;, &quot;by hand&quot; &amp; never again"), "{html}");
}

#[test]
fn what_a_user_wrote_is_shown_and_does_nothing() {
    let config = "migration_lint: {rules: {schema: off, require-idempotency: error}}\n";
    let reason = "@octocat said [x](javascript:alert(1)) <img src=x> **#12** | `unclosed";
    let sql = format!(
        "CREATE TABLE \"a|b`c<script>\" (a int); -- ```\n\n-- migration-lint: allow(require-idempotency): {reason}\nCREATE TABLE c (a int);\n"
    );
    let project = Project::with([("migration-lint.yaml", config.to_owned()), ("db/001_a|b.sql", sql)]);
    let html = html(&project.run(&["db", "--format", "markdown"]).found().stdout);
    assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("<a ") && !html.contains("@octocat"), "{html}");
    assert!(html.contains("<td><code>001_a|b</code></td>\n<td>proved</td>"), "{html}");
    assert!(html.contains("a|b`c&lt;script&gt;"), "{html}");
    assert!(html.contains("[x](javascript:alert(1)) &lt;img src=x&gt; **#12** | `unclosed"), "{html}");
    assert!(html.contains("-- ```"), "{html}");
}

#[test]
fn a_long_comment_stays_within_what_github_takes_and_counts_the_rest() {
    let project = Project::new();
    project.write("migration-lint.yaml", "migration_lint: {rules: {require-idempotency: warning}}\n");
    for number in 1..=900 {
        project.write(
            &format!("db/{number:04}_create_a_table_with_a_long_name.sql"),
            format!("CREATE TABLE t{number} (a int);\nSELECT FROM WHERE;\n"),
        );
    }
    let comment = project.run(&["db", "--format", "markdown"]).found().stdout;
    assert!(comment.len() <= 65_536 && comment.len() > 50_000, "{}", comment.len());
    let number = |noun: &str| {
        let (before, _) =
            comment.split_once(&format!(" {noun} more, for which there is no room here")).expect("what is left out is counted");
        before.rsplit(' ').next().and_then(|number| number.parse::<usize>().ok()).expect("a number")
    };
    let errors = comment.matches("**ban-syntax-error**").count();
    assert!(errors > 50, "{errors}");
    assert_eq!(number("errors") + errors, 900);
    assert!(comment.contains("**This comment can't hold more**"));
    // GitHub shows it all the same: nothing is cut in the middle.
    let html = html(&comment);
    assert_eq!((html.matches("<details>").count(), html.matches("</details>").count()), (1, 1));
}

#[test]
fn the_step_summary_goes_where_github_says() {
    let project = project();
    project.write("summary.md", "# Another command\n");
    let summary = project.path("summary.md");
    let variables = [
        ("GITHUB_STEP_SUMMARY", summary.to_str().expect("UTF-8")),
        ("GITHUB_SERVER_URL", "https://github.com"),
        ("GITHUB_REPOSITORY", "acme/shop"),
        ("GITHUB_SHA", "0123abc"),
    ];
    let output = super::rig::command(&project.path(FOLDER), &["db", "--format", "github"]).envs(variables).output().expect("it runs");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(1), &b""[..]));
    assert_eq!(String::from_utf8_lossy(&output.stdout), review::run("github").stdout, "the annotations are the same");
    let written = std::fs::read_to_string(&summary).expect("it is there");
    assert!(written.starts_with("# Another command\n<!-- migration-lint -->\n### migration-lint\n"), "{written}");
    let link = "https://github.com/acme/shop/blob/0123abc/services/api/db/001_gr%C3%B6%C3%9Fe%20und%20gewicht.sql#L1";
    assert!(written.contains(&format!("]({link})")), "{written}");
    assert!(written.contains(&format!("`{ODD}`")), "{written}");
    // Other formats leave it alone.
    let before = written.len();
    super::rig::command(&project.path(FOLDER), &["db", "--format", "json"]).envs(variables).output().expect("it runs");
    assert_eq!(std::fs::read_to_string(&summary).expect("it is there").len(), before);
}

#[test]
fn a_step_summary_that_is_full_stays_as_it_is() {
    let project = project();
    let summary = project.path("summary.md");
    for taken in [(1 << 20) - 50, 1 << 20, 2 << 20] {
        project.write("summary.md", "x".repeat(taken));
        let output = super::rig::command(&project.path(FOLDER), &["db", "--format", "github"])
            .env("GITHUB_STEP_SUMMARY", &summary)
            .output()
            .expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{said}");
        let full = "the summary of the step (GITHUB_STEP_SUMMARY) is full, and stays as it is: GitHub takes 1 MiB of it";
        assert_eq!(said, format!("migration-lint: warning: {}: {full}\n", summary.display()));
        assert_eq!(std::fs::metadata(&summary).expect("it is there").len(), taken as u64);
    }
    // Where there is little room, no more than that is taken.
    for left in [400, 1000, 3000, 6000] {
        project.write("summary.md", "x".repeat((1 << 20) - left));
        super::rig::command(&project.path(FOLDER), &["db", "--format", "github"])
            .env("GITHUB_STEP_SUMMARY", &summary)
            .output()
            .expect("it runs");
        assert!(std::fs::metadata(&summary).expect("it is there").len() <= 1 << 20, "{left}");
    }
}

#[test]
fn a_step_summary_that_can_not_be_written_is_an_error() {
    let project = project();
    let output = super::rig::command(&project.path(FOLDER), &["db", "--format", "github"])
        .env("GITHUB_STEP_SUMMARY", project.path("no/folder/summary.md"))
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("summary.md: the summary of the step (GITHUB_STEP_SUMMARY) can't be written: "), "{said}");
    assert!(!output.stdout.is_empty(), "the annotations are written all the same");
}
