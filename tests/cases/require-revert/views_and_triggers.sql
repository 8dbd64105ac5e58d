-- case: migrations/1_m.up.sql, isolated
CREATE TABLE t (a int);
CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
-- case: migrations/1_m.down.sql, isolated
DROP TABLE t;
DROP FUNCTION g();
-- case: migrations/2_m.up.sql, isolated
CREATE VIEW v AS SELECT a FROM t;
CREATE TRIGGER r BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION g();
-- case: migrations/2_m.down.sql, isolated
DROP VIEW v; -- error: left behind: trigger `r` on `public.t`
