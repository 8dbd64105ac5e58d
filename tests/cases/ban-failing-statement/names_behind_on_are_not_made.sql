-- case: db/migration/V1__a.sql, isolated
CREATE INDEX i ON legacy (a);
ALTER TABLE legacy ADD COLUMN b int;
-- case: db/migration/V2__b.sql, isolated
CREATE VIEW v AS SELECT b FROM legacy JOIN other ON true;
GRANT SELECT ON other TO PUBLIC;
