-- What no version may do: rewrite or read a whole table while it holds an exclusive lock on it.
LOCK TABLE tokens IN ACCESS EXCLUSIVE MODE;
SELECT pg_sleep(3);
