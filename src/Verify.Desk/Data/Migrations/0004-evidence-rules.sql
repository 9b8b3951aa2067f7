-- What must hold of evidence and of moving ground, whoever writes. A message is a refusal's stable code.

-- Whoever brought the evidence, traced it, saw the source or let the claim go on without has checked it; whoever changed
-- its words or the article's has written it.
CREATE TRIGGER decisions_four_eyes_on_evidence BEFORE INSERT ON decisions WHEN NEW.kind = 'approval'
BEGIN
    SELECT RAISE(ABORT, 'four_eyes') WHERE EXISTS (
        SELECT 1 FROM evidence_claims e JOIN custody k ON k.evidence_id = e.evidence_id AND k.user_id = NEW.user_id AND k.action IN ('added', 'attached')
        WHERE e.claim_id = NEW.claim_id AND e.detached_at IS NULL);
    SELECT RAISE(ABORT, 'four_eyes') WHERE EXISTS (
        SELECT 1 FROM link_checks l WHERE l.claim_id = NEW.claim_id AND l.user_id = NEW.user_id);
    SELECT RAISE(ABORT, 'four_eyes') WHERE EXISTS (
        SELECT 1 FROM provenance p WHERE p.claim_id = NEW.claim_id AND p.decided_by = NEW.user_id);
    SELECT RAISE(ABORT, 'four_eyes') WHERE EXISTS (
        SELECT 1 FROM overrides o WHERE o.claim_id = NEW.claim_id AND o.round = NEW.round AND o.user_id = NEW.user_id);
    SELECT RAISE(ABORT, 'four_eyes') WHERE EXISTS (
        SELECT 1 FROM amendments m WHERE m.claim_id = NEW.claim_id AND m.user_id = NEW.user_id);
    SELECT RAISE(ABORT, 'four_eyes') WHERE EXISTS (
        SELECT 1 FROM revisions r JOIN claims c ON c.article_id = r.article_id WHERE c.id = NEW.claim_id AND r.user_id = NEW.user_id);
END;

-- A round ends by a return or by a reopening, and an approval falls by a reopening alone.
DROP TRIGGER claims_rounds_end_by_a_return;
CREATE TRIGGER claims_rounds_end_by_a_return BEFORE UPDATE OF round ON claims WHEN NEW.round <> OLD.round
BEGIN
    SELECT RAISE(ABORT, 'history_is_fixed') WHERE NEW.round <> OLD.round + 1 OR NOT EXISTS (
        SELECT 1 FROM decisions d WHERE d.claim_id = OLD.id AND d.round = OLD.round AND d.outcome = 'return'
        UNION ALL SELECT 1 FROM reopenings r WHERE r.claim_id = OLD.id AND r.round = OLD.round);
END;
CREATE TRIGGER claims_fall_by_a_reopening BEFORE UPDATE OF status ON claims WHEN OLD.status = 'approved' AND NEW.status <> 'approved'
BEGIN
    SELECT RAISE(ABORT, 'history_is_fixed') WHERE NEW.round = OLD.round OR NOT EXISTS (
        SELECT 1 FROM reopenings r WHERE r.claim_id = OLD.id AND r.round = OLD.round);
END;

-- What was said changes only together with a record of the change, and never which claim of which article it is.
DROP TRIGGER claims_keep_what_was_said;
CREATE TRIGGER claims_keep_what_was_said BEFORE UPDATE OF id, article_id, article_version, ordinal, content, spans, chain, definition_id, definition_version ON claims
WHEN NEW.id <> OLD.id OR NEW.article_id <> OLD.article_id OR NEW.ordinal <> OLD.ordinal OR NOT EXISTS (
    SELECT 1 FROM amendments a WHERE a.claim_id = OLD.id AND a.claim_version = NEW.version AND NEW.version = OLD.version + 1)
BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;

