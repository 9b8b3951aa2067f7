using Verify.Evidence.Text;

namespace Verify.Evidence.Quotations;

/// <summary>How a quotation stands to the document that it is quoted from.</summary>
public enum QuotationResult { Verbatim, Ellipsis, Bracketed, Altered, Spliced, OutOfContext, NotFound }

/// <summary>What happened to words between the document and the quotation.</summary>
public enum DifferenceKind { Changed, Added, Dropped }

/// <param name="Quoted">The words of the quotation; empty where they were dropped.</param>
/// <param name="Document">The words of the document; empty where they were added.</param>
/// <param name="Grave">A number, name, date or negation changed, or a word that turns the sense.</param>
/// <param name="Why">Why it is grave; null: it is not.</param>
public sealed record QuotationDifference(DifferenceKind Kind, string Quoted, string Document, bool Grave, string? Why);

/// <summary>A stretch of the document that the quotation, or a part of it, was found in. Offsets are half-open, in UTF-16 code units.</summary>
public readonly record struct DocumentStretch(int Start, int End);

/// <param name="Found">Where in the document; several where the quotation was put together, none where it was not found.</param>
/// <param name="Differences">Word by word, in the order of the quotation.</param>
/// <param name="Share">Of the quotation's words, how many are the document's: 0 to 1.</param>
/// <param name="Before">Up to 200 characters of the document before the first stretch, for the reader to judge the context.</param>
/// <param name="Concern">Why it may be out of context, or where its parts come from; null: nothing to say.</param>
public sealed record QuotationComparison(QuotationResult Result, bool Grave, IReadOnlyList<DocumentStretch> Found, IReadOnlyList<QuotationDifference> Differences, double Share, string Before, string Matched, string After, string? Concern)
{
    /// <summary>The verdict on the attribution that this suggests; a checker decides.</summary>
    public string ProposedVerdict => Result switch
    {
        QuotationResult.Verbatim or QuotationResult.Ellipsis or QuotationResult.Bracketed => "accurate",
        QuotationResult.OutOfContext => "out-of-context",
        QuotationResult.NotFound => "unverifiable",
        _ => "altered-quote",
    };
}

/// <summary>Holds a quotation against a document. Pure; safe from any thread.</summary>
public static class QuotationCheck
{
    private const int Shown = 200;
    private const double Least = 0.55; // below this share of its words nobody would call it the same sentence
    private const int LongestWindow = 1500; // words; an ellipsis that leaves out more is a jump
    private const int FarApart = 15; // words dropped without a mark: more is another place

    /// <param name="quotation">What stands between the quotation marks, without them.</param>
    public static QuotationComparison Compare(string quotation, TextWords document)
    {
        var quote = QuotedText.Of(quotation);
        if (quote.Words.All(w => w.IsBracket)) return NotFound(0);
        var (steps, share) = Best(quote.Words, document);
        if (steps.Count == 0) return NotFound(0);
        var elsewhere = Elsewhere(quote, steps, document);
        if (share < Least && elsewhere is null) return NotFound(share);
        var differences = Differences.Of(quote, document, steps, elsewhere?.From ?? -1, elsewhere?.To ?? -1);
        var stretch = Stretch(steps, document);
        var found = new List<DocumentStretch> { stretch };
        if (elsewhere is { } part) { found.Add(part.Stretch); share = Math.Min(1, share + part.Share); }
        var jump = Jump(steps, quote, document);
        if (jump is { } gap) found = [new(stretch.Start, document.EndOf(gap.Word - 1)), new(document.StartOf(gap.Word + gap.WordCount), stretch.End), .. found.Skip(1)];
        found.RemoveAll(f => f.End <= f.Start);
        var (result, concern) = Judge();
        return new(result, result == QuotationResult.Spliced || differences.Any(d => d.Grave), found, differences, share,
            Around(Math.Max(0, stretch.Start - Shown), stretch.Start), document.Text[stretch.Start..stretch.End], Around(stretch.End, Math.Min(document.Text.Length, stretch.End + Shown)), concern);

        (QuotationResult, string?) Judge()
        {
            if (elsewhere is not null) return (QuotationResult.Spliced, "its parts stand in different places of the document");
            if (jump is { } left) return (QuotationResult.Spliced, $"{left.WordCount} words between its parts are left out without a mark");
            if (differences.Count > 0) return (QuotationResult.Altered, null);
            if (Surroundings.Concern(document.Text, stretch.Start, stretch.End) is { } why) return (QuotationResult.OutOfContext, why);
            return (quote.HasBracket ? QuotationResult.Bracketed : quote.EndsOpen || steps.Any(s => s.Move == Move.Skip) ? QuotationResult.Ellipsis : QuotationResult.Verbatim, null);
        }

        string Around(int from, int to) => document.Text[from..to];
    }

