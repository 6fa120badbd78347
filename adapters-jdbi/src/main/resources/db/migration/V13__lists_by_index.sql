-- Indexes for lists. All in one file, because each is built afresh if the file has to be run again.
SET lock_timeout = 0;

-- The trail is listed by time, and a part of it by resource, user or action and then by time. An event's id is not trusted with that: it was
-- made by a server, whose clock may have been wrong. The indexes that went on with the id have no use left.
-- An event takes 75 bytes more on disk for the first of these, 8 for each of the others, and 130 bytes of WAL.
DROP INDEX CONCURRENTLY IF EXISTS audit_events_by_time;
CREATE INDEX CONCURRENTLY audit_events_by_time ON audit_events (tenant_id, create_time, event_id);
DROP INDEX CONCURRENTLY IF EXISTS audit_events_by_resource_and_time;
CREATE INDEX CONCURRENTLY audit_events_by_resource_and_time ON audit_events (tenant_id, resource_id, create_time, event_id);
DROP INDEX CONCURRENTLY IF EXISTS audit_events_by_resource;
DROP INDEX CONCURRENTLY IF EXISTS audit_events_by_actor_and_time;
CREATE INDEX CONCURRENTLY audit_events_by_actor_and_time ON audit_events (tenant_id, actor_user_id, create_time, event_id);
DROP INDEX CONCURRENTLY IF EXISTS audit_events_by_actor;
DROP INDEX CONCURRENTLY IF EXISTS audit_events_by_acting_user_and_time;
CREATE INDEX CONCURRENTLY audit_events_by_acting_user_and_time ON audit_events (tenant_id, acting_user_id, create_time, event_id)
    WHERE acting_user_id IS NOT NULL;
DROP INDEX CONCURRENTLY IF EXISTS audit_events_by_acting_user;
DROP INDEX CONCURRENTLY IF EXISTS audit_events_by_action_and_time;
CREATE INDEX CONCURRENTLY audit_events_by_action_and_time ON audit_events (tenant_id, action, create_time, event_id);
DROP INDEX CONCURRENTLY IF EXISTS audit_events_by_action;

-- A token is in exactly one of these two, so a create pays for one: 70 bytes on disk, 200 of WAL. A cancellation or a new expiry writes an
-- entry into every index of tokens, where it could be made in place before: 1,900 bytes of WAL instead of 300.
DROP INDEX CONCURRENTLY IF EXISTS tokens_live_by_expiry;
CREATE INDEX CONCURRENTLY tokens_live_by_expiry ON tokens (tenant_id, expire_time, token_id) WHERE cancel_reason IS NULL;
DROP INDEX CONCURRENTLY IF EXISTS tokens_cancelled;
CREATE INDEX CONCURRENTLY tokens_cancelled ON tokens (tenant_id, token_id) WHERE cancel_reason IS NOT NULL;

-- As V8 did with tokens.
DROP INDEX CONCURRENTLY IF EXISTS deleted_tokens_by_id_alone;
CREATE INDEX CONCURRENTLY deleted_tokens_by_id_alone ON deleted_tokens USING hash (token_id);
DROP INDEX CONCURRENTLY IF EXISTS deleted_tokens_by_id;

RESET lock_timeout;
