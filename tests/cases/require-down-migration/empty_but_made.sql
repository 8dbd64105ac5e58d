-- UP MIGRATION
CREATE TABLE IF NOT EXISTS marketing.a (id INT);

-- DOWN MIGRATION -- error: the down migration does not take back table `marketing.a`
