-- case: db/migration/V1__a.sql, isolated
CREATE INDEX i ON later (a); -- error: relation "later" does not exist (SQLSTATE 42P01)
-- case: db/migration/V2__b.sql, isolated
CREATE TABLE later (a int);
