-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (a int);
CREATE INDEX i ON t (a);
-- case: db/migration/V2__b.sql, isolated
CREATE INDEX i ON t (a); -- error: relation "i" already exists (SQLSTATE 42P07)
