CREATE TABLE c (id TEXT); -- warning: this file is SQLite, not PostgreSQL, as its folder is, and is not linted
