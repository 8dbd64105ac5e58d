-- migration: enums
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TYPE mood AS ENUM ('x');
CREATE TYPE dup AS ENUM ('a', 'a');
CREATE TYPE none AS ENUM ();
CREATE TABLE people (id integer, m mood NOT NULL DEFAULT 'ok', ms mood[]);
CREATE TABLE bad (m mood DEFAULT 'angry');
ALTER TYPE mood ADD VALUE 'great';
ALTER TYPE mood ADD VALUE 'great';
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'great';
ALTER TYPE mood ADD VALUE 'meh' BEFORE 'ok';
ALTER TYPE mood ADD VALUE 'fine' AFTER 'ok';
ALTER TYPE mood ADD VALUE 'x' AFTER 'nothing';
ALTER TYPE mood RENAME VALUE 'sad' TO 'unhappy';
ALTER TYPE mood RENAME VALUE 'sad' TO 'unhappy';
ALTER TYPE mood RENAME VALUE 'unhappy' TO 'ok';
ALTER TYPE nothing ADD VALUE 'x';
ALTER TYPE mood RENAME TO feeling;
ALTER TYPE mood RENAME TO feeling2;
DROP TYPE feeling;
ALTER TABLE people ALTER m TYPE text;
ALTER TABLE people ALTER m DROP DEFAULT, ALTER m TYPE text;
ALTER TABLE people ALTER m TYPE feeling;
ALTER TABLE people ALTER m TYPE feeling USING m::feeling;
ALTER TABLE people DROP COLUMN ms;
DROP TYPE feeling;
DROP TYPE feeling CASCADE;
DROP TYPE feeling;
DROP TYPE IF EXISTS feeling;
-- down
DROP TABLE people;

-- migration: labels in transactions
CREATE TYPE color AS ENUM ('red', 'green');
BEGIN;
ALTER TYPE color ADD VALUE 'blue';
SELECT 'red'::color;
SELECT 'blue'::color;
ROLLBACK;
BEGIN;
ALTER TYPE color ADD VALUE 'blue';
CREATE TABLE col (c color DEFAULT 'blue');
ROLLBACK;
BEGIN;
ALTER TYPE color ADD VALUE 'blue';
COMMIT;
CREATE TABLE col (c color DEFAULT 'blue');
BEGIN;
CREATE TYPE fresh AS ENUM ('a');
ALTER TYPE fresh ADD VALUE 'b';
CREATE TABLE fr (f fresh DEFAULT 'b');
INSERT INTO fr VALUES ('b');
COMMIT;
-- down
DROP TABLE col, fr;
DROP TYPE color, fresh;

-- migration: enums and rows
CREATE TYPE st AS ENUM ('new', 'old');
CREATE TABLE ro (s st, t text);
INSERT INTO ro VALUES ('new', 'new'), ('old', 'gone');
INSERT INTO ro VALUES ('nothing', 'x');
ALTER TABLE ro ALTER t TYPE st USING t::st;
UPDATE ro SET t = 'old' WHERE t = 'gone';
ALTER TABLE ro ALTER t TYPE st USING t::st;
SELECT 'nothing'::st;
CREATE VIEW rv AS SELECT s FROM ro WHERE s = 'new';
CREATE VIEW rv2 AS SELECT s FROM ro WHERE s = 'nothing';
CREATE FUNCTION rf(x st DEFAULT 'new') RETURNS st LANGUAGE sql AS 'SELECT x';
CREATE INDEX ri ON ro (s) WHERE s = 'new';
DROP TYPE st;
DROP TYPE st CASCADE;
-- down
DROP TABLE ro;

-- migration: composites
CREATE TYPE addr AS (street text, zip varchar(5), geo point);
CREATE TYPE addr AS (x integer);
CREATE TYPE twice AS (a integer, a text);
CREATE TYPE empty AS ();
CREATE TYPE holds AS (a addr, list addr[]);
CREATE TABLE houses (id integer, a addr, CHECK ((a).zip IS NOT NULL));
ALTER TYPE addr ADD ATTRIBUTE country text;
ALTER TYPE addr ADD ATTRIBUTE country text;
ALTER TYPE addr DROP ATTRIBUTE geo;
ALTER TYPE addr DROP ATTRIBUTE geo;
ALTER TYPE addr DROP ATTRIBUTE IF EXISTS geo;
ALTER TYPE addr ALTER ATTRIBUTE zip TYPE text;
ALTER TYPE holds ADD ATTRIBUTE n integer;
ALTER TYPE holds ALTER ATTRIBUTE n TYPE bigint;
ALTER TYPE addr RENAME ATTRIBUTE street TO road;
ALTER TYPE addr RENAME ATTRIBUTE street TO road;
ALTER TYPE addr RENAME TO address;
DROP TYPE address;
DROP TYPE houses;
DROP TABLE address;
ALTER TABLE address ADD COLUMN x integer;
DROP TYPE holds;
DROP TYPE address CASCADE;
-- down
DROP TABLE houses;

