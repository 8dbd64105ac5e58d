-- Schemas: marketing, bit
-- A name without a schema may be in any: nothing is said of `bit`.
ALTER TABLE company ADD COLUMN a int;
CREATE TABLE marketing.a (a int);
