-- migration: published tables
CREATE TABLE keyed (a integer PRIMARY KEY, b text);
CREATE TABLE keyless (a integer, b text);
CREATE TABLE deferred (a integer PRIMARY KEY DEFERRABLE);
CREATE UNLOGGED TABLE unlogged (a integer);
CREATE TABLE parts (a integer) PARTITION BY RANGE (a);
CREATE TABLE part PARTITION OF parts FOR VALUES FROM (0) TO (9);
CREATE SCHEMA s;
CREATE TABLE s.inside (a integer);
UPDATE keyless SET b = 'b';
CREATE PUBLICATION p FOR TABLE keyed, keyless, deferred, parts;
-- migration: rows that subscribers can't find
UPDATE keyed SET b = 'b';
DELETE FROM keyed;
UPDATE keyless SET b = 'b';
DELETE FROM keyless;
DELETE FROM keyless WHERE false;
DELETE FROM deferred;
UPDATE unlogged SET a = 1;
UPDATE parts SET a = 1;
DELETE FROM part;
INSERT INTO keyless VALUES (1, 'a');
TRUNCATE keyless;
UPDATE s.inside SET a = 1;
-- migration: other identities
ALTER TABLE keyless REPLICA IDENTITY FULL;
UPDATE keyless SET b = 'b';
ALTER TABLE keyed REPLICA IDENTITY NOTHING;
DELETE FROM keyed;
ALTER TABLE keyed REPLICA IDENTITY USING INDEX keyed_pkey;
DELETE FROM keyed;
-- migration: what is published
ALTER PUBLICATION p SET (publish = 'insert, delete');
UPDATE deferred SET a = 2;
DELETE FROM deferred;
ALTER PUBLICATION p ADD TABLES IN SCHEMA s;
UPDATE s.inside SET a = 1;
DELETE FROM s.inside;
DROP PUBLICATION p;
DELETE FROM s.inside;
CREATE PUBLICATION everything FOR ALL TABLES;
DELETE FROM s.inside;
DELETE FROM unlogged;
-- migration: logs
CREATE PUBLICATION q FOR TABLE keyed;
ALTER TABLE keyed SET UNLOGGED;
ALTER TABLE keyed SET UNLOGGED, ALTER COLUMN nothing SET DEFAULT 'a';
ALTER TABLE s.inside SET UNLOGGED;
-- migration: orders of checks
CREATE PROCEDURE proc() LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE agg(integer) (SFUNC = int4pl, STYPE = integer);
CREATE TRIGGER g BEFORE INSERT ON keyed FOR EACH ROW EXECUTE FUNCTION proc();
CREATE TRIGGER g BEFORE INSERT ON keyed FOR EACH ROW EXECUTE FUNCTION agg();
ALTER TABLE keyed ALTER COLUMN nothing DROP EXPRESSION, ALTER COLUMN a TYPE date USING coalesce(a, 'x');
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE texts (a text DEFAULT tf(), b varchar(3) DEFAULT tf(), c name DEFAULT tf(), d text DEFAULT pg_notify('a', 'b'));
CREATE TABLE numbers (a integer DEFAULT tf());
