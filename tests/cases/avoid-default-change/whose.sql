-- case: 001_a.sql, isolated
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE a (id bigint PRIMARY KEY, s text DEFAULT 'x', n integer NOT NULL, m text DEFAULT 'good', o integer NOT NULL DEFAULT 1, p integer DEFAULT 1, q integer, r integer DEFAULT 2);
-- case: 002_b.sql, isolated
ALTER TABLE a ALTER COLUMN s SET DEFAULT 'y'; -- warning: gets another value from now on
ALTER TABLE a ALTER COLUMN n SET DEFAULT 1;
ALTER TABLE a ALTER COLUMN m DROP DEFAULT, ALTER COLUMN m TYPE mood USING m::mood, ALTER COLUMN m SET DEFAULT 'good'::mood;
ALTER TABLE a ALTER COLUMN o DROP DEFAULT; -- warning: whoever adds a row without `o` of `a` fails from now on
ALTER TABLE a ALTER COLUMN p SET DEFAULT 3;
ALTER TABLE a ALTER COLUMN p DROP DEFAULT; -- warning: whoever adds a row without `p` of `a` gets no value from now on
ALTER TABLE a ALTER COLUMN q SET DEFAULT 3; -- warning: gets another value from now on
ALTER TABLE a ALTER COLUMN r DROP DEFAULT;
ALTER TABLE a DROP COLUMN r;
ALTER TABLE a ADD COLUMN t integer NOT NULL DEFAULT 0;
ALTER TABLE a ALTER COLUMN t DROP DEFAULT;
-- case: 003_same.sql, isolated
ALTER TABLE a ALTER COLUMN s SET DEFAULT 'y';
ALTER TABLE a ALTER COLUMN o DROP DEFAULT;
ALTER TABLE a ALTER COLUMN q SET DEFAULT 4;
ALTER TABLE a ALTER COLUMN q SET DEFAULT 3;
