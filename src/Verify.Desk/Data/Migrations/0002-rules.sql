-- The rules that must hold whoever writes: the program, a script, or a person with the database in hand.
-- A message is a refusal's stable code.

-- Nobody approves what they checked or wrote.
CREATE TRIGGER decisions_four_eyes BEFORE INSERT ON decisions WHEN NEW.kind = 'approval'
BEGIN
    SELECT RAISE(ABORT, 'four_eyes') WHERE EXISTS (
        SELECT 1 FROM decisions d WHERE d.claim_id = NEW.claim_id AND d.user_id = NEW.user_id AND d.kind = 'check');
    SELECT RAISE(ABORT, 'four_eyes') WHERE EXISTS (
        SELECT 1 FROM claims c JOIN articles a ON a.id = c.article_id WHERE c.id = NEW.claim_id AND a.writer = NEW.user_id);
    SELECT RAISE(ABORT, 'four_eyes') WHERE EXISTS (
        SELECT 1 FROM decisions d WHERE d.claim_id = NEW.claim_id AND d.round = NEW.round AND d.user_id = NEW.user_id AND d.kind = 'approval');
END;

-- A decision is of its task's kind and of the claim's present round: nobody approves under another name.
CREATE TRIGGER decisions_fit_their_task BEFORE INSERT ON decisions
BEGIN
    SELECT RAISE(ABORT, 'decision_without_task') WHERE NOT EXISTS (
        SELECT 1 FROM tasks t WHERE t.claim_id = NEW.claim_id AND t.token = NEW.token AND t.kind = NEW.kind AND t.status = 'open');
    SELECT RAISE(ABORT, 'decision_without_task') WHERE NOT EXISTS (
        SELECT 1 FROM claims c WHERE c.id = NEW.claim_id AND c.round = NEW.round);
END;

CREATE TRIGGER claims_approved_by_somebody BEFORE UPDATE OF status ON claims WHEN NEW.status = 'approved' AND OLD.status <> 'approved'
BEGIN
    SELECT RAISE(ABORT, 'approved_by_nobody') WHERE NOT EXISTS (
        SELECT 1 FROM decisions d WHERE d.claim_id = NEW.id AND d.kind = 'approval' AND d.outcome = 'approve' AND d.round = OLD.round);
    SELECT RAISE(ABORT, 'approved_by_nobody') WHERE EXISTS (
        SELECT 1 FROM tasks t WHERE t.claim_id = NEW.id AND t.kind = 'approval' AND t.status = 'open');
END;
CREATE TRIGGER claims_begin_in_review BEFORE INSERT ON claims WHEN NEW.status = 'approved'
BEGIN SELECT RAISE(ABORT, 'approved_by_nobody'); END;

CREATE TRIGGER tasks_done_by_a_decision BEFORE UPDATE OF status ON tasks WHEN NEW.status = 'done' AND OLD.status <> 'done'
BEGIN
    SELECT RAISE(ABORT, 'done_without_decision') WHERE NOT EXISTS (
        SELECT 1 FROM decisions d WHERE d.claim_id = NEW.claim_id AND d.token = NEW.token);
END;
CREATE TRIGGER tasks_keep_their_kind BEFORE UPDATE OF claim_id, token, kind, step, role ON tasks
BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;

-- What has happened stays as it was.
CREATE TRIGGER snapshots_fixed BEFORE UPDATE ON snapshots BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER snapshots_kept BEFORE DELETE ON snapshots BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER definitions_fixed BEFORE UPDATE ON definitions BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER definitions_kept BEFORE DELETE ON definitions BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER decisions_fixed BEFORE UPDATE ON decisions BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER decisions_kept BEFORE DELETE ON decisions BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER comments_fixed BEFORE UPDATE ON comments BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER comments_kept BEFORE DELETE ON comments BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER audit_fixed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER audit_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER tasks_kept BEFORE DELETE ON tasks BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER claims_kept BEFORE DELETE ON claims BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER articles_kept BEFORE DELETE ON articles BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER articles_keep_their_writer BEFORE UPDATE OF id, number, writer ON articles BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER claims_keep_what_was_said BEFORE UPDATE OF id, article_id, article_version, ordinal, content, spans, chain, definition_id, definition_version ON claims
BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;

-- INSERT OR REPLACE removes a row without firing what guards its removal: what is there is not inserted again.
CREATE TRIGGER articles_not_replaced BEFORE INSERT ON articles WHEN EXISTS (SELECT 1 FROM articles WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER snapshots_not_replaced BEFORE INSERT ON snapshots WHEN EXISTS (SELECT 1 FROM snapshots WHERE article_id = NEW.article_id AND version = NEW.version OR sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER definitions_not_replaced BEFORE INSERT ON definitions WHEN EXISTS (SELECT 1 FROM definitions WHERE definition_id = NEW.definition_id AND version = NEW.version)
BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER claims_not_replaced BEFORE INSERT ON claims WHEN EXISTS (SELECT 1 FROM claims WHERE id = NEW.id OR article_id = NEW.article_id AND ordinal = NEW.ordinal)
BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER tasks_not_replaced BEFORE INSERT ON tasks WHEN EXISTS (SELECT 1 FROM tasks WHERE claim_id = NEW.claim_id AND token = NEW.token)
BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER decisions_not_replaced BEFORE INSERT ON decisions WHEN EXISTS (SELECT 1 FROM decisions WHERE claim_id = NEW.claim_id AND token = NEW.token)
BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER comments_not_replaced BEFORE INSERT ON comments WHEN EXISTS (SELECT 1 FROM comments WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER audit_not_replaced BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER users_not_replaced BEFORE INSERT ON users WHEN EXISTS (SELECT 1 FROM users WHERE id = NEW.id OR name = NEW.name)
BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;

-- A round ends by a return and in no other way; a closed task stays closed; who has approved does not check afterwards.
CREATE TRIGGER claims_rounds_end_by_a_return BEFORE UPDATE OF round ON claims WHEN NEW.round <> OLD.round
BEGIN
    SELECT RAISE(ABORT, 'history_is_fixed') WHERE NEW.round <> OLD.round + 1 OR NOT EXISTS (
        SELECT 1 FROM decisions d WHERE d.claim_id = OLD.id AND d.round = OLD.round AND d.outcome = 'return');
END;
CREATE TRIGGER tasks_closed_stay_closed BEFORE UPDATE OF status ON tasks WHEN OLD.status <> 'open' AND NEW.status <> OLD.status
BEGIN SELECT RAISE(ABORT, 'history_is_fixed'); END;
CREATE TRIGGER decisions_four_eyes_on_checks BEFORE INSERT ON decisions WHEN NEW.kind = 'check'
BEGIN
    SELECT RAISE(ABORT, 'four_eyes') WHERE EXISTS (
        SELECT 1 FROM decisions d WHERE d.claim_id = NEW.claim_id AND d.round = NEW.round AND d.user_id = NEW.user_id AND d.kind = 'approval');
END;
