CREATE TABLE b (id INTEGER PRIMARY KEY AUTOINCREMENT); -- error: this file is SQLite, not PostgreSQL (`AUTOINCREMENT`), and is not linted
CREATE TABLE c (id INTEGER,);
