-- Migration: 002_b
-- Created: 2026-11-22
-- Barton Doctrine: Compliant
-- Schemas: marketing
-- Purpose: Room for notes
SELECT 1;
