-- case: db/migration/V1__a.sql, isolated
CREATE TYPE kind AS ENUM ('a');
-- case: db/migration/V2__b.sql, isolated
CREATE TYPE kind AS ENUM ('b'); -- error: type "kind" already exists (SQLSTATE 42710)
