-- As no version may: it rewrites, or looks at, a whole table that it has locked.
LOCK TABLE tokens IN ACCESS EXCLUSIVE MODE;
SELECT pg_sleep(5);
