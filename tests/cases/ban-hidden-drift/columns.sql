-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (a int, b text DEFAULT 'x', c int NOT NULL);
-- case: db/migration/V2__b.sql, isolated
CREATE TABLE IF NOT EXISTS t (a bigint, b text DEFAULT 'x', c int NOT NULL); -- warning: column a: its type is integer, not bigint
-- case: db/migration/V3__c.sql, isolated
CREATE TABLE IF NOT EXISTS t (a int, b text DEFAULT 'y', c int NOT NULL); -- warning: column b: its default is 'x'
-- case: db/migration/V4__d.sql, isolated
CREATE TABLE IF NOT EXISTS t (a int, b text DEFAULT 'x', c int); -- warning: column c: it is not null
-- case: db/migration/V5__e.sql, isolated
CREATE TABLE IF NOT EXISTS t (a int, b text DEFAULT 'x', c int NOT NULL, d int); -- warning: it has no column d
-- case: db/migration/V6__f.sql, isolated
CREATE TABLE IF NOT EXISTS t (a int, b text DEFAULT 'x'); -- warning: it has a column c too
