-- What a runtime with a store of its own has yet to be told. Written in the transaction of the command that it follows from,
-- removed in the one that writes what came of it: a message is delivered at least once and followed exactly once.
CREATE TABLE outbox (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    claim_id TEXT NOT NULL REFERENCES claims (id),
    runtime TEXT NOT NULL,
    instance TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('start', 'resume', 'cancel')),
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_by_claim ON outbox (claim_id, id);