    private static QuotationComparison NotFound(double share) => new(QuotationResult.NotFound, false, [], [], share, "", "", "", null);

    internal static (List<Step> Steps, double Share) Best(IReadOnlyList<QuotedWord> quote, TextWords document, bool scanned = true)
    {
        var ellipses = quote.Count(w => w.AfterEllipsis || w.IsBracket);
        var length = Math.Min(quote.Count + quote.Count / 2 + 8 + ellipses * 60, Math.Max(LongestWindow, quote.Count * 2));
        (float Cost, List<Step> Steps) best = (float.MaxValue, []);
        foreach (var (from, to) in Windows.Find(quote, document, length, quote.Count / 2 + 6))
        {
            var aligned = Alignment.Align(quote, document, from, to, scanned);
            if (aligned.Cost < best.Cost) best = aligned;
        }
        return (best.Steps, ShareOf(best.Steps, quote));
    }

    private static double ShareOf(List<Step> steps, IReadOnlyList<QuotedWord> quote)
    {
        var words = quote.Count(w => !w.IsBracket);
        return words == 0 ? 0 : (double)steps.Where(s => s.IsMatch).Sum(s => s.QuoteCount) / words;
    }

    private static DocumentStretch Stretch(List<Step> steps, TextWords document)
    {
        var matched = steps.Where(s => s.IsMatch).ToList();
        if (matched.Count == 0) return new(0, 0);
        return new(document.StartOf(matched[0].Word), document.EndOf(matched[^1].Word + matched[^1].WordCount - 1));
    }

    // A run of the quotation that the place does not hold: does another place hold it?
    private static (int From, int To, DocumentStretch Stretch, double Share)? Elsewhere(QuotedText quote, List<Step> steps, TextWords document)
    {
        foreach (var (from, to) in Unmatched(quote.Words.Count, steps))
        {
            var part = quote.Words.Skip(from).Take(to - from).ToList();
            if (part.Count(w => !w.IsBracket && !Senses.IsCommon(w.Folded)) < 2 || part.Count < 4) continue;
            part[0] = part[0] with { AfterEllipsis = false };
            var (found, share) = Best(part, document);
            if (share < 0.85 || found.Where(s => s.Move == Move.Skip).Sum(s => s.WordCount) > 3) continue;
            return (from, to, Stretch(found, document), (double)part.Count / quote.Words.Count);
        }
        return null;
    }

    // Runs in which hardly a word is matched: a common word that happens to fit does not end one.
    private static List<(int From, int To)> Unmatched(int words, List<Step> steps)
    {
        var matched = new bool[words];
        foreach (var s in steps.Where(s => s.IsMatch)) for (var k = 0; k < s.QuoteCount; k++) matched[s.Quote + k] = true;
        var runs = new List<(int From, int To)>();
        for (var i = 0; i < words; i++)
        {
            if (matched[i]) continue;
            var (to, hits) = (i + 1, 0);
            var end = to;
            while (to < words && (!matched[to] || ++hits <= (to - i) / 3 + 1 && !(to + 2 < words && matched[to + 1] && matched[to + 2])))
            {
                if (!matched[to]) end = to + 1;
                to++;
            }
            if (end - i >= 4) runs.Add((i, to >= words ? words : end));
            i = Math.Max(i, end - 1);
        }
        return runs;
    }

    // Words left out without an ellipsis across a paragraph, or very many of them: two places run together.
    private static Step? Jump(List<Step> steps, QuotedText quote, TextWords document)
    {
        foreach (var s in steps.Where(s => s.Move == Move.Skip && s.Quote > 0 && s.Quote < quote.Words.Count))
        {
            if (quote.Words[s.Quote].AfterEllipsis || quote.Words[s.Quote - 1].IsBracket || quote.Words[s.Quote].IsBracket) continue;
            var between = document.Text.AsSpan(document.EndOf(Math.Max(0, s.Word - 1)), document.StartOf(s.Word + s.WordCount) - document.EndOf(Math.Max(0, s.Word - 1)));
            if (s.WordCount >= FarApart || s.WordCount >= 4 && (between.Contains("\n\n", StringComparison.Ordinal) || between.Contains("\n\r\n", StringComparison.Ordinal)))
                return s;
        }
        return null;
    }
}
