-- The desk in the browser: accounts and their sessions, desks, who was mentioned, what an editor has looked at.
-- Accounts, sessions, invitations, mentions and looks are how people work, not history: they are not in the audit log.

ALTER TABLE users ADD COLUMN desk TEXT;
ALTER TABLE articles ADD COLUMN desk TEXT;
-- A copy of the article's, so that one desk's queue is found by an index of its own.
ALTER TABLE tasks ADD COLUMN desk TEXT;
CREATE INDEX tasks_open_by_desk ON tasks (desk, due_at) WHERE status = 'open' AND desk IS NOT NULL;
CREATE TRIGGER tasks_of_a_desk AFTER INSERT ON tasks WHEN (SELECT a.desk FROM claims c JOIN articles a ON a.id = c.article_id WHERE c.id = NEW.claim_id) IS NOT NULL
BEGIN
    UPDATE tasks SET desk = (SELECT a.desk FROM claims c JOIN articles a ON a.id = c.article_id WHERE c.id = NEW.claim_id) WHERE claim_id = NEW.claim_id AND token = NEW.token;
END;

CREATE INDEX claims_by_speaker ON claims (speaker, id);
CREATE INDEX decisions_by_user ON decisions (user_id, claim_id);
CREATE INDEX decisions_by_time ON decisions (decided_at);

-- password: pbkdf2-sha256$rounds$salt$hash, salt and hash in base64.
CREATE TABLE accounts (
    user_id TEXT NOT NULL PRIMARY KEY REFERENCES users (id),
    password TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    locked_until INTEGER NOT NULL
) WITHOUT ROWID, STRICT;

-- Tokens are kept as their SHA-256: who reads the file cannot sign in with it.
CREATE TABLE sessions (
    token_hash TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL
) WITHOUT ROWID, STRICT;
CREATE INDEX sessions_by_user ON sessions (user_id);

CREATE TABLE invitations (
    token_hash TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    expires_at INTEGER NOT NULL
) WITHOUT ROWID, STRICT;
CREATE INDEX invitations_by_user ON invitations (user_id);

-- Whoever disables a user or changes what they may do, by whichever program: their sessions end with it.
CREATE TRIGGER users_sessions_end AFTER UPDATE OF disabled_at, roles ON users WHEN NEW.disabled_at IS NOT OLD.disabled_at OR NEW.roles <> OLD.roles
BEGIN
    DELETE FROM sessions WHERE user_id = NEW.id;
    DELETE FROM invitations WHERE user_id = NEW.id AND NEW.disabled_at IS NOT NULL;
END;

CREATE TABLE mentions (
    user_id TEXT NOT NULL REFERENCES users (id),
    comment_id TEXT NOT NULL REFERENCES comments (id),
    claim_id TEXT NOT NULL REFERENCES claims (id),
    seen_at INTEGER,
    PRIMARY KEY (user_id, comment_id)
) WITHOUT ROWID, STRICT;
CREATE INDEX mentions_unseen ON mentions (user_id, claim_id) WHERE seen_at IS NULL;

-- at: the present look; before: the end of the one before it.
CREATE TABLE looks (
    user_id TEXT NOT NULL REFERENCES users (id),
    claim_id TEXT NOT NULL REFERENCES claims (id),
    at INTEGER NOT NULL,
    before INTEGER,
    PRIMARY KEY (user_id, claim_id)
) WITHOUT ROWID, STRICT;
