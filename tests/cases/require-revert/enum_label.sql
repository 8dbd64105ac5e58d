-- case: migrations/1_m.up.sql, isolated
CREATE TYPE kind AS ENUM ('a');
-- case: migrations/1_m.down.sql, isolated
DROP TYPE kind;
-- case: migrations/2_m.up.sql, isolated
ALTER TYPE kind ADD VALUE 'b';
-- case: migrations/2_m.down.sql, isolated
SELECT 1; -- error: the down migration does not restore the schema: type `public.kind`: labels with b too
-- case: migrations/3_m.up.sql, isolated
ALTER TYPE kind ADD VALUE 'c';
-- case: migrations/3_m.down.sql, isolated
-- IRREVERSIBLE: a label can't be dropped while rows may hold it
