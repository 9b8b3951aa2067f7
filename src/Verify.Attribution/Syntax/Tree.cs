using Verify.Attribution.Language;
using Verify.Attribution.Reading;

namespace Verify.Attribution.Syntax;

/// <summary>
/// Tags and dependencies of one sentence. Positions count from 1, 0 is the root. The arrays are reused from sentence to
/// sentence: they are valid until the next one is read.
/// </summary>
internal sealed class Tree
{
    public int Count { get; private set; }
    public Tag[] Tags { get; private set; } = [];
    public int[] Heads { get; private set; } = [];
    public Relation[] Relations { get; private set; } = [];
    /// <summary>First and last position of the stretch that a word governs.</summary>
    public int[] Left { get; private set; } = [];
    public int[] Right { get; private set; } = [];

    /// <summary>Hash of the word in lower case with digits folded; of the word's last letters; what its letters look like.</summary>
    public uint[] Words { get; private set; } = [];
    public uint[] Suffixes { get; private set; } = [];
    public uint[] Shapes { get; private set; } = [];
    /// <summary>What the lexicon says of the word, folded into a number.</summary>
    public uint[] Kinds { get; private set; } = [];
    public uint[] Endings { get; private set; } = [];
    public uint[] Beginnings { get; private set; } = [];

    /// <summary>The first child of a word, and the next child of the same head; 0 where there is none.</summary>
    public int[] FirstChild { get; private set; } = [];
    public int[] Next { get; private set; } = [];
    private int[] _order = [];
    // How many marks and verbs stand up to and with each position.
    private int[] _marks = [], _verbs = [];

    // The last child on either side and their number, as the parser has found them so far.
    public int[] LeftChild { get; private set; } = [];
    public int[] RightChild { get; private set; } = [];
    public byte[] LeftCount { get; private set; } = [];
    public byte[] RightCount { get; private set; } = [];

    public void Begin(int count)
    {
        Count = count;
        if (Tags.Length < count + 4)
        {
            var size = (count + 4) * 3 / 2;
            (Tags, Heads, Relations, Left, Right) = (new Tag[size], new int[size], new Relation[size], new int[size], new int[size]);
            (Words, Suffixes, Shapes, Endings, Beginnings, Kinds) = (new uint[size], new uint[size], new uint[size], new uint[size], new uint[size], new uint[size]);
            (FirstChild, Next, _order, _marks, _verbs) = (new int[size], new int[size], new int[size], new int[size], new int[size]);
            (LeftChild, RightChild, LeftCount, RightCount) = (new int[size], new int[size], new byte[size], new byte[size]);
        }
        Array.Clear(Tags, 0, count + 4);
        Array.Clear(Heads, 0, count + 4);
        Array.Clear(Relations, 0, count + 4);
        Array.Clear(Words, 0, count + 4);
        Array.Clear(Suffixes, 0, count + 4);
        Array.Clear(Shapes, 0, count + 4);
        Array.Clear(Endings, 0, count + 4);
        Array.Clear(Kinds, 0, count + 4);
        Array.Clear(Beginnings, 0, count + 4);
        Array.Clear(LeftChild, 0, count + 4);
        Array.Clear(RightChild, 0, count + 4);
        Array.Clear(LeftCount, 0, count + 4);
        Array.Clear(RightCount, 0, count + 4);
    }

