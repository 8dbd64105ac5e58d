-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (a int);
-- case: db/migration/V2__b.sql, isolated
DROP TABLE t;
-- case: db/migration/V3__c.sql, isolated
ALTER TABLE t ADD COLUMN b int; -- error: relation "t" does not exist (SQLSTATE 42P01)
