-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (a int PRIMARY KEY, b int);
-- case: db/migration/V2__b.sql, isolated
ALTER TABLE t ADD PRIMARY KEY (b); -- error: multiple primary keys for table "t" are not allowed (SQLSTATE 42P16)
