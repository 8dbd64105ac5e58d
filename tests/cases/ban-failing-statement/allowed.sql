-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (a int);
-- case: db/migration/V2__b.sql, isolated
-- migration-lint: allow(ban-failing-statement): it runs on the old database only
CREATE TABLE t (b int);