-- migration: domains
CREATE DOMAIN email AS text CHECK (VALUE ~ '@');
CREATE DOMAIN email AS text;
CREATE DOMAIN pos AS integer NOT NULL DEFAULT 1 CONSTRAINT positive CHECK (VALUE > 0) CHECK (VALUE < 1000);
CREATE DOMAIN d1 AS nothing;
CREATE DOMAIN d2 AS integer DEFAULT 'x';
CREATE DOMAIN d3 AS integer CHECK (value);
CREATE DOMAIN d4 AS integer CHECK (nothing > 1);
CREATE DOMAIN d5 AS varchar(10) COLLATE "C";
CREATE DOMAIN d6 AS integer UNIQUE;
CREATE DOMAIN d7 AS email CHECK (length(VALUE) < 50);
CREATE DOMAIN d8 AS integer[] CHECK (array_length(VALUE, 1) > 0);
CREATE DOMAIN d9 AS integer CHECK ((SELECT true));
CREATE TABLE acc (id pos, mail email, m2 d7 DEFAULT 'a@b');
INSERT INTO acc VALUES (1, 'a@b');
INSERT INTO acc VALUES (0, 'a@b');
INSERT INTO acc VALUES (1, 'ab');
INSERT INTO acc VALUES (NULL, 'a@b');
ALTER DOMAIN email ADD CONSTRAINT short CHECK (length(VALUE) < 100);
ALTER DOMAIN email ADD CONSTRAINT none CHECK (VALUE = '');
ALTER DOMAIN email ADD CONSTRAINT later CHECK (VALUE <> '') NOT VALID;
ALTER DOMAIN email VALIDATE CONSTRAINT later;
ALTER DOMAIN email DROP CONSTRAINT later;
ALTER DOMAIN email DROP CONSTRAINT later;
ALTER DOMAIN email DROP CONSTRAINT IF EXISTS later;
ALTER DOMAIN email RENAME CONSTRAINT short TO brief;
ALTER DOMAIN email RENAME CONSTRAINT short TO brief;
ALTER DOMAIN pos SET DEFAULT 5;
ALTER DOMAIN pos DROP DEFAULT;
ALTER DOMAIN pos DROP NOT NULL;
ALTER DOMAIN pos SET NOT NULL;
ALTER DOMAIN nothing SET NOT NULL;
ALTER DOMAIN email RENAME TO mail_address;
ALTER TYPE mail_address RENAME TO email;
DROP DOMAIN email;
DROP DOMAIN pos CASCADE;
DROP DOMAIN nothing;
DROP DOMAIN IF EXISTS nothing;
DROP TYPE d5;
DROP DOMAIN d8;
-- down
DROP TABLE acc;
DROP DOMAIN d7, email;

-- migration: ranges
CREATE TYPE floatrange AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE TYPE floatrange AS RANGE (subtype = float8);
CREATE TYPE tr AS RANGE (subtype = text, collation = "C", multirange_type_name = trm);
CREATE TYPE nr AS RANGE (subtype = nothing);
CREATE TYPE jr AS RANGE (subtype = json);
CREATE TABLE rt (a floatrange, b tr, c trm, d floatmultirange);
CREATE FUNCTION rf() RETURNS floatrange LANGUAGE sql AS 'SELECT floatrange(1, 2)';
DROP TYPE floatrange;
DROP TYPE tr CASCADE;
-- down
DROP FUNCTION rf;
DROP TABLE rt;
DROP TYPE floatrange;

-- migration: shells and base types
CREATE TYPE shell;
CREATE TYPE shell;
CREATE TABLE sh (a shell);
DROP TYPE shell;
CREATE TYPE shell;
CREATE TYPE shell AS (a integer);
CREATE TYPE shell2;
CREATE TYPE shell2 AS ENUM ('a');

