-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (id bigint PRIMARY KEY);
-- case: 002_b.sql, isolated
BEGIN;
TRUNCATE a;
DROP TABLE a; -- error: whoever still names `a` fails
DROP TABLE b; -- error: what `b` holds is lost, and whoever still names the table fails
COMMIT;
