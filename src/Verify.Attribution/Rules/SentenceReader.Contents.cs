using Verify.Attribution.Language;
using Verify.Attribution.Reading;
using Verify.Attribution.Syntax;

namespace Verify.Attribution.Rules;

internal sealed partial class SentenceReader
{
    /// <summary>Where a report that runs on after its cue ends: at the sentence's end, or where the reporter's own words go on.</summary>
    private int ContentEnd(int from, int cue)
    {
        var leads = LeadsClause(cue);
        var inserted = InDashes(cue);
        var perfect = Says(from, "to") && Says(from + 1, "have"); // "is reported to have come and demanded …"
        for (var i = from; i < _to; i++)
        {
            var t = tokens[i];
            if (t.Quote != _quote || i == from) continue;
            if (t.Kind == TokenKind.Colon && (KindAt(i + 1) == TokenKind.OpenQuote && HasFiniteVerb(from, i) || ReportBegins(i + 1, cue))) return i; // what is quoted behind it is a claim of its own
            if (t.Kind is TokenKind.Semicolon) { if (Says(i + 1, "that") || Says(i + 1, "and") && Says(i + 2, "that")) continue; return i; }
            if (t.Kind is TokenKind.Stop && i == _to - 1 || t.Kind is TokenKind.Dash && inserted) return i;
            if (_quote == 0 && Says(i, "without") && HasVerb(from, i) && Begins(Math.Min(i + 1, _to - 1), "elaborat", "specifying", "giving", "naming", "providing", "offering", "mentioning", "citing", "saying")) return i; // the reporter's
            if (Says(i, "according") && Says(i + 1, "to") || Says(i, "citing") && grammar.Tag(i) == Tag.VBG) return i;
            if (i + 1 >= _to) continue;
            if (t.Kind == TokenKind.CloseQuote && KindAt(i - 1) == TokenKind.Comma && (GerundReport(i + 1) || _quote == 0 && Says(i + 1, "meaning"))) return i + 1; // “…,” further saying
            if (t.Is(Word.Conjunction) && KindAt(i - 1) != TokenKind.Comma && TurnsToPresent(from, i - 1, cue)) return i;
            if ((t.Is(Word.Conjunction) && !perfect || Says(i, "while", "as")) && ReportBegins(i + 1, cue)) return KindAt(i - 1) == TokenKind.Comma ? i - 1 : i;
            // "agreed to add two members but did not accede": an action said to be done ends where another is told.
            if (Says(from, "to", "not") && t.Is(Word.Conjunction) && !perfect)
            {
                var act = i + 1;
                while (act < _to - 1 && tokens[act].Is(Word.Adverb)) act++;
                if (grammar.Tag(act).IsFinite() || grammar.Tag(act) == Tag.MD) return KindAt(i - 1) == TokenKind.Comma ? i - 1 : i;
                for (var k = i + 1; k < Math.Min(_to, i + 8) && tokens[k].IsWord && grammar.Tag(k) is not (Tag.WDT or Tag.WP or Tag.WRB); k++)
                    if (grammar.Tag(k).IsFinite()) return i;
            }
            if (Says(i, "despite") && grammar.Head(i + 1) is var h && h >= 0 && tokens[i + 1].IsWord && IsReportInGerund(i + 1)) return i;
            if (t.Kind != TokenKind.Comma) continue;
            if (IsRelative(cue) && HasVerb(from, i) && (grammar.Tag(i + 1).IsFinite() || grammar.Tag(i + 1) == Tag.MD || !tokens[i + 1].Capital && grammar.Tag(i + 1) is Tag.NN or Tag.VB && !HasFiniteVerb(_from, cue) && HasFiniteVerb(from, i))) return i; // "the police, which said it was likely, face …"
            // "Although the winds are said to weaken, the service …"
            if (leads && (HasFiniteVerb(from, i) || grammar.Tag(from) is Tag.TO || Says(from, "to", "of", "for")) && HasFiniteVerb(i + 1, _to) && !tokens[i + 1].Is(Word.Conjunction | Word.Relative)) return i;
            if (perfect && Says(i + 1, "but") && ClauseAt(i + 2)) return i;
            if (tokens[i + 1].Is(Word.Conjunction) && CoordinatedReport(i + 2, cue)) return i;
            // "…, but the post was vacant": what is held against it is the reporter's.
            if (_quote == 0 && Says(i + 1, "however") && HasVerb(from, i) && HasVerb(i + 2, _to)) return i;
            if (_quote == 0 && Says(i + 1, "but") && KindAt(i + 2) != TokenKind.OpenQuote && HasFiniteVerb(from, i) && ClauseAt(i + 2)) return i;
            if (Says(i + 1, "though", "although", "while", "whereas") && AnotherReports(i + 2)) return i;
            if (TurnsToPresent(from, i, cue)) return i;
            if (Says(i + 1, "according", "adding", "citing", "despite") || Says(i + 1, "though", "although") && ReportBegins(i + 2, cue)) return i;
            if (_quote == 0 && Says(i + 1, "meaning")) return i; // the reporter explains
            if (GerundReport(i + 1) || Says(i + 1, "with") && AbsoluteReport(i + 2)) return i;
            if (ReportFollows(i + 1)) return i;
            // "Though the storm was forecast to weaken, gusts …": the cue's own clause is over.
            if (grammar.Relation(cue) == Relation.Advcl && grammar.Head(cue) > i && HasFiniteVerb(from, i) | grammar.Tag(from) is Tag.TO) return i;
            if (tokens[i + 1].Is(Word.Relative) && grammar.Tag(i + 1) is Tag.WDT or Tag.WP)
            {
                // "the landing, which was short, was a mistake" goes on.
                for (var k = i + 2; k < Math.Min(_to, i + 7); k++)
                    if (tokens[k].Is(Word.Reports) && grammar.Tag(k).IsFinite()) return i; // ", which he said would …": the next report
                var close = i + 1;
                while (close < _to && !(tokens[close].Kind == TokenKind.Comma && tokens[close].Quote == _quote)) close++;
                if (close + 1 < _to && (grammar.Tag(close + 1).IsFinite() || grammar.Tag(close + 1) == Tag.MD || !HasFiniteVerb(from, i))) { i = close; continue; }
                continue;
            }
            if (LeavesContent(i + 1, from, cue) && HasFiniteVerb(from, i)) return i;
        }
        return _to;
    }

