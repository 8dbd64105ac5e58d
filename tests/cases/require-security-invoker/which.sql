-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE VIEW v WITH (security_invoker) AS SELECT id FROM a;
CREATE VIEW w WITH (security_invoker = true) AS SELECT id FROM a; -- warning: `w` shows whoever may read it what its owner may read
CREATE VIEW x WITH (security_invoker = on) AS SELECT id FROM a; -- warning: `x` shows
CREATE VIEW y AS SELECT id FROM a;
CREATE VIEW z AS SELECT id FROM a; -- warning: `z` shows
CREATE VIEW n AS SELECT 1 AS a;
CREATE VIEW o WITH (security_invoker = tru) AS SELECT id FROM a;
CREATE MATERIALIZED VIEW m AS SELECT id FROM a;
CREATE TEMP VIEW t AS SELECT id FROM a;
-- case: 002_b.sql, isolated
CREATE OR REPLACE VIEW w AS SELECT id FROM a;
ALTER VIEW x RESET (security_invoker);
ALTER VIEW y SET (security_invoker = true);
