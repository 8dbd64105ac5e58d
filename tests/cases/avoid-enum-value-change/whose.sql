-- case: 001_a.sql, isolated
CREATE TYPE mood AS ENUM ('good', 'bad');
-- case: 002_b.sql, isolated
ALTER TYPE mood ADD VALUE 'so so'; -- warning: `'so so'` comes behind all other values of type `mood`
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'bad';
ALTER TYPE mood ADD VALUE 'fine' AFTER 'good';
ALTER TYPE mood RENAME VALUE 'fine' TO 'well';
ALTER TYPE mood RENAME VALUE 'bad' TO 'ill'; -- warning: whoever still writes `'bad'` as a value of type `mood` fails
CREATE TYPE own AS ENUM ('a');
ALTER TYPE own ADD VALUE 'b';
