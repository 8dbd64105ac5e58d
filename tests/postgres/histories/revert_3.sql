-- Whether down sections restore what was before: some do, and some almost.

-- migration: start
CREATE SCHEMA s;
CREATE ROLE rv_reader;
CREATE TYPE kind AS ENUM ('a', 'b');
CREATE TABLE p (id serial PRIMARY KEY, code text UNIQUE, n integer DEFAULT 1, k kind DEFAULT 'a', at timestamp, note varchar(50) NOT NULL DEFAULT 'x', CHECK (n > 0));
CREATE TABLE c (id bigserial PRIMARY KEY, p_id integer REFERENCES p ON DELETE CASCADE, x text, y text);
CREATE INDEX c_x ON c (x);
CREATE VIEW v AS SELECT id, code FROM p;
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 + 1';
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER tr BEFORE UPDATE ON c FOR EACH ROW EXECUTE FUNCTION tf();
CREATE SEQUENCE q;
-- migration: 1
-- undone
DROP TRIGGER tr ON c;
-- down
CREATE TRIGGER tr BEFORE UPDATE ON c FOR EACH ROW EXECUTE PROCEDURE tf();
-- migration: 2
-- undone
DROP TRIGGER tr ON c;
-- down
CREATE TRIGGER tr AFTER UPDATE ON c FOR EACH ROW EXECUTE FUNCTION tf();
-- migration: 3
-- undone
DROP TRIGGER tr ON c;
-- down
CREATE TRIGGER tr BEFORE UPDATE OF x ON c FOR EACH ROW EXECUTE FUNCTION tf();
-- migration: 4
-- undone
ALTER TABLE c DISABLE TRIGGER tr;
-- down
ALTER TABLE c ENABLE TRIGGER tr;
-- migration: 5
-- undone
ALTER TABLE c DISABLE TRIGGER tr;
-- down
ALTER TABLE c ENABLE ALWAYS TRIGGER tr;
-- migration: 6
-- undone
COMMENT ON TABLE c IS 'new';
-- down
COMMENT ON TABLE c IS NULL;
-- migration: 7
-- undone
COMMENT ON TABLE c IS 'new';
-- down
COMMENT ON TABLE c IS '';
-- migration: 8
-- undone
COMMENT ON TABLE c IS 'new';
-- down
COMMENT ON TABLE c IS 'old';
-- migration: 9
-- undone
COMMENT ON COLUMN c.x IS 'new';
-- down
COMMENT ON COLUMN c.x IS NULL;
-- migration: 10
-- undone
COMMENT ON COLUMN c.x IS 'new';
-- down
SELECT 1;
-- migration: 11
-- undone
GRANT SELECT ON c TO rv_reader;
-- down
REVOKE SELECT ON c FROM rv_reader;
-- migration: 12
-- undone
GRANT SELECT ON c TO rv_reader;
-- down
REVOKE ALL ON c FROM rv_reader;
-- migration: 13
-- undone
GRANT SELECT ON c TO rv_reader;
-- down
SELECT 1;
-- migration: 14
-- undone
REVOKE EXECUTE ON FUNCTION f(integer) FROM PUBLIC;
-- down
GRANT EXECUTE ON FUNCTION f(integer) TO PUBLIC;
-- migration: 15
-- undone
REVOKE EXECUTE ON FUNCTION f(integer) FROM PUBLIC;
-- down
SELECT 1;
-- migration: 16
-- undone
GRANT USAGE ON SCHEMA s TO PUBLIC;
-- down
REVOKE USAGE ON SCHEMA s FROM PUBLIC;
-- migration: 17
-- undone
GRANT USAGE ON SCHEMA s TO PUBLIC;
-- down
REVOKE CREATE ON SCHEMA s FROM PUBLIC;
-- migration: 18
-- undone
ALTER TABLE c ENABLE ROW LEVEL SECURITY;
CREATE POLICY po ON c USING (x = 'a');
-- down
DROP POLICY po ON c;
ALTER TABLE c DISABLE ROW LEVEL SECURITY;
-- migration: 19
-- undone
ALTER TABLE c ENABLE ROW LEVEL SECURITY;
CREATE POLICY po ON c USING (x = 'a');
-- down
DROP POLICY po ON c;
-- migration: 20
-- undone
ALTER TABLE c SET (fillfactor = 70);
-- down
ALTER TABLE c RESET (fillfactor);
-- migration: 21
-- undone
ALTER TABLE c SET (fillfactor = 70);
-- down
ALTER TABLE c SET (fillfactor = 100);
-- migration: 22
-- undone
ALTER TABLE c ALTER x SET STATISTICS 500;
-- down
ALTER TABLE c ALTER x SET STATISTICS -1;
-- migration: 23
-- undone
ALTER TABLE c ALTER x SET STATISTICS 500;
-- down
SELECT 1;
-- migration: 24
-- undone
ALTER TABLE c ALTER x SET STORAGE external;
-- down
ALTER TABLE c ALTER x SET STORAGE extended;
-- migration: 25
-- undone
ALTER TABLE c ALTER x SET STORAGE external;
-- down
ALTER TABLE c ALTER x SET STORAGE main;
-- migration: 26
-- undone
ALTER TABLE c REPLICA IDENTITY FULL;
-- down
ALTER TABLE c REPLICA IDENTITY DEFAULT;
-- migration: 27
-- undone
ALTER TABLE c REPLICA IDENTITY FULL;
-- down
ALTER TABLE c REPLICA IDENTITY USING INDEX c_pkey;
-- migration: 28
-- undone
ALTER TABLE c CLUSTER ON c_x;
-- down
ALTER TABLE c SET WITHOUT CLUSTER;
-- migration: 29
-- undone
ALTER TABLE c CLUSTER ON c_x;
-- down
SELECT 1;
-- migration: 30
-- undone
ALTER TABLE c SET UNLOGGED;
-- down
ALTER TABLE c SET LOGGED;
-- migration: 31
-- undone
ALTER TABLE c SET UNLOGGED;
-- down
SELECT 1;
-- migration: 32
-- undone
ALTER SEQUENCE q INCREMENT 5;
-- down
ALTER SEQUENCE q INCREMENT 1;
-- migration: 33
-- undone
ALTER SEQUENCE q INCREMENT 5;
-- down
ALTER SEQUENCE q RESTART;
-- migration: 34
-- undone
ALTER SEQUENCE q OWNED BY c.id;
-- down
ALTER SEQUENCE q OWNED BY NONE;
-- migration: 35
-- undone
ALTER SEQUENCE q OWNED BY c.id;
-- down
SELECT 1;
-- migration: 36
-- undone
DROP SEQUENCE q;
-- down
CREATE SEQUENCE q;
-- migration: 37
-- undone
DROP SEQUENCE q;
-- down
CREATE SEQUENCE q AS integer;
