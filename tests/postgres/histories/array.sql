-- migration: start
CREATE TABLE arrays (id int PRIMARY KEY, n int[], t text[], name text, tags varchar(9)[], j jsonb, r int4range);
CREATE DOMAIN numbers AS int[];
CREATE TABLE domains (id int, n numbers);
-- down
DROP TABLE domains, arrays;
DROP DOMAIN numbers;

-- migration: a constant beside an array
INSERT INTO arrays VALUES (1, '{1}', '{a,b}', 'x', '{v}', '[1]', '[1,2)');
SELECT n || '{2}' FROM arrays;
SELECT ARRAY[1] || '{2}', '{2}' || ARRAY[1], ARRAY['a'] || '{b}', n || NULL, NULL || t FROM arrays;
SELECT ARRAY['a'] || 'b';
SELECT ARRAY[1] || '{x}';
SELECT n || 'a' FROM arrays;
SELECT n || 2, 2 || n, t || 'c'::text, n || NULL::int, tags || name FROM arrays;
SELECT t || 1 FROM arrays;
UPDATE arrays SET t = t || '{c}', n = n || '{2,3}', tags = tags || '{w}';
SELECT 1 / (cardinality(t) - 3) FROM arrays;
SELECT 1 / (cardinality(n) - 4) FROM arrays;
SELECT 1 / (cardinality(n || NULL) - 3) FROM arrays;
SELECT 1 / (cardinality(NULL || n || '{}') - 3) FROM arrays;
SELECT 1 / (n || '{0}')[4] FROM arrays;
SELECT 1 / CASE WHEN t || '{d}' = ARRAY['a', 'b', 'c', 'd'] THEN 0 ELSE 1 END FROM arrays;

-- migration: NULL beside an array
CREATE TABLE holes (id int, n int[], t text[], name text, last text);
INSERT INTO holes VALUES (1);
UPDATE holes SET n = n || '{1}';
UPDATE holes SET t = NULL, n = n || 1;
ALTER TABLE holes ALTER COLUMN t SET NOT NULL;
UPDATE holes SET name = name || ' and ' || last;
ALTER TABLE holes ALTER COLUMN name SET NOT NULL;
UPDATE holes SET name = last || 'x';
ALTER TABLE holes ALTER COLUMN name SET NOT NULL;
UPDATE holes SET name = 'x' || NULL;
ALTER TABLE holes ALTER COLUMN name SET NOT NULL;
UPDATE holes SET t = NULL || t;
ALTER TABLE holes ALTER COLUMN t SET NOT NULL;

-- migration: what other polymorphic operators and functions make of a constant
SELECT n = '{1}', n @> '{1}', '{1}' <@ n, n && '{3}', n <> '{}' FROM arrays;
SELECT n @> '1' FROM arrays;
SELECT n = 'a' FROM arrays;
SELECT t @> '{a}', t && ARRAY['a'], tags && '{a}' FROM arrays;
SELECT array_append(n, '2'), array_prepend('2', n), array_cat(n, '{3}'), array_remove(t, 'a'), array_position(t, 'a') FROM arrays;
SELECT array_append(n, 'x') FROM arrays;
SELECT array_cat(n, 'x') FROM arrays;
SELECT array_cat(n, '{x}') FROM arrays;
SELECT array_remove(n, 'x') FROM arrays;
SELECT array_replace(t, 'a', 'b'), array_fill('a'::text, ARRAY[2]) FROM arrays;
SELECT array_replace(n, 'a', '2') FROM arrays;
SELECT r @> '[1,2)', r = '[1,2)', r && '[3,4)', r * '[1,5)' FROM arrays;
SELECT r @> 1, r -|- '[4,5)' FROM arrays;
SELECT r @> '1' FROM arrays;
SELECT r = ' Empty ', r <> '(,)', r = '["1","4")' FROM arrays;
SELECT r = '[1,2' FROM arrays;
SELECT int4range '[1]';
SELECT j || '{}', j || '[2]' FROM arrays;
SELECT name || '{}', '{}' || name FROM arrays;
SELECT n || '{4}', '{4}' || n FROM domains;
SELECT n || 4, array_append(n, '4'), n = '{1}' FROM domains;
SELECT n || 'x' FROM domains;

-- migration: stored
CREATE VIEW more AS SELECT t || '{z}' AS t, n || '{9}' AS n, '{0}' || n AS m, n || NULL AS o, array_append(n, '5') AS p FROM arrays;
ALTER TABLE arrays ALTER COLUMN t SET DEFAULT ARRAY['a'] || '{b}', ADD CHECK (n || '{1}' <> '{}');
CREATE INDEX ON arrays ((t || '{x}'));
CREATE FUNCTION noted(text[]) RETURNS text[] LANGUAGE sql AS $$ SELECT $1 || '{noted}' $$;
CREATE FUNCTION of_any(anyarray, anyelement) RETURNS anyarray LANGUAGE sql AS $$ SELECT $1 || $2 $$;
SELECT noted('{a}'), of_any(n, '1'), of_any('{1}', 1), of_any(n, 'x') FROM arrays;
SELECT of_any(n, '1'), of_any('{1}', 1) FROM arrays;
SELECT of_any('{x}', 1) FROM arrays;
-- down
DROP FUNCTION of_any(anyarray, anyelement);
DROP FUNCTION noted(text[]);
DROP INDEX arrays_expr_idx;
ALTER TABLE arrays ALTER COLUMN t DROP DEFAULT, DROP CONSTRAINT arrays_n_check;
DROP VIEW more;
