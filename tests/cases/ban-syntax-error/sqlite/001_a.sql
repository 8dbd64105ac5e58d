CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT); -- warning: this file is SQLite, not PostgreSQL (`AUTOINCREMENT`), and is not linted
CREATE TABLE b (id INTEGER,);
