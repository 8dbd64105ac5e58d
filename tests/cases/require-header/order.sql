-- case: 012_add_notes.sql
-- Migration: 012_add_notes
-- Purpose: Room for notes -- error: `Purpose` stands before `Created`, and belongs after it
-- Created: 2026-11-22
-- Barton Doctrine: Compliant
-- Schemas: marketing
SELECT 1;
