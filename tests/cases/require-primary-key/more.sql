-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint);
CREATE TABLE b (id bigint); -- warning: table `b` has no primary key
-- case: 002_b.sql, isolated
ALTER TABLE a ADD PRIMARY KEY (nothing);
