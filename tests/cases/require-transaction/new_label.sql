-- UP MIGRATION
BEGIN;
ALTER TYPE marketing.kind ADD VALUE IF NOT EXISTS 'new';
COMMIT;
BEGIN;
UPDATE marketing.a SET kind = 'new';
COMMIT;
