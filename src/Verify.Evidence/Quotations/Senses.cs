namespace Verify.Evidence.Quotations;

/// <param name="Folded">The word folded; <paramref name="Text"/> and <paramref name="At"/> say how it stands.</param>
internal readonly record struct Said(string Folded, string Text, int At);

/// <summary>Which changed words turn the sense: numbers, names, dates, negations, how sure, how many, opposites.</summary>
internal static class Senses
{
    private static HashSet<string> Words(string list) => [.. list.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private static readonly HashSet<string> Common = Words("""
        a an the and or but of to in on at by for with from as is are was were be been being has have had do does did will would shall should can could may might
        must it its this that these those he she they we i you his her their our your my which who whom whose what when where there here than then so if not no
        also into over under about after before more most other some such only own same very just out up down again
        """.ReplaceLineEndings(" "));

    private static readonly HashSet<string> Negations = Words("not no never none nobody nothing nowhere neither nor without cannot unable hardly barely scarcely refuse refused refuses fail failed fails deny denied denies lack lacks lacked");
    private static readonly HashSet<string> Amounts = Words("half quarter quarters third thirds dozen dozens hundreds thousands million millions billion billions trillion double triple twice");
    private static readonly HashSet<string> Dates = Words("january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday spring summer autumn winter");

    // Words of one class may stand for each other (will, would); of two classes they turn the sense.
    private static readonly Dictionary<string, string> Classes = Make(new()
    {
        ["certain"] = "will would shall definitely certainly surely always",
        ["possible"] = "may might could can possibly perhaps maybe potentially",
        ["likely"] = "likely probably expected",
        ["duty"] = "must required obliged mandatory",
        ["advice"] = "should ought recommended advised",
        ["all"] = "all every each entire whole any both everyone everything always",
        ["most"] = "most majority mostly",
        ["some"] = "some several few certain occasionally sometimes partly partial",
        ["many"] = "many numerous often frequently",
        ["only"] = "only solely merely exclusively",
        ["about"] = "about around approximately roughly nearly almost estimated",
        ["least"] = "least minimum exceeding",
        ["upto"] = "maximum upto",
        ["alleged"] = "alleged allegedly reportedly claimed supposedly suspected apparently seems seemed appears appeared",
        ["until"] = "until unless except excluding",
        ["if"] = "if provided whether",
    });

    private static readonly (string, string)[] Opposites =
    [
        ("increase", "decrease"), ("increased", "decreased"), ("rise", "fall"), ("rose", "fell"), ("rising", "falling"), ("raise", "lower"), ("raised", "lowered"), ("more", "less"), ("more", "fewer"), ("higher", "lower"), ("high", "low"),
        ("before", "after"), ("above", "below"), ("over", "under"), ("won", "lost"), ("win", "lose"), ("accept", "reject"), ("accepted", "rejected"), ("approve", "reject"), ("approved", "rejected"), ("support", "oppose"), ("supports", "opposes"),
        ("supported", "opposed"), ("allow", "ban"), ("allowed", "banned"), ("allow", "forbid"), ("permitted", "prohibited"), ("guilty", "innocent"), ("open", "closed"), ("opened", "closed"), ("start", "stop"), ("begin", "end"), ("with", "without"), ("for", "against"),
        ("first", "last"), ("best", "worst"), ("better", "worse"), ("minor", "major"), ("minor", "serious"), ("public", "private"), ("north", "south"), ("east", "west"), ("northern", "southern"), ("eastern", "western"), ("buy", "sell"), ("early", "late"), ("earlier", "later"),
        ("strong", "weak"), ("confirm", "deny"), ("confirmed", "denied"), ("present", "absent"), ("true", "false"), ("least", "most"), ("include", "exclude"), ("included", "excluded"), ("voluntary", "mandatory"), ("temporary", "permanent"), ("temporarily", "permanently"), ("exceed", "meet"), ("since", "until"),
        ("on", "off"), ("into", "from"), ("to", "from"), ("more", "fewer"), ("fallen", "risen"), ("fell", "rise"), ("fallen", "rose"), ("gain", "loss"), ("gained", "lost"), ("killed", "injured"), ("killed", "hurt"), ("raise", "cut"), ("hired", "fired"),
    ];

    private static Dictionary<string, string> Make(Dictionary<string, string> lists) =>
        lists.SelectMany(l => l.Value.Split(' ').Select(w => (w, l.Key))).GroupBy(x => x.w).ToDictionary(g => g.Key, g => g.First().Key);

    public static bool IsCommon(string word) => Common.Contains(word);

    /// <returns>Why the change is grave, or null.</returns>
    public static string? Gravity(IReadOnlyList<Said> quoted, IReadOnlyList<Said> document)
    {
        if (Differ(quoted, document, w => w.Folded.Any(char.IsDigit) || Amounts.Contains(w.Folded) ? w.Folded : null) is { } number) return $"a number was {number}";
        if (Negative(quoted) != Negative(document)) return "a negation was " + (Negative(quoted) ? "added" : "dropped");
        if (Differ(quoted, document, w => Dates.Contains(w.Folded) && (w.Folded != "may" || char.IsUpper(w.Text[w.At])) ? w.Folded : null) is { } date) return $"a date was {date}";
        if (Differ(quoted, document, w => IsName(w) ? w.Folded : null) is { } name) return $"a name was {name}";
        if (Differ(quoted, document, w => Classes.GetValueOrDefault(w.Folded)) is { } class_) return $"how sure or how much was {class_}";
        foreach (var q in quoted)
            foreach (var d in document)
                if (Opposite(q.Folded, d.Folded)) return "turned into its opposite";
        return null;
    }

    // Compared as sets: what stands on one side only was added or dropped; on both sides differently, changed.
    private static string? Differ(IReadOnlyList<Said> quoted, IReadOnlyList<Said> document, Func<Said, string?> sign)
    {
        var q = quoted.Select(sign).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var d = document.Select(sign).OfType<string>().ToHashSet(StringComparer.Ordinal);
        if (q.SetEquals(d)) return null;
        return q.Count == 0 ? "dropped" : d.Count == 0 ? "added" : "changed";
    }

    private static bool Negative(IReadOnlyList<Said> words) =>
        words.Count(w => Negations.Contains(w.Folded) || w.Folded.Length > 3 && w.Folded.EndsWith("nt", StringComparison.Ordinal) && w.At + w.Folded.Length < w.Text.Length && HasApostrophe(w)) % 2 == 1;

    private static bool HasApostrophe(Said w) => w.Text.AsSpan(w.At, Math.Min(w.Folded.Length + 1, w.Text.Length - w.At)).IndexOfAny('\'', '’') >= 0;

    // A capital within a sentence, or a word all in capitals.
    private static bool IsName(Said w)
    {
        if (!char.IsUpper(w.Text[w.At]) || Common.Contains(w.Folded)) return false;
        var before = w.At - 1;
        while (before >= 0 && (char.IsWhiteSpace(w.Text[before]) || w.Text[before] is '"' or '“' or '\'' or '‘' or '(')) before--;
        return before >= 0 && w.Text[before] is not ('.' or '!' or '?' or ':');
    }

    public static bool Opposite(string a, string b)
    {
        if (Opposites.Contains((a, b)) || Opposites.Contains((b, a))) return true;
        var (shorter, longer) = a.Length < b.Length ? (a, b) : (b, a);
        return shorter.Length > 3 && longer.EndsWith(shorter, StringComparison.Ordinal) && longer[..^shorter.Length] is "un" or "in" or "im" or "il" or "ir" or "dis" or "non" or "mis";
    }
}
