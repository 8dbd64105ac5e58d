-- case: db/migration/V1__a.sql, isolated
ALTER TABLE legacy ADD CONSTRAINT c CHECK (a > 0) NOT VALID; -- warning: constraint `c` of `legacy` is NOT VALID
ALTER TABLE legacy ADD CONSTRAINT d CHECK (a > 0) NOT VALID;
-- case: db/migration/V2__b.sql, isolated
ALTER TABLE legacy VALIDATE CONSTRAINT d;
