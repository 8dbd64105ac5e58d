-- case: 001_old.sql
CREATE TABLE marketing.old (id BIGINT PRIMARY KEY, a INT, b INT);
-- case: 002_build.sql
CREATE TABLE marketing.t (id BIGINT PRIMARY KEY, a INT UNIQUE, b INT, old BIGINT REFERENCES marketing.old);
CREATE INDEX t_b ON marketing.t (b);
CREATE MATERIALIZED VIEW marketing.m AS SELECT id FROM marketing.old;
CREATE VIEW marketing.v AS SELECT id FROM marketing.old;
CREATE INDEX old_a ON marketing.old (a);
ALTER TABLE marketing.old ADD COLUMN c INT, ADD CONSTRAINT old_b CHECK (b > 0);
CREATE INDEX old_c ON marketing.old (c);
CREATE TABLE marketing.made_and_dropped (a INT);
DROP TABLE marketing.made_and_dropped;
-- case: 003_drop.sql
DROP TABLE marketing.t; -- info: table marketing.t is built by `002_build` and dropped here
DROP MATERIALIZED VIEW marketing.m; -- info: materialized view marketing.m is built by `002_build` and dropped here
DROP VIEW marketing.v;
ALTER TABLE marketing.old DROP COLUMN a, DROP COLUMN c; -- info: column marketing.old.a is built by `001_old` and dropped here -- info: column marketing.old.c is built by `002_build`
ALTER TABLE marketing.old DROP CONSTRAINT old_b; -- info: constraint old_b
-- case: 004_again.sql
ALTER TABLE marketing.old ALTER COLUMN b TYPE BIGINT; -- info: column marketing.old.b is built by `001_old` and gets another type here
ALTER TABLE marketing.old ALTER COLUMN id TYPE BIGINT;
BEGIN;
DROP TABLE marketing.old;
ROLLBACK;
