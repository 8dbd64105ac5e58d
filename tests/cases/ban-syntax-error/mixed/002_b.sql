CREATE TABLE c (d INT AUTO_INCREMENT); -- error: this file is MySQL, not PostgreSQL (`AUTO_INCREMENT`), and is not linted
