-- A write is sent together with the commit. If it does not find what it requires, it must fail by itself. The name of what is missing is
-- reported as that of a violated constraint.
CREATE FUNCTION jeton_require(met boolean, missing text) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF met IS NOT TRUE THEN
        RAISE EXCEPTION 'A write did not find what it requires' USING ERRCODE = 'check_violation', CONSTRAINT = missing;
    END IF;
END $$;
GRANT EXECUTE ON FUNCTION jeton_require TO jeton_management;
