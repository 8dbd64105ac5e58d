-- case: 001_a.sql, isolated
CREATE MATERIALIZED VIEW m AS SELECT 1 AS one;
CREATE INDEX m_one ON m (one);
CREATE MATERIALIZED VIEW unfilled AS SELECT 1 AS one WITH NO DATA;
CREATE INDEX unfilled_one ON unfilled (one);
-- case: 002_b.sql, isolated
SET lock_timeout = '5s';
SET statement_timeout = '5s';
ALTER INDEX m_one SET TABLESPACE fast; -- error: all of `m_one` is copied, and nobody can use its view meanwhile
ALTER INDEX unfilled_one SET TABLESPACE fast;
ALTER INDEX nowhere SET TABLESPACE fast; -- error: all of `nowhere` is copied, and nobody can use its table meanwhile
ALTER MATERIALIZED VIEW nothing SET TABLESPACE fast; -- error: all of `nothing` is copied, and nobody can use the view meanwhile
