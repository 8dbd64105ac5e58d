-- Migration: 005_create_people_master
-- Created: 2026-11-22
-- Barton Doctrine: Compliant
-- Schemas: marketing
-- Purpose: Master record of each person who works for a company

-- UP MIGRATION
BEGIN;

-- The foreign key locks a table that is in use: give up rather than make its writers wait.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

CREATE TABLE IF NOT EXISTS marketing.people_master (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  barton_id VARCHAR(50) UNIQUE NOT NULL
    CONSTRAINT people_master_barton_id_format
    CHECK (barton_id ~ '^[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{5}\.[0-9]{3}$'),
  company_id BIGINT NOT NULL
    CONSTRAINT people_master_company_fkey
    REFERENCES marketing.company_master (id) ON DELETE CASCADE,
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  title TEXT,
  email TEXT
    CONSTRAINT people_master_email_has_at
    CHECK (email LIKE '%_@_%'),
  email_verified_at TIMESTAMPTZ,
  linkedin_url TEXT UNIQUE,
  created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
  CONSTRAINT people_master_verified_has_email
    CHECK (email_verified_at IS NULL OR email IS NOT NULL)
);

COMMENT ON TABLE marketing.people_master IS 'People at the companies, one row for each';

-- Indexes
CREATE INDEX IF NOT EXISTS idx_people_master_company_id ON marketing.people_master (company_id, last_name);
CREATE INDEX IF NOT EXISTS idx_people_master_email ON marketing.people_master (email);

-- Triggers
DROP TRIGGER IF EXISTS update_people_master_updated_at ON marketing.people_master;
CREATE TRIGGER update_people_master_updated_at
  BEFORE UPDATE ON marketing.people_master
  FOR EACH ROW
  EXECUTE FUNCTION public.update_updated_at_column();

COMMIT;

-- DOWN MIGRATION (for rollback reference)
-- DROP TRIGGER IF EXISTS update_people_master_updated_at ON marketing.people_master;
-- DROP INDEX IF EXISTS marketing.idx_people_master_email;
-- DROP INDEX IF EXISTS marketing.idx_people_master_company_id;
-- DROP TABLE IF EXISTS marketing.people_master;
