CREATE TABLE IF NOT EXISTS marketing.a (id INT);
CREATE TYPE marketing.kind AS ENUM ('a');

-- Rollback script (if needed) -- error: is called `Rollback script` -- error: does not take back type `marketing.kind`
/*
DROP TABLE IF EXISTS marketing.a;
*/
