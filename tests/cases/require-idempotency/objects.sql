CREATE TABLE marketing.a (id INT); -- error: table `marketing.a` is created without `IF NOT EXISTS`
CREATE UNLOGGED TABLE marketing.b AS SELECT 1 AS id; -- error: table `marketing.b` is created without `IF NOT EXISTS`
SELECT 1 AS id INTO marketing.c; -- error: table `marketing.c` is created without a guard
CREATE FOREIGN TABLE marketing.d (id INT) SERVER s; -- error: foreign table `marketing.d` is created without `IF NOT EXISTS`
CREATE INDEX idx_old ON marketing.old (id); -- error: index `idx_old` of `marketing.old` is created without `IF NOT EXISTS`
CREATE UNIQUE INDEX CONCURRENTLY idx_old2 ON marketing.old (id); -- error: index `idx_old2`
CREATE INDEX ON marketing.old (name); -- error: index without a name on `marketing.old` is created without `IF NOT EXISTS`
CREATE VIEW marketing.v AS SELECT 1; -- error: view `marketing.v` is created without `OR REPLACE`
CREATE RECURSIVE VIEW marketing.r (n) AS SELECT 1; -- error: view `marketing.r` is created without `OR REPLACE`
CREATE MATERIALIZED VIEW marketing.m AS SELECT 1; -- error: materialized view `marketing.m` is created without `IF NOT EXISTS`
CREATE SEQUENCE marketing.s; -- error: sequence `marketing.s` is created without `IF NOT EXISTS`
CREATE SCHEMA extra; -- error: schema `extra` is created without `IF NOT EXISTS`
CREATE EXTENSION pg_trgm; -- error: extension `pg_trgm` is created without `IF NOT EXISTS`
CREATE FUNCTION marketing.f(a INT, b TEXT DEFAULT 'x') RETURNS INT LANGUAGE sql AS 'SELECT 1'; -- error: function `marketing.f` is created without `OR REPLACE`
CREATE PROCEDURE marketing.p() LANGUAGE sql AS 'SELECT 1'; -- error: procedure `marketing.p` is created without `OR REPLACE`
CREATE AGGREGATE marketing.total(INT) (sfunc = int4pl, stype = INT); -- error: aggregate `marketing.total` is created without `OR REPLACE`
CREATE TRIGGER t BEFORE UPDATE ON marketing.old FOR EACH ROW EXECUTE FUNCTION f(); -- error: trigger `t` of `marketing.old` is created without `OR REPLACE`
CREATE CONSTRAINT TRIGGER ct AFTER UPDATE ON marketing.old FOR EACH ROW EXECUTE FUNCTION f(); -- error: trigger `ct` of `marketing.old` is created without a guard
CREATE RULE r AS ON DELETE TO marketing.old DO ALSO NOTHING; -- error: rule `r` of `marketing.old` is created without `OR REPLACE`
CREATE STATISTICS marketing.st ON a, b FROM marketing.old; -- error: statistics `marketing.st` is created without `IF NOT EXISTS`
CREATE COLLATION marketing.coll FROM "C"; -- error: collation `marketing.coll` is created without `IF NOT EXISTS`
CREATE SERVER srv FOREIGN DATA WRAPPER w; -- error: server `srv` is created without `IF NOT EXISTS`
CREATE USER MAPPING FOR app SERVER srv2; -- error: user mapping of `app` at `srv2` is created without `IF NOT EXISTS`
