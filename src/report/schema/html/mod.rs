//! One page that holds all of a history: the diagram of its schema, its tables, and what each migration did.
//!
//! The page is a single file that needs no network and asks for none: its styles and its script stand in it, and its own policy forbids
//! everything else. Without the script everything is there to read; the script searches, zooms and switches between light and dark.

mod migrations;
mod svg;
mod tables;

use std::io::{self, Write};

use crate::catalog::outline::Outline;
use crate::engine::Story;
use crate::report::count;

use super::diagram::diagram;
use super::escaped;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Up to how many tables are open from the start.
const OPEN: usize = 12;

/// Writes the page of a history.
///
/// # Errors
/// What `out` gives.
pub fn page(out: &mut dyn Write, story: &Story) -> io::Result<()> {
    let outline = Outline::of(&story.schema.catalog);
    let after = story.schema.at.as_ref().map(|at| format!(" after {}", escaped(at))).unwrap_or_default();
    let folder = escaped(&story.schema.folder);
    writeln!(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    let policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";
    writeln!(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">")?;
    writeln!(out, "<title>{folder}{after}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>")?;
    header(out, story, &outline, &format!("{folder}{after}"))?;
    writeln!(out, "<main>")?;
    let drawn = diagram(&outline);
    if !drawn.boxes.is_empty() {
        writeln!(out, "<section id=\"diagram\">\n<h2>Diagram</h2>")?;
        writeln!(out, "<div class=\"tools\" role=\"group\" aria-label=\"Zoom\">")?;
        for (zoom, name, sign) in [("out", "Smaller", "−"), ("fit", "Fit to the page", "Fit"), ("in", "Larger", "+")] {
            writeln!(out, "<button type=\"button\" data-zoom=\"{zoom}\" aria-label=\"{name}\">{sign}</button>")?;
        }
        writeln!(out, "</div>\n<div class=\"canvas\" tabindex=\"0\" aria-label=\"Diagram of the tables and their foreign keys\">")?;
        svg::write(out, &drawn)?;
        writeln!(out, "</div>\n</section>")?;
    }
    tables::write(out, &outline, story)?;
    migrations::write(out, story)?;
    writeln!(out, "<p id=\"nothing\" hidden>Nothing is called so.</p>\n</main>")?;
    writeln!(out, "<script>\n{SCRIPT}</script>\n</body>\n</html>")
}

fn header(out: &mut dyn Write, story: &Story, outline: &Outline, title: &str) -> io::Result<()> {
    let tables = outline.tables().count();
    let findings: usize = story.chapters.iter().map(|chapter| chapter.findings.len()).sum();
    let counts = [
        count(story.chapters.len(), "migration"),
        count(tables, "table"),
        if findings == 0 { "no findings".to_owned() } else { count(findings, "finding") },
        format!("PostgreSQL {}", story.schema.target),
    ];
    writeln!(out, "<header>\n<div class=\"title\">\n<h1>{title}</h1>\n<p>{}</p>\n</div>", counts.join(" · "))?;
    writeln!(out, "<form role=\"search\">")?;
    let words = "Search tables, columns, migrations";
    writeln!(out, "<input type=\"search\" id=\"search\" placeholder=\"{words}\" aria-label=\"{words}\" autocomplete=\"off\">")?;
    writeln!(out, "<output id=\"hits\" for=\"search\"></output>\n</form>")?;
    let sections = [("diagram", "Diagram", tables > 0), ("tables", "Tables", true), ("migrations", "Migrations", true)];
    writeln!(out, "<nav>")?;
    for (id, name, _) in sections.iter().filter(|(.., there)| *there) {
        writeln!(out, "<a href=\"#{id}\">{name}</a>")?;
    }
    writeln!(out, "<button type=\"button\" id=\"theme\" aria-label=\"Light or dark\">◐</button>\n</nav>\n</header>")
}

/// A name that can be linked to.
fn anchor(kind: char, name: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || matches!(c, '_' | '.' | '-') { c.to_string() } else { format!("~{:x}", c as u32) };
    format!("{kind}-{}", name.chars().map(plain).collect::<String>())
}

/// A text in HTML, as code.
fn code(text: &str) -> String {
    format!("<code>{}</code>", escaped(text))
}

/// A text of a message: what stands between backticks is code.
fn prose(text: &str) -> String {
    let pieces = text.split('`').enumerate();
    let last = text.matches('`').count();
    let piece = |(at, piece): (usize, &str)| match at % 2 == 1 && at < last.max(1) {
        true => code(piece),
        false => escaped(piece),
    };
    pieces.map(piece).collect()
}
