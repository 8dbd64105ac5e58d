-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (a int);
CREATE TRIGGER touch BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch();
CREATE POLICY tenant ON t;
CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING;
-- case: db/migration/V2__b.sql, isolated
DROP TRIGGER touch ON legacy;
DROP POLICY tenant ON legacy;
DROP RULE r ON legacy;
ALTER TABLE legacy DROP CONSTRAINT t;
DROP FUNCTION tenant();
DROP TRIGGER touch ON t;
DROP TRIGGER touch ON t; -- error: trigger "touch" for table "t" does not exist (SQLSTATE 42704)
