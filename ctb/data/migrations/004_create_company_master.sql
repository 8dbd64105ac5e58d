-- Migration: 004_create_company_master
-- Created: 2026-11-22
-- Barton Doctrine: Compliant
-- Schemas: marketing
-- Purpose: Master record of each company, promoted from the intake

-- UP MIGRATION
BEGIN;

-- The foreign key locks a table that is in use: give up rather than make its writers wait.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

-- An intake row becomes one company at most.
CREATE TABLE IF NOT EXISTS marketing.company_master (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  barton_id VARCHAR(50) UNIQUE NOT NULL
    CONSTRAINT company_master_barton_id_format
    CHECK (barton_id ~ '^[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{5}\.[0-9]{3}$'),
  raw_intake_id BIGINT UNIQUE
    CONSTRAINT company_master_raw_intake_fkey
    REFERENCES intake.company_raw_intake (id) ON DELETE SET NULL,
  company_name TEXT NOT NULL,
  website_url TEXT,
  linkedin_url TEXT UNIQUE,
  industry TEXT,
  employee_count INTEGER
    CONSTRAINT company_master_employee_count_not_negative
    CHECK (employee_count >= 0),
  annual_revenue_usd NUMERIC(14, 2)
    CONSTRAINT company_master_annual_revenue_usd_not_negative
    CHECK (annual_revenue_usd >= 0),
  is_active BOOLEAN NOT NULL DEFAULT TRUE,
  created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW()
);

COMMENT ON TABLE marketing.company_master IS 'Companies, one row for each';

-- Indexes
CREATE INDEX IF NOT EXISTS idx_company_master_company_name ON marketing.company_master (company_name);

-- Triggers
DROP TRIGGER IF EXISTS update_company_master_updated_at ON marketing.company_master;
CREATE TRIGGER update_company_master_updated_at
  BEFORE UPDATE ON marketing.company_master
  FOR EACH ROW
  EXECUTE FUNCTION public.update_updated_at_column();

COMMIT;

-- DOWN MIGRATION (for rollback reference)
-- DROP TRIGGER IF EXISTS update_company_master_updated_at ON marketing.company_master;
-- DROP INDEX IF EXISTS marketing.idx_company_master_company_name;
-- DROP TABLE IF EXISTS marketing.company_master;
