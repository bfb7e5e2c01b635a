-- Attempts at passwords that are still counted: `subject` is a digest of an address, an account or a browser. Not in the
-- journal: a restored store has counted none.
CREATE TABLE sign_in_attempts (
    number INTEGER PRIMARY KEY,
    subject BLOB NOT NULL CHECK (length(subject) = 32),
    made_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX sign_in_attempts_subject ON sign_in_attempts (subject, made_at);

CREATE INDEX sign_in_attempts_age ON sign_in_attempts (expires_at);
