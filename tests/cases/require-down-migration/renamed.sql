-- UP MIGRATION
CREATE TABLE marketing.new_a (id INT);
ALTER TABLE marketing.new_a RENAME TO a;
ALTER TABLE marketing.old RENAME TO older;
CREATE UNIQUE INDEX idx_b ON marketing.b (id);
ALTER TABLE marketing.b ADD CONSTRAINT b_id_key UNIQUE USING INDEX idx_b;

-- DOWN MIGRATION -- error: the down migration does not take back table `a`
-- ALTER TABLE marketing.b DROP CONSTRAINT IF EXISTS b_id_key;
