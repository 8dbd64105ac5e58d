//! The configuration: each mistake gets an error with its place, real files are read as they stand, and the repository's own names every key.
//!
//! `tests/config/mistakes/*.yaml` hold mistakes with marks: `# error at TEXT => MESSAGE | HELP` at the end of the line that the error points to,
//! where TEXT is what it marks (its first line), MESSAGE a part of the message, and HELP, if it is there, a part of the advice. Where no
//! comment can stand on that line, `# error on line N at TEXT => …` stands on any other. An error without a mark fails, and so does a mark
//! without an error. `tests/config/sound/*.yaml` hold none.

#[path = "config/schema.rs"]
mod schema;

use std::fs;
use std::path::{Path, PathBuf};

use migration_lint::config::{Config, ConfigError, HistoryKind};
use migration_lint::diagnostic::Severity;
use migration_lint::rules::known_names;
use migration_lint::syntax::Version;
use migration_lint::text::SourceFile;
use regex::Regex;

/// A configuration of the shape that real ones have.
const REAL: &str = "sound/global-config.yaml";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/config")
}

fn read(file: &str) -> (SourceFile, Config, Vec<ConfigError>) {
    let text = fs::read_to_string(folder().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    parse(file, &text)
}

fn parse(file: &str, text: &str) -> (SourceFile, Config, Vec<ConfigError>) {
    let source = SourceFile::new(file, text);
    let (config, errors) = Config::parse(&source, &known_names());
    (source, config, errors)
}

fn files(of: &str) -> Vec<String> {
    let entries = fs::read_dir(folder().join(of)).expect("a folder of configurations");
    let mut names: Vec<String> = entries
        .map(|entry| format!("{of}/{}", entry.expect("an entry").file_name().to_string_lossy()))
        .filter(|name| name.ends_with(".yaml"))
        .collect();
    names.sort();
    names
}

/// An error that must be there.
#[derive(Debug)]
struct Mark {
    line: u32,
    at: String,
    message: String,
    help: Option<String>,
}

fn marks(text: &str) -> Vec<Mark> {
    let form = Regex::new(r"^(?: on line (?P<line>\d+))? at (?P<at>.+?) => (?P<message>.*?)(?: \| (?P<help>.*?))?\s*$")
        .expect("a constant pattern");
    let mut marks = Vec::new();
    for (number, line) in text.lines().enumerate() {
        for mark in line.split("# error").skip(1) {
            let found = form.captures(mark).unwrap_or_else(|| panic!("line {} has no mark after `# error`", number + 1));
            let line = found.name("line").map_or(number as u32 + 1, |line| line.as_str().parse().expect("digits"));
            let text = |name: &str| found.name(name).map(|text| text.as_str().to_owned());
            let (at, message) = (text("at").unwrap_or_default(), text("message").unwrap_or_default());
            marks.push(Mark { line, at, message, help: text("help") });
        }
    }
    marks
}

#[test]
fn every_mistake_has_an_error_with_its_place() {
    let mut problems = Vec::new();
    for file in files("mistakes") {
        let (source, _, errors) = read(&file);
        let mut open = marks(source.text());
        if open.is_empty() {
            problems.push(format!("{file} marks no mistake"));
        }
        for error in errors {
            let line = source.position(error.span.start).line;
            let at = source.text()[error.span].lines().next().unwrap_or_default().trim_end();
            let help = error.help.clone().unwrap_or_default();
            let meant = |mark: &Mark| {
                mark.line == line
                    && mark.at == at
                    && error.message.contains(&mark.message)
                    && mark.help.as_ref().is_none_or(|expected| help.contains(expected))
            };
            match open.iter().position(meant) {
                Some(found) => drop(open.remove(found)),
                None => problems.push(format!("{file}:{line}: not marked: at {at}: {} | {help}", error.message)),
            }
        }
        problems.extend(open.iter().map(|mark| format!("{file}:{}: not found: at {}: {}", mark.line, mark.at, mark.message)));
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn what_is_sound_is_read_without_an_error() {
    for file in files("sound") {
        let (_, _, errors) = read(&file);
        assert_eq!(errors, [], "{file}");
    }
}

#[test]
fn a_real_file_says_exactly_this() {
    let (_, config, errors) = read(REAL);
    assert_eq!(errors, []);
    let house = &config.house;
    let texts = |texts: &[(String, migration_lint::text::Span)]| texts.iter().map(|(text, _)| text.clone()).collect::<Vec<_>>().join(" ");
    assert!(house.doctrine && config.doctrine());
    assert_eq!(house.id_format.as_ref().map(|format| format.pattern.as_str()), Some("NN.NN.NN.NN.NNNNN.NNN"));
    let parts: Vec<_> = house.id_parts.iter().map(|(part, (value, _))| (*part, value.as_str())).collect();
    assert_eq!(parts, [("app", "outreach"), ("layer", "04"), ("schema", "02"), ("subhive", "04"), ("version", "1.10")]);
    let ranges: Vec<_> = house.id_ranges.iter().map(|(entity, (range, _))| (entity.as_str(), range.as_str())).collect();
    assert_eq!(ranges, [("company", "04.04.02.04.30000.###"), ("error", "04.04.02.04.40000.###"), ("people", "04.04.02.04.20000.###")]);
    assert_eq!(house.migration_directory.as_ref().map(|(path, _)| path.as_str()), Some("ctb/data/migrations"));
    assert_eq!(house.naming_convention.as_ref().map(|convention| convention.pattern.as_str()), Some("NNN_description.sql"));
    assert_eq!(house.schemas.as_deref().map(texts).as_deref(), Some("marketing intake public bit"));
    let tables: Vec<_> = house.tables.iter().map(|(schema, names)| format!("{schema}: {}", texts(names))).collect();
    assert_eq!(tables, ["bit: events", "intake: company_raw_intake", "marketing: company_master company_slot"]);
    assert_eq!(house.schema_validation, Some(true));
    assert_eq!(house.schema_map_path.as_ref().map(|(path, _)| path.as_str()), Some("docs/schema_map.json"));
    assert_eq!(house.log_table.as_ref().map(|(table, _)| table.as_str()), Some("public.shq_error_log"));
    assert_eq!(house.severity_levels.as_deref().map(texts).as_deref(), Some("info warning error critical"));
    let lint = &config.lint;
    assert!(lint.rules.is_empty() && lint.overrides.is_empty() && lint.exclude.is_empty() && lint.histories.is_empty());
    assert!(lint.doctrine.is_none() && lint.layout.is_none() && lint.target_postgres.is_none() && lint.header.is_none());
}

#[test]
fn our_own_section_says_exactly_this() {
    let (_, config, errors) = read("sound/migration-lint.yaml");
    assert_eq!(errors, []);
    let lint = &config.lint;
    assert_eq!(lint.doctrine, Some(true));
    assert!(config.doctrine() && !config.house.doctrine);
    let severity = |name: &str| lint.rules.get(name).map(|setting| setting.severity);
    assert_eq!(severity("doctrine"), Some(Some(Some(Severity::Warning))));
    assert_eq!(severity("require-header"), Some(Some(None)));
    assert_eq!(severity("require-number-order"), Some(Some(Some(Severity::Error))));
    assert_eq!(severity("ban-secrets"), Some(None));
    assert_eq!(lint.rules["ban-secrets"].options["allow"], ["AKIAJ5QVX2LDTRNO6WMS", "04"]);
    assert_eq!(lint.overrides.len(), 1);
    assert!(lint.overrides[0].paths.is_match("db/old/001_a.sql"));
    assert!(!lint.overrides[0].paths.is_match("db/new/001_a.sql"));
    assert_eq!(lint.overrides[0].rules["ban-syntax-error"].severity, Some(Some(Severity::Info)));
    for excluded in ["db/a.template.sql", "a.template.sql", "archive/2020/001_a.sql", "seeds/001_a.sql"] {
        assert!(lint.exclude.is_match(excluded), "{excluded}");
    }
    assert!(!lint.exclude.is_match("db/archive.sql"));
    assert_eq!(lint.layout.map(|layout| layout.name()), Some("flyway"));
    assert_eq!(lint.history, HistoryKind::Complete);
    assert_eq!(lint.schema.as_ref().map(|(path, _)| path.as_str()), Some("db/schema.sql"));
    assert_eq!(lint.histories.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), ["db/main", "db/billing"]);
    assert_eq!(lint.target_postgres, Version::new(17));
    let header: Vec<_> =
        lint.header.iter().flatten().map(|field| (field.name.as_str(), field.aliases.len(), field.value.as_deref())).collect();
    assert_eq!(header, [("Migration", 0, None), ("Author", 2, None), ("Reviewed", 0, Some("yes"))]);
    assert_eq!(lint.baseline.as_ref().map(|(path, _)| path.as_str()), Some("baseline.json"));
}

#[test]
fn every_section_is_optional() {
    let whole = fs::read_to_string(folder().join(REAL)).expect("is there");
    // Sections of the file, from a line that begins with a letter to the next.
    let starts: Vec<usize> =
        whole.lines().enumerate().filter(|(_, line)| line.starts_with(|c: char| c.is_alphabetic())).map(|(at, _)| at).collect();
    let lines: Vec<&str> = whole.lines().collect();
    assert!(starts.len() > 5);
    for (at, &from) in starts.iter().enumerate() {
        let to = starts.get(at + 1).copied().unwrap_or(lines.len());
        let without: Vec<&str> = lines[..from].iter().chain(&lines[to..]).copied().collect();
        let (_, config, errors) = parse("global-config.yaml", &without.join("\n"));
        assert_eq!(errors, [], "without {}", lines[from]);
        assert_eq!(config.doctrine(), !lines[from].starts_with("barton_doctrine"));
        let (_, _, errors) = parse("global-config.yaml", &lines[from..to].join("\n"));
        assert_eq!(errors, [], "{} alone", lines[from]);
    }
}

#[test]
fn a_file_that_says_nothing_is_sound() {
    for text in [
        "",
        "\n\n",
        "# nothing\n",
        "---\n",
        "~\n",
        "\u{feff}",
        "migration_lint:\n",
        "migration_lint: {}\n",
        "migration_lint: {rules: , overrides: ~}\n",
    ] {
        let (_, config, errors) = parse("global-config.yaml", text);
        assert_eq!(errors, [], "{text:?}");
        assert!(!config.doctrine() && config.lint.rules.is_empty());
    }
}

#[test]
fn line_ends_and_a_byte_order_mark_move_no_place() {
    for (start, end) in [("", "\n"), ("\u{feff}", "\n"), ("", "\r\n"), ("\u{feff}", "\r\n")] {
        let text = format!("{start}# größe{end}migration_lint:{end}  layuot: auto{end}");
        let (source, _, errors) = parse("global-config.yaml", &text);
        let [error] = errors.as_slice() else { panic!("{errors:?}") };
        assert_eq!((&source.text()[error.span], source.position(error.span.start).line), ("layuot", 3), "{text:?}");
    }
}

#[test]
fn the_doctrine_may_be_switched_off_and_on() {
    for (text, expected) in [
        ("barton_doctrine: {}", true),
        ("barton_doctrine: {enabled: false}", false),
        ("barton_doctrine: {enabled: no}", false),
        ("barton_doctrine: {enabled: true}\nmigration_lint: {doctrine: false}", false),
        ("migration_lint: {doctrine: true}", true),
        ("database: {schemas: [a]}", false),
    ] {
        assert_eq!(parse("global-config.yaml", text).1.doctrine(), expected, "{text}");
    }
}

#[test]
fn a_naming_convention_that_no_file_can_follow_is_not_asked_for() {
    let convention = |pattern: &str| {
        let (_, config, errors) = parse("global-config.yaml", &format!("database: {{migrations: {{naming_convention: {pattern}}}}}"));
        (config.house.naming_convention.map(|convention| convention.pattern), errors.len())
    };
    assert_eq!(convention("NNN_description.sql"), (Some("NNN_description.sql".to_owned()), 0));
    assert_eq!(convention("3"), (None, 1));
}

#[test]
fn a_bomb_is_refused_in_a_moment() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    let deep = format!("a: {}{}", "[".repeat(100_000), "]".repeat(100_000));
    let nested = (0..2_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect::<String>();
    for text in [bomb, deep, nested] {
        let (_, _, errors) = parse("global-config.yaml", &text);
        assert_eq!(errors.len(), 1);
        assert!(errors[0].message.starts_with("this is not valid YAML"), "{errors:?}");
    }
}

#[test]
fn the_repositorys_own_configuration_names_every_key_with_its_default() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("global-config.yaml")).expect("is there");
    let (_, config, errors) = parse("global-config.yaml", &text);
    assert_eq!(errors, []);
    // A key that nobody knows is told which there are; those are the ones that must be named.
    let keys = |section: &str| {
        let (_, _, errors) = parse("global-config.yaml", section);
        let help = errors[0].help.clone().expect("the keys are told");
        Regex::new("`([a-z_]+)`").expect("a constant pattern").captures_iter(&help).map(|found| found[1].to_owned()).collect::<Vec<_>>()
    };
    let ours = text.split_once("\nmigration_lint:\n").expect("our section").1;
    let named = |indent: usize, key: &str| ours.lines().any(|line| line.starts_with(&format!("{}{key}:", " ".repeat(indent))));
    let top = keys("migration_lint: {qqq: 1}");
    assert!(top.len() > 8, "{top:?}");
    assert_eq!(top.iter().filter(|key| !named(2, key)).collect::<Vec<_>>(), [""; 0]);
    assert_eq!(keys("migration_lint: {header: {qqq: 1}}").iter().filter(|key| !named(4, key)).collect::<Vec<_>>(), [""; 0]);
    let field = keys("migration_lint: {header: {fields: [{qqq: 1, name: a}]}}");
    assert_eq!(field.iter().filter(|key| !ours.contains(&format!("{key}:"))).collect::<Vec<_>>(), [""; 0]);
    // What is written there is what holds where nothing is written; the default header is the one that the header's rule has.
    let default = Config::default().lint;
    let written = config.lint;
    assert_eq!((written.doctrine, &written.rules, written.history), (default.doctrine, &default.rules, default.history));
    assert!(written.overrides.is_empty() && written.exclude.is_empty() && written.histories.is_empty() && written.layout.is_none());
    assert_eq!((written.schema, written.baseline), (None, None));
    assert_eq!(written.target_postgres, Version::new(15));
}
