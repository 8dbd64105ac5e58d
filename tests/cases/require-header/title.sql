-- case: 012_orders.sql
-- Schema: Orders and Returns: Tables
-- Migration: 012_orders -- error: the header lacks `Schemas`
-- Created: 2026-11-22
-- Barton Doctrine: Compliant
-- Purpose: Orders
CREATE TABLE marketing.orders ();
