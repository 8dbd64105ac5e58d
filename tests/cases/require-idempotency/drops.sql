DROP TABLE marketing.a; -- error: table `marketing.a` is dropped without `IF EXISTS`
DROP TABLE marketing.b, marketing.c; -- error: table `marketing.b` is dropped without `IF EXISTS`
DROP INDEX CONCURRENTLY marketing.idx; -- error: index `marketing.idx` is dropped without `IF EXISTS`
DROP TRIGGER t ON marketing.old; -- error: trigger `t` of `marketing.old` is dropped without `IF EXISTS`
DROP POLICY p ON marketing.old; -- error: policy `p` of `marketing.old` is dropped without `IF EXISTS`
DROP FUNCTION marketing.f(INT); -- error: function `marketing.f` is dropped without `IF EXISTS`
DROP ROLE reader; -- error: role `reader` is dropped without `IF EXISTS`
DROP USER MAPPING FOR app SERVER s; -- error: user mapping of `app` at `s` is dropped without `IF EXISTS`
DROP CAST (marketing.kind AS TEXT); -- error: cast from `marketing.kind` to `TEXT` is dropped without `IF EXISTS`
DROP DATABASE other; -- error: database `other` is dropped without `IF EXISTS`
DROP SUBSCRIPTION sub; -- error: subscription `sub` is dropped without `IF EXISTS`
DROP TABLE IF EXISTS marketing.gone;
DROP ROLE IF EXISTS gone;
DROP OWNED BY gone;
