-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (a int, b int);
CREATE INDEX i ON t (a);
CREATE TABLE u (a int);
-- case: db/migration/V2__b.sql, isolated
CREATE INDEX IF NOT EXISTS i ON t (a, b); -- warning: it has no key 2
-- case: db/migration/V3__c.sql, isolated
CREATE UNIQUE INDEX IF NOT EXISTS i ON t (a); -- warning: it is not unique
-- case: db/migration/V4__d.sql, isolated
CREATE INDEX IF NOT EXISTS i ON t (a) WHERE b > 0; -- warning: it has no predicate
-- case: db/migration/V5__e.sql, isolated
CREATE INDEX IF NOT EXISTS i ON u (a); -- warning: its table is public.t, not public.u
-- case: db/migration/V6__f.sql, isolated
CREATE INDEX IF NOT EXISTS u ON t (a); -- warning: it is a table, not an index
