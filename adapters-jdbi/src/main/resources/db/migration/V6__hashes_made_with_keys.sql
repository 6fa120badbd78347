-- Secrets may be hashed with keys that the database never sees, and such hashes are replaced when the keys change. Of each key there has been
-- it is kept what the key makes of one and the same text: a server whose key of that name is another one notices before it denies anybody.
CREATE TABLE secret_schemes (
    scheme text NOT NULL,
    fingerprint bytea NOT NULL,
    CONSTRAINT secret_schemes_pk PRIMARY KEY (scheme)
);

GRANT SELECT, INSERT ON secret_schemes TO jeton_housekeeping;
GRANT SELECT (secret_scheme, secret_digest), UPDATE (secret_scheme, secret_digest) ON tokens TO jeton_housekeeping;
