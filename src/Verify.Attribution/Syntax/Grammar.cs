using Verify.Attribution.Language;
using Verify.Attribution.Reading;

namespace Verify.Attribution.Syntax;

/// <summary>The grammar of one sentence, asked by the numbers of the article's own tokens; -1 stands for the root and for "none".</summary>
internal sealed class Grammar(string text, List<Token> tokens)
{
    // Reused from article to article: an article is read on one thread from beginning to end.
    [ThreadStatic] private static Tree? _threadTree;
    [ThreadStatic] private static Parser? _threadParser;

    private readonly Tree _tree = _threadTree ??= new();
    private readonly Parser _parser = _threadParser ??= new();
    private readonly Model _model = Model.Default;
    private int _before;

    public int From { get; private set; }
    public int To { get; private set; }

    public void Read(Sentence sentence)
    {
        (From, To, _before) = (sentence.From, sentence.To, sentence.From - 1);
        _tree.Begin(To - From);
        for (var i = From; i < To; i++)
        {
            var t = tokens[i];
            _tree.SetWord(i - _before, text.AsSpan(t.Start, t.End - t.Start), t.Kind, t.Word);
        }
        // A quotation of several sentences stands in the sentence that frames it; each is parsed by itself, and so is a
        // whole quotation beside its frame: no arc may lead from "Minnis said" into what he said.
        var start = From;
        for (var i = From; i < To; i++)
        {
            if (tokens[i].Kind == TokenKind.OpenQuote && WholeQuotation(i) is var close and > 0)
            {
                Parse(start, i - 1);
                for (start = i; i < close; i++)
                    if (EndsInside(i)) { Parse(start, i, quoted: true); start = i + 1; }
                Parse(start, close, quoted: true);
                start = close + 1;
                i = close;
                continue;
            }
            if (i + 1 < To && !EndsInside(i)) continue;
            Parse(start, i);
            start = i + 1;
        }
        Parse(start, To - 1);
        _tree.Close();
    }

    private void Parse(int from, int to, bool quoted = false)
    {
        if (from > to) return;
        Tagger.Run(_model, _tree, from - _before, to - _before);
        // Within a quotation the grammar is asked only where somebody else is quoted there.
        if (quoted && !HasCue(from, to)) return;
        TagRepairs.Apply(text, tokens, _tree.Tags.AsSpan(from - _before), from, to);
        _parser.Run(_model, _tree, from - _before, to - _before);
    }

    private bool HasCue(int from, int to)
    {
        for (var i = from; i <= to; i++)
            if (tokens[i].Is(Word.Cue | Word.ContentNoun | Word.SpeechNoun | Word.Marker)) return true;
        return false;
    }

    // Where a quotation that is no part of a clause around it closes; 0 where it is one ("called it “a lie”").
    private int WholeQuotation(int open)
    {
        var opens = open == From || tokens[open - 1].Kind is TokenKind.Colon or TokenKind.Comma or TokenKind.CloseQuote or TokenKind.Stop || tokens[open - 1].Is(Word.Reports) && !tokens[open - 1].Is(Word.NounToo);
        if (!opens) return 0;
        var close = open + 1;
        while (close < To && tokens[close].Kind != TokenKind.CloseQuote) close++;
        if (close - open < 5) return 0;
        if (close == To) return To - 1;
        var ends = tokens[close - 1].Kind is TokenKind.Comma or TokenKind.Stop || close + 1 >= To || tokens[close + 1].Kind is TokenKind.Comma or TokenKind.Stop || open == From && tokens[close + 1].Is(Word.Reports);
        return ends ? close : 0;
    }

    private bool EndsInside(int i) => tokens[i].Kind == TokenKind.Stop && tokens[i + 1].Kind is TokenKind.Word or TokenKind.Number or TokenKind.OpenBracket && (tokens[i + 1].Capital || tokens[i + 1].Kind != TokenKind.Word);

    /// <summary>Whether the token stands in the sentence that was read last.</summary>
    public bool Covers(int i) => i >= From && i < To;
    // Outside the sentence there is nothing, whatever was read before.
    public Tag Tag(int i) => Covers(i) ? _tree.Tags[i - _before] : default;
    public Relation Relation(int i) => Covers(i) ? _tree.Relations[i - _before] : default;
    public int Head(int i) => Covers(i) && _tree.Heads[i - _before] is > 0 and var head ? head + _before : -1;
    /// <summary>The first token of the stretch that the word governs.</summary>
    public int Left(int i) => Covers(i) ? _tree.Left[i - _before] + _before : i;
    /// <summary>The token behind the last of the stretch that the word governs.</summary>
    public int Right(int i) => Covers(i) ? _tree.Right[i - _before] + _before + 1 : i + 1;

    public int FirstChild(int i) => Covers(i) && _tree.FirstChild[i - _before] is > 0 and var c ? c + _before : -1;
    public int NextChild(int i) => Covers(i) && _tree.Next[i - _before] is > 0 and var c ? c + _before : -1;

    /// <summary>The first child that stands in the given relation.</summary>
    public int Child(int i, Relation relation)
    {
        for (var c = FirstChild(i); c >= 0; c = NextChild(c))
            if (Relation(c) == relation) return c;
        return -1;
    }

    /// <summary>Whether <paramref name="i"/> is <paramref name="above"/> or stands somewhere below it.</summary>
    public bool IsWithin(int i, int above)
    {
        while (i >= 0 && i != above) i = Head(i);
        return i >= 0;
    }
}
