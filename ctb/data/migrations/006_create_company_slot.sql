-- Migration: 006_create_company_slot
-- Created: 2026-11-22
-- Barton Doctrine: Compliant
-- Schemas: marketing
-- Purpose: Executive positions of each company, and who fills them

-- UP MIGRATION
BEGIN;

-- The foreign keys lock tables that are in use: give up rather than make their writers wait.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

-- A company has each position once. That constraint's index serves the foreign key to the company too.
CREATE TABLE IF NOT EXISTS marketing.company_slot (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  barton_id VARCHAR(50) UNIQUE NOT NULL
    CONSTRAINT company_slot_barton_id_format
    CHECK (barton_id ~ '^[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{5}\.[0-9]{3}$'),
  company_id BIGINT NOT NULL
    CONSTRAINT company_slot_company_fkey
    REFERENCES marketing.company_master (id) ON DELETE CASCADE,
  slot_type TEXT NOT NULL
    CONSTRAINT company_slot_slot_type_known
    CHECK (slot_type IN ('CEO', 'CFO', 'HR')),
  person_id BIGINT
    CONSTRAINT company_slot_person_fkey
    REFERENCES marketing.people_master (id) ON DELETE SET NULL,
  filled_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
  CONSTRAINT company_slot_company_slot_type_unique
    UNIQUE (company_id, slot_type),
  CONSTRAINT company_slot_filled_has_time
    CHECK (person_id IS NULL OR filled_at IS NOT NULL)
);

COMMENT ON TABLE marketing.company_slot IS 'Executive positions, one row for each company and position';

-- Indexes
CREATE INDEX IF NOT EXISTS idx_company_slot_person_id ON marketing.company_slot (person_id);

-- Triggers
DROP TRIGGER IF EXISTS update_company_slot_updated_at ON marketing.company_slot;
CREATE TRIGGER update_company_slot_updated_at
  BEFORE UPDATE ON marketing.company_slot
  FOR EACH ROW
  EXECUTE FUNCTION public.update_updated_at_column();

COMMIT;

-- DOWN MIGRATION (for rollback reference)
-- DROP TRIGGER IF EXISTS update_company_slot_updated_at ON marketing.company_slot;
-- DROP INDEX IF EXISTS marketing.idx_company_slot_person_id;
-- DROP TABLE IF EXISTS marketing.company_slot;
