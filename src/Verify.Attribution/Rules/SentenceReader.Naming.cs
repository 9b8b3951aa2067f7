using Verify.Attribution.Language;
using Verify.Attribution.Reading;
using Verify.Attribution.Syntax;

namespace Verify.Attribution.Rules;

internal sealed partial class SentenceReader
{
    // A relay, a speaker, a document and a post make a long chain; hostile text makes longer ones.
    private const int MostLinks = 6;

    /// <summary>"According to X, …", "…, according to X", and a document named after another cue.</summary>
    private Draft? AccordingTo(int cue)
    {
        // "according to agreed facts heard in court": a participle may stand before the noun.
        var first = InWindow(cue + 3) && (grammar.Tag(cue + 2) is Tag.VBN or Tag.JJ && tokens[cue + 2].Is(Word.Past) || Says(cue + 2, "earlier", "later", "previous", "early")) && grammar.Tag(cue + 3).IsNoun() ? cue + 3 : cue + 2;
        var mention = WithApposition(phrases.StartingAt(first, _to)) with { From = cue + 2 };
        if (mention.IsEmpty || mention.To <= first) return null;
        if (KindAt(cue - 1) == TokenKind.Comma && InWindow(mention.To) && grammar.Tag(mention.To) == Tag.VBN && IsAt(mention.To + 1, Word.Preposition) && PhraseEnd(mention.To, _to) is var shut && shut < _to && shut - mention.To < 6) mention = mention with { To = shut };
        // "according to a March 14, 2019 press release"
        if (KindAt(mention.To) == TokenKind.Comma && tokens[mention.To - 1].Kind == TokenKind.Number && KindAt(mention.To + 1) == TokenKind.Number && phrases.StartingAt(mention.To + 1, _to) is { IsEmpty: false } dated && dated.To > mention.To + 2) mention = dated with { From = mention.From };
        mention = NameBeforeSubject(mention);
        var finder = Finder(ref mention);
        var link = new DraftLink(LinkRole.Speaker, mention, (cue, cue + 2));
        var last = _drafts.LastOrDefault(d => d.CueToken >= _from && d.CueToken < cue);
        if (last is { Links.Count: >= MostLinks }) return null;
        // "The judge recommended it, according to Reuters": what Reuters says is that the judge did.
        var told = last is not null && KindAt(cue - 1) == TokenKind.Comma && !IsMedium(mention) && !last.Subject.IsEmpty && last.Subject.From < last.CueToken && last.Content.Any(c => c.To == cue - 1 && c.From > last.CueToken);
        if (!told && last is not null && (cue == last.CueToken + 1 || last.Content.Any(c => c.To == cue || c.To == cue - 1)) && last.Links.Count > 0)
        {
            // "… CNN cited Pompeo as saying according to a copy of the cable": a link more of the same chain.
            if (finder is not null && last.Links.All(l => l.Role != LinkRole.Relay)) last.Links.Add(finder);
            if (IsMedium(mention)) last.Links.Add(link with { Role = LinkRole.Medium });
            else last.Links.Insert(0, link with { Role = LinkRole.Relay });
            return null;
        }
        var draft = new Draft { Construction = "according-to", CueToken = cue, Subject = mention };
        if (finder is not null) draft.Links.Add(finder);
        else if (AuthorOf(ref mention) is { } author)
        {
            // "according to a report by UpGuard": UpGuard says it, in the report.
            draft.Links.Add(author);
            link = link with { Role = LinkRole.Medium, Mention = mention };
        }
        draft.Links.Add(link);
        var after = mention.To;
        // "it gave no cause, but, according to her agent, she had been ill": what follows alone.
        var behindConjunction = KindAt(cue - 1) == TokenKind.Comma && IsAt(cue - 2, Word.Conjunction) && KindAt(after) == TokenKind.Comma && HasFiniteVerb(after, _to) && InWindow(after + 1) && !grammar.Tag(after + 1).IsFinite();
        // "While some write of it, according to Lea Brandt nobody has found any": a clause begins right behind the source.
        behindConjunction |= KindAt(cue - 1) == TokenKind.Comma && IsAt(_from, Word.Subordinator) && KindAt(after) == TokenKind.Word && !grammar.Tag(after).IsVerb() && ClauseFollows(after, _to);
        behindConjunction |= cue - 1 > _from && tokens[cue - 1].Is(Word.Conjunction) && KindAt(after) == TokenKind.Word && ClauseFollows(after, _to); // "… and according to the ministry he died"
        if (behindConjunction || cue == _from || !tokens[cue - 1].IsWord && (cue == _from + 1 || KindAt(cue - 1) is TokenKind.Semicolon or TokenKind.Dash or TokenKind.Colon))
        {
            after = BeginningOfClause(after);
            Add(draft, after, ContentEnd(after + 1, cue));
        }
        else
        {
            // What an earlier cue has attributed is not attributed once more.
            var from = _drafts.Where(d => d.CueToken >= _from && !(told && d.CueToken >= last!.Subject.From) && d.Links.Count > 0).SelectMany(d => d.Content).Select(c => c.To).Where(to => to < cue).Append(_from).Max();
            for (var k = cue - 1; k > from; k--)
                if (tokens[k].Kind is TokenKind.Semicolon or TokenKind.Colon && tokens[k].Quote == _quote) { from = IsAt(k + 1, Word.Conjunction) ? k + 2 : k + 1; break; }
            // "it made landfall, killing 20 according to officials, and leaving …": the participle's clause alone.
            var behind = after;
            SkipTime(ref behind);
            if (KindAt(behind) == TokenKind.Comma && grammar.Tag(IsAt(behind + 1, Word.Conjunction) ? behind + 2 : behind + 1) == Tag.VBG)
                for (var k = cue - 2; k > from; k--)
                    if (tokens[k].Kind == TokenKind.Comma && tokens[k].Quote == _quote && grammar.Tag(k + 1) == Tag.VBG) { from = k + 1; break; }
            // "While few own one according to a study, the mayor bought two": the clause that the study has to do with.
            var leads = IsAt(from, Word.Subordinator) && !Says(from, "that") && grammar.Tag(from) == Tag.IN && KindAt(after) == TokenKind.Comma && (Says(from, "while", "although", "though", "whereas") || HasFiniteVerb(from, cue));
            if (leads) from++;
            Add(draft, from, cue);
            // "working in the cold, according to the ministry recovered …", "…, according to X, …": it goes on behind the source.
            if (!leads && after < _to - 1 && (KindAt(after) == TokenKind.Comma && KindAt(cue - 1) == TokenKind.Comma && !tokens[after + 1].Is(Word.Relative | Word.Gerund) && !(Says(after + 1, "but", "although", "though") && HasFiniteVerb(from, cue)) && (cue - from < 4 || grammar.Tag(cue - 2).IsFinite() || HasFiniteVerb(after + 1, _to) || !(tokens[after + 1].Is(Word.Determiner) || tokens[after + 1].Capital)) || KindAt(after) == TokenKind.Word && grammar.Tag(after).IsVerb()))
                Add(draft, after, ContentEnd(after + 1, cue));
        }
        return draft;
    }