    // "The matter — which the paper noted as unusual — was …": the cue stands in what dashes insert.
    private bool InDashes(int cue)
    {
        for (var k = cue - 1; k > _from && cue - k < 8; k--)
            if (tokens[k].Kind == TokenKind.Dash && tokens[k].Quote == _quote) return true;
            else if (!tokens[k].IsWord) return false;
        return false;
    }

    // The cue stands in a clause that opens the sentence ("Although …,"): what was said ends with it.
    private bool LeadsClause(int cue)
    {
        var absolute = Says(_from, "with", "despite") && grammar.Tag(cue) == Tag.VBG;
        var opens = Says(_from, "even") ? _from + 1 : _from;
        if (!absolute && !IsAt(opens, Word.Subordinator) || Says(opens, "that") || _quote != 0 || grammar.Tag(opens) is not (Tag.IN or Tag.WRB)) return false;
        for (var i = opens; i < cue; i++)
            if (tokens[i].Kind == TokenKind.Comma) return false;
        return true;
    }

    private bool IsRelative(int cue)
    {
        for (var i = cue - 1; i > _from && cue - i < 5; i--)
            if (tokens[i].Kind != TokenKind.Word) return false;
            else if (grammar.Tag(i) is Tag.WDT or Tag.WP && KindAt(i - 1) == TokenKind.Comma) return true;
        return false;
    }

    // "…, further saying"
    private bool GerundReport(int i)
    {
        while (i < _to - 1 && tokens[i].Is(Word.Adverb)) i++;
        return InWindow(i) && tokens[i].Is(Word.Gerund) && tokens[i].Is(Word.Reports) && grammar.Tag(i) == Tag.VBG && !Begins(i, "protest", "offer"); // what is done, in what was said
    }

    // "…, with some local press claiming he was late"
    private bool AbsoluteReport(int from)
    {
        for (var k = from + 1; k < Math.Min(_to, from + 8) && tokens[k].Kind == TokenKind.Word; k++)
            if (tokens[k].Is(Word.Gerund) && tokens[k].Is(Word.Reports) && grammar.Tag(k) == Tag.VBG) return grammar.Tag(k - 1).IsNoun();
        return false;
    }

