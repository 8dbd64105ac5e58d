-- case: db/migration/V1__a.sql, isolated
CREATE TABEL t (a int);
-- case: db/migration/V2__b.sql, isolated
CREATE TABLE u (a int);
