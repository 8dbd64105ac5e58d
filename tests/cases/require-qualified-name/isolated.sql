-- case: 001_a.sql, isolated
CREATE TABLE company (a int); -- error: `company` is written without its schema
