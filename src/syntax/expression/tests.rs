//! What is read, and that it is written as it reads.

use super::*;

/// The canonical text of an expression.
fn canonical(text: &str) -> String {
    let tree = read(text);
    let written = tree.to_string();
    assert_eq!(read(&written), tree, "{text} is written as {written}");
    written
}

#[test]
fn operators_bind_as_in_postgresql() {
    for (text, expected) in [
        ("T.A = 'it''s'", "t.a = 'it''s'"),
        ("a || b = c", "(a || b) = c"),
        ("a + b * c ^ d", "a + (b * (c ^ d))"),
        ("a - b - c", "(a - b) - c"),
        ("a = b IS NULL", "(a = b) IS NULL"),
        ("NOT a = b", "NOT (a = b)"),
        ("NOT NOT a", "NOT (NOT a)"),
        ("a OR b AND c", "a OR (b AND c)"),
        ("(a AND b) AND c AND d", "a AND b AND c AND d"),
        ("- a.b[1] ^ 2", "(- a.b[1]) ^ 2"),
        ("-5::int", "- (5::integer)"),
        ("(-5)::int", "(-5)::integer"),
        ("- - 5", "5"),
        ("a -> 'b' ->> 'c' = d", "((a -> 'b') ->> 'c') = d"),
        ("a != b", "a <> b"),
        ("a OPERATOR(s.+) b * c", "a OPERATOR(s.+) (b * c)"),
        ("a BETWEEN b + 1 AND c AND d", "(a BETWEEN (b + 1) AND c) AND d"),
        ("a NOT IN (1, 2) AND b IN (SELECT 1)", "(a NOT IN (1, 2)) AND (b IN (SELECT 1))"),
        ("a COLLATE \"C\" < b", "(a COLLATE \"C\") < b"),
        ("a IS NOT DISTINCT FROM b", "a IS NOT DISTINCT FROM b"),
    ] {
        assert_eq!(canonical(text), expected, "{text}");
    }
}

#[test]
fn what_means_a_function_is_that_function() {
    for (text, expected) in [
        ("EXTRACT(Year FROM a)", "pg_catalog.extract('year', a)"),
        ("position('a' IN b)", "pg_catalog.position(b, 'a')"),
        ("substring(a FOR 3)", "pg_catalog.substring(a, 1, 3::integer)"),
        ("substring(a, 3)", "\"substring\"(a, 3)"),
        ("trim(LEADING 'x' FROM a)", "pg_catalog.ltrim(a, 'x')"),
        ("a AT TIME ZONE 'UTC'", "pg_catalog.timezone('UTC', a)"),
        ("a LIKE 'x%' ESCAPE '!'", "a ~~ pg_catalog.like_escape('x%', '!')"),
        ("a NOT ILIKE 'x%'", "a !~~* 'x%'"),
        ("a SIMILAR TO 'x'", "a ~ pg_catalog.similar_to_escape('x')"),
        ("(a, b) OVERLAPS (c, d)", "pg_catalog.overlaps(a, b, c, d)"),
        ("current_timestamp(3)", "CURRENT_TIMESTAMP(3)"),
        ("collation for (a)", "pg_catalog.pg_collation_for(a)"),
    ] {
        assert_eq!(canonical(text), expected, "{text}");
    }
}

#[test]
fn constants_and_types() {
    for (text, expected) in [
        ("CAST(a AS timestamp(3) with time zone)", "a::timestamp(3) with time zone"),
        ("date '2020-01-01'", "'2020-01-01'::date"),
        ("interval '1' day to second(3)", "'1'::interval day to second(3)"),
        ("a::int[][]", "a::integer[][]"),
        ("a::char", "a::character(1)"),
        ("char 'abc'", "'abc'::pg_catalog.bpchar"),
        ("E'a\\n' || $$b$$ || U&'\\0061'", "('a\n' || 'b') || 'a'"),
        ("1_000 + 0xFF + 1e5 + 5000000000", "((1000 + 255) + 1e5) + 5000000000"),
        ("B'01' || X'1f'", "B'01' || X'1f'"),
        ("'{1}'::s.\"T\"(a, 1)", "'{1}'::s.\"T\"(a, 1)"),
        ("\"integer\" 'a'", "'a'::\"integer\""),
        ("B'1'\n'0'", "B'10'"),
    ] {
        assert_eq!(canonical(text), expected, "{text}");
    }
    assert_eq!(read("a::int"), read("CAST(a AS pg_catalog.int4)"));
}

