-- A second lock behind the code. The server works under roles that own nothing: management calls see the rows of one tenant at a time,
-- verification reads what verdicts depend on and nothing else, housekeeping keeps the books. Whoever runs the migrations owns the tables.
-- Roles belong to the whole cluster, where another database may have made them, or be making them at this moment.
DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['jeton_management', 'jeton_directory', 'jeton_verification', 'jeton_housekeeping'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
            EXCEPTION
                WHEN duplicate_object OR unique_violation THEN
                    NULL;
                WHEN insufficient_privilege THEN
                    RAISE EXCEPTION 'Jeton needs the role % and may not make it; see docs/operations.md', wanted;
            END;
        END IF;
        IF NOT pg_has_role(current_user, wanted, 'MEMBER') THEN
            BEGIN
                EXECUTE format('GRANT %I TO CURRENT_USER', wanted);
            EXCEPTION WHEN insufficient_privilege THEN
                RAISE EXCEPTION 'Jeton needs to be a member of the role %; see docs/operations.md', wanted;
            END;
        END IF;
    END LOOP;
END $$;

-- '' is what a transaction's own setting becomes when the transaction has ended.
CREATE FUNCTION jeton_tenant_id() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT NULLIF(current_setting('jeton.tenant_id', true), '')::uuid $$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'tenants', 'users', 'workloads', 'tokens', 'token_workloads', 'token_usage', 'deleted_tokens',
        'audit_events', 'audit_pending', 'audit_chain', 'request_ids'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY %I ON %I TO jeton_management USING (tenant_id = jeton_tenant_id())', name || '_of_one_tenant', name);
        EXECUTE format(
            'CREATE POLICY %I ON %I TO jeton_directory, jeton_verification, jeton_housekeeping USING (true)',
            name || '_across_tenants', name);
    END LOOP;
END $$;

GRANT SELECT, INSERT, UPDATE, DELETE ON tenants, users, workloads, tokens, token_workloads TO jeton_management;
GRANT SELECT ON token_usage TO jeton_management;
GRANT SELECT, INSERT, DELETE ON deleted_tokens TO jeton_management;
GRANT SELECT, INSERT, UPDATE ON request_ids TO jeton_management;
GRANT SELECT, INSERT ON audit_events TO jeton_management;
GRANT INSERT ON audit_pending TO jeton_management;

GRANT SELECT ON tenants TO jeton_directory;
GRANT SELECT (tenant_id, user_id) ON users TO jeton_directory;
GRANT SELECT (tenant_id, workload_id) ON workloads TO jeton_directory;
GRANT SELECT (tenant_id, token_id) ON tokens, deleted_tokens TO jeton_directory;

GRANT SELECT (tenant_id, state, policy_workload_required_for_use) ON tenants TO jeton_verification;
GRANT SELECT (tenant_id, user_id, state, role) ON users TO jeton_verification;
GRANT SELECT (tenant_id, workload_id, state) ON workloads TO jeton_verification;
GRANT SELECT (
    tenant_id, token_id, user_id, secret_scheme, secret_digest, cancel_reason, expire_time, tenant_wide, scopes)
    ON tokens TO jeton_verification;
GRANT SELECT ON token_workloads TO jeton_verification;

-- To lock a token while its use is written down takes the right to update something of it: its key, which never changes.
GRANT SELECT (tenant_id, token_id), UPDATE (token_id) ON tokens TO jeton_housekeeping;
GRANT SELECT, INSERT, UPDATE ON token_usage TO jeton_housekeeping;
GRANT SELECT, UPDATE (delete_time), DELETE ON deleted_tokens TO jeton_housekeeping;
GRANT SELECT, UPDATE (create_time), DELETE ON request_ids TO jeton_housekeeping;
GRANT SELECT ON audit_events TO jeton_housekeeping;
GRANT SELECT, DELETE ON audit_pending TO jeton_housekeeping;
GRANT SELECT, INSERT ON audit_chain TO jeton_housekeeping;
GRANT SELECT, INSERT ON installation_keys TO jeton_housekeeping;
