//! COMMENT ON and SECURITY LABEL.

use crate::syntax::lexer::Keyword;
use crate::syntax::tree::{CommentOn, Node, ObjectKind, SecurityLabel, TextOrNull};

use super::parser::{Parse, Parser};
use super::{name, object};

/// `COMMENT ON … IS` (CommentStmt).
pub(super) fn comment(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    p.bump();
    p.expect_kw(Keyword::On)?;
    let object = object::reference(p)?;
    let comment = text(p, "the comment in quotes, or `NULL`")?;
    Ok(Node::CommentOn(Box::new(CommentOn { span: p.since(start), object, comment })))
}

/// `SECURITY LABEL [FOR provider] ON … IS` (SecLabelStmt).
pub(super) fn security_label(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    p.bump();
    p.expect_kw(Keyword::Label)?;
    let provider = p.eat_kw(Keyword::For).map(|_| name::word_or_string(p, "the provider of the label")).transpose()?;
    p.expect_kw(Keyword::On)?;
    let object = object::reference_where(p, "can't have a security label", can_be_labelled)?;
    let label = text(p, "the label in quotes, or `NULL`")?;
    Ok(Node::SecurityLabel(Box::new(SecurityLabel { span: p.since(start), provider, object, label })))
}

fn can_be_labelled(kind: ObjectKind) -> bool {
    use ObjectKind::*;
    !matches!(
        kind,
        Cast | DomainConstraint | Operator | OperatorClass | OperatorFamily | Policy | Rule | TableConstraint | Transform | Trigger
    )
}

/// `IS 'text'`, `IS NULL`.
fn text(p: &mut Parser, what: &str) -> Parse<TextOrNull> {
    p.expect_kw(Keyword::Is)?;
    if let Some(null) = p.eat_kw(Keyword::Null) {
        return Ok(TextOrNull::Null(null));
    }
    let text = name::string(p, what)?;
    if name::is_operator(p.kind()) {
        let help = "only one constant may stand here, no expression; constants on several lines are joined without an operator";
        return Err(p.unexpected("the end of the statement").help(help));
    }
    Ok(TextOrNull::Text(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::grammar::testing::{error, node};

    fn comment_of(text: &str) -> CommentOn {
        match node(text) {
            Node::CommentOn(comment) => *comment,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_column_is_the_last_part_of_its_name() {
        let text = "COMMENT ON COLUMN d.s.t.c IS 'x'";
        let comment = comment_of(text);
        let (table, column) = comment.object.member().expect("a column belongs to a table");
        assert!(column.is(text, "c") && table.is_some_and(|table| table.display(text) == "d.s.t"));
        assert!(matches!(comment.comment, TextOrNull::Text(span) if &text[span] == "'x'"));
    }

    #[test]
    fn a_constraint_belongs_to_a_table_or_to_a_domain() {
        assert_eq!(comment_of("COMMENT ON CONSTRAINT c ON t IS NULL").object.kind, ObjectKind::TableConstraint);
        assert_eq!(comment_of("COMMENT ON CONSTRAINT c ON DOMAIN d IS NULL").object.kind, ObjectKind::DomainConstraint);
        assert_eq!(comment_of("COMMENT ON CONSTRAINT c ON domain IS NULL").object.kind, ObjectKind::TableConstraint);
    }

    #[test]
    fn a_comment_is_one_constant() {
        assert!(error("COMMENT ON TABLE t IS 'a' || 'b'").help.is_some_and(|help| help.contains("no expression")));
    }
}
