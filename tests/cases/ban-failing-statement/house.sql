-- case: 001_tags.sql
CREATE TABLE marketing.tags (id BIGINT PRIMARY KEY);
-- case: 002_tags.sql
BEGIN;
CREATE TABLE marketing.tags (id BIGINT PRIMARY KEY); -- error: relation "tags" already exists (SQLSTATE 42P07)
COMMIT;