    // "according to Brandt | scientists have found nothing": no comma parts the source from a subject.
    private Phrase NameBeforeSubject(Phrase p)
    {
        if (p.To >= _to || !grammar.Tag(p.To).IsFinite() && grammar.Tag(p.To) != Tag.MD) return p;
        var name = p.To;
        while (name > p.From && !tokens[name - 1].Capital) name--;
        return name > p.From && name < p.To && tokens[p.From].Capital && grammar.Tag(p.To - 1) == Tag.NNS ? new(p.From, name, name - 1) : p;
    }

    // "According to Amy Cook, director of the event, the tusk …", "According to state and county officials, …": behind the
    // commas of the source, where a clause begins.
    private int BeginningOfClause(int after)
    {
        // "according to data collected by one of the planes, …"
        if (grammar.Tag(after) is Tag.VBN or Tag.VBD && (Says(after + 1, "by", "in", "on") || Says(after + 2, "by")) && PhraseEnd(after, _to) is var closed && closed < _to) return closed;
        for (var guard = 0; guard < 2; guard++)
        {
            var comma = after;
            while (comma < _to && tokens[comma].Kind == TokenKind.Word && !grammar.Tag(comma).IsFinite()) comma++;
            if (KindAt(comma) != TokenKind.Comma) return after;
            after = comma;
            // An apposition holds no verb and is closed by a comma of its own; "on Friday," and "however," open the clause.
            var next = comma + 1;
            if (IsAt(next, Word.Relative) && grammar.Tag(next) is Tag.WP or Tag.WDT)
            {
                // "According to Lea Brandt, who chairs the board, the ships …"
                var end = PhraseEnd(next, _to);
                return end < _to && HasFiniteVerb(next, end) && HasFiniteVerb(end, _to) ? end : after;
            }
            if (next >= _to || tokens[next].Is(Word.Preposition | Word.Adverb | Word.Time | Word.Subordinator)) return after;
            var close = next;
            while (close < _to && tokens[close].Kind == TokenKind.Word && !grammar.Tag(close).IsFinite() && grammar.Tag(close) != Tag.MD && close - next < 12) close++;
            if (KindAt(close) != TokenKind.Comma || !HasFiniteVerb(close, _to) || HasList(next, close)) return after;
            after = close;
        }
        return after;
    }

    // "… apples, pears and plums were sold": the comma is a list's.
    private bool HasList(int from, int close) => close + 2 < _to && tokens[close + 1].Is(Word.Conjunction) || close - from == 1 && grammar.Tag(from) is Tag.NNS;

