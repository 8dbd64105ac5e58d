-- case: 001_a.sql
SELECT '04.04.02.04.3000.001'; -- error: `04.04.02.04.3000.001` is no Barton id
SELECT E'04.04.02.04.3000.002'; -- error: `04.04.02.04.3000.002` is no Barton id
SELECT $$04.04.02.04.3000.003$$; -- error: `04.04.02.04.3000.003` is no Barton id
SELECT $id$04.04.02.04.3000.004$id$; -- error: `04.04.02.04.3000.004` is no Barton id
SELECT U&'04.04.02.04.3000.00\0035'; -- error: `04.04.02.04.3000.005` is no Barton id
SELECT $$04.04.02.04.30000.006$$, $$not 04.04.02.04.3000.007$$;
