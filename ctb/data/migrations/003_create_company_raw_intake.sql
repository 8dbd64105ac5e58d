-- Migration: 003_create_company_raw_intake
-- Created: 2026-11-22
-- Barton Doctrine: Compliant
-- Schemas: intake
-- Purpose: Staging table for companies as the sources deliver them

-- UP MIGRATION
BEGIN;

CREATE TABLE IF NOT EXISTS intake.company_raw_intake (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  barton_id VARCHAR(50) UNIQUE NOT NULL
    CONSTRAINT company_raw_intake_barton_id_format
    CHECK (barton_id ~ '^[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{5}\.[0-9]{3}$'),
  source_system TEXT NOT NULL,
  source_record_id TEXT NOT NULL,
  company_name TEXT,
  website_url TEXT,
  payload JSONB NOT NULL,
  status TEXT NOT NULL DEFAULT 'pending'
    CONSTRAINT company_raw_intake_status_known
    CHECK (status IN ('pending', 'validated', 'promoted', 'rejected')),
  rejection_reason TEXT,
  created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
  CONSTRAINT company_raw_intake_source_record_unique
    UNIQUE (source_system, source_record_id),
  CONSTRAINT company_raw_intake_rejection_has_reason
    CHECK (status <> 'rejected' OR rejection_reason IS NOT NULL)
);

COMMENT ON TABLE intake.company_raw_intake IS 'Companies as a source delivered them, before validation';

-- Indexes
CREATE INDEX IF NOT EXISTS idx_company_raw_intake_status ON intake.company_raw_intake (status, created_at);

-- Triggers
DROP TRIGGER IF EXISTS update_company_raw_intake_updated_at ON intake.company_raw_intake;
CREATE TRIGGER update_company_raw_intake_updated_at
  BEFORE UPDATE ON intake.company_raw_intake
  FOR EACH ROW
  EXECUTE FUNCTION public.update_updated_at_column();

COMMIT;

-- DOWN MIGRATION (for rollback reference)
-- DROP TRIGGER IF EXISTS update_company_raw_intake_updated_at ON intake.company_raw_intake;
-- DROP INDEX IF EXISTS intake.idx_company_raw_intake_status;
-- DROP TABLE IF EXISTS intake.company_raw_intake;
