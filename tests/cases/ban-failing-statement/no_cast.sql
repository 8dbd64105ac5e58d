-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (a text);
-- case: db/migration/V2__b.sql, isolated
ALTER TABLE t ALTER COLUMN a TYPE int; -- error: column "a" cannot be cast automatically to type integer (SQLSTATE 42804)
-- case: db/migration/V3__c.sql, isolated
ALTER TABLE t ALTER COLUMN a TYPE int USING a::int;
