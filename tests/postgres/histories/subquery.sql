-- migration: start
CREATE TABLE a (id integer PRIMARY KEY, n integer);
CREATE TABLE b (id integer PRIMARY KEY, a integer, n integer);
INSERT INTO a VALUES (1, 10), (2, 20), (3, 30);
INSERT INTO b VALUES (1, 1, 10), (2, 1, 20), (3, 2, 20), (4, NULL, 5);
-- down
DROP TABLE a, b;

-- migration: of no row around it
SELECT 1 / (count(*) - 2) FROM a WHERE id IN (SELECT a FROM b);
SELECT 1 / (count(*) - 3) FROM a WHERE id IN (SELECT a FROM b);
SELECT 1 / (count(*) - 2) FROM a WHERE n > (SELECT min(n) FROM b WHERE a = 1);
SELECT 1 / (count(*) - 3) FROM a WHERE EXISTS (SELECT FROM b WHERE n = 5);
SELECT 1 / (count(*) - 2) FROM a WHERE id = ANY (SELECT a FROM b);
SELECT 1 / count(*) FROM a WHERE id NOT IN (SELECT a FROM b);
SELECT 1 / (sum((SELECT count(*) FROM b)) - 12) FROM a;

-- migration: of the row around it
SELECT 1 / (count(*) - 2) FROM a WHERE EXISTS (SELECT FROM b WHERE b.a = a.id);
SELECT 1 / (count(*) - 2) FROM a WHERE EXISTS (SELECT FROM b WHERE b.a = a.id AND b.n = a.n);
SELECT 1 / (count(*) - 1) FROM a WHERE (SELECT count(*) FROM b WHERE a = a.id) = 2;
SELECT 1 / (count(*) - 1) FROM a WHERE (SELECT count(*) FROM b WHERE b.a = a.id) = 2;
SELECT 1 / (sum((SELECT count(*) FROM b WHERE b.a = a.id)) - 3) FROM a;
SELECT 1 / (count(*) - 2) FROM a AS o WHERE o.n IN (SELECT n FROM b WHERE a IN (SELECT id FROM a WHERE a.n <= o.n));
SELECT 1 / (count(*) - 2) FROM a AS o WHERE EXISTS (WITH c AS (SELECT * FROM b WHERE b.a = o.id) SELECT (SELECT 1 FROM c LIMIT 1) FROM c WHERE c.id IN (SELECT id FROM c));
SELECT 1 / (sum(s) - 3) FROM (SELECT (WITH c AS (SELECT id FROM b WHERE b.a = a.id) SELECT (SELECT count(*) FROM c)) AS s FROM a) AS t;
SELECT 1 / (count(*) - 3) FROM a CROSS JOIN LATERAL (SELECT (SELECT count(*) FROM b WHERE b.a = a.id) AS m) AS l WHERE l.m < (SELECT 3);

-- migration: in code
CREATE FUNCTION hits(least integer) RETURNS bigint LANGUAGE sql AS $$ SELECT count(*) FROM a WHERE id IN (SELECT a FROM b WHERE n >= least) $$;
SELECT 1 / (hits(10) - 2);
SELECT 1 / (hits(20) - 2);
SELECT 1 / (sum(hits(n)) - 4) FROM a;
SELECT 1 / (sum(hits(n)) - 5) FROM a;
DO $$ BEGIN FOR i IN 1..3 LOOP IF (SELECT count(*) FROM b WHERE a = i) <> 3 - i THEN RAISE EXCEPTION 'of %', i; END IF; END LOOP; END $$;
DO $$ BEGIN FOR i IN 1..3 LOOP IF (SELECT count(*) FROM b WHERE a = i) <> 2 THEN RAISE EXCEPTION 'of %', i USING ERRCODE = '22023'; END IF; END LOOP; END $$;
UPDATE a SET n = (SELECT max(n) FROM b) WHERE id NOT IN (SELECT a FROM b WHERE a IS NOT NULL);
SELECT 1 / (sum(n) - 50) FROM a;

-- migration: of the system
SELECT 1 / (count(*) - 1) FROM pg_indexes WHERE tablename = 'a';
SELECT 1 / (count(*) - 1) FROM pg_indexes WHERE tablename = 'a' AND indexname LIKE 'b%';
SELECT 1 / (count(*) - 2) FROM pg_indexes WHERE left(indexname, 1) IN (SELECT relname FROM pg_class WHERE relname IN ('a', 'b')) AND schemaname = 'public';
SELECT 1 / (count(*) - 1) FROM pg_index WHERE indrelid = 'a'::regclass;

-- migration: stars of the row around it
SELECT 1 / (count(*) - 1) FROM a WHERE EXISTS (SELECT a.* INTERSECT SELECT 2, 20);
SELECT 1 / (count(*) - 3) FROM a WHERE EXISTS (SELECT a.* EXCEPT SELECT 2, 21);
SELECT 1 / (count(*) - 2) FROM a AS o WHERE EXISTS (SELECT o.* FROM b WHERE b.a = o.id);
SELECT 1 / (count(*) - 3) FROM a WHERE EXISTS (SELECT * FROM (SELECT 1) AS one EXCEPT SELECT 2);
SELECT 1 / (count(*) - 3) FROM a WHERE NOT EXISTS (SELECT * FROM b WHERE false UNION SELECT b.* FROM b WHERE false);