#[test]
fn calls_windows_and_parts() {
    for text in [
        "f(a, b => c, VARIADIC d)",
        "count(*) FILTER (WHERE a)",
        "percentile_cont(0.5) WITHIN GROUP (ORDER BY a DESC NULLS LAST)",
        "array_agg(DISTINCT a ORDER BY a USING <)",
        "sum(a) OVER (w PARTITION BY b ORDER BY c ROWS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES)",
        "rank() OVER w",
        "(a).b.c[1][2 : 3].d",
        "((SELECT a)).b",
        "(a).*",
        "ARRAY[ARRAY[1], ARRAY[2]]",
        "CASE a WHEN 1 THEN 2 ELSE 3 END",
        "ROW(a, 1) = (b, 2)",
        "a = ANY ('{}'::integer[])",
        "a < ALL (SELECT 1)",
        "xmlelement(name a, xmlattributes(b as c), d)",
        "json_object('a' : 1, b : c absent on null returning jsonb)",
        "json_arrayagg(a ORDER BY b null on null) filter (where a) OVER w",
        "a IS JSON OBJECT WITH UNIQUE KEYS",
    ] {
        assert_eq!(canonical(text), text);
    }
}

#[test]
fn what_plpgsql_calls_an_expression_may_have_a_from() {
    let ExpressionKind::Scalar(query) = read("count(*) = 0 FROM pg_class WHERE relname = 'x'").kind else { panic!("no query") };
    assert_eq!(query.to_string(), "SELECT count(*) = 0 FROM pg_class WHERE relname = 'x'");
}

