-- A connection plans a statement once. On tables that were still empty, the planner takes any index that has the columns of a key to be as good
-- as the primary key, however far apart they are in it, and then uses the newest.
SET lock_timeout = 0;

-- As V5 did with the index of assignments by workload. User ids are unique by themselves, too.
DROP INDEX CONCURRENTLY IF EXISTS tokens_by_owner_alone;
CREATE INDEX CONCURRENTLY tokens_by_owner_alone ON tokens (user_id, token_id);
DROP INDEX CONCURRENTLY IF EXISTS tokens_by_owner;

-- Other tables, too, have more indexes that begin with the tenant. So that the newest index is the primary key, each gets a new one, which V17.1
-- puts in the place of the old.
DROP INDEX CONCURRENTLY IF EXISTS users_newest;
CREATE UNIQUE INDEX CONCURRENTLY users_newest ON users (tenant_id, user_id);
DROP INDEX CONCURRENTLY IF EXISTS workloads_newest;
CREATE UNIQUE INDEX CONCURRENTLY workloads_newest ON workloads (tenant_id, workload_id);
DROP INDEX CONCURRENTLY IF EXISTS audit_events_newest;
CREATE UNIQUE INDEX CONCURRENTLY audit_events_newest ON audit_events (tenant_id, event_id);

RESET lock_timeout;
