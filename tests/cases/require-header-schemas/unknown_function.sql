-- Schemas: marketing, bit
-- What the function does is not to be seen.
CREATE TABLE marketing.a (a int);
SELECT marketing.rebuild_everything();
