-- Migration: 008_create_pipeline_errors
-- Created: 2026-11-22
-- Barton Doctrine: Compliant
-- Schemas: marketing
-- Purpose: Errors of the intake pipeline, with the row that caused them

-- UP MIGRATION
BEGIN;

-- The foreign keys lock tables that are in use: give up rather than make their writers wait.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

-- An error that comes before promotion has an intake row and no company yet.
CREATE TABLE IF NOT EXISTS marketing.pipeline_errors (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  barton_id VARCHAR(50) UNIQUE NOT NULL
    CONSTRAINT pipeline_errors_barton_id_format
    CHECK (barton_id ~ '^[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{5}\.[0-9]{3}$'),
  raw_intake_id BIGINT
    CONSTRAINT pipeline_errors_raw_intake_fkey
    REFERENCES intake.company_raw_intake (id) ON DELETE SET NULL,
  company_id BIGINT
    CONSTRAINT pipeline_errors_company_fkey
    REFERENCES marketing.company_master (id) ON DELETE SET NULL,
  stage TEXT NOT NULL
    CONSTRAINT pipeline_errors_stage_known
    CHECK (stage IN ('intake', 'validation', 'promotion', 'enrichment', 'delivery')),
  error_code TEXT NOT NULL,
  message TEXT NOT NULL,
  details JSONB NOT NULL DEFAULT '{}',
  retry_count INTEGER NOT NULL DEFAULT 0
    CONSTRAINT pipeline_errors_retry_count_not_negative
    CHECK (retry_count >= 0),
  resolved_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW()
);

COMMENT ON TABLE marketing.pipeline_errors IS 'Errors of the intake pipeline, one row for each failed record and stage';

-- Indexes
CREATE INDEX IF NOT EXISTS idx_pipeline_errors_raw_intake_id ON marketing.pipeline_errors (raw_intake_id);
CREATE INDEX IF NOT EXISTS idx_pipeline_errors_company_id ON marketing.pipeline_errors (company_id);
CREATE INDEX IF NOT EXISTS idx_pipeline_errors_unresolved ON marketing.pipeline_errors (stage, created_at) WHERE resolved_at IS NULL;

-- Triggers
DROP TRIGGER IF EXISTS update_pipeline_errors_updated_at ON marketing.pipeline_errors;
CREATE TRIGGER update_pipeline_errors_updated_at
  BEFORE UPDATE ON marketing.pipeline_errors
  FOR EACH ROW
  EXECUTE FUNCTION public.update_updated_at_column();

COMMIT;

-- DOWN MIGRATION (for rollback reference)
-- DROP TRIGGER IF EXISTS update_pipeline_errors_updated_at ON marketing.pipeline_errors;
-- DROP INDEX IF EXISTS marketing.idx_pipeline_errors_unresolved;
-- DROP INDEX IF EXISTS marketing.idx_pipeline_errors_company_id;
-- DROP INDEX IF EXISTS marketing.idx_pipeline_errors_raw_intake_id;
-- DROP TABLE IF EXISTS marketing.pipeline_errors;
