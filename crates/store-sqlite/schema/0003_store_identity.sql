-- Which store this is: what is beside it (a mirror, a replica, backups) says so too, and that of another one is refused. A
-- restored store gets an id of its own.
CREATE TABLE store (
    only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
    id BLOB NOT NULL CHECK (length(id) = 16)
) STRICT;

INSERT INTO store (only_row, id) VALUES (1, randomblob(16));
