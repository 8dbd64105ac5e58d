-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (id bigint PRIMARY KEY);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION unused() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER g BEFORE UPDATE ON a FOR EACH ROW EXECUTE FUNCTION f();
CREATE TRIGGER g BEFORE UPDATE ON b FOR EACH ROW EXECUTE FUNCTION f();
-- case: 002_b.sql, isolated
DROP TRIGGER IF EXISTS missing ON a;
DROP TRIGGER IF EXISTS missing ON elsewhere; -- warning: nobody can use `elsewhere` until the transaction ends (ACCESS EXCLUSIVE)
ALTER TRIGGER g ON a RENAME TO h; -- warning: nobody can use `a` until the transaction ends (ACCESS EXCLUSIVE)
ALTER TABLE a DISABLE TRIGGER h; -- warning: nobody can write to `a` until the transaction ends (SHARE ROW EXCLUSIVE)
ALTER TABLE a ENABLE ALWAYS TRIGGER h; -- warning: nobody can write to `a` until the transaction ends (SHARE ROW EXCLUSIVE)
ALTER TABLE a DISABLE TRIGGER ALL; -- warning: nobody can write to `a` until the transaction ends (SHARE ROW EXCLUSIVE)
DROP TRIGGER IF EXISTS h ON a; -- warning: nobody can use `a` until the transaction ends (ACCESS EXCLUSIVE)
DROP TRIGGER IF EXISTS h ON a;
CREATE TABLE n (id bigint PRIMARY KEY);
CREATE TRIGGER g BEFORE UPDATE ON n FOR EACH ROW EXECUTE FUNCTION f();
ALTER TRIGGER g ON n RENAME TO h;
ALTER TABLE n DISABLE TRIGGER h;
DROP FUNCTION unused() CASCADE;
-- case: 003_c.sql, isolated
CREATE TRIGGER h BEFORE UPDATE ON a FOR EACH ROW EXECUTE FUNCTION f(); -- warning: nobody can write to `a` until the transaction ends (SHARE ROW EXCLUSIVE)
DROP FUNCTION f() CASCADE; -- warning: nobody can use `a`, `b` and `n` until the transaction ends (ACCESS EXCLUSIVE): triggers go with it
