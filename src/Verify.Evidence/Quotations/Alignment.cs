using Verify.Evidence.Text;

namespace Verify.Evidence.Quotations;

internal enum Move : byte { Same, Scanned, Merged2, Merged3, Split2, Changed, Contracted, Expanded, Added, Bracket, Skip }

/// <summary>One step of an alignment: words of the quotation beside words of the document, either may be none.</summary>
internal readonly record struct Step(Move Move, int Quote, int QuoteCount, int Word, int WordCount)
{
    public bool IsMatch => Move is Move.Same or Move.Scanned or Move.Merged2 or Move.Merged3 or Move.Split2;
}

/// <summary>
/// Lays a quotation beside a stretch of the document at the least cost. The document may go on before and behind it;
/// words left out cost little where the quotation has an ellipsis; a word that a line break or a scanner cut in two is
/// still one word.
/// </summary>
internal static class Alignment
{
    private const float ScannedCost = 0.08f, MergeCost = 0.04f, ChangeCost = 1f, KinCost = 0.75f, AddCost = 1.02f, ContractedCost = 0.6f, BracketCost = 0.05f, BracketWord = 0.06f;
    private const float GapOpen = 0.6f, GapWord = 0.12f, EllipsisOpen = 0.05f, EllipsisWord = 0.004f;

