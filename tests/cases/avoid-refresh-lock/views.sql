-- case: 001_a.sql, isolated
CREATE MATERIALIZED VIEW a AS SELECT 1 AS one;
CREATE MATERIALIZED VIEW b AS SELECT 1 AS one WITH NO DATA;
REFRESH MATERIALIZED VIEW a;
-- case: 002_b.sql, isolated
REFRESH MATERIALIZED VIEW b;
REFRESH MATERIALIZED VIEW a WITH NO DATA; -- warning: `a` can't be read from now on
REFRESH MATERIALIZED VIEW a WITH NO DATA;
-- case: 003_c.sql, isolated
REFRESH MATERIALIZED VIEW a;
REFRESH MATERIALIZED VIEW b; -- warning: nobody can read `b` until it has been filled again
