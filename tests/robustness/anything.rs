//! Properties: whatever the text, nothing panics, places are true, and the number of threads makes no difference.
//!
//! `PROPTEST_CASES` sets how many texts are tried.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use migration_lint::config::Config;
use migration_lint::diagnostic::Severity;
use migration_lint::engine::{Choice, FileText, Outcome, Proof, Settings, Start, Workspace};
use migration_lint::report::{self, Destination, Format, Style};
use migration_lint::rules::known_names;
use migration_lint::syntax::Script;
use migration_lint::text::{SourceFile, Span};
use proptest::prelude::*;

use super::mutation::{MIGRATIONS, STATEMENTS, anything, mutated, soup};
use super::spans;

const HOUSE: &str = include_str!("../../global-config.yaml");
const DESTINATION: Destination<'static> = Destination {
    style: Style { color: true, unicode: true, width: 60, summary: true },
    directory: "services/api",
    fails: Some(Severity::Warning),
    files: Some("https://forge.example/acme/shop/blob/0123abc/"),
};

const FORMATS: [Format; 10] = [
    Format::Human,
    Format::Concise,
    Format::Json,
    Format::Github,
    Format::Sarif,
    Format::Gitlab,
    Format::Junit,
    Format::Checkstyle,
    Format::Rdjson,
    Format::Markdown,
];

static CONFIG: LazyLock<Config> = LazyLock::new(|| {
    let (config, errors) = Config::parse(&SourceFile::new("global-config.yaml", HOUSE), &known_names());
    assert_eq!(errors, []);
    config
});

fn parse(text: &str) {
    let script = Script::parse(text, Span::new(0, text.len() as u32));
    spans::hold(text, &script);
}

/// The outcome of files called like the house's, under all of the house's rules.
fn lint(texts: &[String]) -> Outcome {
    let (directory, choice, start) = (Path::new("/project"), Choice::default(), Start::default());
    let mut workspace = Workspace::new(Settings { directory, root: directory, config: &CONFIG, choice: &choice, start: &start });
    workspace.set_proof(Proof::Told);
    let mut selected = BTreeSet::new();
    for (at, text) in texts.iter().enumerate() {
        let path = format!("ctb/data/migrations/{:03}_x.sql", at + 1);
        workspace.set_file(&path, FileText { text: text.as_str().into(), damages: Vec::new() });
        selected.insert(path);
    }
    workspace.lint(&selected)
}

/// Every finding lies in its file, and every format can be written.
fn hold(outcome: &Outcome) {
    for finding in &outcome.findings {
        let found = &finding.diagnostic;
        for label in std::iter::once(&found.primary).chain(&found.related) {
            let text = outcome.sources[&label.path].text();
            assert!(text.get(label.span.range()).is_some(), "{} at {:?} of {} bytes", found.rule, label.span, text.len());
        }
        assert!(!found.message.is_empty() && !found.message.ends_with('.'), "{}", found.message);
    }
    for format in FORMATS {
        written(outcome, format);
    }
}

fn written(outcome: &Outcome, format: Format) -> Vec<u8> {
    let mut out = Vec::new();
    report::write(&mut out, outcome, format, &DESTINATION).expect("a buffer takes everything");
    out
}

fn on_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be made").install(work)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in anything()) {
        parse(&text);
    }

    #[test]
    fn any_words_are_read(text in soup()) {
        parse(&text);
    }

    #[test]
    fn any_change_of_a_statement_is_read(text in mutated(&STATEMENTS)) {
        parse(&text);
    }

    #[test]
    fn any_part_of_a_text_is_read(text in mutated(&STATEMENTS), from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>()) {
        let at = |index: prop::sample::Index| (0..=index.index(text.len() + 1)).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0) as u32;
        let (one, other) = (at(from), at(to));
        let span = Span::new(one.min(other), one.max(other));
        let script = Script::parse(&text, span);
        let places = script.tokens.iter().map(|token| token.span).chain(script.comments.iter().map(|comment| comment.span));
        for place in places {
            prop_assert!(span.encloses(place), "{place:?} is outside of {span:?}");
        }
    }

    #[test]
    fn any_text_is_linted(text in prop_oneof![anything(), soup(), mutated(&STATEMENTS), mutated(&MIGRATIONS)]) {
        hold(&lint(&[text]));
    }

    #[test]
    fn any_configuration_is_read(text in prop_oneof![anything(), mutated(std::slice::from_ref(&*HOUSE_TEXT))]) {
        let (_, errors) = Config::parse(&SourceFile::new("global-config.yaml", text.as_str()), &known_names());
        for error in errors {
            prop_assert!(text.get(error.span.range()).is_some(), "{error:?}");
        }
    }
}

static HOUSE_TEXT: LazyLock<String> = LazyLock::new(|| HOUSE.to_owned());

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn the_number_of_threads_makes_no_difference(texts in prop::collection::vec(mutated(&MIGRATIONS), 2..12)) {
        let one = on_threads(1, || written(&lint(&texts), Format::Json));
        for threads in [2, 5] {
            prop_assert_eq!(&on_threads(threads, || written(&lint(&texts), Format::Json)), &one);
        }
    }
}