CREATE TRIGGER contents_fixed BEFORE UPDATE ON contents BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER contents_kept BEFORE DELETE ON contents BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER contents_not_replaced BEFORE INSERT ON contents WHEN EXISTS (SELECT 1 FROM contents WHERE sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER evidence_fixed BEFORE UPDATE OF id, number, kind, title, reference, content, ground_rules, obtained_from, obtained_how, dated_on, note, added_by, created_at ON evidence
BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER evidence_withdrawn_once BEFORE UPDATE OF withdrawn_at, withdrawn_why ON evidence WHEN OLD.withdrawn_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER evidence_kept BEFORE DELETE ON evidence BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER evidence_not_replaced BEFORE INSERT ON evidence WHEN EXISTS (SELECT 1 FROM evidence WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER evidence_claims_fixed BEFORE UPDATE OF evidence_id, claim_id ON evidence_claims BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER evidence_claims_attached_anew BEFORE UPDATE OF added_by, created_at ON evidence_claims
WHEN OLD.detached_at IS NULL AND (NEW.added_by IS NOT OLD.added_by OR NEW.created_at <> OLD.created_at)
BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER evidence_claims_kept BEFORE DELETE ON evidence_claims BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER evidence_claims_not_replaced BEFORE INSERT ON evidence_claims WHEN EXISTS (SELECT 1 FROM evidence_claims WHERE evidence_id = NEW.evidence_id AND claim_id = NEW.claim_id)
BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER custody_fixed BEFORE UPDATE ON custody BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER custody_kept BEFORE DELETE ON custody BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER custody_not_replaced BEFORE INSERT ON custody WHEN EXISTS (SELECT 1 FROM custody WHERE evidence_id = NEW.evidence_id AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER sources_fixed BEFORE UPDATE OF id, number, name, kind, key, article_id, created_at ON sources BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER sources_kept BEFORE DELETE ON sources BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER sources_not_replaced BEFORE INSERT ON sources WHEN EXISTS (SELECT 1 FROM sources WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER provenance_fixed BEFORE UPDATE OF id, claim_id, from_kind, from_id, to_kind, to_id, via, words, created_at ON provenance BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER provenance_kept BEFORE DELETE ON provenance BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER provenance_not_replaced BEFORE INSERT ON provenance WHEN EXISTS (SELECT 1 FROM provenance WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER link_checks_fixed BEFORE UPDATE ON link_checks BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER link_checks_kept BEFORE DELETE ON link_checks BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER link_checks_not_replaced BEFORE INSERT ON link_checks WHEN EXISTS (SELECT 1 FROM link_checks WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER overrides_fixed BEFORE UPDATE ON overrides BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER overrides_kept BEFORE DELETE ON overrides BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER overrides_not_replaced BEFORE INSERT ON overrides WHEN EXISTS (SELECT 1 FROM overrides WHERE claim_id = NEW.claim_id AND round = NEW.round)
BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER reopenings_fixed BEFORE UPDATE ON reopenings BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER reopenings_kept BEFORE DELETE ON reopenings BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER reopenings_not_replaced BEFORE INSERT ON reopenings WHEN EXISTS (SELECT 1 FROM reopenings WHERE claim_id = NEW.claim_id AND round = NEW.round)
BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER revisions_fixed BEFORE UPDATE ON revisions BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER revisions_kept BEFORE DELETE ON revisions BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER revisions_not_replaced BEFORE INSERT ON revisions WHEN EXISTS (SELECT 1 FROM revisions WHERE article_id = NEW.article_id AND version = NEW.version)
BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER amendments_fixed BEFORE UPDATE ON amendments BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER amendments_kept BEFORE DELETE ON amendments BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER amendments_not_replaced BEFORE INSERT ON amendments WHEN EXISTS (SELECT 1 FROM amendments WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER reuses_fixed BEFORE UPDATE ON reuses BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER reuses_kept BEFORE DELETE ON reuses BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER reuses_not_replaced BEFORE INSERT ON reuses WHEN EXISTS (SELECT 1 FROM reuses WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
