-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (a int);
-- case: db/migration/V2__b.sql, isolated
ALTER TABLE t RENAME COLUMN a TO b;
-- case: db/migration/V3__c.sql, isolated
CREATE INDEX i ON t (b);
CREATE INDEX j ON t (a); -- error: column "a" does not exist (SQLSTATE 42703)
