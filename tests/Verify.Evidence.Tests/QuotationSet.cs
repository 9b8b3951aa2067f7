using System.Text.Json;
using Shouldly;
using Verify.Evidence.Quotations;
using Verify.Evidence.Text;
using Xunit;

namespace Verify.Evidence.Tests;

/// <summary>Quotations against documents on a set written for it (Sets/README.md), by the class that its writer gave each.</summary>
public sealed class QuotationSet(ITestOutputHelper output)
{
    private sealed record Case(string Id, string Document, string Quotation, string Expected, bool Grave, string Why);

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Sets", "quotations");

    [Fact]
    public void OnTheSet_ClassAndGravityAreMostlyAsTheWriterSays()
    {
        var cases = File.ReadLines(Path.Combine(Folder, "cases.jsonl")).Where(l => l.Length > 0).Select(l => JsonSerializer.Deserialize<Case>(l, JsonSerializerOptions.Web)!).ToList();
        var documents = cases.Select(c => c.Document).Distinct().ToDictionary(d => d, d => TextWords.OfDocument(File.ReadAllText(Path.Combine(Folder, d + ".txt"))));
        var (right, gravity, altered) = (0, 0, 0);
        var (hidden, alarms) = (0, 0);
        var perClass = new SortedDictionary<string, (int Right, int All)>(StringComparer.Ordinal);
        foreach (var c in cases)
        {
            var found = QuotationCheck.Compare(c.Quotation, documents[c.Document]);
            var result = JsonNamingPolicy.KebabCaseLower.ConvertName(found.Result.ToString());
            var hit = result == c.Expected;
            if (hit) right++;
            var (r, all) = perClass.GetValueOrDefault(c.Expected);
            perClass[c.Expected] = (r + (hit ? 1 : 0), all + 1);
            if (c.Expected == "altered") { altered++; if (found.Grave == c.Grave) gravity++; }
            if (c.Grave && !found.Grave && found.Result != QuotationResult.NotFound) hidden++;
            if (c.Expected is "verbatim" or "ellipsis" or "bracketed" && found.ProposedVerdict != "accurate") alarms++;
            if (!hit || c.Expected == "altered" && found.Grave != c.Grave) output.WriteLine($"{c.Id} {c.Document} expected {c.Expected} grave {c.Grave}, was {result} grave {found.Grave} share {found.Share:0.00} [{string.Join("; ", found.Differences.Select(d => $"{d.Quoted}/{d.Document} {d.Why}"))}] {found.Concern}\n   {c.Quotation}\n   {c.Why}\n   >{found.Matched.ReplaceLineEndings(" ")}<");
        }
        output.WriteLine($"class {right}/{cases.Count}: {string.Join(", ", perClass.Select(p => $"{p.Key} {p.Value.Right}/{p.Value.All}"))}; gravity of altered {gravity}/{altered}; grave not flagged {hidden}; good quotations doubted {alarms}");
        (right / (double)cases.Count).ShouldBeGreaterThan(0.8);
        (gravity / (double)altered).ShouldBeGreaterThan(0.8);
        hidden.ShouldBeLessThan(cases.Count / 20);
    }
}
