-- Evidence, where it comes from, what of the chain was seen, what earlier claims said, and how ground moves.

CREATE TABLE contents (
    sha256 TEXT NOT NULL PRIMARY KEY,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    text TEXT,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE evidence (
    id TEXT NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    reference TEXT,
    content TEXT REFERENCES contents (sha256),
    ground_rules TEXT NOT NULL,
    obtained_from TEXT,
    obtained_how TEXT,
    dated_on TEXT,
    note TEXT,
    added_by TEXT REFERENCES users (id),
    created_at INTEGER NOT NULL,
    withdrawn_at INTEGER,
    withdrawn_why TEXT
) STRICT;
CREATE INDEX evidence_by_content ON evidence (content);

CREATE TABLE evidence_claims (
    evidence_id TEXT NOT NULL REFERENCES evidence (id),
    claim_id TEXT NOT NULL REFERENCES claims (id),
    stance TEXT NOT NULL CHECK (stance IN ('supports', 'refutes', 'unclear')),
    added_by TEXT REFERENCES users (id),
    created_at INTEGER NOT NULL,
    detached_at INTEGER,
    PRIMARY KEY (evidence_id, claim_id)
) WITHOUT ROWID, STRICT;
CREATE INDEX evidence_claims_by_claim ON evidence_claims (claim_id);

CREATE TABLE custody (
    evidence_id TEXT NOT NULL REFERENCES evidence (id),
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    user_id TEXT REFERENCES users (id),
    action TEXT NOT NULL,
    detail TEXT,
    PRIMARY KEY (evidence_id, seq)
) WITHOUT ROWID, STRICT;

-- article_id: the article within which a source without a name of its own ("the cable", "officials") is the same one.
CREATE TABLE sources (
    id TEXT NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    article_id TEXT REFERENCES articles (id),
    created_at INTEGER NOT NULL,
    merged_into TEXT REFERENCES sources (id),
    retracted_at INTEGER,
    why TEXT
) STRICT;
CREATE INDEX sources_by_merger ON sources (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX articles_by_url ON articles (url) WHERE url IS NOT NULL;
CREATE UNIQUE INDEX sources_by_key ON sources (key, coalesce(article_id, ''));

-- "from got it from to". claim_id: the claim as to which a piece of evidence got it there; null between others.
-- to_kind 'original': the evidence is its own origin.
CREATE TABLE provenance (
    id TEXT NOT NULL PRIMARY KEY,
    claim_id TEXT REFERENCES claims (id),
    from_kind TEXT NOT NULL CHECK (from_kind IN ('evidence', 'source', 'claim', 'article')),
    from_id TEXT NOT NULL,
    to_kind TEXT NOT NULL CHECK (to_kind IN ('evidence', 'source', 'claim', 'article', 'original')),
    to_id TEXT NOT NULL,
    via TEXT,
    words TEXT,
    status TEXT NOT NULL CHECK (status IN ('proposed', 'confirmed', 'rejected')),
    decided_by TEXT REFERENCES users (id),
    decided_at INTEGER,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX provenance_from ON provenance (from_id);
CREATE INDEX provenance_to ON provenance (to_id);

CREATE TABLE link_checks (
    id TEXT NOT NULL PRIMARY KEY,
    claim_id TEXT NOT NULL REFERENCES claims (id),
    link INTEGER NOT NULL,
    name TEXT NOT NULL,
    result TEXT NOT NULL CHECK (result IN ('seen', 'differs', 'not-seen', 'unavailable')),
    how TEXT NOT NULL,
    evidence_id TEXT REFERENCES evidence (id),
    note TEXT,
    round INTEGER NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id),
    at INTEGER NOT NULL
) WITHOUT ROWID, STRICT;
CREATE INDEX link_checks_by_claim ON link_checks (claim_id, id);

CREATE TABLE overrides (
    claim_id TEXT NOT NULL REFERENCES claims (id),
    round INTEGER NOT NULL,
    reason TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (claim_id, round)
) WITHOUT ROWID, STRICT;

CREATE TABLE reopenings (
    claim_id TEXT NOT NULL REFERENCES claims (id),
    round INTEGER NOT NULL,
    ground TEXT NOT NULL,
    reference TEXT NOT NULL,
    reason TEXT NOT NULL,
    user_id TEXT REFERENCES users (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (claim_id, round)
) WITHOUT ROWID, STRICT;

CREATE TABLE revisions (
    article_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('update', 'correction')),
    note TEXT,
    user_id TEXT REFERENCES users (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (article_id, version),
    FOREIGN KEY (article_id, version) REFERENCES snapshots (article_id, version)
) WITHOUT ROWID, STRICT;

-- What was changed of a claim as the extractor found it; claim_version is the version that the change made.
CREATE TABLE amendments (
    id TEXT NOT NULL PRIMARY KEY,
    claim_id TEXT NOT NULL REFERENCES claims (id),
    claim_version INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('added', 'span', 'chain', 'split', 'merged', 'dismissed', 'anchored', 'lost')),
    note TEXT,
    before TEXT,
    after TEXT,
    user_id TEXT REFERENCES users (id),
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX amendments_by_claim ON amendments (claim_id, claim_version);
CREATE INDEX amendments_by_kind ON amendments (kind);

-- token: the task that was decided as it was there; null where only the evidence was taken over.
CREATE TABLE reuses (
    id TEXT NOT NULL PRIMARY KEY,
    claim_id TEXT NOT NULL REFERENCES claims (id),
    from_claim_id TEXT NOT NULL REFERENCES claims (id),
    token INTEGER,
    user_id TEXT NOT NULL REFERENCES users (id),
    at INTEGER NOT NULL
) WITHOUT ROWID, STRICT;
CREATE INDEX reuses_by_claim ON reuses (claim_id);
CREATE INDEX reuses_by_source ON reuses (from_claim_id);

-- Indexes of words; derived from the rows above and no part of the history.
CREATE TABLE search_entries (
    id INTEGER NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('claim', 'note', 'comment', 'evidence', 'document', 'source')),
    subject TEXT NOT NULL,
    claim_id TEXT
) STRICT;
CREATE VIRTUAL TABLE search USING fts5 (text, content = '', columnsize = 0, tokenize = 'porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE claim_keys USING fts5 (keys, content = '', columnsize = 0, detail = none, tokenize = 'ascii');
-- Claims from before this migration whose keys the program has yet to work out.
CREATE TABLE unkeyed (id INTEGER NOT NULL PRIMARY KEY) STRICT;

INSERT INTO search_entries (kind, subject, claim_id) SELECT 'claim', id, id FROM claims ORDER BY id;
INSERT INTO search (rowid, text) SELECT e.id, c.content || ' ' || c.chain FROM search_entries e JOIN claims c ON c.id = e.subject WHERE e.kind = 'claim';
INSERT INTO unkeyed (id) SELECT id FROM search_entries;
INSERT INTO search_entries (kind, subject, claim_id) SELECT 'note', claim_id || ':' || token, claim_id FROM decisions WHERE note IS NOT NULL;
INSERT INTO search (rowid, text) SELECT e.id, d.note FROM decisions d JOIN search_entries e ON e.kind = 'note' AND e.subject = d.claim_id || ':' || d.token WHERE d.note IS NOT NULL;
INSERT INTO search_entries (kind, subject, claim_id) SELECT 'comment', id, claim_id FROM comments ORDER BY id;
INSERT INTO search (rowid, text) SELECT e.id, c.text FROM search_entries e JOIN comments c ON c.id = e.subject WHERE e.kind = 'comment';
