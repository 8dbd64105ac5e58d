CREATE DOMAIN number AS bigint;
CREATE TABLE a (id bigint PRIMARY KEY, code varchar(10) UNIQUE, letters char(3) UNIQUE);
CREATE TABLE b (a number REFERENCES a (id), code text REFERENCES a (code), letters varchar REFERENCES a (letters));
CREATE TABLE c (a int REFERENCES made_elsewhere (id));
CREATE TABLE d (a int REFERENCES a (id));
ALTER TABLE d ALTER COLUMN a TYPE bigint;
