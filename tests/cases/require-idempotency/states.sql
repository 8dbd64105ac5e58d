ALTER TABLE marketing.parent ATTACH PARTITION marketing.child FOR VALUES IN (1); -- error: table `marketing.child` is attached without a guard
ALTER TABLE marketing.parent DETACH PARTITION marketing.child2; -- error: table `marketing.child2` is detached without a guard
ALTER TABLE marketing.child3 INHERIT marketing.other; -- error: table `marketing.child3` is made a child without a guard
ALTER TABLE marketing.child4 NO INHERIT marketing.other; -- error: table `marketing.child4` is taken from its parent without a guard
ALTER TABLE marketing.old ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY; -- error: column `id` of `marketing.old` is made an identity column without a guard
ALTER TABLE marketing.old ALTER COLUMN no DROP IDENTITY; -- error: column `no` of `marketing.old` loses its identity without `IF EXISTS`
ALTER TABLE marketing.old ALTER COLUMN sum DROP EXPRESSION; -- error: column `sum` of `marketing.old` loses its expression without `IF EXISTS`
ALTER PUBLICATION pub ADD TABLE marketing.old; -- error: publication `pub` is given a member without a guard
ALTER PUBLICATION pub2 DROP TABLE marketing.old; -- error: publication `pub2` loses a member without a guard
ALTER SERVER srv OPTIONS (ADD host 'x', SET port '1'); -- error: server `srv` is given an option without a guard
ALTER EXTENSION hstore ADD TABLE marketing.old; -- error: extension `hstore` is given a member without a guard
ALTER TEXT SEARCH CONFIGURATION marketing.tc DROP MAPPING FOR word; -- error: text search configuration `marketing.tc` loses a mapping without `IF EXISTS`
ALTER TABLE marketing.old ALTER COLUMN x DROP IDENTITY IF EXISTS;
ALTER PUBLICATION pub3 SET TABLE marketing.old;
ALTER TABLE marketing.parent DETACH PARTITION marketing.child5;
ALTER TABLE marketing.parent ATTACH PARTITION marketing.child5 FOR VALUES IN (5);
