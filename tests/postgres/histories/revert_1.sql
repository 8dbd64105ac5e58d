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
ALTER TABLE c ADD COLUMN z integer;
-- down
ALTER TABLE c DROP COLUMN z;
-- migration: 2
-- undone
ALTER TABLE c ADD COLUMN z integer;
-- down
SELECT 1;
-- migration: 3
-- undone
ALTER TABLE c DROP COLUMN y;
-- down
ALTER TABLE c ADD COLUMN y text;
-- migration: 4
-- undone
ALTER TABLE c DROP COLUMN y;
-- down
ALTER TABLE c ADD COLUMN y varchar;
-- migration: 5
-- undone
ALTER TABLE c DROP COLUMN y;
-- down
ALTER TABLE c ADD COLUMN y text DEFAULT '';
-- migration: 6
-- undone
ALTER TABLE c DROP COLUMN y;
-- down
ALTER TABLE c ADD COLUMN y text NOT NULL;
-- migration: 7
-- undone
DROP INDEX c_x;
-- down
CREATE INDEX c_x ON c (x);
-- migration: 8
-- undone
DROP INDEX c_x;
-- down
CREATE INDEX c_x ON c USING btree (x ASC NULLS LAST);
-- migration: 9
-- undone
DROP INDEX c_x;
-- down
CREATE INDEX ON c (x);
-- migration: 10
-- undone
DROP INDEX c_x;
-- down
CREATE UNIQUE INDEX c_x ON c (x);
-- migration: 11
-- undone
DROP INDEX c_x;
-- down
CREATE INDEX c_x ON c (x) WHERE true;
-- migration: 12
-- undone
DROP VIEW v;
-- down
CREATE VIEW v AS SELECT id, code FROM p;
-- migration: 13
-- undone
DROP VIEW v;
-- down
CREATE VIEW v AS SELECT p.id, p.code FROM p;
-- migration: 14
-- undone
DROP VIEW v;
-- down
CREATE VIEW v AS SELECT code, id FROM p;
-- migration: 15
-- undone
DROP VIEW v;
-- down
CREATE VIEW v AS SELECT id, code FROM public.p p;
-- migration: 16
-- undone
DROP VIEW v;
-- down
CREATE VIEW v AS SELECT id, code FROM p WHERE true;
-- migration: 17
-- undone
DROP VIEW v;
-- down
CREATE VIEW v (id, code) AS SELECT p.id, p.code FROM public.p;
-- migration: 18
-- undone
CREATE OR REPLACE VIEW v AS SELECT id, code FROM p WHERE n > 1;
-- down
CREATE OR REPLACE VIEW v AS SELECT id, code FROM p;
-- migration: 19
-- undone
CREATE OR REPLACE VIEW v AS SELECT id, code FROM p WHERE n > 1;
-- down
SELECT 1;
-- migration: 20
-- undone
ALTER TABLE p ALTER n SET DEFAULT 2;
-- down
ALTER TABLE p ALTER n SET DEFAULT 1;
-- migration: 21
-- undone
ALTER TABLE p ALTER n SET DEFAULT 2;
-- down
ALTER TABLE p ALTER n SET DEFAULT '1';
-- migration: 22
-- undone
ALTER TABLE p ALTER n SET DEFAULT 2;
-- down
ALTER TABLE p ALTER n DROP DEFAULT;
-- migration: 23
-- undone
ALTER TABLE p ALTER n SET DEFAULT 2;
-- down
ALTER TABLE p ALTER n SET DEFAULT 1 + 0;
-- migration: 24
-- undone
ALTER TABLE p ALTER n DROP DEFAULT;
-- down
ALTER TABLE p ALTER COLUMN n SET DEFAULT (1);
-- migration: 25
-- undone
ALTER TABLE p ALTER n DROP DEFAULT;
-- down
ALTER TABLE p ALTER COLUMN n SET DEFAULT 1::integer;
-- migration: 26
-- undone
ALTER TABLE p ALTER k SET DEFAULT 'b';
-- down
ALTER TABLE p ALTER k SET DEFAULT 'a'::kind;
-- migration: 27
-- undone
ALTER TABLE p ALTER k SET DEFAULT 'b';
-- down
ALTER TABLE p ALTER k SET DEFAULT 'a'::public.kind;
-- migration: 28
-- undone
ALTER TABLE p ALTER note DROP NOT NULL;
-- down
ALTER TABLE p ALTER note SET NOT NULL;
-- migration: 29
-- undone
ALTER TABLE p ALTER note DROP NOT NULL;
-- down
UPDATE p SET note = '';
-- migration: 30
-- undone
ALTER TABLE p ALTER note TYPE text;
-- down
ALTER TABLE p ALTER note TYPE varchar(50);
-- migration: 31
-- undone
ALTER TABLE p ALTER note TYPE text;
-- down
ALTER TABLE p ALTER note TYPE character varying(50) USING note::varchar(50);
-- migration: 32
-- undone
ALTER TABLE p ALTER note TYPE text;
-- down
ALTER TABLE p ALTER note TYPE varchar(40);
-- migration: 33
-- undone
ALTER TABLE p ALTER n TYPE bigint;
-- down
ALTER TABLE p ALTER n TYPE integer;
-- migration: 34
-- undone
ALTER TABLE p ALTER n TYPE bigint;
-- down
ALTER TABLE p ALTER n TYPE int4;
-- migration: 35
-- undone
ALTER TABLE p ALTER id TYPE bigint;
-- down
ALTER TABLE p ALTER id TYPE integer;
-- migration: 36
-- undone
ALTER TABLE p ALTER id TYPE bigint;
-- down
ALTER TABLE p ALTER id TYPE integer;
ALTER SEQUENCE p_id_seq AS bigint;
-- migration: 37
-- undone
ALTER TABLE p DROP CONSTRAINT p_n_check;
-- down
ALTER TABLE p ADD CHECK (n > 0);
