-- case: db/migration/V1__a.sql
CREATE TABLE t (a int);
DROP TABLE t;
DROP TABLE t;
