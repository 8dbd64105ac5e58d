-- case: db/migration/V1__a.sql
CREATE TABLE t (a citext); -- error: no migration creates `citext`: type "citext" does not exist (SQLSTATE 42704)
