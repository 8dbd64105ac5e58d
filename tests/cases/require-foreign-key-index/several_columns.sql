-- case: db/migration/V1__a.sql, isolated
CREATE TABLE p (id int PRIMARY KEY, a int, b int, UNIQUE (a, b));
CREATE TABLE t (a int, b int, FOREIGN KEY (a, b) REFERENCES p (a, b));
CREATE INDEX ON t (b, a, (a + b));
CREATE TABLE u (a int, b int, FOREIGN KEY (a, b) REFERENCES p (a, b)); -- error: foreign key (`a`, `b`) of `u` has no index
CREATE INDEX ON u (a);
CREATE INDEX ON u (b);
CREATE TABLE v (a int, b int, c int, FOREIGN KEY (a, b) REFERENCES p (a, b)); -- error: foreign key (`a`, `b`) of `v` has no index
CREATE INDEX ON v (a, c, b);
