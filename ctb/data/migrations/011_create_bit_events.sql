-- Migration: 011_create_bit_events
-- Created: 2026-11-22
-- Barton Doctrine: Compliant
-- Schemas: bit
-- Purpose: Buyer intent signals of companies and their people

-- UP MIGRATION
BEGIN;

-- The foreign keys lock tables that are in use: give up rather than make their writers wait.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

CREATE TABLE IF NOT EXISTS bit.events (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  barton_id VARCHAR(50) UNIQUE NOT NULL
    CONSTRAINT events_barton_id_format
    CHECK (barton_id ~ '^[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{5}\.[0-9]{3}$'),
  company_id BIGINT NOT NULL
    CONSTRAINT events_company_fkey
    REFERENCES marketing.company_master (id) ON DELETE CASCADE,
  person_id BIGINT
    CONSTRAINT events_person_fkey
    REFERENCES marketing.people_master (id) ON DELETE SET NULL,
  event_type TEXT NOT NULL,
  signal_strength NUMERIC(5, 2) NOT NULL
    CONSTRAINT events_signal_strength_percent
    CHECK (signal_strength BETWEEN 0 AND 100),
  payload JSONB NOT NULL DEFAULT '{}',
  occurred_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
  created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW()
);

COMMENT ON TABLE bit.events IS 'Buyer intent signals, one row for each';

-- Indexes
CREATE INDEX IF NOT EXISTS idx_events_company_id ON bit.events (company_id, occurred_at);
CREATE INDEX IF NOT EXISTS idx_events_person_id ON bit.events (person_id);
CREATE INDEX IF NOT EXISTS idx_events_event_type ON bit.events (event_type, occurred_at);

-- Triggers
DROP TRIGGER IF EXISTS update_events_updated_at ON bit.events;
CREATE TRIGGER update_events_updated_at
  BEFORE UPDATE ON bit.events
  FOR EACH ROW
  EXECUTE FUNCTION public.update_updated_at_column();

COMMIT;

-- DOWN MIGRATION (for rollback reference)
-- DROP TRIGGER IF EXISTS update_events_updated_at ON bit.events;
-- DROP INDEX IF EXISTS bit.idx_events_event_type;
-- DROP INDEX IF EXISTS bit.idx_events_person_id;
-- DROP INDEX IF EXISTS bit.idx_events_company_id;
-- DROP TABLE IF EXISTS bit.events;
