-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (id int PRIMARY KEY, parent int REFERENCES t); -- error: foreign key `parent` of `t` has no index
