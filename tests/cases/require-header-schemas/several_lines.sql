/*
 * Schemas: marketing,
 *          bit
 */
DROP TABLE marketing.a;
DROP TABLE bit.a;
