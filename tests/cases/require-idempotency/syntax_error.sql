-- A drop with a mistake in it is one finding, of ban-syntax-error.
DROP TABLE IF EXIST marketing.a;
CREATE TABLE marketing.a (id INT);
CREATE TABLE marketing.b (id INT); -- error: table `marketing.b` is created without `IF NOT EXISTS`
