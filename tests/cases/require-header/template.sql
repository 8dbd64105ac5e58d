-- case: 012_add_notes.sql
-- Migration: NNN_description -- error: `Migration` still says what the template says: `NNN_description`
-- Created: YYYY-MM-DD -- error: `Created` still says what the template says: `YYYY-MM-DD`
-- Barton Doctrine: Compliant
-- Schemas: marketing, public, etc. -- error: `Schemas` still says what the template says: `etc.`
-- Purpose: Brief description -- error: `Purpose` still says what the template says: `Brief description`

-- UP MIGRATION
BEGIN;

-- Your DDL statements here -- error: the template's `Your DDL statements here` is still there
COMMIT;
