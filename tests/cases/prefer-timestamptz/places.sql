-- case: 012_a.sql
CREATE TABLE parent (id bigint PRIMARY KEY, at timestamp); -- warning: column `at` of `parent`
CREATE TABLE child (more text) INHERITS (parent);
CREATE TABLE copied (LIKE parent INCLUDING ALL);
CREATE TABLE dropped (id bigint PRIMARY KEY, at timestamp);
CREATE TABLE gone (id bigint PRIMARY KEY, at timestamp);
CREATE TABLE whole (id bigint, at timestamptz, since timestamp, PRIMARY KEY (id)) PARTITION BY LIST (id); -- warning: column `since` of `whole`
CREATE TABLE part PARTITION OF whole FOR VALUES IN (1);
CREATE DOMAIN clock AS timestamp; -- warning: domain `clock` is `timestamp without time zone`
CREATE TABLE clocks (id bigint PRIMARY KEY, at clock);
CREATE TEMPORARY TABLE passing (at timestamp);
CREATE TABLE public.migration_history (id bigint, at timestamp);
CREATE TABLE public.shq_error_log (id bigint, at timestamp);
DO $$ BEGIN -- warning: columns `at` and `since` of `made`
  CREATE TABLE made (id bigint PRIMARY KEY, at timestamp, since timestamp);
END $$;
-- case: 013_b.sql
ALTER TABLE dropped DROP COLUMN at;
DROP TABLE gone;
ALTER TABLE made ADD COLUMN later timestamp; -- warning: column `later` of `made`
