SET lock_timeout = 0;
SET statement_timeout = '1h';
