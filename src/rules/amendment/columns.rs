//! Where new columns stand in the list of a table's: behind the last one, written as the list is.
//!
//! A comment behind a column stays with it, and commas stand where the list has them: behind a column, or before the next one on its line.

use crate::rules::lines::{begins_line, indent, line_end, line_start};
use crate::syntax::tree::{CreateTable, TableElement};
use crate::text::{Edit, Span};

/// The edits; none where the statement has no list of columns.
pub(super) fn behind_last(text: &str, create: &CreateTable, definitions: &[String]) -> Option<Vec<Edit>> {
    let clause = create.elements.as_ref()?;
    let elements = &clause.value;
    if elements.is_empty() {
        let indent = indent(text, create.span.start);
        let lines = lines(&format!("{indent}  "), definitions).join(",");
        return Some(vec![Edit::insertion(clause.span.end - 1, format!("{lines}\n{indent}"))]);
    }
    let span_of = |element: &TableElement| match element {
        TableElement::Column(column) => column.span,
        TableElement::Like(like) => like.span,
        TableElement::Constraint(constraint) => constraint.span,
    };
    let at = elements.iter().rposition(|element| !matches!(element, TableElement::Constraint(_)))?;
    let (last, next) = (span_of(&elements[at]), elements.get(at + 1).map(span_of));
    let margin_of = |span: Span| &text[Span::new(line_start(text, span.start), span.start)];
    let leading = [Some(last), next].into_iter().flatten().map(margin_of).find(|margin| margin.trim() == ",");
    let margin = margin_of(last);
    let end = line_end(text, last.end);
    let rest = text[Span::new(last.end, end)].trim_start();
    if let Some(leading) = leading {
        let at = if is_comments(rest) { end } else { last.end };
        return Some(vec![Edit::insertion(at, lines(leading, definitions).concat())]);
    }
    if !begins_line(text, last.start) {
        return Some(vec![Edit::insertion(last.end, format!(", {}", definitions.join(", ")))]);
    }
    let lines = lines(margin, definitions).join(",");
    match rest.strip_prefix(',') {
        Some(behind) if is_comments(behind) => Some(vec![Edit::insertion(end, lines + ",")]),
        // A comment that goes on below is about what stands before it.
        Some(behind) if behind.trim_start().starts_with("/*") => None,
        Some(behind) => Some(vec![Edit::insertion(end - behind.len() as u32, lines + ",")]),
        None if next.is_none() && !rest.is_empty() && is_comments(rest) => {
            Some(vec![Edit::insertion(last.end, ","), Edit::insertion(end, lines)])
        }
        None => Some(vec![Edit::insertion(last.end, format!(",{lines}"))]),
    }
}

fn lines(margin: &str, definitions: &[String]) -> Vec<String> {
    definitions.iter().map(|definition| format!("\n{margin}{definition}")).collect()
}

/// Whether a rest of a line holds comments at most, and all of them end on it.
fn is_comments(rest: &str) -> bool {
    let rest = rest.trim();
    match rest.strip_prefix("/*").map(|inside| inside.split_once("*/")) {
        Some(Some((inside, behind))) => !inside.contains("/*") && is_comments(behind),
        Some(None) => false,
        None => rest.is_empty() || rest.starts_with("--"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Script;
    use crate::syntax::tree::Node;
    use crate::text::apply;

    fn with(text: &str) -> Option<String> {
        let script = Script::parse(text, Span::new(0, text.len() as u32));
        let Some(Node::CreateTable(create)) = script.statements[0].node() else { return None };
        let edits = behind_last(text, create, &["b int".to_owned(), "c int".to_owned()])?;
        Some(apply(text, &edits).expect("they stand apart"))
    }

    #[test]
    fn new_columns_stand_behind_the_last_one_as_the_others_do() {
        for (before, after) in [
            ("CREATE TABLE t ();", "CREATE TABLE t (\n  b int,\n  c int\n);"),
            ("CREATE TABLE t (a int);", "CREATE TABLE t (a int, b int, c int);"),
            ("CREATE TABLE t (\n  a int\n);", "CREATE TABLE t (\n  a int,\n  b int,\n  c int\n);"),
            ("CREATE TABLE t (\n  a int,\n  CHECK (a > 0)\n);", "CREATE TABLE t (\n  a int,\n  b int,\n  c int,\n  CHECK (a > 0)\n);"),
            (
                "CREATE TABLE t (\n  a int, -- one\n  CHECK (a > 0)\n);",
                "CREATE TABLE t (\n  a int, -- one\n  b int,\n  c int,\n  CHECK (a > 0)\n);",
            ),
            ("CREATE TABLE t (\n  a int)", "CREATE TABLE t (\n  a int,\n  b int,\n  c int)"),
            ("CREATE TABLE t (\n  a int, CHECK (a > 0)\n);", "CREATE TABLE t (\n  a int,\n  b int,\n  c int, CHECK (a > 0)\n);"),
        ] {
            assert_eq!(with(before).as_deref(), Some(after));
        }
    }

    #[test]
    fn a_comment_stays_with_its_column() {
        for comment in ["-- one", "/* one */", "/* one */ -- and two"] {
            let after = format!("CREATE TABLE t (\n  a int, {comment}\n  b int,\n  c int\n);");
            assert_eq!(with(&format!("CREATE TABLE t (\n  a int {comment}\n);")), Some(after));
        }
        assert_eq!(
            with("CREATE TABLE t (\n  a int /* one\n  two */\n);").as_deref(),
            Some("CREATE TABLE t (\n  a int,\n  b int,\n  c int /* one\n  two */\n);")
        );
    }

    #[test]
    fn commas_stand_before_columns_where_they_do() {
        assert_eq!(
            with("CREATE TABLE t (\n    z int\n  , a int -- one\n  , CHECK (a > 0)\n);").as_deref(),
            Some("CREATE TABLE t (\n    z int\n  , a int -- one\n  , b int\n  , c int\n  , CHECK (a > 0)\n);")
        );
        assert_eq!(
            with("CREATE TABLE t (\n    a int -- one\n  , CHECK (a > 0)\n);").as_deref(),
            Some("CREATE TABLE t (\n    a int -- one\n  , b int\n  , c int\n  , CHECK (a > 0)\n);")
        );
        assert_eq!(
            with("CREATE TABLE t (\n    z int\n  , a int)").as_deref(),
            Some("CREATE TABLE t (\n    z int\n  , a int\n  , b int\n  , c int)")
        );
    }
}
