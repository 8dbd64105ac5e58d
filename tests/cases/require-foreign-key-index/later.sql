-- case: db/migration/V1__a.sql, isolated
CREATE TABLE p (id int PRIMARY KEY, a int, b int, UNIQUE (a, b));
CREATE TABLE t (a int REFERENCES p, b int REFERENCES p, c int REFERENCES p); -- error: foreign key `b` of `t` has no index
-- case: db/migration/V2__b.sql, isolated
CREATE INDEX ta ON t (a);
CREATE INDEX tb ON t (b);
ALTER TABLE t DROP CONSTRAINT t_c_fkey;
-- case: db/migration/V3__c.sql, isolated
DROP INDEX tb;
