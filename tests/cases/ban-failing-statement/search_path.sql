-- case: db/migration/V1__a.sql, isolated
CREATE SCHEMA s;
CREATE TABLE s.t (a int);
-- case: db/migration/V2__b.sql, isolated
SET search_path = s;
ALTER TABLE t ADD COLUMN b int;
-- case: db/migration/V3__c.sql, isolated
ALTER TABLE t ADD COLUMN c int; -- error: relation "t" does not exist (SQLSTATE 42P01)
