-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint) TABLESPACE slow;
CREATE TABLE b (id bigint) TABLESPACE slow;
CREATE INDEX a_id ON a (id) TABLESPACE slow;
CREATE MATERIALIZED VIEW m TABLESPACE slow AS SELECT 1 AS one;
CREATE TABLE p (a int) PARTITION BY LIST (a) TABLESPACE parts;
CREATE TABLE emptied (id bigint) TABLESPACE waste;
-- case: 002_b.sql, isolated
SET lock_timeout = '5s';
SET statement_timeout = '5s';
ALTER TABLE ALL IN TABLESPACE slow SET TABLESPACE slow;
ALTER TABLE ALL IN TABLESPACE slow SET TABLESPACE fast; -- error: all of `a` and `b` is copied, and nobody can use them until the last is
ALTER INDEX ALL IN TABLESPACE slow SET TABLESPACE fast; -- error: all of `a_id` is copied, and nobody can use its table meanwhile
ALTER MATERIALIZED VIEW ALL IN TABLESPACE slow SET TABLESPACE fast; -- error: all of `m` is copied, and nobody can use the view meanwhile
ALTER MATERIALIZED VIEW ALL IN TABLESPACE slow SET TABLESPACE fast; -- error: each materialized view in `slow` is copied, and nobody can use it meanwhile
ALTER TABLE ALL IN TABLESPACE parts SET TABLESPACE fast;
CREATE TABLE n (id bigint) TABLESPACE own;
ALTER INDEX ALL IN TABLESPACE elsewhere SET TABLESPACE fast; -- error: each index in `elsewhere` is copied, and nobody can use it meanwhile
BEGIN;
-- migration-lint: allow(ban-truncate): nobody reads it
TRUNCATE emptied;
ALTER TABLE ALL IN TABLESPACE waste SET TABLESPACE fast;
COMMIT;
