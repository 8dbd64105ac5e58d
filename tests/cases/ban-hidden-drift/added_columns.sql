-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (a int, b text);
-- case: db/migration/V2__b.sql, isolated
ALTER TABLE t ADD COLUMN IF NOT EXISTS a int, ADD COLUMN IF NOT EXISTS c int;
-- case: db/migration/V3__c.sql, isolated
ALTER TABLE t ADD COLUMN IF NOT EXISTS b varchar(10); -- warning: passes over column t.b, which is not what this says: its type is text, not character varying(10)
ALTER TABLE t ADD COLUMN IF NOT EXISTS c int NOT NULL DEFAULT 0; -- warning: it has no default
