-- case: db/migration/V1__a.sql, isolated
CREATE INDEX i ON legacy (a);
CREATE TABLE t (a citext, b int REFERENCES people (id));
