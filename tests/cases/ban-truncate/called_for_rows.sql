-- case: 001_a.sql, isolated
CREATE TABLE t (id int);
CREATE TABLE z (id int);
CREATE FUNCTION f(i int) RETURNS int LANGUAGE plpgsql AS $$
BEGIN
  TRUNCATE t;
  RETURN i;
END
$$;
CREATE VIEW v AS SELECT f(id) AS i FROM z;
CREATE VIEW w AS SELECT i FROM v;
-- case: 002_b.sql, isolated
UPDATE z SET id = f(id); -- error: all that `t` holds is lost
-- case: 003_c.sql, isolated
DELETE FROM z WHERE f(id) > 1; -- error: all that `t` holds is lost
-- case: 004_d.sql, isolated
SELECT f(id) FROM z; -- error: all that `t` holds is lost
-- case: 005_e.sql, isolated
UPDATE z SET id = id + 1;
-- case: 006_f.sql, isolated
SELECT * FROM w; -- error: all that `t` holds is lost