    private DraftLink? AuthorOf(ref Phrase document)
    {
        if (!IsMedium(document) && !Says(document.Head, "numbers", "figures", "data", "statistics")) return null;
        var by = document.To;
        for (var k = document.Head + 1; k <= document.To && k < _to; k++)
            if (Says(k, "by")) { by = k; break; }
        SkipTime(ref by); // "a tweet on Monday by"
        if (IsAt(by, Word.Past) || Says(by, "published", "released", "conducted", "written")) by++;
        SkipTime(ref by); // "published in 2017 by"
        if (!Says(by, "by")) return null;
        var author = phrases.StartingAt(by + 1, _to, withPrepositions: false);
        if (author.IsEmpty || IsTime(author)) return null;
        document = document with { To = Math.Max(author.To, document.To) };
        return Speaker(author, (by, by + 1));
    }

    /// <summary>"Per the decree, …", at the sentence's beginning only: "per cent" and "per person" say nothing.</summary>
    private Draft? Per(int cue)
    {
        var mention = phrases.StartingAt(cue + 1, _to);
        if (mention.IsEmpty) return null;
        var comma = mention.To;
        while (comma < _to && tokens[comma].Kind != TokenKind.Comma && comma < mention.To + 15) comma++;
        if (KindAt(comma) != TokenKind.Comma) return null;
        var draft = new Draft { Construction = "per", CueToken = cue, Subject = mention };
        var carried = mention;
        if (AuthorOf(ref carried) is { } author) draft.Links.AddRange([author, new(LinkRole.Medium, carried, (cue, cue + 1))]);
        else draft.Links.Add(Speaker(mention, (cue, cue + 1)));
        comma = BeginningOfClause(comma);
        Add(draft, comma, ContentEnd(comma + 1, cue));
        return draft;
    }

    /// <summary>"an internal memo obtained by the Post", "a cable seen by Reuters": who found the document passes it on.</summary>
    private DraftLink? Finder(ref Phrase document)
    {
        var participle = document.To;
        if (!IsMedium(document) || !Says(participle + 1, "by")) return null;
        if (!Says(participle, "obtained", "seen", "reviewed", "viewed", "acquired")) return null;
        var finder = phrases.StartingAt(participle + 2, _to, withPrepositions: false);
        if (finder.IsEmpty) return null;
        document = document with { To = finder.To };
        return new(LinkRole.Relay, finder, (participle, participle + 2));
    }

    /// <summary>"… reportedly …": said by nobody that the article names.</summary>
    private Draft? Reportedly(int cue)
    {
        if (_drafts.Any(d => d.CueToken >= _from && d.Content.Any(c => c.From <= cue && cue < c.To))) return null;
        if (IsAt(cue + 1, Word.Reports) && !IsAt(cue + 1, Word.NounToo)) return null; // "reportedly said": the one who said it is named
        var draft = new Draft { Construction = "reportedly", CueToken = cue };
        var verb = ClauseOf(cue);
        var inserted = KindAt(cue - 1) == TokenKind.Comma && KindAt(cue + 1) == TokenKind.Comma;
        var said = cue + 1;
        while (IsAt(said, Word.Adverb)) said++; // "reportedly previously committed"
        if (!inserted && cue > _from && !grammar.Tag(cue - 1).IsVerb() && grammar.Tag(cue - 1) != Tag.MD && (verb < 0 || !tokens[cue - 1].IsWord || tokens[cue - 1].Is(Word.Preposition)) && !(said < _to && (grammar.Tag(said).IsFinite() || grammar.Tag(said) == Tag.VB)))
        {
            // "…, reportedly led by …", "with reportedly over 1,000": only what follows is said to be so.
            draft.Form = grammar.Tag(Math.Min(cue + 1, _to - 1)).IsVerb() ? ContentForm.Clause : ContentForm.NounPhrase;
            Add(draft, cue + 1, BeforeRelative(cue + 1, EndOfThing(cue + 1)));
            return draft;
        }
        // "by, reportedly, a factor of two"
        if (inserted && IsAt(cue - 2, Word.Preposition))
        {
            draft.Form = ContentForm.NounPhrase;
            Add(draft, cue + 2, EndOfThing(cue + 2));
            return draft;
        }
        var from = cue;
        var end = ContentEnd(cue + 1, cue);
        if (KindAt(cue - 2) == TokenKind.Comma && grammar.Tag(cue - 1) is Tag.WP or Tag.WDT && IsNamable(cue - 3))
        {
            // "Lea Brandt, who reportedly works there, took part …"
            from = PhraseOf(TopOfPhrase(cue - 3)).From;
            end = PhraseEnd(cue + 1, end);
        }
        else if (verb >= 0 && grammar.Relation(verb) == Relation.AclRelcl && grammar.Head(verb) is var noun && noun >= _from && noun < cue)
        {
            from = PhraseOf(noun).From;
            end = PhraseEnd(cue + 1, end);
        }
        else
        {
            // "…, leaving reportedly at least 15,000 stranded": the participle's clause alone.
            if (grammar.Tag(cue - 1) == Tag.VBG && !IsAt(cue - 2, Word.Auxiliary)) from = cue - 1;
            else while (from > _from && tokens[from - 1].Kind is not (TokenKind.Semicolon or TokenKind.Stop)) from--;
            // "Although elections are, reportedly, quiet, this year …"
            if (from < cue && tokens[from].Is(Word.Subordinator) && grammar.Tag(from) is Tag.IN or Tag.WRB)
            {
                from++;
                end = PhraseEnd(inserted ? cue + 2 : cue + 1, end);
            }
        }
        Add(draft, from, cue);
        Add(draft, cue + 1, end);
        return draft;
    }

