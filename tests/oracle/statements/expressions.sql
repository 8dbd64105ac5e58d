-- Expressions, in queries and where DDL takes them.
SELECT 1 + 2 - 3 * 4 / 5 % 6 ^ 7;
SELECT -1, +1, - - 1, @ -5, |/ 25, !! 5;
SELECT a = b, a < b, a > b, a <= b, a >= b, a <> b, a != b;
SELECT a AND b OR NOT c AND (d OR e);
SELECT a IS NULL, a IS NOT NULL, a ISNULL, a NOTNULL;
SELECT a IS TRUE, a IS NOT TRUE, a IS FALSE, a IS NOT FALSE, a IS UNKNOWN, a IS NOT UNKNOWN;
SELECT a IS DISTINCT FROM b, a IS NOT DISTINCT FROM b;
SELECT a IS DOCUMENT, a IS NOT DOCUMENT, a IS NORMALIZED, a IS NOT NFKC NORMALIZED, a IS NFD NORMALIZED, a IS NOT NFKD NORMALIZED;
SELECT a IS JSON, a IS NOT JSON, a IS JSON VALUE, a IS JSON OBJECT WITH UNIQUE KEYS, a IS JSON ARRAY WITHOUT UNIQUE, a IS JSON SCALAR;
SELECT a IN (1, 2, 3), a NOT IN (1), a IN (SELECT 1), (a, b) IN ((1, 2), (3, 4)), (a, b) NOT IN (SELECT 1, 2);
SELECT a BETWEEN 1 AND 2, a NOT BETWEEN 1 AND 2, a BETWEEN SYMMETRIC 2 AND 1, a BETWEEN ASYMMETRIC 1 AND 2, a NOT BETWEEN SYMMETRIC b AND c AND d;
SELECT a LIKE 'x%', a NOT LIKE 'x', a ILIKE 'x', a NOT ILIKE 'x' ESCAPE '!', a SIMILAR TO 'x', a NOT SIMILAR TO 'x' ESCAPE '\';
SELECT a ~ 'x', a ~* 'x', a !~ 'x', a !~* 'x', a ~~ 'x', a ~~* 'x', a !~~ 'x';
SELECT a = ANY (ARRAY[1, 2]), a <> ALL ('{1,2}'), a = SOME (SELECT 1), a LIKE ANY (ARRAY['x']), a NOT ILIKE ALL (b), a > ALL (SELECT 1);
SELECT a::int, a::varchar(10)[], a::text::int::numeric(3, 1), CAST(a AS timestamp with time zone), int '5', date '2026-01-01', marketing.t 'x', numeric(3, 1) '1.5';
SELECT timestamp '2026-01-01', timestamptz '2026-01-01 00:00Z', interval '1 day', interval '1' year, interval '1:2' hour to minute, interval(3) '1.5 s', time with time zone '10:00', bit '101', bool 't', double precision '1';
SELECT a COLLATE "C", a COLLATE pg_catalog."de_DE" || b;
SELECT a AT TIME ZONE 'UTC', a AT TIME ZONE 'UTC' AT TIME ZONE b, a AT LOCAL, now() AT TIME ZONE INTERVAL '1' HOUR;
SELECT a -> 'b' ->> 'c', a #> '{x}', a #>> '{x,y}', a @> b, a <@ b, a ? 'x', a ?| b, a ?& b, a @? '$.x', a @@ '$.x', a - 'x', a #- '{x}';
SELECT a OPERATOR(pg_catalog.+) b, OPERATOR(marketing.@@) a, a OPERATOR(~) 'x';
SELECT a[1], a[1:2], a[:2], a[1:], a[:], a[1][2], (f(x))[1], a.b[1].c, (a).b, (a.b).c, (a).*, ('{1}'::int[])[1], a['x']['y'];
SELECT ARRAY[1, 2, 3], ARRAY[]::int[], ARRAY[[1, 2], [3, 4]], ARRAY(SELECT 1), ARRAY[ARRAY[1]];
SELECT ROW(1, 2), ROW(), (1, 2), ROW(a.*), ((1)), (1, (2, 3));
SELECT CASE WHEN a THEN 1 WHEN b THEN 2 ELSE 3 END, CASE x WHEN 1 THEN 'a' END, CASE a WHEN b THEN c ELSE CASE WHEN d THEN e END END;
SELECT COALESCE(a, b, 1), NULLIF(a, b), GREATEST(1, 2), LEAST(a, b, c);
SELECT f(), f(1), f(1, 'x'), marketing.f(1), f(a => 1, b := 2), f(1, VARIADIC a), f(VARIADIC ARRAY[1]), f(DISTINCT a), f(ALL a);
SELECT count(*), count(DISTINCT a), sum(a ORDER BY b DESC), string_agg(a, ',' ORDER BY b) FILTER (WHERE c > 0), array_agg(DISTINCT a ORDER BY a);
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY a), mode() WITHIN GROUP (ORDER BY a DESC) FILTER (WHERE b);
SELECT rank() OVER (), rank() OVER w, sum(a) FILTER (WHERE b) OVER (PARTITION BY c, d ORDER BY e GROUPS BETWEEN UNBOUNDED PRECEDING AND 2 FOLLOWING EXCLUDE CURRENT ROW) FROM x WINDOW w AS ();
SELECT extract(year FROM a), extract('epoch' FROM a), extract(dow FROM now()), date_part('year', a);
SELECT substring(a FROM 1 FOR 2), substring(a FROM 2), substring(a FOR 2), substring(a, 1, 2), substring(a SIMILAR 'x' ESCAPE '!'), substring('x' FROM 'y' FOR '#');
SELECT trim(a), trim(BOTH FROM a), trim(LEADING 'x' FROM a), trim(TRAILING FROM a), trim('x' FROM a), trim(a, 'x'), btrim(a);
SELECT position('x' IN a), overlay(a PLACING 'x' FROM 1), overlay(a PLACING 'x' FROM 1 FOR 2), normalize(a), normalize(a, NFC), collation for (a), treat(a AS int);
SELECT overlay(a, b, 1);
SELECT overlay(a => 'x');
SELECT overlay();
SELECT substring(a => 'x');
SELECT substring('x', start => 1);
SELECT CURRENT_DATE, CURRENT_TIME, CURRENT_TIME(3), CURRENT_TIMESTAMP, CURRENT_TIMESTAMP(0), LOCALTIME, LOCALTIME(1), LOCALTIMESTAMP, LOCALTIMESTAMP(2);
SELECT CURRENT_USER, CURRENT_ROLE, SESSION_USER, USER, SYSTEM_USER, CURRENT_CATALOG, CURRENT_SCHEMA;
SELECT xmlconcat(a, b), xmlelement(name x), xmlelement(name x, xmlattributes(a, b AS c), 'y', d), xmlforest(a, b AS c), xmlparse(DOCUMENT a PRESERVE WHITESPACE), xmlparse(CONTENT 'x' STRIP WHITESPACE), xmlpi(name x, 'y'), xmlroot(a, VERSION '1.0', STANDALONE YES), xmlroot(a, VERSION NO VALUE), xmlserialize(CONTENT a AS text INDENT), xmlexists('//x' PASSING BY VALUE a);
SELECT JSON_OBJECT('a': 1, 'b' VALUE 2 NULL ON NULL WITH UNIQUE KEYS RETURNING jsonb), JSON_OBJECT(), JSON_OBJECT(a, b), JSON_ARRAY(1, 2 NULL ON NULL), JSON_ARRAY(SELECT a FROM b RETURNING jsonb), JSON_ARRAY();
SELECT JSON_OBJECTAGG(a: b ABSENT ON NULL), JSON_ARRAYAGG(a ORDER BY b RETURNING jsonb) FILTER (WHERE c);
SELECT JSON('{}'), JSON('{}' WITH UNIQUE KEYS), JSON_SCALAR(1), JSON_SERIALIZE('{}' RETURNING bytea FORMAT JSON ENCODING UTF8);
SELECT JSON_EXISTS(a, '$.x' PASSING 1 AS y TRUE ON ERROR), JSON_VALUE(a, '$.x' RETURNING int DEFAULT 0 ON EMPTY NULL ON ERROR), JSON_QUERY(a, '$.x' WITH CONDITIONAL ARRAY WRAPPER OMIT QUOTES ON SCALAR STRING EMPTY ARRAY ON EMPTY), JSON_QUERY(a, '$' WITH UNCONDITIONAL WRAPPER);
SELECT EXISTS (SELECT 1), NOT EXISTS (SELECT FROM a), (SELECT 1), (SELECT 1) + 1, GROUPING(a, b) FROM x GROUP BY CUBE (a, b);
SELECT (a, b) OVERLAPS (c, d), (a, b) = (c, d), (a, b) < ROW(c, d), ROW(a) IS NULL, (a, b) IS DISTINCT FROM (c, d), (a, b) = (SELECT 1, 2), (a, b) = ANY (SELECT 1, 2);
SELECT $1, $2::int, $1.x, $3[1];
SELECT 1 AS "a", 'x' "b", a b, 1 + 1 AS c;
SELECT a.b.c.d, "A"."B", marketing.company.name;
SELECT NULL, TRUE, FALSE, NULL::text, DEFAULT FROM a;
SELECT a <-> b, a <=> b, a && b, a || b, a ~= b, a -|- b, a <<= b, a &< b, a |>> b;
SELECT merge_action(), a.b(), (a).f, unnest(a), generate_series(1, 10);
SELECT left(a, 1), right(a, 1), if(a), first(a), last_value(b), json_agg(c), any_value(d), replace(e, 'x', 'y');
SELECT setof_x, int4(1), text(a), "int"(1), char_length(a), date(a), "time"(b), values_(c);
SELECT not a = b, - a ^ 2, a :: int + 1, a + b::int, a || b COLLATE "C", (a < b) = c, a = b AND c OR d;
SELECT a NOT IN (1) AND b NOT LIKE 'x' OR c NOT BETWEEN 1 AND 2;
CREATE TABLE t (a int DEFAULT (1 + 2), b text DEFAULT 'x'::text || 'y', c timestamptz DEFAULT now() + '1 day', d int[] DEFAULT ARRAY[1, 2]::int[]);
CREATE TABLE t (a int DEFAULT - 5 CHECK (a > - 5), b bool DEFAULT (a IS NULL) NOT NULL, c text DEFAULT current_user NOT NULL, d text DEFAULT NULLIF('x', '') UNIQUE);
CREATE TABLE t (a date DEFAULT CURRENT_DATE NOT NULL, b text DEFAULT CASE WHEN true THEN 'x' END, c jsonb DEFAULT '{}' CHECK (jsonb_typeof(c) = 'object'), d text DEFAULT substring('abc' FROM 2) NULL);
CREATE TABLE t (a int CHECK (a IN (1, 2) AND (a NOTNULL) OR a BETWEEN 3 AND 4 AND NOT a IS NULL), b text CHECK (b ~ '^[a-z]+$' COLLATE "C" AND b SIMILAR TO 'x'));
CREATE TABLE t (a int DEFAULT 1 < 2, b bool DEFAULT 1 IS DISTINCT FROM 2 NOT NULL, c int DEFAULT (a.b.c(1))[2] CHECK (true), d int DEFAULT f(x => 1) UNIQUE, e int DEFAULT OPERATOR(x.-) 5);
CREATE TABLE t (a text DEFAULT current_setting('x')::text COLLATE "C" NOT NULL, b interval DEFAULT interval '1' day, c int DEFAULT (SELECT 1), d text DEFAULT xmlelement(name x), e bool DEFAULT a IS DOCUMENT);
ALTER TABLE t ADD CHECK (a > 0 AND (b OR c) AND d IS NOT NULL), ADD CHECK (num_nonnulls(a, b) = 1);
CREATE INDEX i ON t ((a ->> 'x'), lower(b), (c IS NULL), coalesce(d, 'x'), (CASE WHEN e THEN 1 END), nullif(f, ''), (g AT TIME ZONE 'UTC'), xmlparse(content h));
-- rejected
SELECT 1 +;
-- rejected
SELECT * 2;
-- rejected
SELECT 1 2 + 3;
-- rejected
SELECT (1 + 2));
SELECT a == == b;
-- rejected
SELECT a = = b;
-- rejected
SELECT a IS b;
-- rejected
SELECT a IS NOT;
-- rejected
SELECT a NOT NULL;
SELECT a NOT;
SELECT a IN;
-- rejected
SELECT a IN ();
-- rejected
SELECT a IN (1,);
-- rejected
SELECT a IN 1, 2;
-- rejected
SELECT a NOT = b;
-- rejected
SELECT a BETWEEN 1;
-- rejected
SELECT a BETWEEN 1, 2;
-- rejected
SELECT a BETWEEN (1 AND 2);
SELECT a LIKE;
-- rejected
SELECT a < b < c;
-- rejected
SELECT a = b = c;
-- rejected
SELECT a::;
-- rejected
SELECT ::int;
-- rejected
SELECT CAST(a, int);
-- rejected
SELECT CAST(a AS);
-- rejected
SELECT CAST a AS int;
-- rejected
SELECT CASE END;
-- rejected
SELECT CASE WHEN a END;
-- rejected
SELECT CASE WHEN a THEN 1 ELSE 2;
-- rejected
SELECT CASE WHEN a THEN ELSE 2 END;
-- rejected
SELECT CASE a THEN 1 END;
-- rejected
SELECT IF a THEN b END;
-- rejected
SELECT f(1,);
-- rejected
SELECT f(, 1);
-- rejected
SELECT f(1 2);
-- rejected
SELECT f(*, 1);
-- rejected
SELECT f(a => );
-- rejected
SELECT count(DISTINCT);
-- rejected
SELECT count(DISTINCT *);
-- rejected
SELECT sum(a) FILTER (c > 0);
-- rejected
SELECT sum(a) FILTER WHERE (c > 0);
-- rejected
SELECT sum(a) WITHIN (ORDER BY b);
-- rejected
SELECT COALESCE();
-- rejected
SELECT NULLIF(a);
-- rejected
SELECT ARRAY(1, 2);
-- rejected
SELECT ARRAY[1, 2;
-- rejected
]);
-- rejected
SELECT ARRAY[1,];
-- rejected
SELECT a[];
-- rejected
SELECT a[1;
-- rejected
2];
-- rejected
SELECT a[1,2];
-- rejected
SELECT EXTRACT(year, a);
-- rejected
SELECT EXTRACT(FROM a);
-- rejected
SELECT POSITION('x', a);
-- rejected
SELECT EXISTS (1);
-- rejected
SELECT EXISTS SELECT 1;
-- rejected
SELECT a = ANY b;
-- rejected
SELECT ANY (a);
-- rejected
SELECT a AT TIME 'UTC';
-- rejected
SELECT a COLLATE 'C';
-- rejected
SELECT INTERVAL 1 DAY;
-- rejected
SELECT now() + INTERVAL 1 DAY;
-- rejected
SELECT DATE_ADD(now(), INTERVAL 1 DAY);
-- rejected
SELECT a DIV b c;
-- rejected
SELECT a ?: b;
SELECT a && && b;
-- rejected
SELECT a REGEXP 'x';
-- rejected
SELECT a RLIKE 'x';
-- rejected
SELECT a GLOB 'x';
-- rejected
SELECT CONVERT(int, a) USING utf8;
SELECT @@version;
-- rejected
SELECT @x := 1;
-- rejected
SELECT UNIQUE (SELECT 1);
-- rejected
SELECT CURRENT_TIMESTAMP();
-- rejected
SELECT CURRENT_DATE();
-- rejected
SELECT XMLELEMENT(x);
-- rejected
SELECT JSON_OBJECT('a' 1);
-- rejected
SELECT ROW 1, 2;
-- rejected
SELECT a.;
-- rejected
SELECT .a;
-- rejected
SELECT a..b;
-- rejected
SELECT a.1;
-- rejected
SELECT a.*.b;
-- rejected
SELECT sum(a) OVER;
-- rejected
SELECT a + (b;
-- the file ends inside the parenthesis
