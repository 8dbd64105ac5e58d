-- case: 012_add_notes.sql
-- Migration: 012_add_notes
-- Created: 2026-11-22
-- Barton Doctrine: Compliant
-- Schemas: marketing
-- Purpose: Notes, tags, etc.
-- Description: a longer story
-- Date: the day after
SELECT 1;
