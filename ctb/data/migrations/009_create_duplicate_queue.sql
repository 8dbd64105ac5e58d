-- Migration: 009_create_duplicate_queue
-- Created: 2026-11-22
-- Barton Doctrine: Compliant
-- Schemas: marketing
-- Purpose: Pairs of companies that may be one, waiting for a decision

-- UP MIGRATION
BEGIN;

-- The foreign keys lock a table that is in use: give up rather than make its writers wait.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

-- The older company of a pair comes first, so that a pair has one row whichever way it was found.
CREATE TABLE IF NOT EXISTS marketing.duplicate_queue (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  barton_id VARCHAR(50) UNIQUE NOT NULL
    CONSTRAINT duplicate_queue_barton_id_format
    CHECK (barton_id ~ '^[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{5}\.[0-9]{3}$'),
  company_id BIGINT NOT NULL
    CONSTRAINT duplicate_queue_company_fkey
    REFERENCES marketing.company_master (id) ON DELETE CASCADE,
  duplicate_company_id BIGINT NOT NULL
    CONSTRAINT duplicate_queue_duplicate_company_fkey
    REFERENCES marketing.company_master (id) ON DELETE CASCADE,
  similarity NUMERIC(4, 3) NOT NULL
    CONSTRAINT duplicate_queue_similarity_fraction
    CHECK (similarity BETWEEN 0 AND 1),
  status TEXT NOT NULL DEFAULT 'pending'
    CONSTRAINT duplicate_queue_status_known
    CHECK (status IN ('pending', 'merged', 'dismissed')),
  reviewed_by TEXT,
  reviewed_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
  CONSTRAINT duplicate_queue_pair_unique
    UNIQUE (company_id, duplicate_company_id),
  CONSTRAINT duplicate_queue_pair_ordered
    CHECK (company_id < duplicate_company_id),
  CONSTRAINT duplicate_queue_decision_has_reviewer
    CHECK (status = 'pending' OR (reviewed_by IS NOT NULL AND reviewed_at IS NOT NULL))
);

COMMENT ON TABLE marketing.duplicate_queue IS 'Suspected duplicates, one row for each pair of companies';

-- Indexes
CREATE INDEX IF NOT EXISTS idx_duplicate_queue_duplicate_company_id ON marketing.duplicate_queue (duplicate_company_id);
CREATE INDEX IF NOT EXISTS idx_duplicate_queue_status ON marketing.duplicate_queue (status, similarity);

-- Triggers
DROP TRIGGER IF EXISTS update_duplicate_queue_updated_at ON marketing.duplicate_queue;
CREATE TRIGGER update_duplicate_queue_updated_at
  BEFORE UPDATE ON marketing.duplicate_queue
  FOR EACH ROW
  EXECUTE FUNCTION public.update_updated_at_column();

COMMIT;

-- DOWN MIGRATION (for rollback reference)
-- DROP TRIGGER IF EXISTS update_duplicate_queue_updated_at ON marketing.duplicate_queue;
-- DROP INDEX IF EXISTS marketing.idx_duplicate_queue_status;
-- DROP INDEX IF EXISTS marketing.idx_duplicate_queue_duplicate_company_id;
-- DROP TABLE IF EXISTS marketing.duplicate_queue;
