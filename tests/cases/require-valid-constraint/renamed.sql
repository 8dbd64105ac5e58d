-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (a int);
ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID; -- warning: constraint `e` of `s` is NOT VALID
-- case: db/migration/V2__b.sql, isolated
ALTER TABLE t RENAME TO s;
ALTER TABLE s RENAME CONSTRAINT c TO e;
