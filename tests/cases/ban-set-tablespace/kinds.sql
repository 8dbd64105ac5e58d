-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY, b int);
CREATE INDEX a_b ON a (b);
CREATE TABLE p (id bigint, a int) PARTITION BY LIST (a);
CREATE INDEX p_a ON p (a);
CREATE MATERIALIZED VIEW m AS SELECT 1 AS one;
CREATE MATERIALIZED VIEW unfilled AS SELECT 1 AS one WITH NO DATA;
-- case: 002_b.sql, isolated
SET lock_timeout = '5s';
SET statement_timeout = '5s';
ALTER TABLE a SET TABLESPACE pg_default;
ALTER TABLE a SET TABLESPACE fast; -- error: all of `a` is copied, and nobody can use the table meanwhile
ALTER TABLE a SET TABLESPACE fast;
ALTER INDEX a_b SET TABLESPACE fast; -- error: all of `a_b` is copied, and nobody can use its table meanwhile
ALTER INDEX a_b SET TABLESPACE fast;
ALTER TABLE a_b SET TABLESPACE slow; -- error: all of `a_b` is copied, and nobody can use its table meanwhile
ALTER INDEX elsewhere SET TABLESPACE fast; -- error: all of `elsewhere` is copied
ALTER MATERIALIZED VIEW m SET TABLESPACE fast; -- error: all of `m` is copied, and nobody can use the view meanwhile
ALTER TABLE m SET TABLESPACE slow; -- error: all of `m` is copied, and nobody can use the view meanwhile
ALTER MATERIALIZED VIEW unfilled SET TABLESPACE fast;
ALTER TABLE p SET TABLESPACE fast;
ALTER INDEX p_a SET TABLESPACE fast;
CREATE INDEX CONCURRENTLY own ON a (id);
ALTER INDEX own SET TABLESPACE fast;
-- case: 003_c.sql, isolated
SET lock_timeout = '5s';
SET statement_timeout = '5s';
BEGIN;
-- migration-lint: allow(ban-truncate): nobody reads it
TRUNCATE a;
ALTER TABLE a SET TABLESPACE slow;
ALTER INDEX a_b SET TABLESPACE slow;
COMMIT;
BEGIN;
DELETE FROM a;
ALTER TABLE a SET TABLESPACE fast; -- error: all of `a` is copied, and nobody can use the table meanwhile
COMMIT;