    /// <param name="from">First word of the stretch.</param>
    /// <param name="to">Behind its last word.</param>
    /// <param name="scanned">The document may have been scanned: what a scanner confuses is the same.</param>
    public static (float Cost, List<Step> Steps) Align(IReadOnlyList<QuotedWord> quote, TextWords document, int from, int to, bool scanned)
    {
        var (n, m) = (quote.Count, to - from);
        var words = new string?[m];
        string Word(int j) => words[j] ??= document.Folded(from + j);
        var wordShapes = new string?[m];
        string Shape(int j) => wordShapes[j] ??= Folding.Shape(Word(j));
        var shapes = quote.Select(q => Folding.Shape(q.Folded)).ToArray();
        // cost[i, j]: the first i words of the quotation lie before the j-th word; gap[i, j]: and words are being left out.
        var cost = new float[n + 1, m + 1];
        var gap = new float[n + 1, m + 1];
        var moves = new Move[n + 1, m + 1];
        var gapOpened = new bool[n + 1, m + 1];
        for (var i = 0; i <= n; i++)
        {
            var ellipsis = i < n && quote[i].AfterEllipsis;
            var (open, word) = i < n && i > 0 && quote[i - 1].IsBracket ? (0f, BracketWord) : ellipsis ? (EllipsisOpen, EllipsisWord) : (GapOpen, GapWord);
            for (var j = 0; j <= m; j++)
            {
                var best = new Best();
                if (i == 0) best.Try(0, Move.Same); // it may begin anywhere
                else
                {
                    var q = quote[i - 1];
                    if (q.IsBracket) best.Try(cost[i - 1, j] + BracketCost, Move.Bracket);
                    else
                    {
                        if (j > 0) TryWord(q, i, j, ref best);
                        best.Try(cost[i - 1, j] + AddCost, Move.Added);
                    }
                    if (j > 0)
                    {
                        var (opened, longer) = (cost[i, j - 1] + open + word, gap[i, j - 1] + word);
                        gap[i, j] = Math.Min(opened, longer);
                        gapOpened[i, j] = opened <= longer;
                        if (i < n) best.Try(gap[i, j], Move.Skip);
                    }
                    else gap[i, j] = float.MaxValue / 2;
                }
                if (i == 0) gap[i, j] = float.MaxValue / 2;
                cost[i, j] = best.Cost;
                moves[i, j] = best.Move;
            }
        }
        return Trace();

        void TryWord(QuotedWord q, int i, int j, ref Best best)
        {
            if (q.Key == document.Key(from + j - 1)) { best.Try(cost[i - 1, j - 1], Move.Same); return; }
            var w = Word(j - 1);
            if (scanned && Math.Abs(q.Folded.Length - w.Length) <= 3 && shapes[i - 1] == Shape(j - 1) && Folding.SameToAScanner(q.Folded, w)) best.Try(cost[i - 1, j - 1] + ScannedCost, Move.Scanned);
            if (j > 1 && Fits(q.Folded, Word(j - 2).Length + w.Length) && Joined(q.Folded, Word(j - 2), w)) best.Try(cost[i - 1, j - 2] + MergeCost, Move.Merged2);
            if (j > 2 && Fits(q.Folded, Word(j - 3).Length + Word(j - 2).Length + w.Length) && Joined(q.Folded, Word(j - 3) + Word(j - 2), w)) best.Try(cost[i - 1, j - 3] + MergeCost, Move.Merged3);
            if (i > 1 && !quote[i - 2].IsBracket && !q.AfterEllipsis && Fits(w, quote[i - 2].Folded.Length + q.Folded.Length) && Joined(w, quote[i - 2].Folded, q.Folded)) best.Try(cost[i - 2, j - 1] + MergeCost, Move.Split2);
            if (i > 1 && !q.AfterEllipsis && Contraction.Is(w, quote[i - 2].Folded, q.Folded)) best.Try(cost[i - 2, j - 1] + ContractedCost, Move.Contracted);
            if (j > 1 && Contraction.Is(q.Folded, Word(j - 2), w)) best.Try(cost[i - 1, j - 2] + ContractedCost, Move.Expanded);
            best.Try(cost[i - 1, j - 1] + (Kin(q.Folded, w) ? KinCost : ChangeCost), Move.Changed);
        }

        (float, List<Step>) Trace()
        {
            var end = 0;
            for (var j = 1; j <= m; j++) if (cost[n, j] < cost[n, end]) end = j;
            var steps = new List<Step>(n + 8);
            var (i, at) = (n, end);
            while (i > 0)
            {
                switch (moves[i, at])
                {
                    case Move.Same or Move.Scanned or Move.Changed: steps.Add(new(moves[i, at], i - 1, 1, from + at - 1, 1)); i--; at--; break;
                    case Move.Merged2: steps.Add(new(Move.Merged2, i - 1, 1, from + at - 2, 2)); i--; at -= 2; break;
                    case Move.Merged3: steps.Add(new(Move.Merged3, i - 1, 1, from + at - 3, 3)); i--; at -= 3; break;
                    case Move.Contracted: steps.Add(new(Move.Contracted, i - 2, 2, from + at - 1, 1)); i -= 2; at--; break;
                    case Move.Expanded: steps.Add(new(Move.Expanded, i - 1, 1, from + at - 2, 2)); i--; at -= 2; break;
                    case Move.Split2: steps.Add(new(Move.Split2, i - 2, 2, from + at - 1, 1)); i -= 2; at--; break;
                    case Move.Added or Move.Bracket: steps.Add(new(moves[i, at], i - 1, 1, from + at, 0)); i--; break;
                    default:
                        var to = at;
                        while (!gapOpened[i, at]) at--;
                        at--;
                        steps.Add(new(Move.Skip, i, 0, from + at, to - at));
                        break;
                }
            }
            steps.Reverse();
            return (cost[n, end], steps);
        }
    }

    private struct Best()
    {
        public float Cost { get; private set; } = float.MaxValue;
        public Move Move { get; private set; }

        public void Try(float cost, Move move) { if (cost < Cost) (Cost, Move) = (cost, move); }
    }

    private static bool Fits(string whole, int length) => Math.Abs(whole.Length - length) <= 2;

    private static bool Joined(string whole, string first, string second) =>
        whole.Length == first.Length + second.Length && whole.StartsWith(first, StringComparison.Ordinal) && whole.EndsWith(second, StringComparison.Ordinal)
        || whole.Length > 5 && Folding.SameToAScanner(whole, first + second);

    // "closes" beside "closed": the same word in another form is the likelier partner.
    private static bool Kin(string a, string b)
    {
        var common = 0;
        while (common < a.Length && common < b.Length && a[common] == b[common]) common++;
        return common >= 4 || common >= 3 && Math.Max(a.Length, b.Length) <= 5;
    }
}
