-- Schema: Bit -- error: leaves out `marketing`, which the migration changes, and lists `bit`, which nothing
DROP TABLE marketing.a; -- nothing more
-- Schemas: none
