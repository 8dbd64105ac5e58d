CREATE TABLE IF NOT EXISTS marketing.a (id INT); -- error: `none` has no `-- DOWN MIGRATION` block that takes back table `marketing.a`
