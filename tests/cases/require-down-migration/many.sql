-- UP MIGRATION
CREATE TABLE IF NOT EXISTS marketing.a (id INT);
CREATE TABLE IF NOT EXISTS marketing.b (id INT);
CREATE TABLE IF NOT EXISTS marketing.c (id INT);
CREATE TABLE IF NOT EXISTS marketing.d (id INT);
CREATE TABLE IF NOT EXISTS marketing.e (id INT);
CREATE TABLE IF NOT EXISTS marketing.f (id INT);
CREATE TABLE IF NOT EXISTS marketing.g (id INT);

-- DOWN MIGRATION -- error: the down migration does not take back table `marketing.b`, table `marketing.c`, table `marketing.d`, table `marketing.e`, table `marketing.f` and 1 more
-- DROP TABLE IF EXISTS marketing.a;
