-- Tokens that are created at the same time share one transaction. Its role sees and writes the rows of the tenants that the transaction has
-- named, and no others.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'jeton_issuance') THEN
        BEGIN
            CREATE ROLE jeton_issuance NOLOGIN;
        EXCEPTION
            WHEN duplicate_object OR unique_violation THEN
                NULL;
            WHEN insufficient_privilege THEN
                RAISE EXCEPTION 'Jeton needs the role jeton_issuance and may not make it; see docs/operations.md';
        END;
    END IF;
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        BEGIN
            GRANT jeton_issuance TO CURRENT_USER;
        EXCEPTION WHEN insufficient_privilege THEN
            IF NOT pg_has_role(current_user, 'jeton_issuance', 'MEMBER') THEN
                RAISE EXCEPTION 'Jeton needs to be a member of the role jeton_issuance; see docs/operations.md';
            END IF;
        END;
    END IF;
END $$;

-- '' is what a transaction's own setting becomes when the transaction has ended.
CREATE FUNCTION jeton_tenant_ids() RETURNS uuid[]
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT NULLIF(current_setting('jeton.tenant_ids', true), '')::uuid[] $$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'tenants', 'users', 'workloads', 'tokens', 'token_workloads', 'request_ids', 'audit_events', 'audit_pending'] LOOP
        -- The sub-select is evaluated once for a statement.
        EXECUTE format(
            'CREATE POLICY %I ON %I TO jeton_issuance USING (tenant_id = ANY ((SELECT jeton_tenant_ids())::uuid[]))',
            name || '_of_named_tenants', name);
    END LOOP;
END $$;

GRANT SELECT ON tenants TO jeton_issuance;
-- To lock a row takes the right to update something of it: its key, which never changes.
GRANT SELECT (tenant_id, user_id, role), UPDATE (user_id) ON users TO jeton_issuance;
GRANT SELECT (tenant_id, workload_id), UPDATE (workload_id) ON workloads TO jeton_issuance;
GRANT SELECT (tenant_id, token_id), INSERT ON tokens TO jeton_issuance;
GRANT INSERT ON token_workloads TO jeton_issuance;
GRANT SELECT (tenant_id, user_id, operation, request_id, resource_id), INSERT, DELETE ON request_ids TO jeton_issuance;
GRANT SELECT (tenant_id, event_id, create_time), INSERT ON audit_events TO jeton_issuance;
GRANT INSERT ON audit_pending TO jeton_issuance;
