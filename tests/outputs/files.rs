//! The files: places after characters of two to four bytes, at the end of a line, over several lines, in a line that is too long to show, in
//! lines with carriage returns and tabs; a finding with a second place in another file, findings about whole files, every severity, one that
//! is allowed.

/// Names and texts.
pub const ALL: [(&str, &str); 9] = [
    ("migration-lint.yaml", "migration_lint:\n  rules:\n    require-suppression-reason: info\n"),
    ("db/001_größe.sql", WIDE),
    ("db/002_a.sql", "SELECT 1;\n"),
    ("db/002_b, copy:1.sql", "-- The second of its number.\nSELECT 2;\n"),
    ("db/003_allowed.sql", "-- migration-lint: allow(ban-syntax-error)\nSELECT FROM WHERE;\nSELECT 'no finding';\n"),
    ("db/004_crlf.sql", "CREATE TABLE t (\r\n\ta int,\r\n\tb 100% int\r\n);\r\n"),
    ("db/006_long.sql", LONG),
    ("db/sub/007_suppressed.sql", "-- migration-lint: allow(ban-secrets, no-such-rule): nothing is there\nSELECT 1;"),
    ("db/sub/008_clean.sql", "SELECT 1;\n"),
];

const WIDE: &str = "\
-- Größe und Gewicht: 𝄞 has four bytes, 漢字 are wide
CREATE TABLE größe (\"höhe 𝄞\" int, UNIQUE (\"höhe 𝄞\") WHERE active);
SELECT 1;
";

const LONG: &str = "\
/* No finding: a comment
   over two lines */
INSERT INTO settings (name, value) VALUES ('a setting with a long name', 'and a value that goes on and on, further than any terminal is wide'), ('url', 'postgresql://owner:kX4-Kd9-qq2@db.acme.io/app'), ('another setting with a long name', 'and another value that goes on and on');
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$
  SELECT 1
  FROM
$$;
SELECT 'never closed;
over two lines;
";
