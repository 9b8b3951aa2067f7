using System.Text.RegularExpressions;
using Verify.Evidence.Text;

namespace Verify.Evidence.Quotations;

/// <summary>
/// Whether what stands around quoted words turns their sense: a denial, a condition, a question, somebody else's view.
/// A hint for the checker, who sees the surroundings; not a verdict.
/// </summary>
public static partial class Surroundings
{
    private const int Reach = 400;

    internal static string? Concern(string text, int start, int end)
    {
        var sentence = SentenceStart(text, start);
        var before = Flat(text.AsSpan(sentence, start - sentence));
        var previous = Flat(text.AsSpan(SentenceStart(text, Math.Max(0, sentence - 2)), sentence - SentenceStart(text, Math.Max(0, sentence - 2))));
        var close = SentenceEnd(text, end);
        var rest = Flat(text.AsSpan(end, close - end));
        var next = Flat(text.AsSpan(close, SentenceEnd(text, Math.Min(text.Length, close + 2)) - close));
        if (Denied().IsMatch(before)) return "the document denies it: the words before are \"" + Tail(before) + "\"";
        if (Others().IsMatch(before)) return "the document gives it as somebody else's view: \"" + Tail(before) + "\"";
        if (Conditional().IsMatch(before)) return "it stands under a condition: \"" + Tail(before) + "\"";
        if (close > end && text[close - 1] == '?' || rest.TrimEnd().EndsWith('?')) return "it is part of a question";
        if (Reversed().IsMatch(rest)) return "the sentence goes on: \"" + Head(rest) + "\"";
        if (Rejected().IsMatch(next)) return "the next sentence takes it back: \"" + Head(next) + "\"";
        // Said by somebody else in the document, and taken back a sentence or two later.
        var later = Flat(text.AsSpan(end, SentenceEnd(text, Math.Min(text.Length, SentenceEnd(text, Math.Min(text.Length, close + 2)) + 2)) - end));
        if ((Reported().IsMatch(before) || start > 0 && text[start - 1] is '“' or '"') && TakenBack().Match(later) is { Success: true } taken) return "the document quotes it and then takes it back: \"" + Head(later[Math.Max(0, taken.Index - 40)..]) + "\"";
        if (Announced().IsMatch(previous) && (before.Length < 3)) return "the sentence before gives it as somebody else's view: \"" + Tail(previous) + "\"";
        return null;
    }

    /// <summary>The words of the sentence that content stands in, without the content: who says it, and how. Folded.</summary>
    public static IReadOnlyList<string> Attribution(string text, IReadOnlyList<Attribution.Span> content)
    {
        if (content.Count == 0) return [];
        var words = new List<string>();
        var from = SentenceStart(text, content[0].Start);
        foreach (var span in content)
        {
            Add(from, span.Start);
            from = span.End;
        }
        Add(from, SentenceEnd(text, from));
        return words;

        void Add(int start, int end)
        {
            if (end <= start) return;
            var part = TextWords.Of(text[start..end]);
            for (var i = 0; i < part.Count; i++) words.Add(part.Folded(i));
        }
    }

    /// <summary>Whether an attribution turns what it introduces into its opposite: "denied that", "did not say that".</summary>
    public static bool IsDenied(IReadOnlyList<string> attribution) => attribution.Count(w => w is "not" or "never" or "denied" or "denies" or "deny" or "denying" or "refuted" or "refutes" or "rejected" or "rejects" or "disputed" or "disputes" or "didnt" or "doesnt" or "wouldnt" or "hadnt" or "hasnt" or "nobody") % 2 == 1;

    private static string Flat(ReadOnlySpan<char> text) => Whitespace().Replace(text.ToString().Replace("-\n", "", StringComparison.Ordinal), " ").Trim();
    private static string Tail(string s) => s.Length <= 90 ? s : "…" + s[^90..];
    private static string Head(string s) => s.Length <= 90 ? s : s[..90] + "…";

    private static int SentenceStart(string text, int at)
    {
        for (var i = at - 1; i >= Math.Max(0, at - Reach); i--)
            if (EndsSentence(text, i, at)) return i + 1;
        return Math.Max(0, at - Reach);
    }

    private static int SentenceEnd(string text, int at)
    {
        // A quotation that ends with its sentence has taken the words, not always the full stop.
        for (var i = at; i < Math.Min(text.Length, at + Reach); i++)
            if (EndsSentence(text, i, text.Length)) return i + 1;
        return Math.Min(text.Length, at + Reach);
    }

