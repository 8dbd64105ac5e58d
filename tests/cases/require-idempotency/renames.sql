ALTER TABLE marketing.a RENAME TO b; -- error: table `marketing.a` is renamed without `IF EXISTS`
ALTER TABLE IF EXISTS marketing.c RENAME TO d;
ALTER TABLE IF EXISTS marketing.e RENAME COLUMN f TO g; -- error: column `f` of `marketing.e` is renamed without a guard
ALTER TABLE marketing.e RENAME CONSTRAINT x TO y; -- error: constraint `x` of `marketing.e` is renamed without a guard
ALTER INDEX marketing.i RENAME TO j; -- error: index `marketing.i` is renamed without `IF EXISTS`
ALTER FUNCTION marketing.k(INT) RENAME TO l; -- error: function `marketing.k` is renamed without a guard
ALTER TYPE marketing.m RENAME TO n; -- error: type `marketing.m` is renamed without a guard
ALTER TABLE marketing.o SET SCHEMA bit; -- error: table `marketing.o` is moved without `IF EXISTS`
ALTER TABLE IF EXISTS marketing.q SET SCHEMA bit;
ALTER EXTENSION hstore SET SCHEMA bit;

-- A new table takes the place of the old one: the second time the old name is taken.
ALTER TABLE marketing.r RENAME TO r_old; -- error: table `marketing.r` is renamed, and in a second run the new name is taken
CREATE TABLE IF NOT EXISTS marketing.r (id INT);
