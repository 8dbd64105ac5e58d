-- Migration: 007_create_data_enrichment_log
-- Created: 2026-11-22
-- Barton Doctrine: Compliant
-- Schemas: marketing
-- Purpose: Runs of the enrichment agents, with what they cost and what they brought

-- UP MIGRATION
BEGIN;

-- The foreign keys lock tables that are in use: give up rather than make their writers wait.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

CREATE TABLE IF NOT EXISTS marketing.data_enrichment_log (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  barton_id VARCHAR(50) UNIQUE NOT NULL
    CONSTRAINT data_enrichment_log_barton_id_format
    CHECK (barton_id ~ '^[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{5}\.[0-9]{3}$'),
  company_id BIGINT NOT NULL
    CONSTRAINT data_enrichment_log_company_fkey
    REFERENCES marketing.company_master (id) ON DELETE CASCADE,
  person_id BIGINT
    CONSTRAINT data_enrichment_log_person_fkey
    REFERENCES marketing.people_master (id) ON DELETE SET NULL,
  agent_name TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'pending'
    CONSTRAINT data_enrichment_log_status_known
    CHECK (status IN ('pending', 'running', 'success', 'failed', 'timeout')),
  started_at TIMESTAMPTZ,
  finished_at TIMESTAMPTZ,
  quality_score NUMERIC(5, 2)
    CONSTRAINT data_enrichment_log_quality_score_percent
    CHECK (quality_score BETWEEN 0 AND 100),
  cost_usd NUMERIC(10, 4)
    CONSTRAINT data_enrichment_log_cost_usd_not_negative
    CHECK (cost_usd >= 0),
  result JSONB,
  error_log_id BIGINT
    CONSTRAINT data_enrichment_log_error_log_fkey
    REFERENCES public.shq_error_log (id) ON DELETE SET NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
  CONSTRAINT data_enrichment_log_finishes_after_start
    CHECK (finished_at IS NULL OR (started_at IS NOT NULL AND finished_at >= started_at))
);

COMMENT ON TABLE marketing.data_enrichment_log IS 'Runs of the enrichment agents, one row for each run';

-- Indexes
CREATE INDEX IF NOT EXISTS idx_data_enrichment_log_company_id ON marketing.data_enrichment_log (company_id, started_at);
CREATE INDEX IF NOT EXISTS idx_data_enrichment_log_person_id ON marketing.data_enrichment_log (person_id);
CREATE INDEX IF NOT EXISTS idx_data_enrichment_log_error_log_id ON marketing.data_enrichment_log (error_log_id);
CREATE INDEX IF NOT EXISTS idx_data_enrichment_log_agent_name ON marketing.data_enrichment_log (agent_name, status);

-- Triggers
DROP TRIGGER IF EXISTS update_data_enrichment_log_updated_at ON marketing.data_enrichment_log;
CREATE TRIGGER update_data_enrichment_log_updated_at
  BEFORE UPDATE ON marketing.data_enrichment_log
  FOR EACH ROW
  EXECUTE FUNCTION public.update_updated_at_column();

COMMIT;

-- DOWN MIGRATION (for rollback reference)
-- DROP TRIGGER IF EXISTS update_data_enrichment_log_updated_at ON marketing.data_enrichment_log;
-- DROP INDEX IF EXISTS marketing.idx_data_enrichment_log_agent_name;
-- DROP INDEX IF EXISTS marketing.idx_data_enrichment_log_error_log_id;
-- DROP INDEX IF EXISTS marketing.idx_data_enrichment_log_person_id;
-- DROP INDEX IF EXISTS marketing.idx_data_enrichment_log_company_id;
-- DROP TABLE IF EXISTS marketing.data_enrichment_log;
