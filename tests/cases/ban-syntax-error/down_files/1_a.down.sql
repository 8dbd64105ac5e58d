DROP TABLE a b; -- error: found `b`
DO $$ BEGIN DRO TABLE a; END $$; -- error: found `DRO`
