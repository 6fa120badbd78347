-- The oldest events of a chain may be purged. What the chain is verified from then: the last link that was purged, written by the purge
-- itself, in its transaction. No foreign key: like the chain, it outlives its tenant.
CREATE TABLE audit_checkpoints (
    tenant_id uuid NOT NULL,
    position bigint NOT NULL,
    hash bytea NOT NULL,
    create_time timestamptz NOT NULL,
    purge_time timestamptz NOT NULL,
    CONSTRAINT audit_checkpoints_pk PRIMARY KEY (tenant_id),
    CONSTRAINT audit_checkpoints_hash_complete CHECK (octet_length(hash) = 32)
);
COMMENT ON COLUMN audit_checkpoints.position IS 'of the last purged link; the chain goes on with the next one';
COMMENT ON COLUMN audit_checkpoints.hash IS 'of the last purged link';
COMMENT ON COLUMN audit_checkpoints.create_time IS 'the newest of the purged events';
COMMENT ON COLUMN audit_checkpoints.purge_time IS 'when it was purged';

ALTER TABLE audit_checkpoints ENABLE ROW LEVEL SECURITY;
CREATE POLICY audit_checkpoints_of_one_tenant ON audit_checkpoints TO jeton_management USING (tenant_id = jeton_tenant_id());
CREATE POLICY audit_checkpoints_across_tenants ON audit_checkpoints TO jeton_housekeeping USING (true);
GRANT SELECT ON audit_checkpoints TO jeton_housekeeping;

-- Housekeeping may not delete events. It may have this function remove the oldest ones of a chain: sealed, older than the retention, which is
-- a day at least, and none behind one that is not. It runs as the tables' owner.
CREATE FUNCTION jeton_purge_audit_events(of_tenant uuid, up_to bigint, retention interval) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    AS $$
DECLARE
    start bigint := coalesce((SELECT c.position FROM audit_checkpoints c WHERE c.tenant_id = of_tenant), 0);
    links bigint;
    removed bigint;
    newest timestamptz;
BEGIN
    IF retention IS NULL OR retention < INTERVAL '1 day' THEN
        RAISE EXCEPTION 'Audit events are kept for a day at least';
    END IF;
    SELECT count(*), max(e.create_time) INTO links, newest
    FROM audit_chain c JOIN audit_events e ON e.tenant_id = c.tenant_id AND e.event_id = c.event_id
    WHERE c.tenant_id = of_tenant AND c.position > start AND c.position <= up_to;
    IF links = 0 OR links <> up_to - start OR newest >= now() - retention THEN
        RAISE EXCEPTION 'Not all of these audit events are sealed and older than the retention';
    END IF;
    INSERT INTO audit_checkpoints AS k (tenant_id, position, hash, create_time, purge_time)
    SELECT c.tenant_id, c.position, c.hash, newest, now()
    FROM audit_chain c WHERE c.tenant_id = of_tenant AND c.position = up_to
    ON CONFLICT (tenant_id) DO UPDATE SET
        position = excluded.position,
        hash = excluded.hash,
        create_time = greatest(k.create_time, excluded.create_time),
        purge_time = excluded.purge_time;
    DELETE FROM audit_events e USING audit_chain c
    WHERE c.tenant_id = of_tenant AND c.position > start AND c.position <= up_to
      AND e.tenant_id = c.tenant_id AND e.event_id = c.event_id;
    GET DIAGNOSTICS removed = ROW_COUNT;
    DELETE FROM audit_chain c WHERE c.tenant_id = of_tenant AND c.position > start AND c.position <= up_to;
    RETURN removed;
END $$;
REVOKE EXECUTE ON FUNCTION jeton_purge_audit_events FROM PUBLIC;
GRANT EXECUTE ON FUNCTION jeton_purge_audit_events TO jeton_housekeeping;

-- Names in a function that runs as its owner mean what they mean now, whatever its caller puts into the search path.
DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION jeton_purge_audit_events SET search_path = %I, pg_temp', current_schema());
END $$;
