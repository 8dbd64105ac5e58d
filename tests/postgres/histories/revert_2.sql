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
ALTER TABLE p DROP CONSTRAINT p_n_check;
-- down
ALTER TABLE p ADD CONSTRAINT p_n_check CHECK ((n) > 0);
-- migration: 2
-- undone
ALTER TABLE p DROP CONSTRAINT p_n_check;
-- down
ALTER TABLE p ADD CONSTRAINT p_n_check CHECK (0 < n);
-- migration: 3
-- undone
ALTER TABLE p DROP CONSTRAINT p_n_check;
-- down
ALTER TABLE p ADD CONSTRAINT p_n_check CHECK (n > 0) NOT VALID;
-- migration: 4
-- undone
ALTER TABLE p DROP CONSTRAINT p_n_check;
-- down
ALTER TABLE p ADD CONSTRAINT p_n_check2 CHECK (n > 0);
-- migration: 5
-- undone
ALTER TABLE p DROP CONSTRAINT p_code_key;
-- down
ALTER TABLE p ADD UNIQUE (code);
-- migration: 6
-- undone
ALTER TABLE p DROP CONSTRAINT p_code_key;
-- down
ALTER TABLE p ADD CONSTRAINT p_code_key UNIQUE (code) DEFERRABLE;
-- migration: 7
-- undone
ALTER TABLE p DROP CONSTRAINT p_code_key;
-- down
CREATE UNIQUE INDEX p_code_key ON p (code);
-- migration: 8
-- undone
ALTER TABLE c DROP CONSTRAINT c_p_id_fkey;
-- down
ALTER TABLE c ADD FOREIGN KEY (p_id) REFERENCES p ON DELETE CASCADE;
-- migration: 9
-- undone
ALTER TABLE c DROP CONSTRAINT c_p_id_fkey;
-- down
ALTER TABLE c ADD FOREIGN KEY (p_id) REFERENCES p (id) ON DELETE CASCADE ON UPDATE NO ACTION;
-- migration: 10
-- undone
ALTER TABLE c DROP CONSTRAINT c_p_id_fkey;
-- down
ALTER TABLE c ADD FOREIGN KEY (p_id) REFERENCES p;
-- migration: 11
-- undone
ALTER TABLE c RENAME COLUMN x TO xx;
-- down
ALTER TABLE c RENAME COLUMN xx TO x;
-- migration: 12
-- undone
ALTER TABLE c RENAME COLUMN x TO xx;
-- down
ALTER TABLE c RENAME xx TO xxx;
-- migration: 13
-- undone
ALTER TABLE c RENAME TO cc;
-- down
ALTER TABLE cc RENAME TO c;
-- migration: 14
-- undone
ALTER TABLE c RENAME TO cc;
-- down
ALTER TABLE cc RENAME TO ccc;
-- migration: 15
-- undone
ALTER TABLE c SET SCHEMA s;
-- down
ALTER TABLE s.c SET SCHEMA public;
-- migration: 16
-- undone
ALTER TABLE c SET SCHEMA s;
-- down
SELECT 1;
-- migration: 17
-- undone
DROP TABLE c;
-- down
CREATE TABLE c (id bigserial PRIMARY KEY, p_id integer REFERENCES p ON DELETE CASCADE, x text, y text);
CREATE INDEX c_x ON c (x);
CREATE TRIGGER tr BEFORE UPDATE ON c FOR EACH ROW EXECUTE FUNCTION tf();
-- migration: 18
-- undone
DROP TABLE c;
-- down
CREATE TABLE c (id bigserial PRIMARY KEY, p_id integer REFERENCES p ON DELETE CASCADE, x text, y text);
-- migration: 19
-- undone
DROP TABLE c;
-- down
CREATE TABLE c (p_id integer REFERENCES p ON DELETE CASCADE, y text, x text, id bigserial PRIMARY KEY);
CREATE INDEX c_x ON c (x);
CREATE TRIGGER tr BEFORE UPDATE ON c FOR EACH ROW EXECUTE FUNCTION tf();
-- migration: 20
-- undone
CREATE TABLE d (id serial, a integer REFERENCES p);
-- down
DROP TABLE d;
-- migration: 21
-- undone
CREATE TABLE d (id serial, a integer REFERENCES p);
-- down
ALTER TABLE d DROP COLUMN a;
-- migration: 22
-- undone
ALTER TYPE kind ADD VALUE 'c';
-- down
SELECT 1;
-- migration: 23
-- undone
ALTER TYPE kind RENAME VALUE 'a' TO 'aa';
-- down
ALTER TYPE kind RENAME VALUE 'aa' TO 'a';
-- migration: 24
-- undone
ALTER TYPE kind RENAME VALUE 'a' TO 'aa';
-- down
ALTER TYPE kind RENAME VALUE 'b' TO 'a';
-- migration: 25
-- undone
CREATE TYPE kind2 AS ENUM ('x');
-- down
DROP TYPE kind2;
-- migration: 26
-- undone
CREATE TYPE kind2 AS ENUM ('x');
-- down
SELECT 1;
-- migration: 27
-- undone
CREATE DOMAIN dm AS text CHECK (VALUE <> '');
-- down
DROP DOMAIN dm;
-- migration: 28
-- undone
CREATE DOMAIN dm AS text CHECK (VALUE <> '');
-- down
ALTER DOMAIN dm DROP CONSTRAINT dm_check;
-- migration: 29
-- undone
CREATE OR REPLACE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 + 2';
-- down
CREATE OR REPLACE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 + 1';
-- migration: 30
-- undone
CREATE OR REPLACE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 + 2';
-- down
CREATE OR REPLACE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 +  1';
-- migration: 31
-- undone
CREATE OR REPLACE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 + 2';
-- down
CREATE OR REPLACE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1 + 1';
-- migration: 32
-- undone
DROP FUNCTION f(integer);
-- down
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$SELECT $1 + 1$$;
-- migration: 33
-- undone
DROP FUNCTION f(integer);
-- down
CREATE FUNCTION f(x integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 + 1';
-- migration: 34
-- undone
ALTER FUNCTION f(integer) STABLE;
-- down
ALTER FUNCTION f(integer) IMMUTABLE;
-- migration: 35
-- undone
ALTER FUNCTION f(integer) STABLE;
-- down
ALTER FUNCTION f(integer) VOLATILE;
-- migration: 36
-- undone
CREATE FUNCTION f(text) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- down
DROP FUNCTION f(text);
-- migration: 37
-- undone
CREATE FUNCTION f(text) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- down
DROP FUNCTION f(integer);