    // "…, and his critics, who are many, blame him": with a subject of its own, the next clause's verb is one of saying.
    private bool CoordinatedReport(int from, int cue)
    {
        for (var k = from; k < Math.Min(_to, from + 30); k++)
        {
            if (tokens[k].Quote != _quote || tokens[k].Kind is TokenKind.Semicolon or TokenKind.Stop) return false;
            if (tokens[k].Kind == TokenKind.Comma && k + 1 < _to && tokens[k + 1].Is(Word.Relative))
            {
                for (k++; k < _to && tokens[k].Kind != TokenKind.Comma;) k++;
                continue;
            }
            if (!grammar.Tag(k).IsFinite() && grammar.Tag(k) != Tag.MD && !(grammar.Tag(k) == Tag.VB && KindAt(k - 1) == TokenKind.Comma)) continue;
            return k > from && tokens[k].Is(Word.Cue) && !tokens[k].Is(Word.PlainVerb) && (grammar.Tag(k) == Tag.VBD) == (grammar.Tag(cue) == Tag.VBD)
                && !tokens[from].Is(Word.SubjectPronoun) && (tokens[from].Is(Word.Determiner) || tokens[from].Capital || grammar.Tag(from).IsNoun() || grammar.Tag(from) == Tag.JJ);
        }
        return false;
    }

    // "…, though Lea Brandt of the institute has reported a link": somebody else, with a report of their own.
    private bool AnotherReports(int from)
    {
        if (!InWindow(from) || !(tokens[from].Capital || tokens[from].Is(Word.PersonNoun | Word.GroupNoun | Word.AnonymousNoun | Word.Title))) return false;
        for (var k = from + 1; k < Math.Min(_to, from + 14); k++)
            if (!tokens[k].IsWord || tokens[k].Quote != _quote) return false;
            else if (grammar.Tag(k).IsVerb() && !tokens[k].Is(Word.Auxiliary)) return tokens[k].Is(Word.Reports) && (grammar.Tag(k).IsFinite() || IsAt(GroupStart(k), Word.Have));
        return false;
    }

    // "reported that they were sacrificed to the god, who is often shown as a bird", "said he would not run and Weld has decided
    // to": what was said in the past is told in the past; where a clause of its own turns to the present, the article speaks.
    private bool TurnsToPresent(int from, int i, int cue)
    {
        if (_quote != 0 || grammar.Tag(cue) != Tag.VBD && !(grammar.Tag(cue) == Tag.VBN && IsAt(GroupStart(cue), Word.Have))) return false;
        var next = i + 1;
        var relative = KindAt(i) == TokenKind.Comma && IsAt(next, Word.Relative) && grammar.Tag(next) is Tag.WDT or Tag.WP;
        if (!relative && !(Says(next, "and", "but") && InWindow(next + 1) && tokens[next + 1].Capital)) return false;
        var past = false;
        for (var k = from; k < i; k++)
            if (grammar.Tag(k) is Tag.VBZ or Tag.VBP || grammar.Tag(k) == Tag.MD && !Says(k, "would", "could", "might", "had")) return false;
            else past |= grammar.Tag(k) is Tag.VBD or Tag.MD;
        if (!past) return false;
        for (var k = next + 1; k < Math.Min(_to, next + (relative ? 4 : 6)); k++)
        {
            if (tokens[k].Kind != TokenKind.Word) return false;
            if (grammar.Tag(k) is Tag.VBZ or Tag.VBP) return !relative || !HasComma(k, _to);
            if (grammar.Tag(k).IsVerb() || grammar.Tag(k) is Tag.MD) return false;
        }
        return false;
    }

    private bool HasComma(int from, int to)
    {
        for (var k = from; k < to; k++)
            if (tokens[k].Kind == TokenKind.Comma && tokens[k].Quote == _quote) return true;
        return false;
    }

    // "… despite photos showing a row of windows"
    private bool IsReportInGerund(int from)
    {
        for (var k = from; k < Math.Min(_to, from + 6); k++)
            if (tokens[k].Is(Word.Gerund) && tokens[k].Is(Word.Cue)) return true;
        return false;
    }

    // What comes behind a comma belongs to the cue's own clause and not to what was said, when the grammar hangs it there.
    private bool LeavesContent(int segment, int from, int cue)
    {
        var end = segment;
        while (end < _to && !(tokens[end].Kind is TokenKind.Comma or TokenKind.Semicolon && tokens[end].Quote == _quote)) end++;
        if (tokens[segment].Is(Word.Conjunction) && (Says(segment + 1, "that") || KindAt(segment + 1) == TokenKind.OpenQuote) || Says(segment, "as") && IsAt(segment + 1, Word.Be | Word.Auxiliary)) return false; // ", as were two others"
        if (Says(segment, "so") || tokens[segment].Is(Word.Conjunction) && IsAt(segment + 1, Word.Modal)) return false; // "said they lost power, and might not get it back"
        for (var k = segment; k < end; k++)
        {
            var head = grammar.Head(k);
            if (head >= segment && head < end || grammar.Relation(k) == Relation.Punct) continue;
            if (head == cue) return grammar.Relation(k) is Relation.Advcl or Relation.Parataxis || grammar.Relation(k) == Relation.Conj && grammar.Tag(k).IsVerb();
            return false;
        }
        return false;
    }

