-- case: db/migration/V1__a.sql
CREATE TABLE t (a int REFERENCES people (id)); -- error: no migration creates `people`: relation "people" does not exist (SQLSTATE 42P01)
