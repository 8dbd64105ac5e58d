-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY, s text, t timestamptz DEFAULT now(), u timestamptz DEFAULT now());
-- case: 002_b.sql, isolated
ALTER TABLE a ALTER COLUMN s SET DEFAULT 'y'; -- warning: whoever adds a row without `s` of `a` gets another value
ALTER TABLE a RENAME COLUMN s TO r;
ALTER TABLE a ALTER COLUMN t SET DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE a ALTER COLUMN u SET DEFAULT clock_timestamp(); -- warning: `u`
ALTER TABLE nobodys ALTER COLUMN n SET DEFAULT NULL; -- warning: whoever adds a row without `n` of `nobodys` gets no value from now on, or fails