    // "… while the minister wrote that …", "… and added that …": another report begins.
    private bool ReportBegins(int from, int cue)
    {
        for (var k = from; k < Math.Min(_to, from + 12); k++)
        {
            if (!tokens[k].IsWord || tokens[k].Quote != _quote) return false;
            if (!grammar.Tag(k).IsVerb()) continue;
            if (tokens[k].Is(Word.Auxiliary) && k + 1 < _to && grammar.Tag(k + 1).IsVerb()) continue;
            if (tokens[k].Is(Word.Shows) && k > from && Enumerable.Range(from, k - from).Any(n => tokens[n].Is(Word.DocumentNoun))) return true;
            if (!tokens[k].Is(Word.Reports | Word.Cites) || !grammar.Tag(k).IsFinite() && grammar.Tag(k) != Tag.VBN) return false;
            // With a subject of its own, or on a level with the cue, and with something said behind it.
            var behind = k + 1;
            while (behind < _to && tokens[behind].Is(Word.Adverb)) behind++;
            if (behind >= _to || tokens[behind].Kind is TokenKind.Stop) return false;
            var clause = Says(behind, "that") || tokens[behind].Kind == TokenKind.OpenQuote || Child(k, Relation.Ccomp) > k
                || tokens[k].Is(Word.Past) && (!tokens[k].Is(Word.NounToo) || k == from) && (ClauseFollows(behind, _to) || k > from && (tokens[k - 1].Capital || tokens[k - 1].Is(Word.PersonNoun | Word.GroupNoun | Word.AnonymousNoun)) || k == from && grammar.Tag(k) == Tag.VBD && tokens[cue].Is(Word.Past | Word.Gerund) && (tokens[behind].Is(Word.Determiner | Word.SubjectPronoun) || Says(behind, "for") || tokens[behind].Capital));
            return clause && (k > from || grammar.Head(k) == cue || !grammar.IsWithin(k, cue) || tokens[k].Is(Word.Past));
        }
        return false;
    }

    // ", X said." after content that was begun before it.
    private bool ReportFollows(int i)
    {
        for (var k = i; k < Math.Min(_to, i + 7); k++)
        {
            if (tokens[k].Is(Word.Reports) && tokens[k].Is(Word.Past) && !tokens[k].Is(Word.NounToo) && k > i)
            {
                var behind = k + 1;
                SkipTime(ref behind);
                return behind >= _to || tokens[behind].Kind == TokenKind.Stop;
            }
            if (!tokens[k].IsWord || tokens[k].Is(Word.PlainVerb)) return false;
        }
        return false;
    }

    // The tagger takes a past tense for a participle now and then; before ", X said" stands a clause in any case.
    private bool HasVerb(int from, int to)
    {
        for (var i = from; i < to; i++)
            if (grammar.Tag(i).IsVerb()) return true;
        return false;
    }

    // "These orcas, she suggested, …"
    private bool HasNoun(int from, int to)
    {
        for (var i = from; i < to; i++)
            if (grammar.Tag(i).IsNoun() && !tokens[i].Is(Word.Time | Word.Adverb) || grammar.Tag(i) == Tag.PRP) return true;
        return false;
    }

    // A subject and a finite verb within a few words.
    private bool ClauseAt(int from)
    {
        for (var k = from + 1; k < Math.Min(_to, from + 8); k++)
            if (!tokens[k].IsWord) return false;
            else if (grammar.Tag(k).IsFinite() || grammar.Tag(k) is Tag.MD or Tag.VBN) return true;
        return false;
    }

    private bool HasFiniteVerb(int from, int to)
    {
        for (var i = from; i < to; i++)
            if (grammar.Tag(i) is Tag.VBD or Tag.VBP or Tag.VBZ or Tag.MD) return true;
        return false;
    }

