//! The formats of one line a finding say what the document says.

use regex::Regex;
use serde_json::Value;

use super::{document, hold, report};

fn text<'v>(finding: &'v Value, field: &str) -> &'v str {
    finding[field].as_str().unwrap_or_default()
}

#[test]
fn concise_is_as_compilers_write() {
    let report = report(&["--format", "concise"]);
    let expected: Vec<String> = document::findings()
        .iter()
        .map(|finding| {
            let start = &finding["span"]["start"];
            let (path, severity, rule, message) =
                (text(finding, "path"), text(finding, "severity"), text(finding, "rule"), text(finding, "message"));
            format!("{path}:{}:{}: {severity}[{rule}] {message}", start["line"], start["column"])
        })
        .collect();
    assert_eq!(report.lines().collect::<Vec<_>>(), expected);
    hold("concise.txt", &report);
}

#[test]
fn github_reads_a_command_a_finding() {
    let report = report(&["--format", "github"]);
    let form = Regex::new(
        r"^::(?P<level>error|warning|notice) file=(?P<file>[^,:]+),line=(?P<line>\d+),endLine=(?P<end>\d+)(?:,col=(?P<col>\d+),endColumn=(?P<last>\d+))?,title=(?P<title>[^,:]+)::(?P<message>[^\r\n]+)$",
    );
    let form = form.expect("a constant pattern");
    let unescaped = |text: &str| text.replace("%2C", ",").replace("%3A", ":").replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%");
    let findings = document::findings();
    assert_eq!(report.lines().count(), findings.len());
    for (line, finding) in report.lines().zip(&findings) {
        let command = form.captures(line).unwrap_or_else(|| panic!("no command of GitHub's: {line}"));
        let level = if text(finding, "severity") == "info" { "notice" } else { text(finding, "severity") };
        assert_eq!((&command["level"], unescaped(&command["file"]).as_str()), (level, text(finding, "path")));
        assert_eq!(&command["title"], text(finding, "rule"));
        let message = unescaped(&command["message"]);
        let help = text(finding, "help");
        assert_eq!(message, format!("{}{}{help}", text(finding, "message"), if help.is_empty() { "" } else { "\n" }));
        let (start, end) = (&finding["span"]["start"], &finding["span"]["end"]);
        assert_eq!(command["line"], start["line"].to_string());
        let on_one_line = command["line"] == command["end"];
        assert_eq!(command.name("col").is_some(), on_one_line, "columns stand only where the place is on one line: {line}");
        if on_one_line {
            assert_eq!(
                (&command["end"], &command["col"], &command["last"]),
                (end["line"].to_string().as_str(), start["column"].to_string().as_str(), end["column"].to_string().as_str())
            );
        }
    }
    // The place of an unclosed string goes to the end of the file; the line after the last is none.
    assert!(report.contains("line=8,endLine=9,title="), "{report}");
    hold("github.txt", &report);
}
