-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (a int);
CREATE VIEW v AS SELECT a FROM t;
-- case: db/migration/V2__b.sql, isolated
DROP TABLE t; -- error: cannot drop table t because other objects depend on it (SQLSTATE 2BP01)
-- case: db/migration/V3__c.sql, isolated
DROP TABLE t CASCADE;
