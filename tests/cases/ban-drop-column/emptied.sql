-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY, b text, c text);
-- case: 002_b.sql, isolated
BEGIN;
DELETE FROM a WHERE b IS NULL;
ALTER TABLE a DROP COLUMN b; -- error: what `a` holds in `b` is lost, and whoever still names the column fails
DELETE FROM a;
ALTER TABLE a DROP COLUMN c; -- error: whoever still names `c` of `a` fails
COMMIT;
