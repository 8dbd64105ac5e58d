CREATE TEMP TABLE picked (id INT);
CREATE INDEX picked_id ON picked (id);
INSERT INTO picked VALUES (1);
ALTER TABLE picked ADD COLUMN name TEXT;
CREATE TEMPORARY VIEW shown AS SELECT id FROM picked;
CREATE TABLE pg_temp.other (id INT);
INSERT INTO pg_temp.other VALUES (1);
