-- case: db/migration/V1__a.sql, isolated
ALTER TABLE legacy ADD FOREIGN KEY (a) REFERENCES other (id);
ALTER TABLE legacy ADD COLUMN b int REFERENCES other;
CREATE TABLE t (a int REFERENCES other); -- error: foreign key `a` of `t` has no index