-- migration: names of types
CREATE TABLE same (a integer);
CREATE TYPE same AS ENUM ('a');
CREATE TYPE other AS ENUM ('a');
CREATE TABLE other (a integer);
CREATE TYPE _arr AS ENUM ('a');
CREATE TABLE arr (a integer);
CREATE TYPE "Quoted" AS ENUM ('A b');
CREATE TABLE q (a "Quoted" DEFAULT 'A b', b Quoted);
CREATE TABLE q (a "Quoted" DEFAULT 'A b', b integer[] DEFAULT ARRAY[1, 2]::integer[], c numeric(3)[], d text[][], e interval day to second(3), f time(2) with time zone, g bit varying(5), h "char", i national character(3), j double precision, k float(10), l dec(4, 1), m int8, n bool, o json, p xml, q inet, r money, s oid, t name, u bpchar, v timestamp(3));
ALTER TYPE "Quoted" SET SCHEMA nothing;
CREATE SCHEMA types;
ALTER TYPE "Quoted" SET SCHEMA types;
ALTER TABLE q ADD z types."Quoted", ADD y "Quoted";
ALTER TABLE q ADD z types."Quoted";
DROP SCHEMA types;
DROP SCHEMA types CASCADE;
ALTER TABLE q ADD yy varchar(0);
ALTER TABLE q ADD yy numeric(2000);
ALTER TABLE q ADD yy integer(5);
ALTER TABLE q ADD yy timestamp(9);
ALTER TABLE q ADD yy char(20000000);
-- down
DROP TABLE same, arr, q;
DROP TYPE other, _arr;

-- migration: functions of types
CREATE TYPE ft AS ENUM ('a', 'b');
CREATE FUNCTION ff(ft) RETURNS ft LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION ff2(x text) RETURNS SETOF ft LANGUAGE sql AS 'SELECT $1::ft';
DROP TYPE ft;
DROP FUNCTION ff(text);
DROP FUNCTION ff(ft);
DROP TYPE ft CASCADE;
SELECT ff2('a');
CREATE CAST (text AS integer) WITH INOUT;
-- down
DROP CAST (text AS integer);

-- migration: labels
CREATE TYPE mode AS ENUM ('open', 'asked', 'closed');
CREATE TABLE modes (m mode DEFAULT 'open'::mode, n mode CHECK (n <> 'closed'::mode), o text DEFAULT 'open', UNIQUE (m));
CREATE VIEW open_modes AS SELECT m FROM modes WHERE m = 'open';
INSERT INTO modes VALUES ('open');
-- down
DROP VIEW open_modes;
DROP TABLE modes;
DROP TYPE mode;

-- migration: labels renamed
ALTER TYPE mode RENAME VALUE 'open' TO 'Open';
ALTER TYPE mode RENAME VALUE 'closed' TO 'Closed';
INSERT INTO modes VALUES ('Open') ON CONFLICT DO NOTHING;
INSERT INTO modes VALUES ('Open');
-- down
ALTER TYPE mode RENAME VALUE 'Open' TO 'open';
ALTER TYPE mode RENAME VALUE 'Closed' TO 'closed';

-- migration: default of a label
ALTER TABLE modes ALTER m SET DEFAULT 'Closed';
DROP VIEW open_modes;
-- down
ALTER TABLE modes ALTER m SET DEFAULT 'Open';
CREATE VIEW open_modes AS SELECT m FROM modes WHERE m = 'Open';

-- migration: label more
ALTER TYPE mode ADD VALUE 'invited';
-- down
ALTER TABLE modes DROP CONSTRAINT modes_n_check;
CREATE TYPE mode_new AS ENUM ('Open', 'asked', 'Closed');
ALTER TABLE modes ALTER m DROP DEFAULT;
ALTER TABLE modes ALTER m TYPE mode_new USING m::text::mode_new;
ALTER TABLE modes ALTER n TYPE mode_new USING n::text::mode_new;
DROP TYPE mode;
ALTER TYPE mode_new RENAME TO mode;
ALTER TABLE modes ALTER m SET DEFAULT 'Closed';
ALTER TABLE modes ADD CONSTRAINT modes_n_check CHECK (n <> 'Closed');
-- migration: what a domain can't say
CREATE TABLE said (id integer PRIMARY KEY);
CREATE DOMAIN says AS integer DEFAULT 1 REFERENCES said (id);
CREATE DOMAIN says AS integer REFERENCES said DEFAULT nothing();
CREATE DOMAIN says AS integer DEFAULT nothing() REFERENCES said;
CREATE DOMAIN says AS integer DEFAULT (1) UNIQUE;
CREATE DOMAIN says AS integer PRIMARY KEY CHECK (nothing(value));
CREATE DOMAIN says AS integer CHECK (nothing(value)) REFERENCES said;
CREATE DOMAIN says AS integer GENERATED ALWAYS AS IDENTITY;
CREATE DOMAIN says AS nothing REFERENCES said;
-- down
DROP TABLE said;
