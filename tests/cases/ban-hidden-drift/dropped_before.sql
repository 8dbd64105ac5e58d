-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (a int);
-- case: db/migration/V2__b.sql, isolated
DROP TABLE t;
CREATE TABLE IF NOT EXISTS t (b int);
