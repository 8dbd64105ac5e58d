-- case: 001_a.sql
CREATE TABLE marketing.t (a INT, b TEXT);
CREATE INDEX t_b ON marketing.t (b);
-- case: 002_fails.sql
DROP INDEX marketing.t_b;
DROP INDEX marketing.t_b;
-- case: 003_nobody_knows.sql
\i more.sql
DROP TABLE marketing.t;
