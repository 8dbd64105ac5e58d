//! What is drawn of a schema, shown to whoever draws it: Graphviz, Mermaid and a browser.
//!
//! `tests/run` provides them and says where they are; without it these tests fail with a sentence that says so.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// Names that mean something where they are written, types with commas, columns of every kind of key.
const ODD: &str = r#"
CREATE SCHEMA "my shop";
CREATE TABLE "my shop"."Order <b>" ("user-id" int PRIMARY KEY, "select" text DEFAULT '<script>alert(1)</script>', n numeric(5,2)[] NOT NULL);
COMMENT ON TABLE "my shop"."Order <b>" IS 'a & b < c "quoted"';
CREATE TABLE "my shop".line ("order|{}" int REFERENCES "my shop"."Order <b>" ON DELETE CASCADE, self int UNIQUE REFERENCES "my shop".line (self), "1st" bool);
CREATE TABLE "café" (a int);
CREATE VIEW v AS SELECT 1 AS "x & y";
"#;

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What `schema` writes of the migrations in `folder`, a folder below `directory`.
fn written(directory: &Path, folder: &str, format: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_migration-lint"))
        .args(["schema", folder, "--format", format])
        .current_dir(directory)
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.is_empty(), "{said}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The odd names, the house of this repository, and nothing at all.
fn schemas(format: &str) -> [String; 3] {
    let folder = TempDir::new().expect("a folder");
    let migrations = |name: &str, text: &str| {
        fs::create_dir(folder.path().join(name)).expect("a folder");
        fs::write(folder.path().join(name).join("001_a.sql"), text).expect("a file");
        written(folder.path(), name, format)
    };
    [migrations("odd", ODD), written(repository(), "ctb/data/migrations", format), migrations("none", "SELECT 1;\n")]
}

/// A program or a file that `tests/run` names in the environment.
fn provided(variable: &str) -> PathBuf {
    match std::env::var_os(variable) {
        Some(path) => path.into(),
        None => panic!("{variable} does not say where it is: run this test with tests/run, which provides what it needs"),
    }
}

fn browser(page: &Path, hash: &str, dark: bool) -> String {
    let profile = TempDir::new().expect("a folder");
    let scheme = if dark { 0 } else { 1 };
    let output = Command::new(provided("MIGRATION_LINT_CHROMIUM"))
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--window-size=1200,900",
            "--virtual-time-budget=20000",
            "--enable-logging=stderr",
        ])
        .arg(format!("--blink-settings=preferredColorScheme={scheme}"))
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .args(["--dump-dom", &format!("file://{}{hash}", page.display())])
        .output()
        .expect("the browser runs");
    let said = String::from_utf8_lossy(&output.stderr);
    let complaints: Vec<&str> = said.lines().filter(|line| line.contains("CONSOLE")).collect();
    assert!(output.status.success() && complaints.is_empty(), "{complaints:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn graphviz_draws_every_table_and_foreign_key() {
    let draw = |text: &str| -> Output {
        let mut dot = Command::new(provided("MIGRATION_LINT_DOT"))
            .arg("-Tsvg")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("Graphviz runs");
        dot.stdin.take().expect("is piped").write_all(text.as_bytes()).expect("it reads");
        dot.wait_with_output().expect("it ends")
    };
    let drawn = schemas("dot").map(|text| {
        let output = draw(&text);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.is_empty(), "{said}\n{text}");
        String::from_utf8(output.stdout).expect("UTF-8")
    });
    let [odd, house, none] = drawn;
    let count = |svg: &str, class: &str| svg.matches(&format!("class=\"{class}\"")).count();
    assert_eq!((count(&odd, "node"), count(&odd, "edge")), (3, 2));
    assert!(odd.contains("Order &lt;b&gt;") && odd.contains("order|{}") && odd.contains("numeric(5,2)[]"), "{odd}");
    assert_eq!((count(&house, "node"), count(&house, "edge"), count(&house, "cluster")), (11, 15, 4));
    assert_eq!(count(&none, "node"), 0);
}

