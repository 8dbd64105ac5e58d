-- case: 001_a.sql, isolated
CREATE TABLE archive.company (a int);
