CREATE TABLE d (id INTEGER PRIMARY KEY AUTOINCREMENT); -- warning: this file is SQLite, not PostgreSQL (`AUTOINCREMENT`), and is not linted
