BEGIN;
-- Migration: below -- error: the header stands below the first statement
-- Created: 2026-11-22
-- Barton Doctrine: Compliant
-- Schemas: marketing
-- Purpose: Room for notes
COMMIT;
