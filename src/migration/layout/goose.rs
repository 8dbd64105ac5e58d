//! goose: `<number>_<name>.sql` with `-- +goose Up` and `-- +goose Down`.
//!
//! * The number is what stands before the first underscore, greater than zero, and orders the migrations, be it a sequence or a timestamp;
//!   sub-folders are not searched (`migration.go`, `NumericComponent`; `provider_collect.go`).
//! * An annotation is a line that begins with `--` and holds `+goose`, in any case. What follows `Up` goes up, what follows `Down` goes
//!   back; a file must begin with `Up` (`internal/sqlparser/parser.go`).
//! * Each migration runs in a transaction, unless its file says `-- +goose NO TRANSACTION`: then statement by statement.
//! * `<number>_<name>.go` is a migration as well, whose Go code nobody reads here (`provider_collect.go`).
//! * Applied migrations are noted in `goose_db_version`.

use super::name::{number_and_title, stem};
use super::{Layout, Part, Side, Sign, Split};
use crate::migration::brackets::{Brackets, Spelling};
use crate::migration::comment::lines;
use crate::migration::section::{Origin, Transaction, all};
use crate::text::{Edit, Span};

#[derive(Debug)]
pub(super) struct Goose;

impl Layout for Goose {
    fn name(&self) -> &'static str {
        "goose"
    }

    fn tracking_table(&self) -> Option<&'static str> {
        Some("goose_db_version")
    }

    fn sign(&self, text: &str) -> Sign {
        if annotated(text, "Up").is_some() { Sign::Own } else { Sign::Nothing }
    }

    fn part(&self, path: &str) -> Option<Part> {
        let id = stem(path)?;
        let (number, _) = number_and_title(id)?;
        Part::numbered(id, number).filter(|part| part.number > Some(0))
    }

    fn program(&self, path: &str) -> Option<Part> {
        let id = path.strip_suffix(".go").filter(|id| !id.ends_with("_test") && !id.contains('/'))?;
        let (number, _) = number_and_title(id)?;
        Part::numbered(id, number).filter(|part| part.number > Some(0))
    }

    fn split(&self, text: &str) -> Split {
        let Some(up) = annotated(text, "Up") else { return Split::whole(text) };
        let end = text.len() as u32;
        match annotated(text, "Down").filter(|down| down.start > up.start) {
            Some(down) => Split {
                up: vec![Span::new(up.end, down.start)],
                down: Some((vec![Span::new(down.end, end)], Origin::Statements)),
                marker: Some(down),
                after_marker: None,
            },
            None => Split { up: vec![Span::new(up.end, end)], ..Split::whole(text) },
        }
    }

    fn new_text(&self) -> &'static str {
        "-- +goose Up\n\n-- +goose Down\n"
    }

    fn down_heading(&self) -> Option<&'static str> {
        Some("-- +goose Down")
    }

    fn brackets(&self) -> Option<Brackets> {
        Some(Brackets { begin: "-- +goose StatementBegin", end: "-- +goose StatementEnd", spelling: Spelling::Free })
    }

    fn without_transaction(&self) -> Option<&'static str> {
        Some("write the line `-- +goose NO TRANSACTION` above `-- +goose Up`")
    }

    fn opt_out(&self, text: &str) -> Option<Edit> {
        let up = annotated(text, "Up")?;
        Some(Edit::insertion(up.start, "-- +goose NO TRANSACTION\n"))
    }

    fn transaction(&self, _side: Side, text: &str, _settings: Option<&str>) -> Transaction {
        match annotated(text, "NO TRANSACTION") {
            Some(_) => Transaction::File,
            None => Transaction::Tool,
        }
    }
}

/// The first line of `text` with the annotation `wanted`.
fn annotated(text: &str, wanted: &str) -> Option<Span> {
    if !text.contains("+goose") {
        return None;
    }
    lines(text, all(text)).find(|&line| {
        let annotation = text[line].trim().strip_prefix("--").and_then(|rest| rest.trim_start().strip_prefix("+goose"));
        annotation.is_some_and(|annotation| annotation.trim().eq_ignore_ascii_case(wanted))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "-- what it is for\n-- +goose Up\n-- +goose StatementBegin\nSELECT 1;\n-- +goose StatementEnd\n-- +goose Down\nSELECT 2;\n";

    #[test]
    fn annotations_divide_the_file() {
        let split = Goose.split(TEXT);
        assert_eq!(TEXT[split.up[0]].trim(), "-- +goose StatementBegin\nSELECT 1;\n-- +goose StatementEnd");
        let (down, origin) = split.down.expect("a down section");
        assert_eq!((TEXT[down[0]].trim(), origin), ("SELECT 2;", Origin::Statements));
        assert_eq!(Goose.split("-- +goose up\nSELECT 1;").down, None);
    }

    #[test]
    fn an_annotation_opts_out_of_the_transaction() {
        assert_eq!(Goose.transaction(Side::Up, TEXT, None), Transaction::Tool);
        assert_eq!(Goose.transaction(Side::Down, "-- +goose NO TRANSACTION\n-- +goose Up\n", None), Transaction::File);
    }

    #[test]
    fn names_begin_with_a_number_above_zero() {
        assert_eq!(Goose.part("00010_a.sql").and_then(|part| part.number), Some(10));
        for name in ["0_a.sql", "a_1.sql", "1.sql", "sub/1_a.sql", "1_a.go"] {
            assert_eq!(Goose.part(name), None, "{name}");
        }
    }
}
