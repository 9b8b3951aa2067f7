using Verify.Attribution.Language;
using Verify.Attribution.Reading;

namespace Verify.Attribution.Rules;

internal sealed partial class SentenceReader
{
    // A relay, a speaker, a document and a post make a long chain; hostile text makes longer ones.
    private const int MostLinks = 6;

    /// <summary>"According to X, …", "…, according to X", and a document named after another cue.</summary>
    private Draft? AccordingTo(int cue)
    {
        var mention = phrases.StartingAt(cue + 2, _to);
        if (mention.IsEmpty) return null;
        var finder = Finder(ref mention);
        var link = new DraftLink(LinkRole.Speaker, mention, (cue, cue + 2));
        var last = _drafts.LastOrDefault();
        if (last is { Links.Count: >= MostLinks }) return null;
        if (last is not null && (cue == last.CueToken + 1 || last.Content.Any(c => c.To == cue || c.To == cue - 1)) && last.Links.Count > 0)
        {
            // "… CNN cited Pompeo as saying according to a copy of the cable": a link more of the same chain.
            if (finder is not null && last.Links.All(l => l.Role != LinkRole.Relay)) last.Links.Add(finder);
            if (IsMedium(mention)) last.Links.Add(link with { Role = LinkRole.Medium });
            else last.Links.Insert(0, link with { Role = LinkRole.Relay });
            return null;
        }
        var draft = new Draft { Construction = "according-to", CueToken = cue, Confidence = 0.9, Subject = mention };
        if (finder is not null) draft.Links.Add(finder);
        draft.Links.Add(link);
        var after = mention.To;
        if (cue == _from || cue == _from + 1 && tokens[_from].Kind == TokenKind.Comma) Add(draft, after, ContentEnd(after + 1));
        else
        {
            // What an earlier "according to" has attributed is not attributed once more.
            var from = _drafts.Where(d => d.Construction == "according-to").SelectMany(d => d.Content).Select(c => c.To).Append(_from).Max();
            Add(draft, from, cue);
            if (KindAt(after) is TokenKind.Comma or TokenKind.Word && after < _to - 1) Add(draft, after, ContentEnd(after + 1));
        }
        return draft.Content.Count == 0 ? null : draft;
    }

    /// <summary>"an internal memo obtained by the Post", "a cable seen by Reuters": who found the document passes it on.</summary>
    private DraftLink? Finder(ref Phrase document)
    {
        var participle = document.To;
        if (!IsMedium(document) || !Says(participle + 1, "by")) return null;
        if (!(Says(participle, "obtained") || Says(participle, "seen") || Says(participle, "reviewed") || Says(participle, "viewed") || Says(participle, "acquired") || Says(participle, "published"))) return null;
        var finder = phrases.StartingAt(participle + 2, _to, withPrepositions: false);
        if (finder.IsEmpty) return null;
        document = document with { To = finder.To };
        return new(LinkRole.Relay, finder, (participle, participle + 2));
    }

    /// <summary>"… reportedly …": said by nobody that the article names.</summary>
    private Draft? Reportedly(int cue)
    {
        if (_drafts.Any(d => d.Content.Any(c => c.From <= cue && cue < c.To))) return null;
        if (IsAt(cue + 1, Word.Reports) && !IsAt(cue + 1, Word.NounToo)) return null; // "reportedly said": the one who said it is named
        var draft = new Draft { Construction = "reportedly", CueToken = cue, Confidence = 0.6 };
        var from = cue;
        while (from > _from && tokens[from - 1].Kind is not (TokenKind.Semicolon or TokenKind.Stop)) from--;
        Add(draft, from, cue);
        Add(draft, cue + 1, ContentEnd(cue + 1));
        return draft.Content.Count == 0 ? null : draft;
    }

