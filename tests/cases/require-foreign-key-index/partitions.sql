-- case: db/migration/V1__a.sql, isolated
CREATE TABLE p (id int PRIMARY KEY, a int, b int, UNIQUE (a, b));
CREATE TABLE t (a int REFERENCES p, at date) PARTITION BY RANGE (at); -- error: foreign key `a` of `t` has no index
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE t2 PARTITION OF t FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
CREATE TABLE u (a int REFERENCES p, at date) PARTITION BY RANGE (at);
CREATE TABLE u1 PARTITION OF u FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE INDEX ON u (a);
