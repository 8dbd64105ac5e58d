-- What only changes, drops, reads or writes something elsewhere; what is temporary; what an extension brings; what has no schema.
ALTER TABLE archive.company ADD COLUMN b int;
ALTER TABLE archive.company ADD CONSTRAINT c CHECK (b > 0);
DROP TABLE archive.company;
INSERT INTO archive.company VALUES (1);
COMMENT ON TABLE archive.company IS 'x';
CREATE POLICY p ON archive.company;
CREATE TRIGGER t BEFORE UPDATE ON archive.company FOR EACH ROW EXECUTE FUNCTION archive.f();
CREATE TEMP TABLE scratch (a int);
CREATE INDEX ON scratch (a);
CREATE TABLE pg_temp.scratch (a int);
CREATE VIEW pg_temp.v AS SELECT 1;
CREATE EXTENSION IF NOT EXISTS citext SCHEMA extensions;
CREATE ROLE reader;
CREATE TABLE unqualified (a int);
CREATE FUNCTION marketing.f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN CREATE TABLE archive.x (a int); END $$;
-- CREATE TABLE archive.commented (a int);
