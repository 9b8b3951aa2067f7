-- The history as a Merkle log (RFC 9162): its entries' hashes are the leaves. What the tree needs to be gone on with stands with
-- the head: the roots of its whole subtrees, largest first, 32 bytes each. NULL: to be worked out from the entries once.
ALTER TABLE audit_head ADD COLUMN frontier BLOB;
UPDATE audit_head SET frontier = x'' WHERE seq = 0;
-- A program of an earlier schema that still has the file open knows nothing of the tree, and would leave it behind the entries.
CREATE TRIGGER audit_head_whole BEFORE UPDATE OF seq ON audit_head WHEN NEW.seq <> OLD.seq AND NEW.frontier IS OLD.frontier
BEGIN SELECT RAISE(ABORT, 'this program is older than the database; end it and use the newer one'); END;
