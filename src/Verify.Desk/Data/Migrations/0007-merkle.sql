-- The history as a Merkle log (RFC 9162): its entries' hashes are the leaves. What the tree needs to be gone on with stands with
-- the head: the roots of its whole subtrees, largest first, 32 bytes each. NULL: to be worked out from the entries once.
ALTER TABLE audit_head ADD COLUMN frontier BLOB;
UPDATE audit_head SET frontier = x'' WHERE seq = 0;
