-- case: 012_add_notes.sql
-- Migration: 012_add_notes -- error: the header lacks `Barton Doctrine` and `Purpose`
-- Created: 2026-11-22
-- Schemas: marketing
SELECT 1;
-- Purpose: Room for notes
