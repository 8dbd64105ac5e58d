CREATE TABLE b (id INT); -- error: `2_b` has no down migration that takes back table `b`
