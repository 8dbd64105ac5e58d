-- case: db/migration/V1__a.sql, isolated
CREATE TABLE IF NOT EXISTS t (a int);
CREATE TABLE IF NOT EXISTS t (a text); -- warning: column a: its type is integer, not text
