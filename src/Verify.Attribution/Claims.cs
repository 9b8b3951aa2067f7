namespace Verify.Attribution;

/// <summary>A half-open stretch of the article's text, in UTF-16 code units (the offsets of a .NET string).</summary>
public readonly record struct Span(int Start, int End)
{
    public int Length => End - Start;
    public bool Contains(Span other) => other.Start >= Start && other.End <= End;
    public bool Overlaps(Span other) => other.Start < End && other.End > Start;
    public string Of(string text) => text[Start..End];
}

/// <summary>How the content is given: in quotation marks, partly so, or in the article's own words.</summary>
public enum Quotation { Direct, Mixed, Indirect }

/// <summary>Whether the content is a clause ("it has found no trace") or a noun phrase ("the allegations").</summary>
public enum ContentForm { Clause, NounPhrase }

/// <summary>What a link does in the chain: passes on, speaks, or carries the words.</summary>
public enum LinkRole { Relay, Speaker, Medium }

public enum SourceKind { Person, Organization, Group, Anonymous, Document, Post, Broadcast, Unknown }

/// <summary>One link of an attribution chain.</summary>
/// <param name="Mention">The noun phrase as it stands, in an earlier sentence where the claim's own has none; null when the source is only implied.</param>
/// <param name="Resolved">The fullest name that the article gives for it.</param>
/// <param name="Cue">The words that make it a source: "said", "according to".</param>
public sealed record ChainLink(LinkRole Role, SourceKind Kind, Span? Mention, string Resolved, IReadOnlyList<Span> Cue);

/// <summary>A stretch of content that the article presents as communicated by a source.</summary>
/// <param name="Parent">Index of the claim in whose content this one stands; null when it stands alone.</param>
/// <param name="Content">The stretches of content in order; more than one where the cue interrupts it.</param>
/// <param name="Chain">From the link nearest the reader to the origin: relays, the speaker, media. Empty: no source is given.</param>
/// <param name="Confidence">How likely it is that a careful reader would mark this as a claim, 0 to 1, as far as the marked articles tell; for sorting by doubt.</param>
/// <param name="Construction">Which construction was recognised, for example <c>according-to</c>.</param>
public sealed record AttributedClaim(
    int? Parent, Quotation Quotation, ContentForm Form, IReadOnlyList<Span> Content,
    IReadOnlyList<ChainLink> Chain, double Confidence, string Construction)
{
    /// <summary>
    /// The word that gave it away ("said", "according", "reportedly"), also where no source is named; null where the sentence has none
    /// and goes on with what somebody said before it.
    /// </summary>
    public Span? Cue { get; init; }

    public ChainLink? Speaker => Chain.LastOrDefault(l => l.Role == LinkRole.Speaker);
}
