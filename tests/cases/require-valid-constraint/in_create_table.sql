-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 0) NOT VALID);
