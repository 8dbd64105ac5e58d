-- What is dropped and made again, whatever stood there before.
DROP TABLE marketing.a;
CREATE TABLE marketing.a (id INT);
CREATE INDEX idx_a ON marketing.a (id);
ALTER TABLE marketing.a ADD CONSTRAINT c CHECK (id > 0);
INSERT INTO marketing.a VALUES (1);

ALTER TABLE marketing.b DROP CONSTRAINT c;
ALTER TABLE marketing.b ADD CONSTRAINT c CHECK (id > 1);

-- What is made for the migration alone.
CREATE FUNCTION marketing.helper() RETURNS INT LANGUAGE sql AS 'SELECT 1';
SELECT marketing.helper();
DROP FUNCTION marketing.helper();

CREATE TABLE marketing.copy (id INT);
INSERT INTO marketing.copy SELECT id FROM marketing.b;
DROP TABLE marketing.copy;

-- A table that another takes the place of.
CREATE TABLE marketing.new_c (id INT);
DROP TABLE marketing.c;
ALTER TABLE marketing.new_c RENAME TO c;

-- CASCADE takes along what depends on what goes.
DROP FUNCTION IF EXISTS marketing.touch() CASCADE;
CREATE FUNCTION marketing.touch() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER touch_b BEFORE UPDATE ON marketing.b FOR EACH ROW EXECUTE FUNCTION marketing.touch();

DROP SCHEMA IF EXISTS scratch CASCADE;
CREATE SCHEMA scratch;
CREATE TABLE scratch.t (id INT);

DROP TABLE IF EXISTS marketing.d CASCADE;
CREATE TABLE marketing.d (id INT PRIMARY KEY);
CREATE VIEW marketing.all_d AS SELECT id FROM marketing.d;
ALTER TABLE marketing.b ADD CONSTRAINT to_d FOREIGN KEY (id) REFERENCES marketing.d (id);

-- The index of a table that takes another's place stays: its name is taken the second time.
CREATE TABLE marketing.new_e (id INT);
CREATE INDEX idx_e ON marketing.new_e (id); -- error: index `idx_e`
DROP TABLE marketing.e;
ALTER TABLE marketing.new_e RENAME TO e;
