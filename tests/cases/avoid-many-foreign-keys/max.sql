-- case: ctb/data/migrations/001_a.sql
CREATE TABLE b (id bigint PRIMARY KEY);
CREATE TABLE c (id bigint PRIMARY KEY);
CREATE TABLE d (id bigint PRIMARY KEY);
CREATE TABLE e (id bigint PRIMARY KEY);
-- case: ctb/data/migrations/002_b.sql
CREATE TABLE f (b bigint REFERENCES b, c bigint REFERENCES c, d bigint REFERENCES d);
CREATE TABLE g (b bigint REFERENCES b, c bigint REFERENCES c, d bigint REFERENCES d, e bigint REFERENCES e); -- warning: `b`, `c`, `d` and `e`
