DROP TABLE IF EXISTS marketing.a; -- error: the down migration does not take back table `marketing.b`