    private static bool EndsSentence(string text, int i, int limit)
    {
        if (text[i] == '\n') return i + 1 < text.Length && text[i + 1] is '\n' or '\r';
        if (text[i] is not ('.' or '?' or '!')) return false;
        if (i + 1 >= limit || i + 1 >= text.Length) return true;
        var next = i + 1;
        while (next < text.Length && text[next] is '"' or '”' or '’' or ')' or '\'') next++;
        if (next < text.Length && !char.IsWhiteSpace(text[next])) return false;
        // "Dr. Lund", "No. 4": a short word with a capital before the stop ends no sentence.
        var from = i;
        while (from > 0 && char.IsLetter(text[from - 1])) from--;
        return !(text[i] == '.' && i - from is 1 or 2 && char.IsUpper(text[from]));
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();

    [GeneratedRegex(@"\b((would|is|was|be) (be )?(wrong|false|untrue|incorrect|misleading|mistaken|inaccurate|premature|an? (error|mistake|exaggeration)) (to( \w+){0,8} (that|as)|(\w+ ){0,3}(to|that))|nothing( \w+){0,8} that|(no|little|without( any)?|lack of|found no|not? any) (evidence|proof|sign|indication|basis|support|suggestion|reason|ground)s? (\w+ ){0,5}(that|to|for)?|(do|does|did|can|could|would|will|has|have|had|was|were|is|are|must|should|may|might)( ?not|n['’]t)( \w+){0,5}|never( \w+){0,5}|den(y|ies|ied|ying)( \w+){0,4}|rejects?( \w+){0,4}|rejected( \w+){0,4}|refut\w+( \w+){0,4}|contrary to( \w+){0,6}|not the case|false(ly)?( \w+){0,3}|nobody( \w+){0,4}|far from( \w+){0,3}|neither( \w+){0,5}|dismiss\w*( \w+){0,5}|disput\w+( \w+){0,4}|myth( \w+){0,3}|rumou?rs?( \w+){0,4})[\s:""“'‘«]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Denied();

    [GeneratedRegex(@"\b((critics?|opponents?|some|others?|many|sceptics|skeptics|detractors|campaigners|objectors|petitioners?|appellants?|claimants?|complainants?|applicants?|counsel|union|residents?|rivals?|competitors?|commentators?|press|newspapers?|media|reports?|pamphlets?|leaflets?|posts?|letters?|website|blog|flyer|e-?mails?)( \w+){0,6} (claim|claims|claimed|say|says|said|argue|argues|argued|allege|alleges|alleged|assert|asserts|asserted|contend|contends|contended|suggest|suggests|suggested|maintain|maintains|maintained|insist|insists|insisted|write|wrote|stated|states|complain|complained|warned|predicted|put it|told)( \w+){0,4}|(?<!\b(i|we) )(claims?|claimed|alleges?|alleged|asserts?|asserted|insinuate\w*|would have (us|you) believe)|(claims?|allegations?|assertions?|suggestions?|argument|contention|accusations?|charge|notion|idea|impression|belief|theory|story|narrative|headline|submission|objection|complaint)( \w+){0,5} that)\W*(that\W*)?[\W]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Others();

    [GeneratedRegex(@"(^|[,;:—–] ?|\b(and|but|that) )(if|unless|suppose|supposing|assuming|imagine|provided|whether|even if|in the event|only (if|when|where))\b[^.?!;]*$|^(were|had|should)\b[^.?!;,]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Conditional();

    [GeneratedRegex(@"^\W*(, )?(is|was|are|were|would be|has been|have been|had been)? ?((simply|plainly|quite|entirely|wholly|just) )?(wrong|false|untrue|incorrect|unfounded|baseless|without (any )?(foundation|merit|basis)|not (true|the case|so|supported|borne out|accurate|correct)|rejected|denied|misleading|a myth|mistaken)\b|^\W*(only|but only|unless|provided that|if and only if)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Reversed();

    [GeneratedRegex(@"^\W*(no[,.]|not (so|true|at all)|never[,.]|(that|this|it|such)( \w+){0,4} (is|was|are|were|would be|has|does|do|did|cannot|could|proved|turned out)( \w+){0,2} (not|n['’]t|no|wrong|false|untrue|incorrect|unfounded|baseless|mistaken|rejected|withdrawn|nonsense|misleading|myth|inaccurate|rubbish)\b|(that|this) (isn['’]t|wasn['’]t|is not|was not|is wrong|was wrong|is false|is untrue|is incorrect|did not|does not|would be wrong)|(we|i|the \w+( \w+)?) (do|does|did|cannot|could|can) ?(not|n['’]t)? ?(accept|agree|share|endorse|find|believe|support|reject)|(we|i|the \w+( \w+)?) (rejects?|rejected|disagrees?|disagreed|dismiss\w*|disputes?|den(y|ies|ied)|found no|finds? no|found otherwise)|nothing (could|of the)|nonsense|wrong|false|untrue|there (is|was) no (truth|evidence|basis|support)|the (evidence|records?|data|figures|facts|logs?) (does|do|did|shows?|say|says?|showed|contradict\w*|point)( not| otherwise| the opposite| the contrary)|neither)", RegexOptions.IgnoreCase)]
    private static partial Regex Rejected();

    [GeneratedRegex(@"\b(critics?|opponents?|sceptics|detractors|campaigners|objectors|leaflet|pamphlet|rumou?r|myth|post)\b[^.]*\b(claims?|claimed|say|said|argues?|argued|alleges?|alleged|asserts?|writes?|wrote|put it|runs?|ran|goes|went)\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex Announced();

    [GeneratedRegex(@"\b(that|say|says|said|tell|tells|told|write|writes|wrote)[\s:,""“'‘«]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Reported();

    [GeneratedRegex(@"\b(nonsense|(is|are|was|were|be) (quite |simply |plainly )?(wrong|untrue|mistaken|false|unfounded|baseless)|nothing to (support|it)|no truth|not (true|so|the case)|without foundation|not (to )?be(lieved|ar)|do(es)? not bear)\b", RegexOptions.IgnoreCase)]
    private static partial Regex TakenBack();
}
