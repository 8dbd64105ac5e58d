-- UP MIGRATION
CREATE TABLE marketing.a (id INT); -- error: table `marketing.a` is created without `IF NOT EXISTS`

-- DOWN MIGRATION
DROP TABLE marketing.a;
DROP TABLE marketing.b;
