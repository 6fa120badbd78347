-- A connection plans a statement once. On tables that were still empty, the planner takes any index that has the columns of a key to be as good
-- as the primary key, however far apart they are in it, and then uses the newest.
SET lock_timeout = 0;

-- As V5 did with the index of assignments by workload. User ids are unique by themselves, too.
DROP INDEX CONCURRENTLY IF EXISTS tokens_by_owner_alone;
CREATE INDEX CONCURRENTLY tokens_by_owner_alone ON tokens (user_id, token_id);
DROP INDEX CONCURRENTLY IF EXISTS tokens_by_owner;

-- All other indexes of events begin with the tenant and end with the event, so that the primary key has to be
-- the newest one. V17.1 makes this it.
DROP INDEX CONCURRENTLY IF EXISTS audit_events_newest;
CREATE UNIQUE INDEX CONCURRENTLY audit_events_newest ON audit_events (tenant_id, event_id);

RESET lock_timeout;