#[test]
fn queries_keep_every_clause() {
    for text in [
        "WITH RECURSIVE a (b) AS NOT MATERIALIZED (SELECT 1) SEARCH DEPTH FIRST BY b SET c TABLE a",
        "SELECT DISTINCT ON (a) a AS b, t.* FROM ONLY s.t AS x (y) TABLESAMPLE system(10) REPEATABLE (1) WHERE a GROUP BY DISTINCT (), \
         ROLLUP (a, b), GROUPING SETS (CUBE (a), b) HAVING c WINDOW w AS (ORDER BY a) ORDER BY 1 DESC OFFSET 1 LIMIT 2 FOR UPDATE OF x \
         SKIP LOCKED",
        "(SELECT 1) UNION ALL (SELECT 2) UNION ALL ((SELECT 3) INTERSECT (SELECT 4))",
        "VALUES (1, DEFAULT), (2, 3) ORDER BY 1 FETCH FIRST 1 ROWS WITH TIES",
        "SELECT FROM a JOIN b ON x = y LEFT JOIN (c CROSS JOIN d) USING (z) AS u",
        "SELECT * FROM LATERAL f(a) WITH ORDINALITY AS g (b, c), ROWS FROM (f(1) AS (a integer), g(2)) AS h, k() AS (a integer)",
        "SELECT * FROM xmltable('/a' passing b columns c integer path 'd', e for ordinality) AS f",
    ] {
        let text = text.replace("TABLE a", "SELECT * FROM a");
        let query = read_query(&text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(query.to_string(), text);
        assert_eq!(read_query(&query.to_string()).as_ref(), Some(&query));
    }
}

#[test]
fn data_changes_keep_every_clause() {
    for text in [
        "WITH a AS (DELETE FROM b USING c WHERE d RETURNING *) INSERT INTO s.t AS x (a, b.c, d[1]) OVERRIDING USER VALUE VALUES (1, 2, 3) \
         ON CONFLICT (a, (lower(b)) COLLATE c text_ops) WHERE e DO UPDATE SET f = excluded.f, (g, h) = ROW(1, DEFAULT) WHERE i RETURNING a \
         AS b",
        "INSERT INTO t DEFAULT VALUES ON CONFLICT ON CONSTRAINT k DO NOTHING",
        "UPDATE ONLY t AS x SET a = 1, (b, c[2]) = (SELECT 2, 3) FROM u WHERE x.id = u.id RETURNING WITH (OLD AS o) o.a",
        "DELETE FROM t WHERE CURRENT OF c",
        "MERGE INTO t USING (SELECT 1) AS s ON true WHEN MATCHED AND a THEN UPDATE SET b = 1 WHEN NOT MATCHED THEN INSERT (b) VALUES (2) \
         WHEN NOT MATCHED BY SOURCE THEN DELETE WHEN MATCHED THEN DO NOTHING",
    ] {
        let change = read_data_change(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(change.to_string(), text);
        assert_eq!(read_data_change(&change.to_string()).as_ref(), Some(&change));
    }
}

#[test]
fn spans_point_into_the_text() {
    let text = "a + (lower( b ))";
    let ExpressionKind::Operator(operator) = read(text).kind else { panic!("no operator") };
    assert_eq!(&text[operator.right.span], "lower( b )");
    let text = "SELECT  a AS x FROM  s.t y";
    let Some(Query { body: Body::Select(select), .. }) = read_query(text) else { panic!("no query") };
    assert_eq!(&text[select.targets[0].span], "a AS x");
    assert_eq!(&text[select.from[0].span], "s.t y");
}

#[test]
fn walking_comes_by_everything() {
    let change = read_data_change(
        "WITH a AS (SELECT c1) INSERT INTO t (x[c2]) SELECT c3::t(c4) FROM f(c5) JOIN g ON c6, JSON_TABLE(c7, '$' COLUMNS (z int)) \
         WHERE EXISTS (SELECT c8 ORDER BY c9 LIMIT c10) ON CONFLICT (lower(c11)) DO UPDATE SET y = c12 RETURNING sum(c13) OVER (ORDER BY c14)",
    )
    .expect("a change");
    let mut columns = Vec::new();
    change.walk(&mut |node| {
        if let Node::Expression(Expression { kind: ExpressionKind::Column(parts), .. }) = node {
            columns.push(parts[0].clone());
        }
    });
    columns.sort_by_key(|name| name[1..].parse::<u32>().expect("a number"));
    assert_eq!(columns, (1..=14).map(|number| format!("c{number}")).collect::<Vec<_>>());
}

#[test]
fn what_a_tool_fills_in_is_unread() {
    assert_eq!(read("${a} + b").to_string(), "… + b");
    assert_eq!(read("f(${a}.g(b), c)").to_string(), "f(…, c)");
    assert!(read("a::${t}").is_unread());
    let query = read_query("SELECT 1 FROM ${schema}.t, u").expect("a query");
    assert_eq!(query.to_string(), "SELECT 1 FROM …, u");
    assert!(Node::Query(&query).has_unread());
}

#[test]
fn no_expression_is_nothing() {
    for text in ["", "a ||", "a b c", "SELECT", "(", "a)", "case when a then b"] {
        assert!(read(text).is_unread() || read(text).to_string() == "(SELECT)", "{text}: {}", read(text));
    }
    assert_eq!(read_query("a"), None);
    assert_eq!(read_data_change("SELECT 1"), None);
}

#[test]
fn chains_of_and_and_or_lists_and_unions_are_as_long_as_they_like() {
    let ExpressionKind::And(parts) = read(&vec!["a"; 10_000].join(" AND ")).kind else { panic!("no AND") };
    assert_eq!(parts.len(), 10_000);
    let ExpressionKind::In(_, items, _) = read(&format!("a IN ({})", vec!["1"; 50_000].join(", "))).kind else { panic!("no IN") };
    assert_eq!(items.len(), 50_000);
    let query = read_query(&vec!["SELECT 1"; 5_000].join(" UNION ALL ")).expect("a query");
    assert!(matches!(query.body, Body::SetOperation(operation) if operation.parts.len() == 5_000));
}

#[test]
fn what_is_too_long_or_too_deep_is_unread_on_a_small_stack() {
    let chain = |start: &str, link: &str, times: usize| format!("{start}{}", link.repeat(times));
    for text in [
        chain("a", " || a", 5_000),
        chain("a", "::text", 2_000),
        chain("a", "[1]", 2_000),
        chain("a", " COLLATE b", 2_000),
        chain("", "(", 2_000) + "a" + &")".repeat(2_000),
        chain("", "- ", 2_000) + "a",
        chain("", "NOT ", 2_000) + "a",
        chain("", "f(", 2_000) + "a" + &")".repeat(2_000),
        chain("", "(SELECT ", 2_000) + "a" + &")".repeat(2_000),
        chain("", "CASE WHEN ", 2_000) + "a" + &" THEN b END".repeat(2_000),
        chain("", "ARRAY[", 2_000) + "a" + &"]".repeat(2_000),
        chain("", "a::t(", 500) + "a" + &")".repeat(500),
        chain("", "json_object(", 500) + "a" + &")".repeat(500),
    ] {
        let read = read(&text);
        assert!(read.has_unread() && read.clone() == read, "{}", &text[..20]);
        read.to_string();
    }
    assert!(read_query(&chain("SELECT 1 FROM a", " JOIN a ON b", 5_000)).is_none());
    // What people write is read.
    assert!(!read(&chain("a", " || a", 200)).has_unread());
    assert!(!read(&(chain("", "coalesce(", 60) + "a" + &")".repeat(60))).has_unread());
    assert!(!read(&(chain("", "(SELECT a FROM ", 25) + "b" + &" c)".repeat(25))).has_unread());
}

#[test]
fn rows_come_one_at_a_time() {
    let mut text = "VALUES".to_owned();
    for row in 0..30_000 {
        text.push_str(&format!("{} -- ({row}\n({row}, 'it''s) ({row}', f($$)$$), (SELECT 1))", if row > 0 { "," } else { "" }));
    }
    let mut count = 0;
    let text = text.as_str();
    for row in read_values(text) {
        let values = row.values.expect("a row");
        assert_eq!(values[0].to_string(), count.to_string());
        assert!(values.len() == 4 && text[row.span].ends_with("(SELECT 1))"));
        count += 1;
    }
    assert_eq!(count, 30_000);
    let insert = read_data_change(&format!("INSERT INTO t {text} RETURNING a")).expect("an INSERT");
    let DataChange::Insert(insert) = insert else { panic!("no INSERT") };
    assert!(matches!(insert.source, InsertSource::Rows(span) if span.len() as usize == text.len()) && insert.returning.is_some());
    let long = format!("VALUES ({}), (2) ORDER BY 1", vec!["1"; 20_000].join(","));
    assert_eq!(read_values(&long).map(|row| row.values.map_or(0, |values| values.len())).collect::<Vec<_>>(), [20_000, 1]);
    assert_eq!(read_values("SELECT 1").count(), 0);
}
