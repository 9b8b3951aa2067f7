using Verify.Attribution.Language;
using Verify.Attribution.Reading;
using Verify.Attribution.Rules;
using Verify.Attribution.Syntax;

namespace Verify.Attribution;

/// <summary>Finds the attributed claims of an article. Pure and deterministic; safe from any thread.</summary>
public static class Extractor
{
    private const int MostStretches = 50; // paragraphs of one speech; bounds the cost of hostile text

    private const int Beyond = 8;

    private const int LeastQuoted = 5; // words within one pair of marks; fewer are a name, a title or a doubt

    private const double SureOfUncued = 0.6; // nothing in the sentence says whose it is: a checker looks at these early

    // "A said B said C said D said …": nobody reports deeper than this; it bounds the chains of hostile text.
    private const int DeepestNesting = 4;

    /// <param name="text">The article as stored. It is never changed; every span of the answer refers to it.</param>
    /// <returns>Claims in the order in which they stand in the text.</returns>
    public static IReadOnlyList<AttributedClaim> Extract(string text) => Extract(text, Judge.Default, null);

    /// <summary>Loads what was learnt and reads a sentence, so that the first article does not wait for it; for another thread.</summary>
    public static void Prepare() => Extract("According to the mayor, Ann Lee told the council in a letter that \"the wells were closed\", and denied the claim.");

    /// <param name="judge">Null: everything that the constructions propose is kept.</param>
    /// <param name="signs">Receives what the judge weighs, one list for each claim.</param>
    internal static IReadOnlyList<AttributedClaim> Extract(string text, Judge? judge, List<IReadOnlyList<uint>>? signs)
    {
        var tokens = new List<Token>(text.Length / 9 * 2); // a token for every four and a half characters; news has fewer
        var paragraphs = Read(text, tokens);
        var sources = new Sources(text, tokens);
        var grammar = new Grammar(text, tokens);
        var reader = new SentenceReader(text, tokens, grammar, new NounPhrases(text, tokens, grammar), sources, judge);
        var claims = new List<AttributedClaim>();
        var (lastParagraph, spoken) = (-1, -1);
        for (var p = 0; p < paragraphs.Count; p++)
            foreach (var sentence in Sentences.Split(tokens, paragraphs[p].From, paragraphs[p].To))
            {
                var before = p - lastParagraph <= 1 ? Continues(claims, tokens, sentence) : -1;
                var drafts = reader.Read(sentence);
                if (before >= 0 || drafts.Count > 0) lastParagraph = p;
                // What is quoted without a cue comes before what is said within it.
                if (before < 0 && p == spoken && drafts.All(d => tokens[d.CueToken].Quote != 0) && GoesOn(claims, tokens, sentence) is { } more)
                {
                    before = claims.Count;
                    claims.Add(more);
                    signs?.Add([]);
                }
                if (drafts.Count > 0) Finish(tokens, sources, drafts, claims, before >= 0 ? before : claims.Count, signs);
                if (drafts.Count > 0 || before >= 0) spoken = p;
            }
        return claims;
    }

    private static List<(int From, int To)> Read(string text, List<Token> tokens)
    {
        var paragraphs = new List<(int, int)>();
        var tokenizer = new Tokenizer(text);
        var open = false;
        foreach (var block in Layout.Body(text))
        {
            var from = tokens.Count;
            // A quotation left open is continued only where the next paragraph repeats the opening mark.
            open = tokenizer.Read(block, tokens, open && text[block.Start] is '"' or '“' or '«');
            paragraphs.Add((from, tokens.Count));
        }
        TimelyNames.Clear(text, tokens);
        // The constructions look a few words ahead: behind the last there are some that are nothing.
        for (var i = 0; i < Beyond; i++) tokens.Add(new(text.Length, text.Length, TokenKind.Other, Word.None, false, false, 0));
        return paragraphs;
    }

    // The last claim of the article's own, or -1: what is quoted within belongs to who is quoted.
    private static int LastSpoken(List<AttributedClaim> claims)
    {
        var last = claims.Count - 1;
        while (last >= 0 && claims[last].Parent is { } outer) last = outer;
        return last;
    }

    // A sentence that is nothing but a quotation goes on with what the last speaker said. Answers the claim that it was
    // added to, or -1.
    private static int Continues(List<AttributedClaim> claims, List<Token> tokens, Sentence s)
    {
        if (tokens[s.From].Kind != TokenKind.OpenQuote) return -1;
        var last = LastSpoken(claims);
        if (last < 0 || claims[last].Content.Count >= MostStretches || claims[last].Quotation == Quotation.Indirect) return -1;
        var end = s.To;
        while (end > s.From && tokens[end - 1].Kind is TokenKind.Stop && tokens[end - 1].Quote == 0) end--;
        var closed = tokens[end - 1].Kind == TokenKind.CloseQuote;
        if (!closed && tokens[end - 1].Quote == 0) return -1;
        for (var i = s.From + 1; i < end - 1; i++)
            if (tokens[i].Kind == TokenKind.CloseQuote) return -1;
        var (from, to) = (s.From + 1, closed ? end - 1 : end);
        if (from >= to) return -1;
        claims[last] = claims[last] with { Content = [.. claims[last].Content, new Span(tokens[from].Start, tokens[to - 1].End)] };
        return last;
    }

