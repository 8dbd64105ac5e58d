ALTER TABLE scratch ADD COLUMN a int; -- error: `scratch` is written without its schema
CREATE TEMPORARY TABLE scratch (a int);
ALTER TABLE scratch ADD COLUMN b int;
