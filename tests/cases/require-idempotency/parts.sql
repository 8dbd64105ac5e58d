ALTER TABLE marketing.old ADD COLUMN a INT, ADD b INT; -- error: column `a` of `marketing.old` is added without `IF NOT EXISTS` -- error: column `b` of `marketing.old` is added without `IF NOT EXISTS`
ALTER TABLE marketing.old DROP COLUMN c; -- error: column `c` of `marketing.old` is dropped without `IF EXISTS`
ALTER TABLE marketing.old DROP CONSTRAINT x; -- error: constraint `x` of `marketing.old` is dropped without `IF EXISTS`
ALTER TABLE marketing.old ADD CONSTRAINT y CHECK (a > 0); -- error: constraint `y` of `marketing.old` is added without a guard
ALTER TABLE marketing.old ADD UNIQUE (a); -- error: unique constraint on `a` of `marketing.old` is added without a guard
ALTER TABLE marketing.old ADD FOREIGN KEY (a) REFERENCES marketing.other; -- error: foreign key on `a` of `marketing.old` is added without a guard
ALTER TABLE marketing.old ADD PRIMARY KEY (a); -- error: primary key on `a` of `marketing.old` is added without a guard
ALTER TABLE marketing.old ADD CONSTRAINT u UNIQUE USING INDEX idx_u; -- error: index `idx_u` of `marketing.old` is taken over without a guard
ALTER TYPE marketing.kind ADD VALUE 'new'; -- error: label 'new' of `marketing.kind` is added without `IF NOT EXISTS`
ALTER TYPE marketing.kind RENAME VALUE 'a' TO 'b'; -- error: label 'a' of `marketing.kind` is renamed without a guard
ALTER TYPE marketing.pair ADD ATTRIBUTE c INT; -- error: column `c` of `marketing.pair` is added without a guard
ALTER TYPE marketing.pair DROP ATTRIBUTE d; -- error: column `d` of `marketing.pair` is dropped without `IF EXISTS`
ALTER DOMAIN marketing.positive ADD CONSTRAINT small CHECK (VALUE < 9); -- error: constraint `small` of `marketing.positive` is added without a guard
ALTER DOMAIN marketing.positive DROP CONSTRAINT big; -- error: constraint `big` of `marketing.positive` is dropped without `IF EXISTS`
