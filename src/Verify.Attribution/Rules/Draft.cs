using Verify.Attribution.Reading;

namespace Verify.Attribution.Rules;

/// <summary>A claim in the making: links are still phrases, content still ranges of tokens.</summary>
internal sealed class Draft
{
    public required string Construction { get; init; }
    /// <summary>The token of the cue that decides where this claim stands among the others.</summary>
    public required int CueToken { get; set; }
    public List<(int From, int To)> Content { get; } = [];
    public List<DraftLink> Links { get; } = [];
    public ContentForm Form { get; set; } = ContentForm.Clause;
    /// <summary>The subject that a following "adding that …" shares.</summary>
    public Phrase Subject { get; set; } = Phrase.None;
    /// <summary>How sure the judge is of it, 0 to 1.</summary>
    public double Confidence { get; set; } = 1;
    /// <summary>What the judge weighs: hashed observations of how this draft came about.</summary>
    public List<uint> Signs { get; } = new(24);
}

/// <param name="Cue">Ranges of tokens; empty when another link holds the cue.</param>
internal sealed record DraftLink(LinkRole Role, Phrase Mention, (int From, int To)? Cue);
