namespace Verify.Desk.Features.Evidence;

/// <summary>The words for evidence.</summary>
public static class EvidenceTerms
{
    public const string PrimaryDocument = "primary-document";
    public static readonly IReadOnlyList<string> Kinds = [PrimaryDocument, "recording", "interview", "data", "secondary-report", "expert", "archived-page", "post"];
    public static readonly IReadOnlyList<string> Stances = ["supports", "refutes", "unclear"];
    public static readonly IReadOnlyList<string> GroundRules = ["on-the-record", "background", "deep-background", "off-the-record"];

    /// <summary>Kinds that are an origin themselves unless somebody says otherwise: nobody stands between them and the fact.</summary>
    public static bool IsFirstHand(string kind) => kind is PrimaryDocument or "recording" or "interview" or "data" or "expert";
}
