-- Migration: 001_create_shq_error_log
-- Created: 2026-11-22
-- Barton Doctrine: Compliant
-- Schemas: public
-- Purpose: System-wide error logging, and the trigger function that keeps updated_at for every table

-- UP MIGRATION
BEGIN;

-- Every table with an updated_at column calls this function from a BEFORE UPDATE trigger.
CREATE OR REPLACE FUNCTION public.update_updated_at_column()
RETURNS TRIGGER
LANGUAGE plpgsql
SET search_path = ''
AS $$
BEGIN
  NEW.updated_at = NOW();
  RETURN NEW;
END;
$$;

-- The severities are those of logging.database_logging.severity_levels in global-config.yaml.
CREATE TABLE IF NOT EXISTS public.shq_error_log (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  barton_id VARCHAR(50) UNIQUE NOT NULL
    CONSTRAINT shq_error_log_barton_id_format
    CHECK (barton_id ~ '^[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{5}\.[0-9]{3}$'),
  occurred_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
  severity TEXT NOT NULL DEFAULT 'error'
    CONSTRAINT shq_error_log_severity_known
    CHECK (severity IN ('info', 'warning', 'error', 'critical')),
  source TEXT NOT NULL,
  process_id TEXT,
  error_code TEXT,
  message TEXT NOT NULL,
  context JSONB NOT NULL DEFAULT '{}',
  resolved_at TIMESTAMPTZ,
  resolution TEXT,
  created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
  CONSTRAINT shq_error_log_resolution_has_time
    CHECK (resolution IS NULL OR resolved_at IS NOT NULL)
);

COMMENT ON TABLE public.shq_error_log IS 'Errors of every subsystem, one row for each occurrence';

-- Indexes
CREATE INDEX IF NOT EXISTS idx_shq_error_log_occurred_at ON public.shq_error_log (occurred_at);
CREATE INDEX IF NOT EXISTS idx_shq_error_log_unresolved ON public.shq_error_log (severity, occurred_at) WHERE resolved_at IS NULL;
CREATE INDEX IF NOT EXISTS idx_shq_error_log_source ON public.shq_error_log (source);
CREATE INDEX IF NOT EXISTS idx_shq_error_log_process_id ON public.shq_error_log (process_id);
CREATE INDEX IF NOT EXISTS idx_shq_error_log_error_code ON public.shq_error_log (error_code);
CREATE INDEX IF NOT EXISTS idx_shq_error_log_context ON public.shq_error_log USING gin (context);

-- Triggers
DROP TRIGGER IF EXISTS update_shq_error_log_updated_at ON public.shq_error_log;
CREATE TRIGGER update_shq_error_log_updated_at
  BEFORE UPDATE ON public.shq_error_log
  FOR EACH ROW
  EXECUTE FUNCTION public.update_updated_at_column();

COMMIT;

-- DOWN MIGRATION (for rollback reference)
-- DROP TRIGGER IF EXISTS update_shq_error_log_updated_at ON public.shq_error_log;
-- DROP INDEX IF EXISTS public.idx_shq_error_log_context;
-- DROP INDEX IF EXISTS public.idx_shq_error_log_error_code;
-- DROP INDEX IF EXISTS public.idx_shq_error_log_process_id;
-- DROP INDEX IF EXISTS public.idx_shq_error_log_source;
-- DROP INDEX IF EXISTS public.idx_shq_error_log_unresolved;
-- DROP INDEX IF EXISTS public.idx_shq_error_log_occurred_at;
-- DROP TABLE IF EXISTS public.shq_error_log;
-- DROP FUNCTION IF EXISTS public.update_updated_at_column();
