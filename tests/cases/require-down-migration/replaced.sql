-- UP MIGRATION
CREATE OR REPLACE VIEW marketing.v AS SELECT 2;
DROP VIEW IF EXISTS marketing.w;
CREATE VIEW marketing.w AS SELECT 2;
CREATE OR REPLACE FUNCTION marketing.f() RETURNS INT LANGUAGE sql AS 'SELECT 2';

-- DOWN MIGRATION -- error: the down migration does not take back function `marketing.f`
-- CREATE OR REPLACE VIEW marketing.v AS SELECT 1;
-- DROP VIEW IF EXISTS marketing.w;
-- CREATE VIEW marketing.w AS SELECT 1;
