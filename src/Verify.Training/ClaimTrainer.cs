using System.Text.Json;
using Verify.Attribution;
using Verify.Attribution.Rules;

namespace Verify.Training;

/// <summary>Learns from marked articles which of the proposed drafts a careful reader takes for claims.</summary>
internal static class ClaimTrainer
{
    /// <summary>In how many parts the articles are read by judges that have not seen them.</summary>
    public const int Folds = 9;

    private const int Rounds = 60;
    private const double Rate = 0.15, Shrink = 0.0006;

    public sealed record Article(string Id, string Text, List<List<Span>> Gold);
    private sealed record Example(IReadOnlyList<uint> Signs, bool IsClaim);

    public static List<Article> Read(string folder)
    {
        var articles = new List<Article>();
        foreach (var file in Directory.GetFiles(folder, "*.gold.jsonl").Order(StringComparer.Ordinal))
        {
            var text = File.ReadAllText(file.Replace(".gold.jsonl", ".txt", StringComparison.Ordinal));
            var gold = File.ReadLines(file).Where(l => l.Length > 0).Select(l => Spans(text, l)).ToList();
            articles.Add(new(Path.GetFileName(file), text, gold));
        }
        return articles;
    }

    public static Judge Train(IReadOnlyList<Article> articles)
    {
        var examples = articles.SelectMany(Examples).ToList();
        var judge = new Judge();
        var squares = new double[judge.Weights.Length];
        var random = new Sequence(20190202);
        for (var round = 0; round < Rounds; round++)
            foreach (var e in random.Shuffled(examples))
            {
                var error = (e.IsClaim ? 1 : 0) - judge.Of(e.Signs);
                foreach (var sign in e.Signs)
                {
                    var at = Judge.Place(sign);
                    var gradient = error - Shrink * examples.Count / 10 * judge.Weights[at];
                    squares[at] += gradient * gradient;
                    judge.Weights[at] += (float)(Rate * gradient / (1 + Math.Sqrt(squares[at])));
                }
            }
        return judge;
    }

    /// <summary>How many marked claims are met, how many are proposed, how many are marked.</summary>
    public static (int Found, int Proposed, int Marked) Score(Article article, Judge judge)
    {
        var claims = Extractor.Extract(article.Text, judge, null);
        return (Met(article, claims).Count, claims.Count, article.Gold.Count);
    }

    private static IEnumerable<Example> Examples(Article article)
    {
        var signs = new List<IReadOnlyList<uint>>();
        var met = Met(article, Extractor.Extract(article.Text, null, signs));
        return signs.Select((s, k) => new Example(s, met.Contains(k)));
    }

    // Which of the claims meet a marked one: half of the words of both in common, one to one, best first, as the reference scorer pairs them.
    private static HashSet<int> Met(Article article, IReadOnlyList<AttributedClaim> claims)
    {
        var words = Words(article.Text);
        var mine = claims.Select(c => Cover(words, c.Content)).ToList();
        var theirs = article.Gold.Select(g => Cover(words, g)).ToList();
        var pairs = from m in Enumerable.Range(0, mine.Count)
                    from t in Enumerable.Range(0, theirs.Count)
                    let both = mine[m].Intersect(theirs[t]).Count()
                    where both * 2 >= mine[m].Union(theirs[t]).Count()
                    orderby (double)both / mine[m].Union(theirs[t]).Count() descending, t, m
                    select (m, t);
        var (usedMine, usedTheirs) = (new HashSet<int>(), new HashSet<int>());
        foreach (var (m, t) in pairs)
        {
            if (usedMine.Contains(m) || usedTheirs.Contains(t)) continue;
            usedMine.Add(m);
            usedTheirs.Add(t);
        }
        return usedMine;
    }

    private static List<Span> Spans(string text, string line)
    {
        var spans = new List<Span>();
        foreach (var s in JsonDocument.Parse(line).RootElement.GetProperty("content").EnumerateArray())
            spans.Add(new(Unit(text, s.GetProperty("start").GetInt32()), Unit(text, s.GetProperty("end").GetInt32())));
        return spans;
    }

    // The gold counts code points.
    private static int Unit(string text, int point)
    {
        var i = 0;
        for (; point > 0 && i < text.Length; point--) i += char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1;
        return i;
    }

    private static List<Span> Words(string text)
    {
        var words = new List<Span>();
        for (var i = 0; i < text.Length;)
        {
            if (!char.IsLetterOrDigit(text[i])) { i++; continue; }
            var from = i;
            while (i < text.Length && (char.IsLetterOrDigit(text[i]) || text[i] is '\'' or '’' && i + 1 < text.Length && char.IsLetterOrDigit(text[i + 1]))) i++;
            words.Add(new(from, i));
        }
        return words;
    }

    private static HashSet<int> Cover(List<Span> words, IReadOnlyList<Span> content) =>
        Enumerable.Range(0, words.Count).Where(w => content.Any(c => c.Overlaps(words[w]))).ToHashSet();
}
