CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON marketing.a (a); -- error: no `-- UP MIGRATION` stands above the first statement
