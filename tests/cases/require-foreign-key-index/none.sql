-- case: db/migration/V1__a.sql, isolated
CREATE TABLE p (id int PRIMARY KEY, a int, b int, UNIQUE (a, b));
CREATE TABLE t (p_id int REFERENCES p (id)); -- error: foreign key `p_id` of `t` has no index
CREATE TABLE u (
  x int,
  CONSTRAINT u_x FOREIGN KEY (x) REFERENCES p (id) -- error: foreign key `x` of `u` has no index
);
-- case: db/migration/V2__b.sql, isolated
ALTER TABLE u ADD COLUMN y int REFERENCES p; -- error: foreign key `y` of `u` has no index
ALTER TABLE t ADD FOREIGN KEY (p_id) REFERENCES p ON DELETE CASCADE;
