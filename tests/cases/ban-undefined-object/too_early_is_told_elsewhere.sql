-- case: db/migration/V1__a.sql
CREATE INDEX i ON t (a);
-- case: db/migration/V2__b.sql
CREATE TABLE t (a int);
