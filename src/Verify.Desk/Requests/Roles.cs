using FluentValidation;

namespace Verify.Desk.Requests;

public static class Roles
{
    public const string Reporter = "reporter";
    public const string FactChecker = "fact-checker";
    public const string CrossChecker = "cross-checker";
    public const string Editor = "editor";
    public const string StandardsEditor = "standards-editor";
    public const string Administrator = "administrator";
    public const string Reader = "reader";

    /// <summary>Who decides on evidence and on what is a claim; not who writes.</summary>
    public static readonly IReadOnlyList<string> Checkers = [FactChecker, CrossChecker, Editor, StandardsEditor];

    public static readonly IReadOnlyList<string> All = [Reporter, FactChecker, CrossChecker, Editor, StandardsEditor, Administrator, Reader];

    /// <summary>The roles that may do what is asked of <paramref name="role"/>: a standards editor is an editor, a cross-checker a fact-checker.</summary>
    public static IReadOnlyList<string> Satisfying(string role) => role switch
    {
        Editor => [Editor, StandardsEditor],
        FactChecker => [FactChecker, CrossChecker],
        _ => [role],
    };
}

public static class Verdicts
{
    public static readonly IReadOnlyList<string> Attribution = ["accurate", "altered-quote", "out-of-context", "misattributed", "unverifiable"];
    /// <summary>Verdicts against the claim: it is not so, or was not said so.</summary>
    public static readonly IReadOnlyList<string> Adverse = ["altered-quote", "out-of-context", "misattributed", "misleading", "mostly-false", "false"];

    public static readonly IReadOnlyList<string> Content = ["true", "mostly-true", "misleading", "mostly-false", "false", "unproven", "not-checkable"];

    /// <summary>The verdict that mostly goes with an outcome, to begin with and to be changed; null: there is none.</summary>
    public static string? Usual(string outcome) => outcome switch
    {
        "corroborated" or "corroborated-independently" => "true",
        "not-corroborated" => "unproven",
        "confirmed" => "accurate",
        "unavailable" => "unverifiable",
        _ => null,
    };
}

/// <summary>Desks of the newsroom: Politics, Sport. A name is all there is to one.</summary>
public static class Desks
{
    public const string Wrong = "a desk's name has at most 60 characters and no line breaks";

    public static bool IsName(string? desk) => desk is null || desk.Length <= 60 && !desk.Any(char.IsControl);

    public static string? Blank(string? desk) => string.IsNullOrWhiteSpace(desk) ? null : desk.Trim();
}

/// <summary>A user has at least one role, and only roles that there are.</summary>
public sealed class RolesValidator : AbstractValidator<IReadOnlyList<string>>
{
    public RolesValidator()
    {
        RuleFor(r => r).NotEmpty().WithMessage($"give at least one --role of: {string.Join(", ", Roles.All)}");
        RuleForEach(r => r).Must(Roles.All.Contains).WithMessage((_, role) => $"'{role}' is not a role; roles are: {string.Join(", ", Roles.All)}");
    }
}
