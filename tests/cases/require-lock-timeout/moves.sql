-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY) TABLESPACE slow;
CREATE INDEX i ON a (id);
CREATE TRIGGER g BEFORE UPDATE ON a FOR EACH ROW EXECUTE FUNCTION touch();
-- case: 002_b.sql, isolated
DROP TRIGGER IF EXISTS missing ON a;
ALTER INDEX i SET (fillfactor = 70);
ALTER INDEX i SET TABLESPACE fast; -- warning: this waits for a lock on `i` (ACCESS EXCLUSIVE) with no limit
-- case: 003_c.sql, isolated
ALTER TABLE ALL IN TABLESPACE slow SET TABLESPACE fast; -- warning: this waits for a lock on `a` (ACCESS EXCLUSIVE) with no limit
-- case: 004_d.sql, isolated
DROP TRIGGER IF EXISTS g ON a; -- warning: this waits for a lock on `a` (ACCESS EXCLUSIVE) with no limit
