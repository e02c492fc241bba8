-- Was a token made by somebody who had shown a second factor? One that was not acts no longer for whoever needs one.
ALTER TABLE api_token ADD COLUMN is_strong BOOLEAN NOT NULL DEFAULT FALSE;
