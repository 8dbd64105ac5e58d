-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (a int);
-- case: db/migration/V2__b.sql, isolated
ALTER TABLE t RENAME TO u;
-- case: db/migration/V3__c.sql, isolated
CREATE INDEX i ON u (a);
CREATE INDEX j ON t (a); -- error: relation "t" does not exist (SQLSTATE 42P01)
