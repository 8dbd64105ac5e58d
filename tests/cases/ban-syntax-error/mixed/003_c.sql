CREATE TABLE `d` (e INT AUTO_INCREMENT); -- warning: this file is MySQL, not PostgreSQL (a name in backticks), and is not linted