    // "… she said. The mask “is very warm and I have to keep calm”.": a sentence that is half quotation, within a paragraph in which
    // somebody has spoken, and without a cue of its own, is still theirs.
    private static AttributedClaim? GoesOn(List<AttributedClaim> claims, List<Token> tokens, Sentence s)
    {
        var last = LastSpoken(claims);
        if (last < 0 || !claims[last].Chain.Any(l => l.Role == LinkRole.Speaker)) return null;
        var (words, low, quoted, longest) = (0, 0, 0, 0);
        for (var i = s.From; i < s.To; i++)
        {
            if (tokens[i].Kind is TokenKind.OpenQuote) quoted = 0;
            if (tokens[i].Kind != TokenKind.Word || tokens[i].Quote == 0) continue;
            words++;
            if (!tokens[i].Capital) low++;
            longest = Math.Max(longest, ++quoted);
        }
        if (longest < LeastQuoted || low * 3 < words * 2) return null; // "eyes", a title
        var (from, to) = (s.From, s.To);
        while (to > from && tokens[to - 1].Kind == TokenKind.Stop && tokens[to - 1].Quote == 0) to--;
        // Marks around the whole are no part of it.
        var whole = to - from > 2 && tokens[from].Kind == TokenKind.OpenQuote && tokens[to - 1].Kind == TokenKind.CloseQuote && tokens[from + 1].Quote == tokens[to - 2].Quote;
        if (whole) (from, to) = (from + 1, to - 1);
        List<ChainLink> chain = [.. claims[last].Chain.Where(l => l.Role == LinkRole.Speaker).Select(l => l with { Cue = [] })];
        return new(null, whole ? Quotation.Direct : Quotation.Mixed, ContentForm.Clause, [new Span(tokens[from].Start, tokens[to - 1].End)], chain, SureOfUncued, "uncued");
    }

    private static void Finish(List<Token> tokens, Sources sources, IReadOnlyList<Draft> drafts, List<AttributedClaim> claims, int first, List<IReadOnlyList<uint>>? signs)
    {
        foreach (var draft in drafts.OrderBy(d => d.Content.Min(c => c.From)).ThenByDescending(d => d.Content.Sum(c => c.To - c.From)).ThenBy(d => d.CueToken))
        {
            var content = draft.Content.Order().Select(c => new Span(tokens[c.From].Start, tokens[c.To - 1].End)).ToList();
            // "tweeted her reasons, saying “…”": one thing said, two verbs.
            if (claims.Count > 0 && claims[^1].Content.SequenceEqual(content) && claims.Count > first) continue;
            var chain = draft.Links.OrderBy(l => l.Role).Select(l => Link(tokens, sources, l)).ToList();
            var parent = Enumerable.Range(first, claims.Count - first).Where(k => Encloses(claims[k], tokens[draft.CueToken].Span, content)).Cast<int?>().LastOrDefault();
            // Pronouns stand for who speaks in the article, hardly for whom they quote.
            if (parent is null || claims[parent.Value].Quotation == Quotation.Indirect) foreach (var link in chain.Where(l => l.Role == LinkRole.Speaker)) sources.Remember(link.Resolved, link.Kind, draft.CueToken);
            // Within another's content, that one's chain comes first; its speaker passes on what this one said.
            if (parent is { } at && Depth(claims, at) >= DeepestNesting) continue;
            if (parent is { } p)
                chain = [.. claims[p].Chain.Select(l => l.Role == LinkRole.Speaker ? l with { Role = LinkRole.Relay } : l), .. chain];
            claims.Add(new(parent, QuotationOf(draft, tokens), draft.Form, content, chain, draft.Confidence, draft.Construction) { Cue = tokens[draft.CueToken].Span });
            signs?.Add(draft.Signs);
        }
    }

    private static int Depth(List<AttributedClaim> claims, int claim)
    {
        var depth = 1;
        for (var at = claims[claim].Parent; at is { } parent; at = claims[parent].Parent) depth++;
        return depth;
    }

    private static bool Encloses(AttributedClaim outer, Span cue, List<Span> content) =>
        outer.Content.Any(c => c.Contains(cue)) && content.All(x => outer.Content.Any(c => c.Contains(x)));

    private static ChainLink Link(List<Token> tokens, Sources sources, DraftLink link)
    {
        var kind = sources.KindOf(link.Mention);
        // "on Twitter": as a medium the network is the post; as a speaker it would be the company.
        if (link.Role == LinkRole.Medium && (tokens[link.Mention.Head].Is(Word.PostNoun) || tokens[link.Mention.Head].Span.Length == 1)) kind = SourceKind.Post;
        return new(link.Role, kind, new Span(tokens[link.Mention.From].Start, tokens[link.Mention.To - 1].End), sources.Resolve(link.Mention),
            link.Cue is { } cue ? [new Span(tokens[cue.From].Start, tokens[cue.To - 1].End)] : []);
    }

    private static Quotation QuotationOf(Draft draft, List<Token> tokens)
    {
        bool any = false, all = true;
        foreach (var (from, to) in draft.Content)
            for (var i = from; i < to; i++)
                if (tokens[i].IsWord) { if (tokens[i].Quote != 0) any = true; else all = false; }
        return !any ? Quotation.Indirect : all ? Quotation.Direct : Quotation.Mixed;
    }
}
