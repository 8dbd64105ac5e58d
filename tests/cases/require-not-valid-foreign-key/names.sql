-- case: 001_a.sql, isolated
CREATE SCHEMA s;
CREATE TABLE s.a (id bigint PRIMARY KEY);
CREATE TABLE public.a (id bigint PRIMARY KEY);
CREATE TABLE b (a bigint);
CREATE TABLE tree (id bigint PRIMARY KEY, above bigint);
CREATE INDEX ON tree (above);
-- case: 002_b.sql, isolated
ALTER TABLE tree ADD FOREIGN KEY (above) REFERENCES tree (id); -- warning: reads all of `tree`, and nobody can write to it meanwhile
ALTER TABLE b ADD FOREIGN KEY (a) REFERENCES public.a (id); -- warning: reads all of `b`, and nobody can write to it or to `a` meanwhile
SET search_path = s, public;
ALTER TABLE b ADD FOREIGN KEY (a) REFERENCES a (id); -- warning: reads all of `b`, and nobody can write to it or to `s.a` meanwhile
