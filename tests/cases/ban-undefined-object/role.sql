-- case: db/migration/V1__a.sql
CREATE TABLE t (a int);
GRANT SELECT ON t TO reader; -- error: no migration creates `reader`: role "reader" does not exist (SQLSTATE 42704)
