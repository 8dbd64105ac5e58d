CREATE VIEW v AS SELECT 1; -- error: view `v` is created without `OR REPLACE`
