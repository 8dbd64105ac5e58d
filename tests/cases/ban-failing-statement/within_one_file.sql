-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (a int);
CREATE TABLE t (a int); -- error: relation "t" already exists
