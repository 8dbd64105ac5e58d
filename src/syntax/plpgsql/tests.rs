//! What the tree of a body holds.

use super::*;
use crate::syntax::Content;
use crate::syntax::tree::Node;

fn body(text: &str) -> Body {
    parse(text, Span::new(0, text.len() as u32)).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

fn block(text: &str) -> Block {
    match body(text).content {
        BodyContent::Block(block) => block,
        opaque => panic!("{text}: {opaque:?}"),
    }
}

fn statement(text: &str) -> StatementKind {
    let mut statements = block(&format!("$$BEGIN {text} END$$")).statements;
    assert_eq!(statements.len(), 1, "{text}");
    statements.remove(0).kind
}

#[test]
fn a_block_has_declarations_statements_and_handlers() {
    let text = "$x$ <<b>> DECLARE a CONSTANT int NOT NULL := 1; c CURSOR (k text) FOR SELECT 1; d ALIAS FOR $1; e t.c%TYPE; r t%ROWTYPE[];
        BEGIN NULL; EXCEPTION WHEN unique_violation OR SQLSTATE '42P07' THEN NULL; WHEN OTHERS THEN RAISE; END b; $x$";
    let block = block(text);
    assert_eq!(block.label.map(|label| label.text(text)), Some("b"));
    let names: Vec<_> = block.declarations.iter().map(|declaration| declaration.name.text(text)).collect();
    assert_eq!(names, ["a", "c", "d", "e", "r"]);
    let DeclarationKind::Variable(a) = &block.declarations[0].kind else { panic!("no variable") };
    assert!(a.constant.is_some() && a.not_null.is_some());
    assert_eq!(a.default.map(|value| &text[value.span]), Some("1"));
    let DeclarationKind::Cursor(c) = &block.declarations[1].kind else { panic!("no cursor") };
    assert_eq!(c.arguments.len(), 1);
    assert!(matches!(&block.declarations[4].kind, DeclarationKind::Variable(r) if matches!(r.ty, VariableType::RowOf(_, 1))));
    assert_eq!(block.handlers.len(), 2);
    let [Condition::Name(name), Condition::SqlState(code)] = block.handlers[0].conditions[..] else { panic!("no two conditions") };
    assert_eq!((name.text(text), &text[code]), ("unique_violation", "'42P07'"));
}

#[test]
fn statements_of_sql_are_read_by_the_grammar_without_their_into() {
    let text = "$$BEGIN SELECT a INTO STRICT x, y.z FROM t; INSERT INTO t VALUES (1) RETURNING id INTO x; MERGE nothing; END$$";
    let statements = block(text).statements;
    let sql = |at: usize| match &statements[at].kind {
        StatementKind::Sql(sql) => sql,
        other => panic!("{other:?}"),
    };
    let Content::Parsed(Node::Select(select)) = &sql(0).statement.content else { panic!("no SELECT") };
    assert!(select.into.is_none());
    let into = sql(0).into.as_ref().expect("INTO");
    assert!(into.strict.is_some());
    assert_eq!(into.targets.iter().map(|span| &text[*span]).collect::<Vec<_>>(), ["x", "y.z"]);
    assert!(matches!(sql(1).statement.content, Content::Parsed(Node::Insert(_))));
    assert!(sql(1).into.is_some());
    assert!(matches!(sql(2).statement.content, Content::Rejected(_)));
    assert_eq!(sql(1).statement.terminator.map(|span| &text[span]), Some(";"));
}

#[test]
fn branches_and_loops() {
    let StatementKind::If(branches) = statement("IF a THEN NULL; ELSIF b THEN NULL; NULL; ELSE NULL; END IF;") else { panic!("no IF") };
    assert_eq!(branches.branches.iter().map(|branch| branch.statements.len()).collect::<Vec<_>>(), [1, 2]);
    assert!(branches.otherwise.is_some());
    assert!(matches!(statement("CASE x WHEN 1, 2 THEN NULL; END CASE;"), StatementKind::Case(Some(_), _)));
    let kind = |text: &str| match statement(text) {
        StatementKind::Loop(found) => found.kind,
        other => panic!("{other:?}"),
    };
    assert!(matches!(kind("FOR i IN REVERSE 10..1 BY 2 LOOP NULL; END LOOP;"), LoopKind::Integers { reverse: Some(_), step: Some(_), .. }));
    assert!(matches!(kind("FOR r IN SELECT 1 LOOP NULL; END LOOP;"), LoopKind::Query(..)));
    assert!(matches!(kind("FOR r IN EXPLAIN (COSTS off) SELECT 1 LOOP NULL; END LOOP;"), LoopKind::Query(..)));
    assert!(matches!(kind("FOR r IN c (1, k := 2) LOOP NULL; END LOOP;"), LoopKind::Cursor(_, _, Some(_))));
    assert!(matches!(kind("FOR a, b IN EXECUTE q USING 1, 2 LOOP NULL; END LOOP;"), LoopKind::Execute(targets, _) if targets.len() == 2));
    assert!(matches!(kind("FOREACH x SLICE 1 IN ARRAY y LOOP EXIT WHEN z; END LOOP;"), LoopKind::Array(_, Some(_), _)));
}

#[test]
fn a_constant_that_is_executed_is_read_in_place() {
    let text = "$$BEGIN EXECUTE 'CREATE TABLE t (a text DEFAULT ''x'')' USING 1; EXECUTE 'SELECT ' || a INTO b; END$$";
    let statements = block(text).statements;
    let StatementKind::Execute(constant) = &statements[0].kind else { panic!("no EXECUTE") };
    let script = constant.script.as_ref().expect("a script");
    let Content::Parsed(Node::CreateTable(table)) = &script.statements[0].content else { panic!("no table") };
    assert_eq!(table.name.display(text), "t");
    assert_eq!(&text[script.statements[0].span], "CREATE TABLE t (a text DEFAULT ''x'')");
    assert_eq!(constant.parameters.len(), 1);
    let StatementKind::Execute(computed) = &statements[1].kind else { panic!("no EXECUTE") };
    assert!(computed.script.is_none() && computed.into.is_some());
}

#[test]
fn a_body_in_quotes_is_read_where_it_stands() {
    let text = "xx 'BEGIN CREATE TABLE t (a text DEFAULT ''x''); COMMENT ON TABLE t IS ''it''''s''; END'";
    let body = parse(text, Span::new(3, text.len() as u32)).expect("a body");
    let statements = &body.block().expect("a block").statements;
    let content = |statement: &Statement| match &statement.kind {
        StatementKind::Sql(sql) => sql.statement.content.clone(),
        other => panic!("{other:?}"),
    };
    let Content::Parsed(Node::CreateTable(table)) = content(&statements[0]) else { panic!("no table") };
    assert_eq!(table.name.display(text), "t");
    assert_eq!(&text[table.span], "CREATE TABLE t (a text DEFAULT ''x'')");
    assert!(matches!(content(&statements[1]), Content::Opaque));
    assert_eq!(body.slice(text, statements[1].span), "COMMENT ON TABLE t IS 'it''s'");
}

#[test]
fn a_placeholder_is_a_name_or_makes_the_body_opaque() {
    assert!(matches!(statement("ALTER TABLE ${schema}.t ADD a int;"), StatementKind::Sql(_)));
    assert!(matches!(body("$$BEGIN IF {{ if x }} 1 THEN NULL; END IF; END$$").content, BodyContent::Opaque(Opaque::Template(_))));
    assert!(matches!(body("${body}").content, BodyContent::Opaque(Opaque::Template(_))));
}

#[test]
fn what_compilation_refuses_is_an_error_with_its_place() {
    for (statements, place, message) in [
        ("IF a THEN NULL; END;", "END", "expected a statement or `END IF`, found `END`"),
        ("a.b();", ";", "expected `:=`, found `;`"),
        ("EXIT;", ";", "`EXIT` outside a loop must name the label of a block"),
        ("RAISE NOTICE '% %', 1;", "'% %'", "the message holds 2 placeholders `%`, and 1 value follows it"),
        ("PERFORM (1;", "(", "this parenthesis is never closed"),
        ("a := ;", ";", "expected an expression, found `;`"),
        ("<<x>> LOOP NULL; END LOOP y;", "y", "the end names a label `y`, but the beginning is labelled `x`"),
        ("RAISE NOTICE 'a' b;", "b", "expected `,`, `USING` or `;`, found `b`"),
        (";", ";", "expected a statement, found `;`"),
    ] {
        let text = format!("$$BEGIN {statements} END$$");
        let Err(error) = parse(&text, Span::new(0, text.len() as u32)) else { panic!("{text} is accepted") };
        assert_eq!((&text.as_str()[error.span], error.message.as_str()), (place, message), "{text}");
    }
}

#[test]
fn nesting_is_bounded() {
    let text = format!("$${}{}$$", "BEGIN ".repeat(5000), "END; ".repeat(5000));
    assert!(parse(&text, Span::new(0, text.len() as u32)).is_err());
}
