-- Times are Unix milliseconds, UTC. Ids are UUIDv7 as text. Names of people are in users alone.
PRAGMA application_id = 1448236614;

CREATE TABLE users (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    roles TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    disabled_at INTEGER
) STRICT;

CREATE TABLE articles (
    id TEXT NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    title TEXT NOT NULL,
    outlet TEXT,
    url TEXT,
    published_on TEXT,
    writer TEXT REFERENCES users (id),
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE snapshots (
    article_id TEXT NOT NULL REFERENCES articles (id),
    version INTEGER NOT NULL,
    sha256 TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (article_id, version)
) STRICT;

CREATE TABLE definitions (
    definition_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    json TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (definition_id, version)
) STRICT;

CREATE TABLE claims (
    id TEXT NOT NULL PRIMARY KEY,
    article_id TEXT NOT NULL,
    article_version INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    parent_ordinal INTEGER,
    quotation TEXT NOT NULL,
    form TEXT NOT NULL,
    content TEXT NOT NULL,
    spans TEXT NOT NULL,
    chain TEXT NOT NULL,
    speaker TEXT,
    confidence REAL NOT NULL,
    construction TEXT NOT NULL,
    definition_id TEXT NOT NULL,
    definition_version INTEGER NOT NULL,
    route TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('in-review', 'approved', 'rejected', 'dismissed', 'faulted')),
    round INTEGER NOT NULL,
    version INTEGER NOT NULL,
    state TEXT NOT NULL,
    attribution_verdict TEXT,
    content_verdict TEXT,
    escalated_at INTEGER,
    started_by TEXT REFERENCES users (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (article_id, ordinal),
    FOREIGN KEY (article_id, article_version) REFERENCES snapshots (article_id, version),
    FOREIGN KEY (definition_id, definition_version) REFERENCES definitions (definition_id, version)
) STRICT;
CREATE INDEX claims_status ON claims (status, created_at);

CREATE TABLE tasks (
    claim_id TEXT NOT NULL REFERENCES claims (id),
    token INTEGER NOT NULL,
    activity TEXT NOT NULL,
    step TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('check', 'approval')),
    role TEXT NOT NULL,
    asks TEXT,
    status TEXT NOT NULL CHECK (status IN ('open', 'done', 'withdrawn')),
    assignee TEXT REFERENCES users (id),
    opened_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    closed_at INTEGER,
    PRIMARY KEY (claim_id, token)
) WITHOUT ROWID, STRICT;
CREATE INDEX tasks_open ON tasks (due_at, claim_id, token) WHERE status = 'open';
CREATE INDEX tasks_open_by_assignee ON tasks (assignee, due_at) WHERE status = 'open' AND assignee IS NOT NULL;
CREATE INDEX tasks_open_by_role ON tasks (role, due_at) WHERE status = 'open';
CREATE INDEX tasks_open_by_step ON tasks (step, due_at) WHERE status = 'open';

CREATE TABLE decisions (
    claim_id TEXT NOT NULL,
    token INTEGER NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL,
    outcome TEXT NOT NULL,
    note TEXT,
    attribution_verdict TEXT,
    content_verdict TEXT,
    round INTEGER NOT NULL,
    decided_at INTEGER NOT NULL,
    PRIMARY KEY (claim_id, token),
    FOREIGN KEY (claim_id, token) REFERENCES tasks (claim_id, token)
) WITHOUT ROWID, STRICT;
CREATE UNIQUE INDEX decisions_one_approval_each ON decisions (claim_id, round, user_id) WHERE kind = 'approval';

CREATE TABLE timers (
    claim_id TEXT NOT NULL REFERENCES claims (id),
    token INTEGER NOT NULL,
    activity TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('set', 'fired', 'cleared')),
    PRIMARY KEY (claim_id, token)
) WITHOUT ROWID, STRICT;
CREATE INDEX timers_set ON timers (due_at) WHERE status = 'set';

CREATE TABLE comments (
    id TEXT NOT NULL PRIMARY KEY,
    claim_id TEXT NOT NULL REFERENCES claims (id),
    user_id TEXT NOT NULL REFERENCES users (id),
    text TEXT NOT NULL,
    created_at INTEGER NOT NULL
) WITHOUT ROWID, STRICT;
CREATE INDEX comments_by_claim ON comments (claim_id, id);

CREATE TABLE audit (
    seq INTEGER NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    before_hash TEXT,
    after_hash TEXT,
    rows TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;

CREATE TABLE audit_head (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT;
INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '');

CREATE TABLE idempotency (
    key TEXT NOT NULL PRIMARY KEY,
    request_hash TEXT NOT NULL,
    response TEXT NOT NULL,
    created_at INTEGER NOT NULL
) WITHOUT ROWID, STRICT;
