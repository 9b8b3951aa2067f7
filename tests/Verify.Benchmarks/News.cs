using System.Globalization;
using System.Text;

namespace Verify.Benchmarks;

/// <summary>Text to measure on: the sample articles with their names and numbers changed, so that no two are the same.</summary>
internal static class News
{
    private static readonly string[] First = ["Pia", "Oda", "Jens", "Tiril", "Carlo", "Ilse", "Mara", "Udo", "Ravi", "Chen", "Amara", "Yusuf"];
    private static readonly string[] Last = ["Lund", "Brekke", "Aune", "Moen", "Benassi", "Grau", "Voss", "Kern", "Patel", "Wei", "Okafor", "Demir"];
    private static readonly string[] Places = ["Eldmoor", "Varnes", "Lindenhof", "Harrow", "Sable Bay", "Nordfjord", "Castra", "Milltown"];

    public static string Article(int seed)
    {
        var random = new Random(seed);
        var samples = Directory.GetFiles(Path.Combine(Measure.Root, "tests", "samples"), "*.txt").Order(StringComparer.Ordinal).ToArray();
        var text = new StringBuilder(File.ReadAllText(samples[seed % samples.Length]));
        foreach (var name in Last) text.Replace(name, Last[random.Next(Last.Length)] + (char)('a' + random.Next(26)));
        foreach (var name in First) text.Replace(name, First[random.Next(First.Length)]);
        foreach (var place in Places) text.Replace(place, Places[random.Next(Places.Length)]);
        return text.Append(CultureInfo.InvariantCulture, $"\nOfficials said {random.Next(2, 9000)} people were asked in {Places[random.Next(Places.Length)]} in {1990 + random.Next(37)}.\n").ToString();
    }

    public static int Words(string text) => text.Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries).Length;
}
