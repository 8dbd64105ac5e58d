-- Migration: 002_create_migration_history
-- Created: 2026-11-22
-- Barton Doctrine: Compliant
-- Schemas: public
-- Purpose: Record which migration files were applied, when, by whom and how it ended

-- UP MIGRATION
BEGIN;

CREATE TABLE IF NOT EXISTS public.migration_history (
  migration_id SERIAL PRIMARY KEY,
  migration_file VARCHAR(255) UNIQUE NOT NULL,
  applied_at TIMESTAMPTZ DEFAULT NOW(),
  applied_by VARCHAR(100),
  status VARCHAR(20) DEFAULT 'success',
  error_message TEXT
);

COMMENT ON TABLE public.migration_history IS 'Applied migration files, one row for each file';

COMMIT;

-- DOWN MIGRATION (for rollback reference)
-- DROP TABLE IF EXISTS public.migration_history;