    public void SetWord(int i, ReadOnlySpan<char> form, TokenKind kind, Word word)
    {
        Kinds[i] = (uint)((ulong)word % 4294967291);
        switch (kind)
        {
            case TokenKind.Comma: Mark(i, 1, Tag.Comma); return;
            case TokenKind.Stop: Mark(i, 2, Tag.Stop); return;
            case TokenKind.Semicolon or TokenKind.Colon: Mark(i, 3, Tag.Colon); return;
            case TokenKind.Dash: Mark(i, 4, Tag.Colon); return;
            case TokenKind.OpenQuote: Mark(i, 5, Tag.OpenQuote); return;
            case TokenKind.CloseQuote: Mark(i, 6, Tag.CloseQuote); return;
            case TokenKind.OpenBracket: Mark(i, 7, Tag.OpenBracket); return;
            case TokenKind.CloseBracket: Mark(i, 8, Tag.CloseBracket); return;
        }
        var hash = 2166136261u;
        uint upper = 0, digits = 0, other = 0;
        foreach (var raw in form)
        {
            var c = raw;
            if (char.IsAsciiLetterLower(c)) { }
            else if (char.IsDigit(c)) { digits = 1; c = '0'; }
            else if (char.IsUpper(c)) { upper++; c = char.ToLowerInvariant(c); }
            else if (c == '’') c = '\'';
            else if (!char.IsLetter(c)) other = 1;
            hash = (hash ^ c) * 16777619u;
        }
        Words[i] = hash | 1;
        var suffix = 2166136261u;
        for (var k = Math.Max(0, form.Length - 3); k < form.Length; k++) suffix = (suffix ^ char.ToLowerInvariant(form[k])) * 16777619u;
        Suffixes[i] = suffix;
        var ending = 0u;
        for (var k = Math.Max(0, form.Length - 2); k < form.Length; k++) ending = ending << 16 | char.ToLowerInvariant(form[k]);
        Endings[i] = ending;
        var beginning = 0u;
        for (var k = 0; k < Math.Min(3, form.Length); k++) beginning = beginning * 31337 + char.ToLowerInvariant(form[k]);
        Beginnings[i] = beginning;
        var first = char.IsUpper(form[0]) ? 1u : 0u;
        Shapes[i] = first | (upper > 1 ? 2u : 0u) | digits << 2 | other << 3 | (uint)Math.Min(form.Length, 4) << 4;
    }

    private void Mark(int i, uint hash, Tag tag)
    {
        (Words[i], Suffixes[i], Shapes[i], Tags[i]) = (hash, hash, 0, tag);
    }

    /// <summary>Counts marks and verbs of the stretch to be parsed, for <see cref="Between"/>.</summary>
    public void CountMarks(int from, int to)
    {
        (_marks[0], _verbs[0], _marks[from - 1], _verbs[from - 1]) = (0, 0, 0, 0);
        for (var i = from; i <= to; i++)
        {
            _marks[i] = _marks[i - 1] + (Tags[i] >= Tag.Comma ? 1 : 0);
            _verbs[i] = _verbs[i - 1] + (Tags[i].IsVerb() || Tags[i] == Tag.MD ? 1 : 0);
        }
    }

    /// <summary>How many marks and verbs stand between two positions of the stretch, three and more being one: marks + 4 × verbs.</summary>
    public uint Between(int left, int right) => (uint)(Math.Min(_marks[right] - _marks[left], 3) + 4 * Math.Min(_verbs[right] - _verbs[left], 3));

    public void Attach(int child, int head, Relation relation)
    {
        Heads[child] = head;
        Relations[child] = relation;
        if (child < head)
        {
            LeftChild[head] = child;
            if (LeftCount[head] < 9) LeftCount[head]++;
        }
        else
        {
            RightChild[head] = child;
            if (RightCount[head] < 9) RightCount[head]++;
        }
    }

    /// <summary>Works out the children of each word and the stretch it governs, once all words have their heads.</summary>
    public void Close()
    {
        Array.Clear(FirstChild, 0, Count + 1);
        for (var i = 0; i <= Count; i++) Left[i] = Right[i] = i;
        for (var i = Count; i >= 1; i--)
        {
            Next[i] = FirstChild[Heads[i]];
            FirstChild[Heads[i]] = i;
        }
        // Parents before children, then back: an inner stretch is closed before the one around it.
        var n = 0;
        for (var c = FirstChild[0]; c != 0; c = Next[c]) _order[n++] = c;
        for (var k = 0; k < n; k++)
            for (var c = FirstChild[_order[k]]; c != 0; c = Next[c]) _order[n++] = c;
        while (--n >= 0)
        {
            var (i, head) = (_order[n], Heads[_order[n]]);
            if (head == 0) continue;
            if (Left[i] < Left[head]) Left[head] = Left[i];
            if (Right[i] > Right[head]) Right[head] = Right[i];
        }
    }
}
