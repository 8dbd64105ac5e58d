-- Schemas: the core marketing tables -- error: `Schemas` lists schemas, and `the core marketing tables` is no name of one
DROP TABLE marketing.a;