    // The verb of the clause that an adverb stands in; none when it stands before a noun or a bare participle.
    private int ClauseOf(int adverb)
    {
        var i = grammar.Head(adverb);
        for (var guard = 0; i >= 0 && guard < MostSteps; guard++, i = grammar.Head(i))
        {
            if (!grammar.Tag(i).IsVerb() && Child(i, Relation.Cop) < 0) { if (grammar.Tag(i).IsNoun() || grammar.Tag(i) == Tag.CD) return -1; continue; }
            return Child(i, Relation.Nsubj) >= 0 || Child(i, Relation.NsubjPass) >= 0 || grammar.Relation(i) is Relation.Root or Relation.Conj ? i : -1;
        }
        return -1;
    }

    /// <summary>"CNN cited Pompeo as saying …", "Wadhams quoted from the cable …", "…, citing a cable".</summary>
    private Draft? Citing(int verb)
    {
        var group = VerbGroup(verb);
        if (tokens[verb].Is(Word.Gerund) && _drafts.LastOrDefault(d => d.CueToken < verb) is { Links.Count: > 0 and < MostLinks } before && before.Subject.Equals(SubjectOf(verb)) | before.Content.Any(c => c.To == verb || c.To == verb - 1))
        {
            var source = phrases.StartingAt(verb + 1, _to);
            if (!source.IsEmpty && !IsAnybody(source)) return null; // "…, citing safety concerns": a reason, given by who spoke
            _used.Add(verb);
            if (source.IsEmpty) return null;
            // "…, Reuters reported, citing officials": the reporter becomes the relay of whom it cites.
            for (var k = 0; k < before.Links.Count; k++)
                if (before.Links[k].Role == LinkRole.Speaker) before.Links[k] = before.Links[k] with { Role = LinkRole.Relay };
            before.Links.Add(Speaker(source, (verb, verb + 1)));
            return null;
        }
        if (IsPassive(verb)) return null;
        var relay = SubjectOf(verb);
        if (relay.IsEmpty) return null;
        var fromDocument = Says(verb + 1, "from");
        var cited = phrases.StartingAt(fromDocument ? verb + 2 : verb + 1, _to, withPrepositions: false);
        if (cited.IsEmpty) return null;
        var draft = new Draft { Construction = "relayed", CueToken = verb, Subject = cited };
        draft.Links.Add(new(LinkRole.Relay, relay, group));
        var next = cited.To;
        // "cited Budi Gunawan, chief of the agency, as saying"
        if (KindAt(next) == TokenKind.Comma && CommaAfterApposition(next) is var close and > 0 && Says(close + 1, "as")) next = close + 1;
        if (Says(next, "as") && IsAt(next + 1, Word.Gerund | Word.Reports))
        {
            draft.Links.Add(Speaker(cited, (next, next + 2)));
            next += 2;
            draft.CueToken = next - 1;
            _used.Add(next - 1);
        }
        else if (fromDocument) draft.Links.Add(Speaker(cited, (verb + 1, verb + 2)));
        else return null;
        if (MediumBefore(verb, relay) is { } medium) draft.Links.Add(medium);
        if (MediumAfter(ref next) is { } later) draft.Links.Add(later);
        if (KindAt(next) == TokenKind.Comma && Says(next + 1, "according") && Says(next + 2, "to") && phrases.StartingAt(next + 3, _to) is { IsEmpty: false } carrier && KindAt(carrier.To) == TokenKind.Comma)
        {
            draft.Links.Add(new(LinkRole.Medium, carrier, (next + 1, next + 3)));
            _used.Add(next + 1);
            next = carrier.To + 1;
        }
        if (ContentBefore(relay.From) is { } content)
        {
            Add(draft, content.From, content.To);
            ContinueQuotation(draft, next);
        }
        else Add(draft, next, ContentEnd(next, draft.CueToken));
        return draft;
    }
}
