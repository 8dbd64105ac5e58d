-- case: db/migration/V1__a.sql, isolated
CREATE TABLE p (id int PRIMARY KEY, a int, b int, UNIQUE (a, b));
CREATE TABLE t (a int REFERENCES p, b int REFERENCES p);
CREATE TABLE u (a int REFERENCES p);
-- case: db/migration/V2__b.sql, isolated
DROP TABLE t;
ALTER TABLE u DROP COLUMN a;
