-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE c (id bigint PRIMARY KEY);
CREATE MATERIALIZED VIEW m AS SELECT 1 AS one;
CREATE MATERIALIZED VIEW unfilled AS SELECT 1 AS one WITH NO DATA;
-- case: 002_b.sql, isolated
SET lock_timeout = '5s';
SET statement_timeout = '5s';
ALTER MATERIALIZED VIEW m SET ACCESS METHOD heap;
ALTER MATERIALIZED VIEW m SET ACCESS METHOD columnar; -- error: this writes every row of `m` again, and nobody can use the view meanwhile
ALTER MATERIALIZED VIEW unfilled SET ACCESS METHOD columnar;
-- case: 003_c.sql, isolated
SET lock_timeout = '5s';
SET statement_timeout = '5s';
ALTER TABLE a SET ACCESS METHOD columnar; -- error: this writes every row of `a` again, and nobody can use the table meanwhile
ALTER TABLE elsewhere SET ACCESS METHOD heap; -- error: this writes every row of `elsewhere` again
