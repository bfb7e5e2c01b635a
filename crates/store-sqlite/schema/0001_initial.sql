-- Units: *_at columns of entries named start_at and end_at are whole seconds since 1970-01-01T00:00:00Z; work_date is
-- days since 1970-01-01; every other *_at is nanoseconds since 1970-01-01T00:00:00Z. Ids are 16-byte UUIDs.
-- Each noun stands as JSON in `body`; the columns beside it are the ones that queries need.

CREATE TABLE organisations (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE accounts (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    email TEXT NOT NULL CONSTRAINT accounts_email UNIQUE,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE members (
    organisation BLOB NOT NULL REFERENCES organisations (id),
    id BLOB NOT NULL CHECK (length(id) = 16),
    account BLOB REFERENCES accounts (id),
    created_at INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (organisation, id)
) STRICT, WITHOUT ROWID;

-- An account is at most one member of an organisation.
CREATE UNIQUE INDEX members_account ON members (account, organisation) WHERE account IS NOT NULL;

CREATE TABLE clients (
    organisation BLOB NOT NULL REFERENCES organisations (id),
    id BLOB NOT NULL CHECK (length(id) = 16),
    body TEXT NOT NULL,
    PRIMARY KEY (organisation, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE projects (
    organisation BLOB NOT NULL REFERENCES organisations (id),
    id BLOB NOT NULL CHECK (length(id) = 16),
    client BLOB,
    body TEXT NOT NULL,
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, client) REFERENCES clients (organisation, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE tags (
    organisation BLOB NOT NULL REFERENCES organisations (id),
    id BLOB NOT NULL CHECK (length(id) = 16),
    body TEXT NOT NULL,
    PRIMARY KEY (organisation, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE invitations (
    organisation BLOB NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    member BLOB NOT NULL,
    ended INTEGER NOT NULL CHECK (ended IN (0, 1)),
    body TEXT NOT NULL,
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, member) REFERENCES members (organisation, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX invitations_open ON invitations (organisation, member) WHERE ended = 0;

CREATE TABLE imports (
    organisation BLOB NOT NULL REFERENCES organisations (id),
    id BLOB NOT NULL CHECK (length(id) = 16),
    created_at INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (organisation, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE entries (
    number INTEGER PRIMARY KEY,
    organisation BLOB NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    member BLOB NOT NULL,
    project BLOB,
    start_at INTEGER NOT NULL,
    end_at INTEGER CHECK (end_at >= start_at),
    time_zone TEXT NOT NULL,
    work_date INTEGER NOT NULL,
    note TEXT NOT NULL,
    tags TEXT NOT NULL,
    billable INTEGER NOT NULL CHECK (billable IN (0, 1)),
    source TEXT NOT NULL,
    import BLOB,
    deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    version INTEGER NOT NULL,
    journal_seq INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    -- What the entry counts: NULL while it is open or deleted. Not a generated column, since no index covers a query that
    -- reads one.
    seconds INTEGER CHECK (seconds IS CASE deleted WHEN 0 THEN end_at - start_at END),
    FOREIGN KEY (organisation, member) REFERENCES members (organisation, id),
    FOREIGN KEY (organisation, project) REFERENCES projects (organisation, id),
    FOREIGN KEY (organisation, import) REFERENCES imports (organisation, id)
) STRICT;

CREATE UNIQUE INDEX entries_id ON entries (organisation, id);

-- A member has at most one open entry (I1).
CREATE UNIQUE INDEX entries_open ON entries (member) WHERE end_at IS NULL AND deleted = 0;

-- Overlaps, a member's list and a member's days, the last without touching the table.
CREATE INDEX entries_member ON entries (member, deleted, start_at, id, end_at, work_date);

-- Everyone's list and export.
CREATE INDEX entries_start ON entries (organisation, start_at, id) WHERE deleted = 0;

-- Totals, without touching the table: what counts is told by `seconds` alone, which the index holds.
CREATE INDEX entries_totals ON entries (organisation, work_date, member, project, seconds) WHERE seconds IS NOT NULL;

CREATE INDEX entries_import ON entries (organisation, import, member, id) WHERE import IS NOT NULL AND deleted = 0;

-- Rows are appended in the order of their commits. `stream` is one byte for the kind (1 organisation, 2 member,
-- 3 account) and the ids, so that streams sort as the port orders them. A record's payload is erased by setting salt
-- and body to NULL. `time` is microseconds. The two records of a sign-up share their commit's number.
CREATE TABLE journal (
    number INTEGER PRIMARY KEY,
    commit_number INTEGER NOT NULL,
    stream BLOB NOT NULL,
    seq INTEGER NOT NULL CHECK (seq > 0),
    time INTEGER NOT NULL,
    actor TEXT NOT NULL,
    operation TEXT NOT NULL,
    command BLOB NOT NULL CHECK (length(command) = 16),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    previous BLOB NOT NULL CHECK (length(previous) = 32),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    salt BLOB CHECK (length(salt) = 16),
    body BLOB,
    CHECK ((salt IS NULL) = (body IS NULL))
) STRICT;

CREATE UNIQUE INDEX journal_stream ON journal (stream, seq);

CREATE UNIQUE INDEX journal_commit ON journal (commit_number, stream);

CREATE TABLE applied_commands (
    number INTEGER PRIMARY KEY,
    organisation BLOB NOT NULL,
    actor TEXT NOT NULL,
    command BLOB NOT NULL,
    digest BLOB NOT NULL,
    answer BLOB NOT NULL,
    applied_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX applied_commands_id ON applied_commands (organisation, actor, command);

CREATE INDEX applied_commands_age ON applied_commands (applied_at);

-- Not in the journal: a restored store has no sessions.
CREATE TABLE sessions (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    account BLOB NOT NULL REFERENCES accounts (id),
    organisation BLOB NOT NULL,
    member BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    user_agent TEXT NOT NULL,
    FOREIGN KEY (organisation, member) REFERENCES members (organisation, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_account ON sessions (account, expires_at);

CREATE INDEX sessions_age ON sessions (expires_at);

-- What the readiness check last wrote. Each check writes a new row and then removes the one before, so that it needs as
-- much new room as a large write of people does.
CREATE TABLE probe (
    id INTEGER PRIMARY KEY,
    filler BLOB NOT NULL
) STRICT;
