-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (a int);
CREATE TABLE t (b int); -- error: relation "t" already exists
CREATE TABLE u (a int);
ALTER TABLE u ADD COLUMN b int;
-- case: db/migration/V2__b.sql, isolated
ALTER TABLE u ADD COLUMN c int;
CREATE INDEX i ON u (c);
ALTER TABLE u DROP COLUMN b;
