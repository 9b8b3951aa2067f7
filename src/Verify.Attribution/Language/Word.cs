namespace Verify.Attribution.Language;

/// <summary>What a word can be. A word may have several of these; the rules decide by what stands around it.</summary>
[Flags]
public enum Word : ulong
{
    None = 0,
    Determiner = 1UL << 0,
    Possessive = 1UL << 1,
    SubjectPronoun = 1UL << 2,
    ObjectPronoun = 1UL << 3,
    Preposition = 1UL << 4,
    Conjunction = 1UL << 5,
    Subordinator = 1UL << 6,
    Relative = 1UL << 7,
    Auxiliary = 1UL << 8,
    Be = 1UL << 9,
    Adverb = 1UL << 10,
    /// <summary>A frequent verb form that reports nothing; ends a noun phrase.</summary>
    PlainVerb = 1UL << 11,
    /// <summary>A verb of communication that takes a clause: said, stated, warned.</summary>
    Reports = 1UL << 12,
    /// <summary>A verb of communication that takes a noun phrase: denied, announced, condemned.</summary>
    ReportsThing = 1UL << 13,
    /// <summary>A verb that tells somebody to do something: ordered, urged.</summary>
    Directs = 1UL << 14,
    /// <summary>A verb whose object hears it: told, informed.</summary>
    Tells = 1UL << 15,
    /// <summary>cite, quote.</summary>
    Cites = 1UL << 16,
    /// <summary>A verb that reports only when a document, an outlet or the like is its subject: shows, finds.</summary>
    Shows = 1UL << 17,
    Finite = 1UL << 18,
    Past = 1UL << 19,
    Gerund = 1UL << 20,
    /// <summary>The form is a noun as often as a verb: report, claims, states.</summary>
    NounToo = 1UL << 21,
    PersonNoun = 1UL << 22,
    OrganizationNoun = 1UL << 23,
    GroupNoun = 1UL << 24,
    AnonymousNoun = 1UL << 25,
    DocumentNoun = 1UL << 26,
    PostNoun = 1UL << 27,
    BroadcastNoun = 1UL << 28,
    /// <summary>A noun that announces content: claim, warning, allegation.</summary>
    ContentNoun = 1UL << 29,
    Time = 1UL << 30,
    Outlet = 1UL << 31,
    Modal = 1UL << 32,
    /// <summary>A noun phrase may take an infinitive as content: promised to, threatened to.</summary>
    Commits = 1UL << 33,
    Title = 1UL << 34,
    /// <summary>'s, n't, 've: the second part of a word written as one.</summary>
    Clitic = 1UL << 35,
    /// <summary>a.m., p.m.: the stop behind it may end the sentence too.</summary>
    HalfDay = 1UL << 36,
    /// <summary>have, has, had.</summary>
    Have = 1UL << 37,
    /// <summary>A word that is no verb of saying and yet may tell that something was said: according, reportedly, alleged, per.</summary>
    Marker = 1UL << 38,
    /// <summary>A verb that gives a thing a name or a nature: called, described, declared.</summary>
    Naming = 1UL << 39,
    /// <summary>A verb of saying that has no object but what was said: said, argued.</summary>
    Asserts = 1UL << 40,
    /// <summary>What is given, made or issued when something is said: a warning, threats, condolences.</summary>
    SpeechNoun = 1UL << 41,
    /// <summary>A verb that says something only together with a noun of speech: issued (a warning), made (threats).</summary>
    Gives = 1UL << 42,

    Noun = PersonNoun | OrganizationNoun | GroupNoun | AnonymousNoun | DocumentNoun | PostNoun | BroadcastNoun,
    Medium = DocumentNoun | PostNoun | BroadcastNoun,
    Cue = Reports | ReportsThing | Directs | Tells | Cites | Shows,
}
