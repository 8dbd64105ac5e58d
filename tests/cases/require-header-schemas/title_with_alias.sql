-- Schema: DOL Violations
-- Schema: bit -- error: leaves out `marketing`, which the migration changes, and lists `bit`, which nothing
CREATE TABLE marketing.orders ();