#[test]
fn mermaid_draws_every_table_and_foreign_key() {
    let mermaid = provided("MIGRATION_LINT_MERMAID");
    let folder = TempDir::new().expect("a folder");
    let page = folder.path().join("page.html");
    let drawn = schemas("mermaid").map(|text| {
        let text = serde_json::to_string(&text).expect("a text").replace("</", "<\\/");
        let script = "(async () => { try {
            mermaid.initialize({ startOnLoad: false });
            const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
            const { svg } = await mermaid.render('drawn', text);
            const names = [...diagram.db.getEntities().values()].map((entity) => entity.label + ':' + entity.attributes.length);
            done([diagram.type, names.length, diagram.db.getRelationships().length, svg.includes('<svg'), ...names].join('|'));
          } catch (error) { done('failed: ' + error); } })();";
        let html = format!(
            "<!doctype html><meta charset=utf-8><body><script src=\"file://{}\"></script><script>const text = {text};\n\
             const done = (said) => {{ document.body.innerHTML = ''; document.body.append('said:' + said + ':said'); }};\n{script}</script>",
            mermaid.display()
        );
        fs::write(&page, html).expect("a file");
        let dom = browser(&page, "", false);
        let said = dom.split("said:").nth(1).and_then(|rest| rest.split(":said").next()).map(str::to_owned);
        said.unwrap_or_else(|| panic!("{dom}"))
    });
    let [odd, house, none] = drawn;
    assert_eq!(odd, "er|3|2|true|my shop.Order &lt;b&gt;:3|my shop.line:3|public.café:1");
    assert!(house.starts_with("er|11|15|true|bit.events:10|intake.company_raw_intake:11|"), "{house}");
    assert_eq!(none, "er|0|0|true");
}

#[test]
fn a_browser_shows_the_page_and_searches_it() {
    let folder = TempDir::new().expect("a folder");
    let [odd, house, none] = schemas("html").map(|html| {
        for foreign in ["http://", "https://", "<link", "src=", "@import", "url("] {
            assert!(!html.replace("url(#many)", "").contains(foreign), "the page names {foreign}");
        }
        html
    });
    let open = |name: &str, html: &str, hash: &str, dark: bool| {
        let page = folder.path().join(name);
        fs::write(&page, html).expect("a file");
        browser(&page, hash, dark)
    };
    let dom = open("house.html", &house, "", false);
    assert_eq!(dom.matches("class=\"box find\"").count(), 11);
    assert_eq!(dom.matches("marker-end=\"url(#many)\"").count(), 15);
    assert!(dom.contains("<h3>marketing.company_master</h3>") && dom.contains("applies: proved"), "{dom}");

    // What is searched for stays and is opened, and the diagram fades around it.
    let dom = open("house.html", &house, "#q=duplicate_queue%20similarity", true);
    assert!(dom.contains(">1 of 23</output>"), "{}", dom.split("<output").nth(1).unwrap_or_default().chars().take(80).collect::<String>());
    assert_eq!(dom.matches("class=\"box find away\"").count(), 10);
    let tags = dom.split("<details ").skip(1).filter_map(|rest| rest.split('>').next());
    let shown: Vec<&str> = tags.filter(|tag| !tag.contains("hidden")).collect();
    assert!(shown.len() == 1 && shown.iter().all(|tag| tag.contains("open")), "{shown:?}");
    let dom = open("house.html", &house, "#q=no%20such%20thing", true);
    assert!(dom.contains("<p id=\"nothing\">"), "{dom}");

    let dom = open("odd.html", &odd, "", false);
    assert!(!dom.contains("<script>alert") && dom.contains("a &amp; b &lt; c \"quoted\""), "{dom}");
    assert!(dom.contains("id=\"t-my~20shop.Order~20~3cb~3e\"") && dom.contains("<h3>public.café</h3>"), "{dom}");
    assert!(open("none.html", &none, "", false).contains("No migration makes a table."), "{none}");
}
