-- What finds a row by its id alone must not be able to put rows in order. A planner that takes all tenants to be of the same size read such
-- an index backwards for a page of one tenant's tokens, through everybody else's. A hash has no order, and is smaller.
SET lock_timeout = 0;
DROP INDEX CONCURRENTLY IF EXISTS tokens_by_id_alone;
CREATE INDEX CONCURRENTLY tokens_by_id_alone ON tokens USING hash (token_id);
DROP INDEX CONCURRENTLY IF EXISTS tokens_by_id;
