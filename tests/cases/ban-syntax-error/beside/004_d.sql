INSERT OR IGNORE INTO d VALUES (datetime('now')); -- warning: this file is SQLite, not PostgreSQL (`INSERT OR …`), and is not linted
