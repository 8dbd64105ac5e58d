-- Author: somebody
-- Ticket: none -- error: `Ticket` is `none`, and must be `required`
SELECT 1;
