-- case: db/migration/V1__a.sql, isolated
CREATE TABLE p (id int PRIMARY KEY, a int, b int, UNIQUE (a, b));
CREATE TABLE t (a int REFERENCES p, b int REFERENCES p); -- error: foreign key `c` of `s` has no index
CREATE INDEX ta ON t (a) WHERE a IS NOT NULL;
-- case: db/migration/V2__b.sql, isolated
ALTER TABLE t RENAME TO s;
ALTER TABLE s RENAME b TO c;
ALTER TABLE s RENAME a TO d;