    /// <summary>Adds a stretch; outer quotation marks, framing commas and stops are left out, and no quotation is cut in two.</summary>
    private void Add(Draft draft, int from, int to)
    {
        while (from < to && (tokens[from].Kind is TokenKind.Comma or TokenKind.Colon or TokenKind.Semicolon or TokenKind.Dash or TokenKind.Stop or TokenKind.CloseQuote)) from++;
        if (from < to && Says(from, "that") && to - from > 1 && (grammar.Relation(from) is Relation.Mark || grammar.Tag(from) == Tag.IN || grammar.Tag(from + 1) is not (Tag.NN or Tag.VBZ or Tag.VBD or Tag.MD)))
        {
            from++;
            if (tokens[from].Kind == TokenKind.Comma) from++;
        }
        if (from < to && tokens[to - 1].Quote != _quote && tokens[to - 1].Quote != 0)
            while (to < _to && tokens[to - 1].Kind != TokenKind.CloseQuote && (tokens[to].Quote == tokens[to - 1].Quote || tokens[to].Kind == TokenKind.CloseQuote)) to++;
        while (from < to && (tokens[to - 1].Kind is TokenKind.Comma or TokenKind.Colon or TokenKind.Semicolon or TokenKind.Dash or TokenKind.OpenQuote || tokens[to - 1].Kind == TokenKind.Stop && tokens[to - 1].Quote == _quote)) to--;
        if (from < to && tokens[from].Kind == TokenKind.OpenQuote)
        {
            var close = CloseOf(from, to);
            if (close == to - 1 || close < 0)
            {
                from++;
                if (close >= 0) to--;
            }
        }
        else if (from < to && tokens[from].Quote != _quote && from > _from && tokens[from - 1].Kind == TokenKind.OpenQuote && CloseOf(from, to) is var shut && (shut < 0 || shut == to - 1))
        {
            if (shut == to - 1) to--;
        }
        while (from < to && (tokens[to - 1].Kind == TokenKind.Comma || to - 2 > from && tokens[to - 1].Is(Word.Conjunction) && tokens[to - 2].Kind == TokenKind.Comma)) to--; // "no cause, but,"
        if (from < to && !draft.Content.Any(c => c.From < to && c.To > from)) draft.Content.Add((from, to));
    }

    private int CloseOf(int open, int limit)
    {
        for (var i = open + 1; i < limit; i++)
            if (tokens[i].Kind == TokenKind.CloseQuote) return i;
        return -1;
    }

    private int OpenOf(int close)
    {
        for (var i = close - 1; i >= _from; i--)
            if (tokens[i].Kind == TokenKind.OpenQuote) return i;
        return _from;
    }

    /// <summary>What was reported before the cue's clause that begins at <paramref name="limit"/>: a quotation, or a clause up to a comma.</summary>
    private (int From, int To)? ContentBefore(int limit)
    {
        var i = limit - 1;
        if (i < _from) return null;
        if (tokens[i].Kind == TokenKind.CloseQuote || tokens[i].Kind == TokenKind.Comma && i > _from && tokens[i - 1].Kind == TokenKind.CloseQuote)
        {
            var close = tokens[i].Kind == TokenKind.CloseQuote ? i : i - 1;
            var open = OpenOf(close);
            // A part quotation at the end of a clause: the clause belongs to it.
            var start = open > _from && tokens[open - 1].Kind != TokenKind.Colon && HasFiniteVerb(_from, open) && !_drafts.Any(d => d.Content.Any(c => c.To > _from)) ? _from : open;
            return (start, close + 1);
        }
        if (tokens[i].Kind != TokenKind.Comma && tokens[i].Kind != TokenKind.Dash) return null;
        var from = _from;
        foreach (var d in _drafts)
            foreach (var c in d.Content)
                if (c.To <= i && c.To > from) from = c.To;
        // "They were told to give no reason, the Ledger reported": what somebody said up to here is a part of what is reported.
        if (from >= i) from = _from;
        for (var k = i; k > from; k--)
            if (tokens[k].Kind == TokenKind.Semicolon && tokens[k].Quote == _quote) { from = k + 1; break; }
        // Before ", officials said," and the like stands what they said, whatever the tagger makes of its verb.
        return HasVerb(from, i) || i - from >= 3 || HasNoun(from, i) ? (from, i) : null;
    }

    /// <summary>Continues a quotation that a cue has interrupted: "A," X said, "B."</summary>
    private void ContinueQuotation(Draft draft, int after)
    {
        var i = after;
        while (i < _to && (tokens[i].Is(Word.Time | Word.Adverb) || tokens[i].Kind is TokenKind.Comma or TokenKind.Stop or TokenKind.Colon)) i++;
        if (KindAt(i) != TokenKind.OpenQuote) return;
        var close = CloseOf(i, _to);
        Add(draft, i, close < 0 ? _to : close + 1);
    }
}
