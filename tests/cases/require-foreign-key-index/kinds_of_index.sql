-- case: db/migration/V1__a.sql, isolated
CREATE TABLE p (id int PRIMARY KEY, a int, b int, UNIQUE (a, b));
CREATE TABLE t (
  a int REFERENCES p PRIMARY KEY,
  b int REFERENCES p UNIQUE,
  c int REFERENCES p,
  d int REFERENCES p,
  e int REFERENCES p,
  f int REFERENCES p, -- error: foreign key `f` of `t` has no index
  g int REFERENCES p, -- error: foreign key `g` of `t` has no index
  h int REFERENCES p -- error: foreign key `h` of `t` has no index
);
CREATE INDEX ON t (c);
CREATE INDEX ON t USING hash (d);
CREATE INDEX ON t (e DESC, a);
CREATE INDEX ON t (a, f);
CREATE INDEX ON t ((g + 1));
CREATE INDEX ON t (a) INCLUDE (h);
