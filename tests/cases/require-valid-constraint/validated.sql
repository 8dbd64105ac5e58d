-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (a int);
-- case: db/migration/V2__b.sql, isolated
ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;
ALTER TABLE t ADD CONSTRAINT d CHECK (a > 1) NOT VALID;
-- case: db/migration/V3__c.sql, isolated
ALTER TABLE t VALIDATE CONSTRAINT c;
ALTER TABLE t DROP CONSTRAINT d;
