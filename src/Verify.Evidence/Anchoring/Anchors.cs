using Verify.Attribution;
using Verify.Evidence.Quotations;
using Verify.Evidence.Text;

namespace Verify.Evidence.Anchoring;

/// <summary>How a claim was found again in a new version of its article.</summary>
public enum AnchorKind { Position, Exact, Fuzzy, Lost }

/// <param name="Spans">Where its content stands in the new text; empty when it was lost.</param>
/// <param name="Differences">What changed in the content; empty unless found fuzzily.</param>
public sealed record Anchor(AnchorKind Kind, IReadOnlyList<Span> Spans, IReadOnlyList<QuotationDifference> Differences);

/// <summary>
/// Finds an article's claims again in its next version: first at the same place, then word for word (of several places
/// the one with the same surroundings), then by the alignment that also compares quotations with documents. Pure.
/// </summary>
public sealed class Anchors(string before, string after)
{
    private const int Context = 48;
    private const double LeastShare = 0.5;

    private readonly TextWords _words = TextWords.Of(after);

    public Anchor Find(IReadOnlyList<Span> content)
    {
        if (AtPosition(content)) return new(AnchorKind.Position, content, []);
        if (WordForWord(content) is { } exact) return new(AnchorKind.Exact, exact, []);
        return Fuzzy(content) ?? new(AnchorKind.Lost, [], []);
    }

    private bool AtPosition(IReadOnlyList<Span> content) => content.All(s => s.End <= after.Length
        && before.AsSpan(s.Start, s.Length).SequenceEqual(after.AsSpan(s.Start, s.Length))
        && Before(s.Start, s.Start) >= Math.Min(Context / 2, s.Start));

    // Characters alike before two places, and behind them.
    private int Before(int old, int now)
    {
        var n = 0;
        while (n < Context && n < old && n < now && before[old - 1 - n] == after[now - 1 - n]) n++;
        return n;
    }

    private int Behind(int old, int now)
    {
        var n = 0;
        while (n < Context && old + n < before.Length && now + n < after.Length && before[old + n] == after[now + n]) n++;
        return n;
    }

    private List<Span>? WordForWord(IReadOnlyList<Span> content)
    {
        var spans = new List<Span>();
        var from = 0;
        foreach (var s in content)
        {
            if (Place(s, from) is not { } start) return null;
            spans.Add(new(start, start + s.Length));
            from = start + s.Length;
        }
        return spans;
    }

    private int? Place(Span span, int from)
    {
        var sought = before.AsSpan(span.Start, span.Length);
        (int Start, int Alike)? best = null;
        for (var at = from; at <= after.Length - span.Length;)
        {
            var next = after.AsSpan(at).IndexOf(sought);
            if (next < 0) break;
            var start = at + next;
            // "it": a word or two must not be found inside another word, or in another sentence.
            var whole = (start == 0 || !char.IsLetterOrDigit(after[start - 1]) || !char.IsLetterOrDigit(sought[0])) && (start + span.Length == after.Length || !char.IsLetterOrDigit(after[start + span.Length]) || !char.IsLetterOrDigit(sought[^1]));
            var alike = Before(span.Start, start) + Behind(span.End, start + span.Length);
            if (whole && (span.Length >= 24 || alike >= 12) && (best is null || alike > best.Value.Alike)) best = (start, alike);
            at = start + 1;
        }
        return best?.Start;
    }

    private Anchor? Fuzzy(IReadOnlyList<Span> content)
    {
        var text = string.Join(" … ", content.Select(s => s.Of(before)));
        var quote = QuotedText.Of(text.Replace('[', '(').Replace(']', ')')); // brackets of the article stand for nothing left out
        if (quote.Words.Count == 0) return null;
        var (steps, share) = QuotationCheck.Best(quote.Words, _words, scanned: false);
        if (share < LeastShare) return null;
        var placed = steps.Where(s => s.IsMatch || s.Move == Move.Changed).ToList();
        var (first, last) = (placed[0].Word, placed[^1].Word + placed[^1].WordCount - 1);
        // One stretch from the first to the last word: what was cut in two by a cue may now be whole, or cut elsewhere.
        var spans = Cut(steps, quote, first, last);
        return new(AnchorKind.Fuzzy, spans, Differences.Of(quote, _words, steps, -1, -1));
    }

    private List<Span> Cut(List<Step> steps, QuotedText quote, int first, int last)
    {
        var spans = new List<Span>();
        var from = first;
        foreach (var gap in steps.Where(s => s.Move == Move.Skip && s.Quote > 0 && s.Quote < quote.Words.Count && quote.Words[s.Quote].AfterEllipsis && s.Word > first && s.Word + s.WordCount <= last))
        {
            spans.Add(new(_words.StartOf(from), _words.EndOf(gap.Word - 1)));
            from = gap.Word + gap.WordCount;
        }
        spans.Add(new(_words.StartOf(from), _words.EndOf(last)));
        return spans;
    }
}
