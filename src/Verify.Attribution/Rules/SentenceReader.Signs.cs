using Verify.Attribution.Language;
using Verify.Attribution.Syntax;

namespace Verify.Attribution.Rules;

internal sealed partial class SentenceReader
{
    /// <summary>Notes what speaks for and against a draft, for the judge.</summary>
    private void Observe(Draft d)
    {
        var cue = d.CueToken;
        var (from, to) = d.Content[0];
        var form = (uint)d.Form;
        var construction = Hash(d.Construction);
        var verb = Stem(cue);
        var tag = (uint)grammar.Tag(cue);
        var kind = d.Subject.IsEmpty ? 99u : (uint)sources.KindOf(d.Subject);
        var head = d.Subject.IsEmpty ? Word.None : tokens[d.Subject.Head].Word;
        var who = d.Subject.IsEmpty ? 0u : tokens[d.Subject.Head].Capital ? 1u : (head & Word.Noun) != 0 ? 2u : (head & Word.SubjectPronoun) != 0 ? 3u : 4u;
        var quoted = tokens[from].Quote != _quote ? 1u : 0u;
        var clause = HasFiniteVerb(from, to) ? 1u : 0u;
        var length = 0;
        foreach (var c in d.Content) length += c.To - c.From;
        var size = length switch { 1 => 0u, 2 => 1u, 3 => 2u, < 6 => 3u, < 10 => 4u, < 20 => 5u, _ => 6u };
        var first = (uint)grammar.Tag(from);
        var inside = _quote != 0 ? 1u : 0u;
        var gap = (uint)Math.Clamp(from > cue ? from - cue : cue - to, 0, 8) | (from > cue ? 16u : 0);
        var relation = (uint)grammar.Relation(cue);
        var shape = construction ^ form * 31 ^ quoted * 61 ^ clause * 127;

        void Sign(uint template, uint a, uint b = 0) => d.Signs.Add(Weights.Mix(template, a, b));
        Sign(1, 0);
        Sign(2, construction);
        Sign(3, shape);
        Sign(4, verb);
        Sign(5, verb, form << 1 | quoted);
        Sign(6, verb, shape);
        Sign(7, tag, construction);
        Sign(8, relation, construction);
        Sign(9, kind, form);
        Sign(10, who, form);
        Sign(11, who, verb);
        Sign(12, inside, construction);
        Sign(13, size, form);
        Sign(14, first, form);
        Sign(15, gap, form);
        Sign(16, inside, form << 1 | (tag == (uint)Tag.VBP ? 1u : 0));
        Sign(17, d.Links.Count > 1 ? 1u : 0);
        Sign(18, quoted, size);
        Sign(19, inside, who);
        Sign(20, cue > _from ? (uint)grammar.Tag(cue - 1) : 0, form);
        if (d.Form == ContentForm.NounPhrase) Sign(21, Stem(to - 1), verb);
        Sign(22, KindAt(to) == Reading.TokenKind.Other ? 0u : (uint)KindAt(to), form);
        Sign(23, tokens[from].Is(Word.Determiner) ? 1u : tokens[from].Is(Word.Possessive) ? 2u : 0, verb);
        Sign(24, _drafts.Exists(o => o != d && o.Content.Exists(c => c.From <= cue && cue < c.To)) ? 1u : 0, form << 2 | inside);
    }

    // The first letters of the word: "announced", "announces" and "announcing" are one.
    private uint Stem(int token)
    {
        var hash = 2166136261u;
        var word = Text(token);
        for (var k = 0; k < Math.Min(5, word.Length); k++) hash = (hash ^ char.ToLowerInvariant(word[k])) * 16777619u;
        return hash;
    }

    private static uint Hash(string word)
    {
        var hash = 2166136261u;
        foreach (var c in word) hash = (hash ^ c) * 16777619u;
        return hash;
    }
}
