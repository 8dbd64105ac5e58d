-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (a int, b int);
CREATE TABLE u (id int PRIMARY KEY);
-- case: db/migration/V2__b.sql, isolated
ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID; -- warning: constraint `c` of `t` is NOT VALID, and no migration validates it
ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (b) REFERENCES u NOT VALID; -- warning: constraint `f` of `t` is NOT VALID
-- case: db/migration/V3__c.sql, isolated
ALTER TABLE t ADD CHECK (b > 0) NOT VALID; -- warning: constraint `t_b_check` of `t` is NOT VALID
