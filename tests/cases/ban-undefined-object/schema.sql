-- case: db/migration/V1__a.sql
CREATE TABLE s.t (a int); -- error: no migration creates `s`: schema "s" does not exist (SQLSTATE 3F000)
