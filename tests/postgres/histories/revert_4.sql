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
DROP SEQUENCE q;
-- down
CREATE SEQUENCE q START 1 INCREMENT 1 NO CYCLE CACHE 1;
-- migration: 2
-- undone
CREATE SCHEMA t;
CREATE TABLE t.a (a integer);
-- down
DROP SCHEMA t CASCADE;
-- migration: 3
-- undone
CREATE SCHEMA t;
CREATE TABLE t.a (a integer);
-- down
DROP TABLE t.a;
-- migration: 4
-- undone
DROP SCHEMA s;
-- down
CREATE SCHEMA s;
-- migration: 5
-- undone
DROP SCHEMA s;
-- down
CREATE SCHEMA IF NOT EXISTS s;
COMMENT ON SCHEMA s IS 'x';
-- migration: 6
-- undone
CREATE EXTENSION citext;
-- down
DROP EXTENSION citext;
-- migration: 7
-- undone
CREATE EXTENSION citext;
-- down
SELECT 1;
-- migration: 8
-- undone
CREATE TABLE part (a integer) PARTITION BY RANGE (a);
CREATE TABLE part1 PARTITION OF part FOR VALUES FROM (1) TO (2);
-- down
DROP TABLE part;
-- migration: 9
-- undone
CREATE TABLE part (a integer) PARTITION BY RANGE (a);
CREATE TABLE part1 PARTITION OF part FOR VALUES FROM (1) TO (2);
-- down
ALTER TABLE part DETACH PARTITION part1;
DROP TABLE part;
-- migration: 10
-- undone
CREATE MATERIALIZED VIEW mv AS SELECT id FROM p;
CREATE INDEX mv_id ON mv (id);
-- down
DROP MATERIALIZED VIEW mv;
-- migration: 11
-- undone
CREATE MATERIALIZED VIEW mv AS SELECT id FROM p;
CREATE INDEX mv_id ON mv (id);
-- down
DROP INDEX mv_id;
-- migration: 12
-- undone
ALTER TABLE c ADD z integer, ADD w integer UNIQUE;
-- down
ALTER TABLE c DROP z, DROP w;
-- migration: 13
-- undone
ALTER TABLE c ADD z integer, ADD w integer UNIQUE;
-- down
ALTER TABLE c DROP w;
-- migration: 14
-- undone
CREATE STATISTICS st ON x, y FROM c;
-- down
DROP STATISTICS st;
-- migration: 15
-- undone
CREATE STATISTICS st ON x, y FROM c;
-- down
SELECT 1;
-- migration: 16
-- undone
CREATE PUBLICATION pub FOR TABLE c;
-- down
DROP PUBLICATION pub;
-- migration: 17
-- undone
CREATE PUBLICATION pub FOR TABLE c;
-- down
ALTER PUBLICATION pub DROP TABLE c;
-- migration: 18
-- undone
CREATE RULE ru AS ON DELETE TO c DO INSTEAD NOTHING;
-- down
DROP RULE ru ON c;
-- migration: 19
-- undone
CREATE RULE ru AS ON DELETE TO c DO INSTEAD NOTHING;
-- down
ALTER TABLE c DISABLE RULE ru;
-- migration: 20
-- undone
ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO rv_reader;
-- down
ALTER DEFAULT PRIVILEGES IN SCHEMA s REVOKE SELECT ON TABLES FROM rv_reader;
-- migration: 21
-- undone
ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO rv_reader;
-- down
SELECT 1;
-- migration: 22
-- undone
ALTER TABLE c ALTER id ADD GENERATED ALWAYS AS IDENTITY;
-- down
SELECT 1;
-- migration: 23
-- undone
ALTER TABLE c ALTER id DROP DEFAULT;
DROP SEQUENCE c_id_seq;
-- down
CREATE SEQUENCE c_id_seq;
ALTER SEQUENCE c_id_seq OWNED BY c.id;
ALTER TABLE c ALTER id SET DEFAULT nextval('c_id_seq');
-- migration: 24
-- undone
ALTER TABLE c ALTER id DROP DEFAULT;
DROP SEQUENCE c_id_seq;
-- down
CREATE SEQUENCE c_id_seq;
ALTER TABLE c ALTER id SET DEFAULT nextval('c_id_seq'::regclass);
-- migration: 25
-- undone
INSERT INTO p (code) VALUES ('row');
-- down
DELETE FROM p WHERE code = 'row';
-- migration: 26
-- undone
INSERT INTO p (code) VALUES ('row');
-- down
SELECT 1;
-- migration: 27
-- undone
CREATE AGGREGATE ag(integer) (SFUNC = int4pl, STYPE = integer);
-- down
DROP AGGREGATE ag(integer);
-- migration: 28
-- undone
CREATE AGGREGATE ag(integer) (SFUNC = int4pl, STYPE = integer);
-- down
COMMENT ON AGGREGATE ag(integer) IS 'x';
-- migration: 29
-- undone
CREATE COLLATION co FROM "C";
-- down
DROP COLLATION co;
-- migration: 30
-- undone
CREATE OPERATOR === (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4eq);
-- down
DROP OPERATOR === (integer, integer);
-- migration: 31
-- undone
CREATE CAST (kind AS integer) WITH INOUT;
-- down
DROP CAST (kind AS integer);
-- migration: 32
-- undone
ALTER INDEX c_x RENAME TO c_xx;
-- down
ALTER INDEX c_xx RENAME TO c_x;
-- migration: 33
-- undone
ALTER TABLE p RENAME CONSTRAINT p_n_check TO renamed;
-- down
ALTER TABLE p RENAME CONSTRAINT renamed TO p_n_check;
-- migration: 34
-- undone
ALTER TABLE c RENAME TO c_old;
CREATE TABLE c (LIKE c_old INCLUDING ALL);
DROP TABLE c_old;
-- down
DROP TABLE c;
-- migration: 35
-- undone
DROP VIEW v;
ALTER TABLE p RENAME code TO sku;
CREATE VIEW v AS SELECT id, sku AS code FROM p;
-- down
DROP VIEW v;
ALTER TABLE p RENAME sku TO code;
CREATE VIEW v AS SELECT id, code FROM p;
-- migration: 36
-- undone
DROP VIEW v;
ALTER TABLE p RENAME code TO sku;
CREATE VIEW v AS SELECT id, sku AS code FROM p;
-- down
ALTER TABLE p RENAME sku TO code;