    /// <summary>"CNN cited Pompeo as saying …", "Wadhams quoted from the cable …", "…, citing a cable".</summary>
    private Draft? Citing(int verb)
    {
        var group = VerbGroup(verb);
        var gerund = tokens[verb].Is(Word.Gerund);
        if (gerund && _drafts.LastOrDefault() is { Links.Count: > 0 and < MostLinks } before)
        {
            var source = phrases.StartingAt(verb + 1, _to);
            if (source.IsEmpty) return null;
            // "…, Reuters reported, citing officials": the reporter becomes the relay of whom it cites.
            for (var k = 0; k < before.Links.Count; k++)
                if (before.Links[k].Role == LinkRole.Speaker) before.Links[k] = before.Links[k] with { Role = LinkRole.Relay };
            before.Links.Add(Speaker(source, (verb, verb + 1)));
            return null;
        }
        var relay = SubjectBefore(group.From);
        if (relay.Subject.IsEmpty) return null;
        var fromDocument = Says(verb + 1, "from");
        var cited = phrases.StartingAt(fromDocument ? verb + 2 : verb + 1, _to, withPrepositions: false);
        if (cited.IsEmpty) return null;
        var draft = new Draft { Construction = "relayed", CueToken = verb, Confidence = 0.9, Subject = cited };
        draft.Links.Add(new(LinkRole.Relay, relay.Subject, group));
        var next = cited.To;
        // "cited Budi Gunawan, chief of the agency, as saying"
        if (KindAt(next) == TokenKind.Comma && Apposition(next) is var close and > 0 && Says(close + 1, "as")) next = close + 1;
        if (Says(next, "as") && IsAt(next + 1, Word.Gerund | Word.Reports))
        {
            draft.Links.Add(Speaker(cited, (next, next + 2)));
            next += 2;
            draft.CueToken = next - 1;
        }
        else if (fromDocument) draft.Links.Add(Speaker(cited, (verb + 1, verb + 2)));
        else return null;
        if (relay.Medium is { } medium) draft.Links.Add(medium);
        if (MediumAfter(ref next) is { } later) draft.Links.Add(later);
        if (KindAt(next) == TokenKind.Comma && Says(next + 1, "according") && Says(next + 2, "to") && phrases.StartingAt(next + 3, _to) is { IsEmpty: false } carrier && KindAt(carrier.To) == TokenKind.Comma)
        {
            draft.Links.Add(new(LinkRole.Medium, carrier, (next + 1, next + 3)));
            _used.Add(next + 1);
            next = carrier.To + 1;
        }
        if (ContentBefore(relay.Subject.From) is { } content)
        {
            Add(draft, content.From, content.To);
            ContinueQuotation(draft, next);
        }
        else Add(draft, next, ContentEnd(next));
        return draft.Content.Count == 0 ? null : draft;
    }

    /// <summary>"the claim that …", "a warning that …": a noun announces the content.</summary>
    private Draft? NounCue(int noun)
    {
        if (_drafts.Any(d => d.Content.Any(c => c.From <= noun && noun < c.To))) return null;
        var owner = Phrase.None;
        if (noun > _from && tokens[noun - 1].Possessive) owner = phrases.EndingAt(noun - 1, _from);
        else if (noun > _from && tokens[noun - 1].Is(Word.Possessive)) owner = new(noun - 1, noun, noun - 1);
        if (owner.IsEmpty) return null; // a bare "the claim that" names no source; left to a reader
        var draft = new Draft { Construction = "noun-cue", CueToken = noun, Confidence = 0.55, Subject = owner };
        draft.Links.Add(Speaker(owner, (noun, noun + 1)));
        Add(draft, noun + 2, ContentEnd(noun + 2));
        return draft.Content.Count == 0 ? null : draft;
    }

    private DraftLink? MediumAfter(ref int next)
    {
        var at = next;
        if (!(Says(at, "in") || Says(at, "on") || Says(at, "via") || Says(at, "during") || Says(at, "through") || Says(at, "at"))) return null;
        var phrase = phrases.StartingAt(at + 1, _to, withPrepositions: false);
        // "on X": the network with the one-letter name.
        if (Says(at, "on") && Says(at + 1, "X") && tokens[at + 1].Capital && !IsAt(at + 2, Word.Noun)) phrase = new(at + 1, at + 2, at + 1);
        else if (phrase.IsEmpty || IsTime(phrase) || !IsMedium(phrase)) return null;
        next = phrase.To;
        return new(LinkRole.Medium, phrase, (at, at + 1));
    }
}
