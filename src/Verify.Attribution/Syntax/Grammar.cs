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
        Mend(from, to);
        _parser.Run(_model, _tree, from - _before, to - _before);
    }

    private bool HasCue(int from, int to)
    {
        for (var i = from; i <= to; i++)
            if (tokens[i].Is(Word.Cue | Word.ContentNoun | Word.Marker)) return true;
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

    // The tagger has learnt from letters, reviews and interviews more than from news: where the lexicon leaves no doubt
    // about a verb of saying, it is heard.
    private void Mend(int from, int to)
    {
        for (var i = from; i <= to; i++)
        {
            var t = tokens[i];
            if (t.Capital && t.Kind == TokenKind.Word && t.Word == Word.None && _tree.Tags[i - _before] is Syntax.Tag.UH or Syntax.Tag.FW or Syntax.Tag.Other or Syntax.Tag.VB or Syntax.Tag.VBP or Syntax.Tag.SYM && (i > from || i < to && tokens[i + 1].Capital)) _tree.Tags[i - _before] = Syntax.Tag.NNP;
            if (i == from && i < to && t.Is(Word.Gerund) && t.Is(Word.Reports) && (tokens[i + 1].Kind == TokenKind.OpenQuote || text.AsSpan(tokens[i + 1].Start, tokens[i + 1].End - tokens[i + 1].Start) is "that")) _tree.Tags[i - _before] = Syntax.Tag.VBG;
            if (t.Capital && !_tree.Tags[i - _before].IsName() && (t.Is(Word.Outlet) && !t.Is(Word.Noun) || text.AsSpan(t.Start, t.End - t.Start).Contains('.') && t.End - t.Start > 4)) _tree.Tags[i - _before] = Syntax.Tag.NNP;
            if (t.Is(Word.Reports) && t.Is(Word.NounToo) && t.Is(Word.Finite) && text[t.End - 1] == 's' && i > from && i < to && (tokens[i - 1].Is(Word.Outlet) && tokens[i - 1].Capital || tokens[i + 1].End - tokens[i + 1].Start == 4 && text.AsSpan(tokens[i + 1].Start, 4) is "that" && tokens[i - 1].Capital))
                _tree.Tags[i - _before] = Syntax.Tag.VBZ;
            if (i > from && i < to && text.AsSpan(t.Start, t.End - t.Start) is "read" && (tokens[i + 1].Kind is TokenKind.Colon or TokenKind.OpenQuote or TokenKind.Comma || tokens[i - 1].Kind is TokenKind.CloseQuote or TokenKind.Comma)) _tree.Tags[i - _before] = Syntax.Tag.VBD;
            if (!t.Is(Word.Reports | Word.ReportsThing | Word.Directs) || !t.Is(Word.Past) || !t.Is(Word.Finite) || t.Is(Word.NounToo) || i == from) continue;
            var before = i - 1;
            while (before > from && tokens[before].Is(Word.Adverb)) before--;
            ref var tag = ref _tree.Tags[i - _before];
            if (tokens[before].Is(Word.Auxiliary) || tokens[before].Is(Word.Clitic)) { if (!tag.IsVerb()) tag = Syntax.Tag.VBN; continue; }
            ref var previous = ref _tree.Tags[before - _before];
            // "the alleged death", "his reported words"
            if (previous is Syntax.Tag.DT or Syntax.Tag.PRPS && tag is Syntax.Tag.VBD) { tag = Syntax.Tag.JJ; continue; }
            var surely = text.AsSpan(t.Start, t.End - t.Start) is "said" or "told" or "wrote" or "stated" or "tweeted" or "testified" or "insisted" or "warned";
            if (surely && tokens[before].Is(Word.NounToo) && previous is Syntax.Tag.VBZ or Syntax.Tag.VBP) previous = Syntax.Tag.NNS;
            if (tag is Syntax.Tag.VBD || tag is Syntax.Tag.VBN && !surely) continue;
            if (surely && tag == Syntax.Tag.VBN && previous is not Syntax.Tag.DT || !tag.IsVerb() && (previous.IsNoun() || previous is Syntax.Tag.PRP || tokens[before].Capital || tokens[before].Kind == TokenKind.Comma)) tag = Syntax.Tag.VBD;
        }
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
