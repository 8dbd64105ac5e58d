-- case: db/migration/V1__a.sql, isolated
CREATE SEQUENCE s;
CREATE TABLE t (a int);
ALTER SEQUENCE s OWNED BY t.a;
-- case: db/migration/V2__b.sql, isolated
CREATE SEQUENCE IF NOT EXISTS s;
-- case: db/migration/V3__c.sql, isolated
CREATE SEQUENCE IF NOT EXISTS s START 100; -- warning: its start is 1, not 100
