using System.Collections.Frozen;

namespace Verify.Attribution.Language;

/// <summary>The closed list of words that the rules know. Words are looked up in lower case.</summary>
public static partial class Lexicon
{
    private static readonly FrozenDictionary<string, Word> Words = Build().ToFrozenDictionary(StringComparer.Ordinal);
    private static readonly FrozenDictionary<string, Word>.AlternateLookup<ReadOnlySpan<char>> Lookup = Words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <param name="lower">The word in lower case, without a possessive ending.</param>
    public static Word Of(ReadOnlySpan<char> lower) => Lookup.TryGetValue(lower, out var word) ? word : Word.None;

    private static Dictionary<string, Word> Build()
    {
        var words = new Dictionary<string, Word>(StringComparer.Ordinal);
        void Add(Word kind, string list)
        {
            foreach (var w in list.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
                words[w] = words.GetValueOrDefault(w) | kind;
        }
        AddGrammar(Add);
        AddNouns(Add);
        foreach (var person in words.Where(w => (w.Value & Word.PersonNoun) != 0 && !IsVerbToo(w.Key)).Select(w => w.Key).ToList())
            words[Plural(person)] = words.GetValueOrDefault(Plural(person)) | Word.GroupNoun;
        foreach (var (kind, list) in ReportingVerbs)
            foreach (var lemma in list.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
                foreach (var (form, marks) in Inflect(lemma))
                    words[form] = words.GetValueOrDefault(form) | kind | marks;
        foreach (var w in VerbsThatAreNouns.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
            words[w] = words.GetValueOrDefault(w) | Word.NounToo;
        return words;
    }

    // Their plurals are forms of a verb as often as they are people.
    private static bool IsVerbToo(string noun) => noun is "head" or "host" or "coach" or "chair" or "pilot" or "guide" or "champion" or "father" or "mother";

    private static string Plural(string noun) => noun.EndsWith("man", StringComparison.Ordinal) ? noun[..^2] + "en" : ThirdPerson(noun);

    // say|said|saying: irregular verbs give all their forms; regular ones are inflected by rule.
    private static IEnumerable<(string Form, Word Marks)> Inflect(string lemma)
    {
        var parts = lemma.Split('|');
        var b = parts[0];
        yield return (b, Word.Finite);
        if (parts.Length > 1)
        {
            yield return (ThirdPerson(b), Word.Finite);
            yield return (parts[1], Word.Finite | Word.Past);
            if (parts.Length > 3) yield return (parts[3], Word.Past);
            yield return (parts[2], Word.Gerund);
            yield break;
        }
        yield return (ThirdPerson(b), Word.Finite);
        var stem = b.EndsWith('e') ? b[..^1] : b.EndsWith('y') && !IsVowel(b[^2]) ? b[..^1] + "i" : b;
        yield return (stem + "ed", Word.Finite | Word.Past);
        yield return ((b.EndsWith('e') && !b.EndsWith("ee", StringComparison.Ordinal) ? b[..^1] : b) + "ing", Word.Gerund);
    }

    private static string ThirdPerson(string b) =>
        b.EndsWith('y') && !IsVowel(b[^2]) ? b[..^1] + "ies"
        : b.EndsWith("sh", StringComparison.Ordinal) || b.EndsWith("ch", StringComparison.Ordinal) || b.EndsWith('s') || b.EndsWith('x') ? b + "es" : b + "s";

    private static bool IsVowel(char c) => "aeiou".Contains(c, StringComparison.Ordinal);

    // A property: it is read while the dictionary, an earlier field, is built.
    private static (Word Kind, string Lemmas)[] ReportingVerbs =>
    [
        (Word.Reports, """
            say|said|saying add state note|noted|noting observe remark comment argue assert maintain claim allege contend insist
            declare announce report write|wrote|writing|written tweet post explain acknowledge admit|admitted|admitting concede confess
            confirm reiterate repeat stress emphasize emphasise underline underscore warn caution predict forecast|forecast|forecasting
            estimate conclude deny disclose reveal indicate suggest imply hint mention testify recall recount
            respond reply answer counter retort joke quip|quipped|quipping complain lament vow pledge promise swear|swore|swearing|sworn threaten
            determine intimate tell|told|telling inform advise notify assure remind propose recommend urge demand order decree rule
            speculate opine affirm attest aver proclaim pronounce profess protest continue conjecture clarify
            stipulate theorise theorize speculate posit surmise reason offer concur|concurred|concurring boast caution elaborate hypothesise hypothesize infer|inferred|inferring
            affirm reaffirm restate reassert reckon allude summarize summarise signal relay venture muse scoff sneer gush brag|bragged|bragging
            gripe grumble mutter murmur rant marvel echo rumor rumour chant debate
            point interject narrate object preach recite submit|submitted|submitting yell scream cry react
            express specify detail describe read|read|reading agree disagree accuse blame brief email text blog|blogged|blogging wire exclaim shout whisper ask
            """),
        (Word.ReportsThing, """
            deny announce confirm reject dismiss refute dispute question condemn denounce criticize criticise praise welcome
            decry deplore describe characterize characterise call label term declare allege claim report disclose reveal
            acknowledge admit|admitted|admitting promise pledge propose recommend demand request order predict warn
            cite blame disparage defend endorse hail slam|slammed|slamming blast deplore dub|dubbed|dubbing
            estimate suggest threaten urge outline detail express voice advocate apologize apologise ascribe attribute refer|referred|referring accuse
            bill request demand highlight plead protest ascribe mention reiterate list emphasize emphasise stress cite plead extend outline tout
            affirm reaffirm laud bemoan mourn portray talk speak|spoke|speaking|spoken
            reference credit second rebut challenge attack name identify commend applaud lambast lambaste
            """),
        (Word.Directs, """
            order urge ask tell|told|telling direct instruct command advise warn request implore beg|begged|begging exhort
            recommend call encourage invite
            """),
        (Word.Tells, "tell|told|telling inform notify assure reassure remind warn advise brief ask"),
        (Word.Asserts, "say|said|saying state argue contend insist opine rule hypothesise hypothesize"),
        (Word.Cites, "cite quote"),
        (Word.Shows, """
            show|showed|showing|shown find|found|finding suggest indicate reveal list read|read|reading say|said|saying estimate
            refer|referred|referring allege describe detail establish stipulate mandate rule conclude claim state name assess determine note record confirm provide document require|required|requiring demonstrate
            """),
        (Word.Commits, "promise pledge vow threaten offer agree commit|committed|committing claim swear|swore|swearing|sworn refuse propose profess demand ask"),
    ];

    private const string VerbsThatAreNouns = """
        report reports claim claims state states note notes comment comments charge charges order orders demand demands
        request requests question questions attack attacks offer offers promise promises pledge pledges vow vows
        warning warnings finding findings reading estimate estimates forecast forecasts protest protests post posts tweet tweets
        text texts blog brief briefs answer answers reply replies joke jokes repeat detail details rule rules ruling rulings
        quote quotes cite list lists reason reasons document documents show shows find finds name names call calls label labels term terms blame
        saying sayings direct hint hints praise welcome address writing writings record records counter email emails wire blast
        chant chants debate debates talk talks signal signals echo echoes rumor rumors rumour rumours rant rants relay relays marvel marvels
        """;
}
