-- case: db/migration/V1__a.sql, isolated
CREATE DOMAIN d AS int;
CREATE DOMAIN e AS int;
-- case: db/migration/V2__b.sql, isolated
ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 0) NOT VALID; -- warning: constraint `c` of `d` is NOT VALID
ALTER DOMAIN e ADD CONSTRAINT c CHECK (VALUE > 0) NOT VALID;
-- case: db/migration/V3__c.sql, isolated
ALTER DOMAIN e VALIDATE CONSTRAINT c;
