-- case: db/migration/V1__a.sql
CREATE TABLE a (id bigint PRIMARY KEY);
-- case: db/migration/V2__b.sql
ALTER TABLE a SET ACCESS METHOD DEFAULT;
SET default_table_access_method = 'columnar';
ALTER TABLE a SET ACCESS METHOD DEFAULT; -- error: this writes every row of `a` again, and nobody can use the table meanwhile
