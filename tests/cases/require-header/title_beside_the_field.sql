-- case: 012_orders.sql
-- Schema: DOL Violations
-- Migration: 012_orders
-- Created: 2026-11-22
-- Barton Doctrine: Compliant
-- Schemas: marketing
-- Purpose: Orders
CREATE TABLE marketing.orders ();
