-- Migration: 003_b -- error: `Migration` is `003_b`, and the file is called `003_c`
-- Created: 2026-11-22
-- Barton Doctrine: Compliant
-- Schemas: marketing
-- Purpose: Room for notes
SELECT 1;
