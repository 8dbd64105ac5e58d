-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (a int);
ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;
-- case: db/migration/V2__b.sql, isolated
DROP TABLE t;
