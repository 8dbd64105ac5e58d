-- Migration: 010_create_linkedin_refresh_jobs
-- Created: 2026-11-22
-- Barton Doctrine: Compliant
-- Schemas: public
-- Purpose: Queue of profile refreshes, with their attempts and outcome

-- UP MIGRATION
BEGIN;

-- The foreign keys lock tables that are in use: give up rather than make their writers wait.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

CREATE TABLE IF NOT EXISTS public.linkedin_refresh_jobs (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  barton_id VARCHAR(50) UNIQUE NOT NULL
    CONSTRAINT linkedin_refresh_jobs_barton_id_format
    CHECK (barton_id ~ '^[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{5}\.[0-9]{3}$'),
  person_id BIGINT NOT NULL
    CONSTRAINT linkedin_refresh_jobs_person_fkey
    REFERENCES marketing.people_master (id) ON DELETE CASCADE,
  status TEXT NOT NULL DEFAULT 'queued'
    CONSTRAINT linkedin_refresh_jobs_status_known
    CHECK (status IN ('queued', 'running', 'done', 'failed')),
  attempts INTEGER NOT NULL DEFAULT 0
    CONSTRAINT linkedin_refresh_jobs_attempts_not_negative
    CHECK (attempts >= 0),
  scheduled_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
  finished_at TIMESTAMPTZ,
  error_log_id BIGINT
    CONSTRAINT linkedin_refresh_jobs_error_log_fkey
    REFERENCES public.shq_error_log (id) ON DELETE SET NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
  CONSTRAINT linkedin_refresh_jobs_outcome_has_time
    CHECK (status IN ('queued', 'running') OR finished_at IS NOT NULL)
);

COMMENT ON TABLE public.linkedin_refresh_jobs IS 'Profile refreshes, one row for each job';

-- Indexes
CREATE INDEX IF NOT EXISTS idx_linkedin_refresh_jobs_person_id ON public.linkedin_refresh_jobs (person_id);
CREATE INDEX IF NOT EXISTS idx_linkedin_refresh_jobs_error_log_id ON public.linkedin_refresh_jobs (error_log_id);
CREATE INDEX IF NOT EXISTS idx_linkedin_refresh_jobs_queued ON public.linkedin_refresh_jobs (scheduled_at) WHERE status = 'queued';

-- Triggers
DROP TRIGGER IF EXISTS update_linkedin_refresh_jobs_updated_at ON public.linkedin_refresh_jobs;
CREATE TRIGGER update_linkedin_refresh_jobs_updated_at
  BEFORE UPDATE ON public.linkedin_refresh_jobs
  FOR EACH ROW
  EXECUTE FUNCTION public.update_updated_at_column();

COMMIT;

-- DOWN MIGRATION (for rollback reference)
-- DROP TRIGGER IF EXISTS update_linkedin_refresh_jobs_updated_at ON public.linkedin_refresh_jobs;
-- DROP INDEX IF EXISTS public.idx_linkedin_refresh_jobs_queued;
-- DROP INDEX IF EXISTS public.idx_linkedin_refresh_jobs_error_log_id;
-- DROP INDEX IF EXISTS public.idx_linkedin_refresh_jobs_person_id;
-- DROP TABLE IF EXISTS public.linkedin_refresh_jobs;
