-- SELECT, VALUES, TABLE, WITH.
SELECT;
SELECT 1;
SELECT *;
SELECT * FROM a;
SELECT a.*, b.c AS d, e f, g "H" FROM a, b;
SELECT ALL b FROM a;
SELECT DISTINCT b FROM a;
SELECT DISTINCT ON (b, c) b, c, d FROM a ORDER BY b, c, d DESC;
SELECT b FROM marketing.company WHERE id = 1;
SELECT b FROM outreach.marketing.company;
SELECT b FROM ONLY a;
SELECT b FROM ONLY (a);
SELECT b FROM a *;
SELECT b FROM a x (y, z);
SELECT b FROM a AS x (y, z);
SELECT count(*) FROM a GROUP BY b HAVING count(*) > 1;
SELECT b FROM a GROUP BY DISTINCT b, c;
SELECT b FROM a GROUP BY ALL b, c;
SELECT b FROM a GROUP BY ROLLUP (b, c), CUBE (d, (e, f)), GROUPING SETS ((b), (c, d), ());
SELECT b FROM a GROUP BY ();
SELECT sum(b) OVER w FROM a WINDOW w AS (PARTITION BY c ORDER BY d), w2 AS (w ROWS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES);
SELECT rank() OVER (PARTITION BY b ORDER BY c RANGE UNBOUNDED PRECEDING) FROM a;
SELECT b FROM a ORDER BY b ASC, c DESC NULLS LAST, d USING <, e NULLS FIRST;
SELECT b FROM a LIMIT 10 OFFSET 5;
SELECT b FROM a OFFSET 5 ROWS FETCH FIRST 10 ROWS ONLY;
SELECT b FROM a OFFSET 5 LIMIT ALL;
SELECT b FROM a FETCH NEXT ROW ONLY;
SELECT b FROM a ORDER BY b FETCH FIRST 3 ROWS WITH TIES;
SELECT b FROM a LIMIT (SELECT max(c) FROM d);
SELECT b FROM a FOR UPDATE;
SELECT b FROM a FOR NO KEY UPDATE OF a NOWAIT;
SELECT b FROM a FOR SHARE SKIP LOCKED;
SELECT b FROM a, c FOR KEY SHARE OF a FOR UPDATE OF c;
SELECT b FROM a FOR UPDATE LIMIT 1;
SELECT b FROM a FOR READ ONLY;
SELECT b INTO c FROM a;
SELECT b INTO TEMP TABLE c FROM a;
SELECT b INTO UNLOGGED marketing.c FROM a WHERE d > 0;
SELECT b INTO TABLE c FROM a;
SELECT b INTO TEMPORARY c FROM a;
SELECT 1 UNION SELECT 2;
SELECT 1 UNION ALL SELECT 2 INTERSECT SELECT 3 EXCEPT ALL SELECT 4;
(SELECT b FROM a) UNION DISTINCT (SELECT c FROM marketing.d ORDER BY 1 LIMIT 1) ORDER BY 1;
((SELECT 1));
SELECT b FROM a WHERE c > 0 UNION SELECT d FROM e WHERE f > 0;
VALUES (1, 'x'), (2, 'y');
VALUES (1), (2) ORDER BY 1 LIMIT 1;
TABLE a;
TABLE ONLY marketing.a ORDER BY b;
SELECT * FROM a JOIN b ON a.id = b.id;
SELECT * FROM a INNER JOIN b USING (id) LEFT JOIN c USING (x, y) AS j RIGHT OUTER JOIN d ON true FULL JOIN e ON false;
SELECT * FROM a NATURAL JOIN b NATURAL LEFT JOIN c CROSS JOIN d;
SELECT * FROM a JOIN (b JOIN c ON true) ON true;
SELECT * FROM (a CROSS JOIN b) AS j (x, y);
SELECT * FROM (SELECT 1) AS s;
SELECT * FROM (SELECT 1), (VALUES (1)) v (x);
SELECT * FROM LATERAL (SELECT * FROM b WHERE b.id = a.id) s, a;
SELECT * FROM f(1);
SELECT * FROM f(1) WITH ORDINALITY AS t (a, n);
SELECT * FROM marketing.f(1) AS t (a int, b text[]);
SELECT * FROM f(1) AS (a int, b text COLLATE "C");
SELECT * FROM ROWS FROM (f(1), g(2) AS (x int)) WITH ORDINALITY;
SELECT * FROM LATERAL unnest(ARRAY[1, 2]) u, generate_series(1, 3);
SELECT * FROM a TABLESAMPLE BERNOULLI (10) REPEATABLE (5);
SELECT * FROM a x TABLESAMPLE system (0.5);
SELECT * FROM XMLTABLE('/r' PASSING x COLUMNS a int PATH 'a' NOT NULL, b text DEFAULT 'x', n FOR ORDINALITY) AS t;
SELECT * FROM XMLTABLE(XMLNAMESPACES ('http://x' AS n, DEFAULT 'http://y'), '/r' PASSING BY REF x COLUMNS a int);
SELECT * FROM JSON_TABLE(js, '$.x[*]' COLUMNS (id FOR ORDINALITY, a int PATH '$.a', b text EXISTS PATH '$.b', NESTED PATH '$.c[*]' COLUMNS (d int))) AS jt;
SELECT * FROM JSON_TABLE('[]'::jsonb, '$' AS root PASSING 1 AS x COLUMNS (a text PATH '$.a' WITH WRAPPER KEEP QUOTES DEFAULT 'x' ON EMPTY ERROR ON ERROR) ERROR ON ERROR);
SELECT * FROM a, JSON_TABLE(a.js, 'lax $[*]' COLUMNS (v jsonb FORMAT JSON PATH '$', w int EXISTS)) jt;
WITH x AS (SELECT 1) SELECT * FROM x;
WITH x (a, b) AS (SELECT 1, 2), y AS MATERIALIZED (SELECT * FROM x), z AS NOT MATERIALIZED (SELECT * FROM marketing.y) SELECT * FROM x, y, z;
WITH x AS (SELECT * FROM x) SELECT * FROM x;
WITH a AS (SELECT * FROM b), b AS (SELECT * FROM a) SELECT * FROM a, b;
WITH RECURSIVE a AS (SELECT * FROM b), b AS (SELECT * FROM a) SELECT * FROM a, b;
WITH RECURSIVE t (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 100) SELECT sum(n) FROM t;
WITH RECURSIVE t AS (SELECT id, p FROM n UNION ALL SELECT n.id, n.p FROM n JOIN t ON t.id = n.p) SEARCH DEPTH FIRST BY id SET ord CYCLE id SET is_cycle USING path SELECT * FROM t;
WITH RECURSIVE t AS (SELECT 1 AS id UNION SELECT id FROM t) SEARCH BREADTH FIRST BY id SET ord SELECT * FROM t;
WITH RECURSIVE t AS (SELECT 1 AS id UNION SELECT id FROM t) CYCLE id SET c TO 'y' DEFAULT 'n' USING p SELECT * FROM t;
WITH x AS (INSERT INTO a VALUES (1) RETURNING *), y AS (UPDATE b SET c = 1 RETURNING *), z AS (DELETE FROM d RETURNING *) SELECT * FROM x, y, z;
WITH x AS (WITH y AS (SELECT * FROM z) SELECT * FROM y) SELECT * FROM x, y;
WITH x AS (SELECT 1) SELECT (SELECT count(*) FROM x), (WITH x AS (SELECT * FROM w) SELECT count(*) FROM x), (SELECT 1 FROM public.x);
WITH x AS (SELECT 1) (SELECT * FROM x UNION SELECT * FROM y) ORDER BY 1;
SELECT (SELECT a FROM b WHERE c IN (SELECT d FROM e WHERE EXISTS (SELECT FROM f)));
SELECT ARRAY(SELECT id FROM a), row(1, (SELECT max(id) FROM b)), f((SELECT 1 FROM c), ARRAY[(SELECT 2 FROM d)]);
SELECT a.b, (SELECT c.d FROM c WHERE c.id = a.id) FROM a ORDER BY (SELECT count(*) FROM e) LIMIT (SELECT 1 FROM f);
SELECT CASE WHEN EXISTS (SELECT 1 FROM b) THEN 1 END FROM a JOIN c ON c.id = (SELECT max(id) FROM d);
SELECT setval('marketing.s', (SELECT max(id) FROM marketing.company));
SELECT set_config('search_path', '', false);
SELECT pg_catalog.set_config('search_path', '', false);
SELECT "from" FROM "select" WHERE "where" = 'group' GROUP BY "by";
SELECT 1 AS user, 2 AS select, 3 AS "x", 4 AS order;
SELECT 1 a, 2 name, 3 type, 4 value, 5 year_;
SELECT 1 compression, 2 json, 3 period;
SELECT a name FROM b;
-- rejected
SELEC 1;
-- rejected
SELECT 1 1;
-- rejected
SELECT 1,;
-- rejected
SELECT , 1;
-- rejected
SELECT a,, b FROM c;
-- rejected
SELECT a b c FROM d;
-- rejected
SELECT * FROM;
-- rejected
SELECT * FORM a;
-- rejected
SELECT * FROM a b c;
-- rejected
SELECT * FROM a,;
-- rejected
SELECT * FROM a WHERE;
-- rejected
SELECT * FROM a WHERE b = ;
-- rejected
SELECT * FROM a WHERE = 1;
-- rejected
SELECT * FROM a WHERE b = 1 c = 2;
-- rejected
SELECT * FROM a WHERE b = 1 AND;
-- rejected
SELECT * FROM a WHERE b = 1 AND OR c = 2;
-- rejected
SELECT * FROM a WHERE WHERE b = 1;
-- rejected
SELECT * FROM a AND b = 1;
-- rejected
SELECT * FROM a GROUP b;
-- rejected
SELECT * FROM a GROUP BY;
-- rejected
SELECT * FROM a GROUP BY b,;
-- rejected
SELECT * FROM a GROUP BY b WITH ROLLUP;
-- rejected
SELECT * FROM a ORDER b;
-- rejected
SELECT * FROM a ORDER BY;
-- rejected
SELECT * FROM a ORDER BY b, WHERE c = 1;
-- rejected
SELECT * FROM a ORDER BY b WHERE c = 1;
-- rejected
SELECT * FROM a HAVING b > 1 GROUP BY b;
-- rejected
SELECT * FROM a LIMIT;
-- rejected
SELECT * FROM a LIMIT 5, 10;
-- rejected
SELECT * FROM a LIMIT 5 LIMIT 6;
-- rejected
SELECT * FROM a FETCH FIRST 3 ROWS WITH TIES;
-- rejected
SELECT TOP 10 * FROM a;
-- rejected
SELECT TOP (10) b FROM a WHERE c = [d];
SELECT * FROM a (NOLOCK) WHERE b = 1;
-- rejected
SELECT * FROM a WITH (NOLOCK);
-- rejected
SELECT * FROM a USE INDEX (i);
-- rejected
SELECT * FROM a JOIN b;
-- rejected
SELECT * FROM a JOIN b WHERE a.id = b.id;
-- rejected
SELECT * FROM a JOIN ON a.id = b.id;
-- rejected
SELECT * FROM a LEFT b ON true;
-- rejected
SELECT * FROM a OUTER JOIN b ON true c;
-- rejected
SELECT * FROM a CROSS JOIN b ON true;
-- rejected
SELECT * FROM a NATURAL JOIN b USING (id);
-- rejected
SELECT * FROM a JOIN b USING id;
-- rejected
SELECT * FROM (SELECT 1;
);
-- rejected
SELECT * FROM ();
-- rejected
SELECT DISTINCT ON b FROM a;
-- rejected
SELECT DISTINCT DISTINCT b FROM a;
-- rejected
SELECT b UNION;
-- rejected
SELECT 1 UNION UNION SELECT 2;
-- rejected
SELECT 1 MINUS SELECT 2;
-- rejected
SELECT 1 FROM a ORDER BY 1 UNION SELECT 2;
-- rejected
WITH x SELECT * FROM x;
-- rejected
WITH x AS SELECT 1 SELECT * FROM x;
-- rejected
WITH x AS (SELECT 1), SELECT * FROM x;
-- rejected
WITH x AS (SELECT 1);
-- rejected
WITH x AS (CREATE TABLE a (b int)) SELECT 1;
-- rejected
WITH x AS () SELECT 1;
-- rejected
SELECT b FROM a FOR UPDATE TABLE c;
-- rejected
SELECT b FROM a FOR UPDATE WAIT 5;
-- rejected
SELECT INTO FROM a INTO c d;
-- rejected
SELECT rank() OVER PARTITION BY b FROM a;
-- rejected
SELECT rank() OVER (ORDER BY c PARTITION BY b) FROM a;
-- rejected
SELECT sum(b) OVER (ROWS BETWEEN CURRENT ROW AND 1 PRECEDING) FROM a;
-- rejected
SELECT sum(b) OVER (ROWS UNBOUNDED FOLLOWING) FROM a;
-- rejected
VALUES;
-- rejected
VALUES ();
-- rejected
VALUES 1, 2;
-- rejected
TABLE a WHERE b = 1;
-- rejected
TABLE a, b;
-- rejected
SELECT * FROM f(1) AS (a, b int);
-- rejected
SELECT * FROM a AS;
-- rejected
SELECT * FROM a AS select;
-- rejected
SELECT b AS FROM a;
-- rejected
SELECT b year FROM a;
-- rejected
SELECT * FROM a PIVOT (sum(b) FOR c IN (1));
-- rejected
SELECT * EXCLUDE (b) FROM a;
-- rejected
SELECT * FROM a QUALIFY rank() OVER () = 1;
-- rejected
SELECT b FROM a CONNECT BY PRIOR id = p;
-- rejected
SELECT * FROM JSON_TABLE(js, '$' COLUMNS ());
-- rejected
SELECT * FROM JSON_TABLE(js COLUMNS (a int));
-- rejected
SELECT * FROM XMLTABLE('/r' COLUMNS a int);
-- rejected
SELECT * FROM a TABLESAMPLE (10);
