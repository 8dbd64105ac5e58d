-- case: db/migration/V1__a.sql, isolated
CREATE TABLE p (id int PRIMARY KEY, a int, b int, UNIQUE (a, b));
CREATE TABLE t (
  a int REFERENCES p,
  b int REFERENCES p, -- error: foreign key `b` of `t` has no index
  c int REFERENCES p, -- error: foreign key `c` of `t` has no index
  d int REFERENCES p, -- error: foreign key `d` of `t` has no index
  gone boolean
);
CREATE INDEX ON t (a) WHERE a IS NOT NULL;
CREATE INDEX ON t (b) WHERE NOT gone;
CREATE INDEX ON t (c) WHERE c IS NOT NULL AND gone IS NOT NULL;
CREATE INDEX ON t (d) WHERE d IS NULL;
CREATE TABLE u (a int, b int, FOREIGN KEY (a, b) REFERENCES p (a, b));
CREATE INDEX ON u (b, a) WHERE (a IS NOT NULL) AND (b IS NOT NULL);
CREATE TABLE v (a int, b int, FOREIGN KEY (a, b) REFERENCES p (a, b));
CREATE INDEX ON v (b, a) WHERE a IS NOT NULL;
