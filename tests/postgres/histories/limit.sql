-- migration: the most columns
DO $$ BEGIN EXECUTE 'CREATE TABLE wide (' || (SELECT string_agg('c' || n || ' integer', ', ') FROM generate_series(1, 1600) n) || ')'; END $$;
ALTER TABLE wide ADD COLUMN one_more integer;
-- down
DROP TABLE wide;
-- migration: names of 63 and 64 bytes
CREATE TABLE aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff123 (id integer);
CREATE TABLE aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff1234 (id integer);
CREATE TABLE "ääääääääääääääääääääääääääääääääää" (id integer);
CREATE INDEX ON "ääääääääääääääääääääääääääääääääää" (id);
ALTER TABLE aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff123456 ADD COLUMN x serial;
ALTER TABLE aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff123 ADD CHECK (x > 0), ADD UNIQUE (x), ADD FOREIGN KEY (id) REFERENCES aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff123 (x);
-- down
DROP TABLE aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff123;
-- migration: empty names
CREATE TABLE "" (a integer);
CREATE TABLE e ("" integer);
CREATE SCHEMA "";
-- migration: keys
CREATE TABLE k33 (c1 int, c2 int, c3 int, c4 int, c5 int, c6 int, c7 int, c8 int, c9 int, c10 int, c11 int, c12 int, c13 int, c14 int, c15 int, c16 int, c17 int, c18 int, c19 int, c20 int, c21 int, c22 int, c23 int, c24 int, c25 int, c26 int, c27 int, c28 int, c29 int, c30 int, c31 int, c32 int, c33 int);
CREATE INDEX ON k33 (c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20, c21, c22, c23, c24, c25, c26, c27, c28, c29, c30, c31, c32);
CREATE INDEX ON k33 (c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20, c21, c22, c23, c24, c25, c26, c27, c28, c29, c30, c31, c32, c33);
-- down
DROP TABLE k33;
-- migration: numbers
CREATE SEQUENCE big MAXVALUE 9223372036854775807;
CREATE SEQUENCE bigger MAXVALUE 9223372036854775808;
CREATE TABLE n (a integer DEFAULT 2147483647, b integer DEFAULT 2147483648, c bigint DEFAULT 9223372036854775807, d numeric DEFAULT 1e100);
CREATE TABLE n2 (a smallint DEFAULT 32768, b numeric(1000), c numeric(1001));
SELECT 2147483647 + 1;
SELECT 9223372036854775807 + 1;
-- down
DROP TABLE n;
DROP SEQUENCE big;
-- migration: labels
CREATE TYPE long_label AS ENUM ('aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff1234');
CREATE TYPE odd_label AS ENUM ('', ' ', 'it''s', E'a\nb');
-- down
DROP TYPE odd_label;
-- migration: recursion
CREATE FUNCTION fac(n integer) RETURNS integer LANGUAGE plpgsql AS $$ BEGIN IF n <= 1 THEN RETURN 1; END IF; RETURN n * fac(n - 1); END $$;
SELECT fac(5);
CREATE FUNCTION self(n integer) RETURNS integer LANGUAGE sql AS 'SELECT self(n)';
CREATE OR REPLACE FUNCTION fac(n integer) RETURNS integer LANGUAGE sql AS 'SELECT CASE WHEN n <= 1 THEN 1 ELSE n * fac(n - 1) END';
-- down
DROP FUNCTION fac;
-- migration: nesting
SELECT ((((((((((((((((((((((((((((((1))))))))))))))))))))))))))))));
CREATE TABLE nest (a integer CHECK ((((((((((((((((((((a > 0)))))))))))))))))))));
-- down
DROP TABLE nest;
-- migration: cycles of keys
CREATE TABLE cy_a (id integer PRIMARY KEY, b_id integer);
CREATE TABLE cy_b (id integer PRIMARY KEY, a_id integer REFERENCES cy_a);
ALTER TABLE cy_a ADD FOREIGN KEY (b_id) REFERENCES cy_b;
DROP TABLE cy_a;
DROP TABLE cy_a, cy_b;
-- migration: nothing at all
-- migration: only comments
-- nothing here
/* nor here */
-- migration: empty statements
;;
CREATE TABLE es (a integer);;
-- down
;DROP TABLE es;
