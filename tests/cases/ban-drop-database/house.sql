-- case: 013_drop.sql
DROP DATABASE x; -- error: all of the database `x` is lost
BEGIN;
DROP DATABASE y;
COMMIT;
