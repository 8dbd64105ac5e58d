-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (a int PRIMARY KEY);
-- case: db/migration/V2__b.sql, isolated
CREATE TABLE u (a text REFERENCES t (a)); -- error: foreign key constraint "u_a_fkey" cannot be implemented
