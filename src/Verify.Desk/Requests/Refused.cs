namespace Verify.Desk.Requests;

/// <summary>Every refusal that the desk's rules can give, in one place: codes stay stable and messages alike.</summary>
public static class Refused
{
    public static Refusal NotFound(string what, string reference) =>
        new(RefusalKind.NotFound, "not_found", $"there is no {what} '{reference}'; {Hint(what)}");

    private static string Hint(string what) => what switch
    {
        "article" => "articles are numbers such as 12; `verify report --by article` lists them",
        "claim" => "claims are named like 12.3; `verify article 12` lists an article's",
        "evidence" => "evidence is named like E4; `verify evidence list 12.3` shows a claim's",
        "source" => "sources are named like S2 (`verify evidence list 12.3` shows a claim's), or by their name; for \"the report\" of one article give --article",
        "link" => "`verify claim` numbers the links of the chain from 1",
        "entry" => "entries are numbered from 1; `verify audit check` says how many there are",
        "task" => "tasks are named like 12.3-4; `verify queue` lists the open ones",
        _ => "`verify workflows list` shows them",
    };

    public static Refusal UserRequired() =>
        new(RefusalKind.Rule, "user_required", "say who you are with --as NAME or VERIFY_USER");

    public static Refusal UnknownUser(string name) =>
        new(RefusalKind.Rule, "unknown_user", $"there is no user '{name}'; `verify user list` shows them");

    public static Refusal UserDisabled(string name) =>
        new(RefusalKind.Rule, "user_disabled", $"user '{name}' is disabled; ask an administrator");

    public static Refusal WrongRole(string user, IEnumerable<string> needed) =>
        new(RefusalKind.Rule, "wrong_role", $"{user} may not do this; it needs the role {string.Join(" or ", needed)}");

    public static Refusal FourEyes(string why, string role) =>
        new(RefusalKind.Rule, "four_eyes", $"{why}; another {role} has to decide");

    public static Refusal TaskTaken(string by) =>
        new(RefusalKind.Rule, "task_taken", $"the task is {by}'s; ask for it, or have an editor assign it");

    public static Refusal TaskClosed(string status) =>
        new(RefusalKind.Rule, "task_closed", $"the task is already {status}; `verify claim` shows what happened");

    public static Refusal StaleVersion(long asked, long current) =>
        new(RefusalKind.Rule, "stale_version", $"the claim changed meanwhile (you saw version {asked}, it is {current}); look again and decide anew");

    public static Refusal UnknownOutcome(string outcome, IEnumerable<string> routed) =>
        new(RefusalKind.Rule, "unknown_outcome", $"'{outcome}' is not an outcome of this step; use one of: {string.Join(", ", routed)}");

    public static Refusal VerdictNeeded(string kind, IEnumerable<string> verdicts) =>
        new(RefusalKind.Rule, "verdict_needed", $"this step asks for the {kind} verdict; give --{kind}-verdict with one of: {string.Join(", ", verdicts)}");

    public static Refusal VerdictNotAsked(string kind) =>
        new(RefusalKind.Rule, "verdict_not_asked", $"this step does not ask for the {kind} verdict; leave --{kind}-verdict out");

    public static Refusal NoteNeeded(string what) =>
        new(RefusalKind.Rule, "note_needed", $"say why with --note: {what}");

    public static Refusal GroundMissing(string outcome, IEnumerable<string> missing) =>
        new(RefusalKind.Rule, "ground_missing", $"'{outcome}' needs more ground: {string.Join("; ", missing)}. Attach and confirm it, choose another outcome, or ask an editor for `verify override`");

    public static Refusal Withdrawn(string evidence) =>
        new(RefusalKind.Rule, "evidence_withdrawn", $"{evidence} was withdrawn; attach other evidence");

    public static Refusal NotAttached(string evidence, string claim) =>
        new(RefusalKind.Rule, "not_attached", $"{evidence} is not attached to {claim}; `verify evidence use {evidence} {claim}` attaches it");

    public static Refusal AlreadyAttached(string evidence) =>
        new(RefusalKind.Rule, "already_attached", $"the same is attached to this claim as {evidence}; change its stance instead");

    public static Refusal ClaimClosed(string status) =>
        new(RefusalKind.Rule, "claim_closed", $"the claim is {status}; nothing is left to do on it");

    public static Refusal KeyReused() =>
        new(RefusalKind.Rule, "key_reused", "this idempotency key was used for another command; use a new one");

    public static Refusal RuntimeNotBuiltIn() =>
        new(RefusalKind.Definition, "runtime_not_built_in", "this build of Verify has no Elsa in it: its packages were not to be had when it was built; build it where they are (README, \"The two runtimes\") or choose --runtime embedded");

    public static Refusal RuntimeFailed(string runtime, string why) =>
        new(RefusalKind.Database, "runtime_failed", $"{runtime} could not be told what was decided; it is kept and told again by the next command ({why})");

    public static Refusal BusyItem() =>
        new(RefusalKind.Rule, "busy_item", "others are moving this claim at this moment; look at it again and decide then");

    public static Refusal Invalid(string message) => new(RefusalKind.Request, "invalid_request", message);

    public static Refusal Input(string code, string message) => new(RefusalKind.Input, code, message);

    public static Refusal Definition(string code, string message) => new(RefusalKind.Definition, code, message);

    public static Refusal Database(string code, string message) => new(RefusalKind.Database, code, message);
}
