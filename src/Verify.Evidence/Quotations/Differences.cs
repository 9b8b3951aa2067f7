using Verify.Evidence.Text;

namespace Verify.Evidence.Quotations;

/// <summary>The word diff of an alignment: neighbouring changes are one difference, each weighed for its gravity.</summary>
internal static class Differences
{
    /// <param name="without">First word of a part that stands elsewhere and is no difference; -1: none.</param>
    public static List<QuotationDifference> Of(QuotedText quote, TextWords document, List<Step> steps, int without, int withoutTo)
    {
        var differences = new List<QuotationDifference>();
        for (var i = 0; i < steps.Count; i++)
        {
            if (!IsDifference(steps[i], quote, without, withoutTo)) continue;
            var from = i;
            while (i + 1 < steps.Count && IsDifference(steps[i + 1], quote, without, withoutTo)) i++;
            if (Describe(quote, document, steps, from, i) is { } difference) differences.Add(difference);
        }
        return differences;
    }

    private static bool IsDifference(Step s, QuotedText quote, int without, int withoutTo)
    {
        if (s.IsMatch || s.Move == Move.Bracket) return false;
        if (s.Quote >= without && s.Quote < withoutTo) return false;
        // What an ellipsis or a bracket stands for is marked as left out.
        if (s.Move != Move.Skip) return true;
        return s.Quote > 0 && s.Quote < quote.Words.Count && !quote.Words[s.Quote].AfterEllipsis && !quote.Words[s.Quote - 1].IsBracket && !quote.Words[s.Quote].IsBracket;
    }

    private static QuotationDifference? Describe(QuotedText quote, TextWords document, List<Step> steps, int from, int to)
    {
        var run = steps.GetRange(from, to - from + 1);
        var quoted = run.SelectMany(s => Enumerable.Range(s.Quote, s.QuoteCount)).ToList();
        var words = run.SelectMany(s => Enumerable.Range(s.Word, s.WordCount)).ToList();
        if (SameWords(quote, quoted, document, words)) return null;
        var q = quoted.Count == 0 ? "" : quote.Text[quote.Words[quoted[0]].Start..quote.Words[quoted[^1]].End];
        var d = words.Count == 0 ? "" : document.Text[document.StartOf(words[0])..document.EndOf(words[^1])];
        var kind = quoted.Count == 0 ? DifferenceKind.Dropped : words.Count == 0 ? DifferenceKind.Added : DifferenceKind.Changed;
        // "I'll" for "I will": other words, and not another sense.
        var short_ = run.All(x => x.Move is Move.Contracted or Move.Expanded || x.Move == Move.Changed && Contraction.SameWord(quote.Words[x.Quote].Folded, document.Folded(x.Word)));
        var why = short_ ? null : Senses.Gravity([.. quoted.Select(i => new Said(quote.Words[i].Folded, quote.Text, quote.Words[i].Start))], [.. words.Select(i => new Said(document.Folded(i), document.Text, document.StartOf(i)))]);
        return new(kind, q, string.Join(' ', d.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), why is not null, why);
    }

    // "don't" for "do not": letters alike are no alteration.
    private static bool SameWords(QuotedText quote, List<int> quoted, TextWords document, List<int> words) =>
        string.Concat(quoted.Select(i => quote.Words[i].Folded)) == string.Concat(words.Select(document.Folded));
}
