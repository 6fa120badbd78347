-- See V17. A later index that begins with the tenant needs the same.
ALTER TABLE users
    DROP CONSTRAINT users_pk,
    ADD CONSTRAINT users_pk PRIMARY KEY USING INDEX users_newest;
ALTER TABLE workloads
    DROP CONSTRAINT workloads_pk,
    ADD CONSTRAINT workloads_pk PRIMARY KEY USING INDEX workloads_newest;
ALTER TABLE audit_events
    DROP CONSTRAINT audit_events_pk,
    ADD CONSTRAINT audit_events_pk PRIMARY KEY USING INDEX audit_events_newest;

-- As V12 made it, but each event is looked up by its key: a join read the whole trail for each link.
DO $migration$
BEGIN
    CREATE OR REPLACE FUNCTION jeton_purge_audit_events(of_tenant uuid, up_to bigint, retention interval) RETURNS bigint
        LANGUAGE plpgsql SECURITY DEFINER
        AS $$
    DECLARE
        start bigint := coalesce((SELECT c.position FROM audit_checkpoints c WHERE c.tenant_id = of_tenant), 0);
        purged uuid[] := ARRAY(
            SELECT c.event_id FROM audit_chain c
            WHERE c.tenant_id = of_tenant AND c.position > start AND c.position <= up_to);
        event uuid;
        links bigint;
        newest timestamptz;
    BEGIN
        IF retention IS NULL OR retention < INTERVAL '1 day' THEN
            RAISE EXCEPTION 'Audit events are kept for a day at least';
        END IF;
        SELECT count(found.time), max(found.time) INTO links, newest
        FROM (SELECT (SELECT e.create_time FROM audit_events e WHERE e.tenant_id = of_tenant AND e.event_id = wanted.id) AS time
              FROM unnest(purged) AS wanted (id) OFFSET 0) found;
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
        FOREACH event IN ARRAY purged LOOP
            DELETE FROM audit_events e WHERE e.tenant_id = of_tenant AND e.event_id = event;
        END LOOP;
        DELETE FROM audit_chain c WHERE c.tenant_id = of_tenant AND c.position > start AND c.position <= up_to;
        RETURN links;
    END $$;
    EXECUTE format('ALTER FUNCTION jeton_purge_audit_events SET search_path = %I, pg_temp', current_schema());
END $migration$;
