namespace Verify.Evidence.Quotations;

/// <summary>Whether a word is two in short: "I'll" for "I will". Another form of the same, but not the same words.</summary>
internal static class Contraction
{
    public static bool Is(string whole, string first, string second) => whole.StartsWith(first, StringComparison.Ordinal) && Tail(second) is { } tail && whole.Length == first.Length + tail.Length && whole.EndsWith(tail, StringComparison.Ordinal)
        || whole is "wont" && first is "will" && second is "not" || whole is "cant" && first is "can" && second is "not";

    /// <summary>The same word in its full and its short form.</summary>
    public static bool SameWord(string a, string b) => a is "cannot" or "cant" && b is "cannot" or "cant";

    private static string? Tail(string word) => word switch
    {
        "will" or "shall" => "ll",
        "not" => "nt",
        "is" or "has" => "s",
        "are" => "re",
        "have" => "ve",
        "had" or "would" => "d",
        "am" => "m",
        _ => null,
    };
}
