using System.Globalization;
using System.Text.RegularExpressions;
using Verify.Desk.Requests;

namespace Verify.Web.Parts;

/// <summary>How things are said on pages.</summary>
internal static partial class Words
{
    /// <summary>For example <c>in-review</c> as "in review".</summary>
    public static string Plain(string code) => code.Replace('-', ' ');

    public static string Title(string code) => code.Length == 0 ? code : char.ToUpperInvariant(code[0]) + Plain(code)[1..];

    /// <summary>A refusal's line as a sentence for who has a page before them: options are its fields, and no command is to be typed.</summary>
    public static string Sentence(Refusal refusal)
    {
        var said = refusal.Message.Replace("an editor for `verify override`", "an editor to set that need aside", StringComparison.Ordinal);
        said = string.Join("; ", said.Split("; ").Where(clause => !clause.Contains("`verify ", StringComparison.Ordinal)));
        said = GiveVerdict().Replace(said, "choose one of");
        return Sentence(Option().Replace(said, o => $"in the field “{Plain(o.Groups[1].Value)}”"));
    }

    public static string Sentence(string message) => message.Length == 0 ? message : char.ToUpperInvariant(message[0]) + message[1..] + (message[^1] is '.' or '?' or '!' ? "" : ".");

    public static string Count(long n, string thing) => $"{n.ToString("N0", CultureInfo.InvariantCulture)} {thing}{(n == 1 ? "" : "s")}";

    /// <summary>A count that stops at a hundred.</summary>
    public static string UpTo(long n, int most) => n >= most ? $"{most - 1}+" : n.ToString(CultureInfo.InvariantCulture);

    /// <summary>At most so many characters; marks that would turn the text around them are shown and do nothing.</summary>
    public static string Short(string text, int length) => Cut(text.AsSpan().IndexOfAny(Turning) < 0 ? text : string.Concat(text.Select(c => Turning.Contains(c) ? '\uFFFD' : c)), length);

    private static readonly System.Buffers.SearchValues<char> Turning = System.Buffers.SearchValues.Create("\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069");

    private static string Cut(string text, int length) => text.Length <= length ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1), "…");

    /// <summary>Status as a word that does not lean on colour.</summary>
    public static string Sign(string status) => status switch { "approved" => "✓", "rejected" => "✗", "dismissed" => "–", "faulted" => "!", _ => "…" };

    /// <summary>Where the page of a claim is, or with a task of an approval its dossier.</summary>
    public static string ClaimPath(string claim, string? kind = null) => kind == "approval" ? $"/claims/{claim}/dossier" : $"/claims/{claim}";

    public static string ClaimOf(string task) => task.Split('-')[0];

    public static string Number(double n, string format = "0.##") => n.ToString(format, CultureInfo.InvariantCulture);

    [GeneratedRegex("give --[a-z]+-verdict with one of")]
    private static partial Regex GiveVerdict();

    [GeneratedRegex("(?:with )?--([a-z][a-z-]*)")]
    private static partial Regex Option();
}
