-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (a int);
-- case: db/migration/V2__b.sql, isolated
CREATE TABLE t (b int); -- error: this fails: relation "t" already exists (SQLSTATE 42P07)
