using System.Text;
using Verify.Attribution.Reading;
using Verify.Attribution.Syntax;

namespace Verify.Training;

/// <summary>One sentence of a treebank, its words cut as the product's tokenizer cuts them. Positions count from 1.</summary>
internal sealed record TreebankSentence(string[] Forms, TokenKind[] Kinds, Tag[] Tags, int[] Heads, Relation[] Relations)
{
    public int Count => Forms.Length - 1;

    public void Load(Tree tree)
    {
        tree.Begin(Count);
        for (var i = 1; i <= Count; i++) tree.SetWord(i, Forms[i], Kinds[i], Tokenizer.WordOf(Forms[i]));
    }
}

internal static class Treebank
{
    private sealed record Line(string Form, string Tag, int Head, string Relation, bool SpaceAfter);

    public static IEnumerable<TreebankSentence> Read(string file)
    {
        var lines = new List<Line>();
        foreach (var raw in File.ReadLines(file, Encoding.UTF8))
        {
            if (raw.Length == 0)
            {
                if (lines.Count > 0) yield return Sentence(lines);
                lines.Clear();
                continue;
            }
            if (raw[0] == '#') continue;
            var f = raw.Split('\t');
            if (f[0].Contains('-', StringComparison.Ordinal) || f[0].Contains('.', StringComparison.Ordinal)) continue;
            lines.Add(new(f[1], f[4], int.Parse(f[6], System.Globalization.CultureInfo.InvariantCulture), f[7], !f[9].Contains("SpaceAfter=No", StringComparison.Ordinal)));
        }
        if (lines.Count > 0) yield return Sentence(lines);
    }

    // The treebanks cut "all-girl" into three; the product's tokenizer does not.
    private static TreebankSentence Sentence(List<Line> lines)
    {
        var group = new int[lines.Count + 1];
        var groups = new List<List<int>> { new() };
        for (var i = 1; i <= lines.Count; i++)
        {
            var joins = i > 1 && !lines[i - 2].SpaceAfter && (lines[i - 1].Tag == "HYPH" || lines[i - 2].Tag == "HYPH");
            if (!joins) groups.Add([]);
            groups[^1].Add(i);
            group[i] = groups.Count - 1;
        }
        var n = groups.Count - 1;
        var (forms, kinds, tags, heads, relations) = (new string[n + 1], new TokenKind[n + 1], new Tag[n + 1], new int[n + 1], new Relation[n + 1]);
        for (var g = 1; g <= n; g++)
        {
            var members = groups[g];
            var top = members.Where(m => group[lines[m - 1].Head] != g).DefaultIfEmpty(members[^1]).Last();
            var line = lines[top - 1];
            forms[g] = string.Concat(members.Select(m => lines[m - 1].Form));
            kinds[g] = members.Count > 1 ? TokenKind.Word : Kind(line);
            heads[g] = line.Head == 0 ? 0 : group[line.Head];
            tags[g] = TagOf(members.Count > 1 ? lines[members[^1] - 1].Tag : line.Tag, kinds[g]);
            relations[g] = RelationOf(line.Relation);
        }
        forms[0] = "";
        NamesByTheirLast(heads, relations);
        return new(forms, kinds, tags, heads, relations);
    }

    // The treebanks let the first word of a name bear the others ("Ann" in "Ann Lee") and the last word of other compounds
    // ("gate" in "harbour gate"). Read once from left to right, one way is learnt better than two: the last bears.
    private static void NamesByTheirLast(int[] heads, Relation[] relations)
    {
        for (var first = 1; first < heads.Length; first++)
        {
            var last = first;
            while (last + 1 < heads.Length && heads[last + 1] == first && relations[last + 1] == Relation.Flat) last++;
            if (last == first) continue;
            (heads[last], relations[last]) = (heads[first], relations[first]);
            for (var k = 1; k < heads.Length; k++)
                if (heads[k] == first && k != last) heads[k] = last;
            (heads[first], relations[first]) = (last, Relation.Flat);
            first = last;
        }
    }

    private static TokenKind Kind(Line line) => line.Tag switch
    {
        "," => TokenKind.Comma,
        "." => TokenKind.Stop,
        "``" => TokenKind.OpenQuote,
        "''" => TokenKind.CloseQuote,
        "-LRB-" => TokenKind.OpenBracket,
        "-RRB-" => TokenKind.CloseBracket,
        ":" => line.Form is ":" or ";" ? TokenKind.Colon : line.Form is "-" or "--" or "–" or "—" ? TokenKind.Dash : TokenKind.Other,
        _ => line.Form.Any(char.IsLetterOrDigit) ? TokenKind.Word : TokenKind.Other,
    };

    private static Tag TagOf(string tag, TokenKind kind) => kind switch
    {
        TokenKind.Comma => Tag.Comma,
        TokenKind.Stop => Tag.Stop,
        TokenKind.Colon or TokenKind.Dash => Tag.Colon,
        TokenKind.OpenQuote => Tag.OpenQuote,
        TokenKind.CloseQuote => Tag.CloseQuote,
        TokenKind.OpenBracket => Tag.OpenBracket,
        TokenKind.CloseBracket => Tag.CloseBracket,
        _ => tag switch
        {
            "PRP$" => Tag.PRPS,
            "WP$" => Tag.WPS,
            "$" => Tag.SYM,
            _ => Enum.TryParse<Tag>(tag, out var known) && known < Tag.Comma && char.IsLetter(tag[0]) ? known : Tag.Other,
        },
    };

    private static Relation RelationOf(string relation) => relation switch
    {
        "nsubj:pass" => Relation.NsubjPass,
        "obl:agent" => Relation.OblAgent,
        "obl:unmarked" => Relation.OblUnmarked,
        "advcl:relcl" => Relation.AdvclRelcl,
        "aux:pass" => Relation.AuxPass,
        "nmod:poss" => Relation.NmodPoss,
        "nmod:unmarked" or "nmod:desc" => Relation.NmodUnmarked,
        "acl:relcl" => Relation.AclRelcl,
        "compound:prt" => Relation.CompoundPrt,
        "case" => Relation.Case,
        _ => Enum.TryParse<Relation>(relation.Split(':')[0], ignoreCase: true, out var known) && known != Relation.None ? known : Relation.Other,
    };
}
