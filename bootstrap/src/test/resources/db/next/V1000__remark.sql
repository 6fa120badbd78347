-- As a later version might: for tests only.
ALTER TABLE tokens ADD COLUMN remark text;
