-- case: db/migration/V1__a.sql
CREATE TABLE t (a int DEFAULT next_number()); -- error: no migration creates `next_number`: function next_number() does not exist (SQLSTATE 42883)
