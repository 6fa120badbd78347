-- As V8 did with tokens.
SET lock_timeout = 0;
DROP INDEX CONCURRENTLY IF EXISTS users_by_id_alone;
CREATE INDEX CONCURRENTLY users_by_id_alone ON users USING hash (user_id);
DROP INDEX CONCURRENTLY IF EXISTS users_by_id;
