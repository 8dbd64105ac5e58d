-- case: migrations/1_m.up.sql, isolated
CREATE TABLE t (a int);
