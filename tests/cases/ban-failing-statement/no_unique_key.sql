-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (a int);
-- case: db/migration/V2__b.sql, isolated
CREATE TABLE u (a int REFERENCES t (a)); -- error: there is no unique constraint matching given keys for referenced table "t" (SQLSTATE 42830)
