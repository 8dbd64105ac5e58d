-- case: 001_a.sql, isolated
CREATE SCHEMA s;
CREATE TABLE s.a (id bigint PRIMARY KEY);
CREATE TABLE public.a (id bigint PRIMARY KEY);
CREATE TABLE b (a bigint);
-- case: 002_b.sql, isolated
ALTER TABLE b ADD FOREIGN KEY (a) REFERENCES public.a (id); -- warning: reads all of `b`, and nobody can write to it or to `a` meanwhile
SET search_path = s, public;
ALTER TABLE b ADD FOREIGN KEY (a) REFERENCES a (id); -- warning: reads all of `b`, and nobody can write to it or to `s.a` meanwhile
