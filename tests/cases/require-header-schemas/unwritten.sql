-- Migration: 001_unwritten
-- Schemas: marketing

-- UP MIGRATION
BEGIN;

-- Your DDL statements here

COMMIT;
