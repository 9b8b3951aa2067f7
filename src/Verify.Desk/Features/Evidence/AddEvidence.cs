using System.Text.Json.Serialization;
using Dapper;
using FluentValidation;
using MediatR;
using Verify.Attribution;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Evidence;

/// <summary>Attaches a new piece of evidence to a claim, and proposes where it got it from.</summary>
/// <param name="Kind">One of <see cref="EvidenceTerms.Kinds"/>.</param>
/// <param name="Stance">One of <see cref="EvidenceTerms.Stances"/>.</param>
/// <param name="Reference">An address or a citation; needed where there is no file.</param>
/// <param name="GroundRules">One of <see cref="EvidenceTerms.GroundRules"/>.</param>
/// <param name="ObtainedFrom">Whom it came from: the publisher, the person who handed it over.</param>
/// <param name="Date">Of the thing itself: yyyy-MM-dd.</param>
/// <param name="Origin">Where it got it from, confirmed at once: <c>original</c>, <c>E4</c>, <c>S2</c>, <c>12</c>, <c>12.3</c>, or a name.</param>
public sealed record AddEvidence(string Claim, string Kind, string Stance, string? Title = null, string? Reference = null, string GroundRules = "on-the-record",
    string? ObtainedFrom = null, string? ObtainedHow = null, string? Date = null, string? Note = null, string? Origin = null) : Command<EvidenceAdded>, IPrepares
{
    /// <summary>As much of a text as its sources are looked for in, in characters.</summary>
    private const int Read = 1_000_000;

    [JsonIgnore]
    public EvidenceFile? File { get; init; }
    /// <summary>Stands for the file in an idempotency key.</summary>
    public string? Sha256 => File?.Sha256;

    private IReadOnlyList<AttributedClaim> _claims = [];

    public override bool NeedsUser => false;
    internal string? Text => File?.Text is { } text ? text.Length <= Read ? text : text[..(char.IsHighSurrogate(text[Read - 1]) ? Read - 1 : Read)] : null;
    internal IReadOnlyList<AttributedClaim> ClaimsInIt => _claims;

    public ValueTask Prepare(DeskDatabase database, DateTimeOffset now)
    {
        _claims = Text is { } text && !EvidenceTerms.IsFirstHand(Kind) ? Extractor.Extract(text) : [];
        return default;
    }
}

/// <param name="Origins">What its text says of where it came from, for a checker to confirm.</param>
/// <param name="SameContentAs">Other pieces with the very same content.</param>
public sealed record EvidenceAdded(string Evidence, string Claim, bool HasText, IReadOnlyList<OriginLine> Origins, IReadOnlyList<string> SameContentAs, IReadOnlyList<ReopenedClaim> Reopened);

/// <param name="To">A reference (<c>S2</c>, <c>E4</c>, <c>12</c>), or <c>original</c>.</param>
public sealed record OriginLine(string To, string Name, string? Via, string? Words, string Status);

public sealed class AddEvidenceValidator : AbstractValidator<AddEvidence>
{
    public AddEvidenceValidator()
    {
        RuleFor(c => c.Kind).Must(EvidenceTerms.Kinds.Contains).WithMessage(c => $"'{c.Kind}' is not a kind of evidence; use one of: {string.Join(", ", EvidenceTerms.Kinds)}");
        RuleFor(c => c.Stance).Must(EvidenceTerms.Stances.Contains).WithMessage(c => $"'{c.Stance}' is not a stance; use one of: {string.Join(", ", EvidenceTerms.Stances)}");
        RuleFor(c => c.GroundRules).Must(EvidenceTerms.GroundRules.Contains).WithMessage(c => $"'{c.GroundRules}' are no ground rules; use one of: {string.Join(", ", EvidenceTerms.GroundRules)}");
        RuleFor(c => c).Must(c => c.File is not null || !string.IsNullOrWhiteSpace(c.Reference)).WithMessage("give a file, a --text, or a --reference");
        RuleFor(c => c.Reference).Must(r => r is null || !Uri.TryCreate(r.Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("javascript" or "data" or "vbscript" or "file")).WithMessage("the reference must be an address (https://…) or a citation");
        RuleFor(c => c.Title).MaximumLength(1000).WithMessage("the title is longer than 1,000 characters");
        RuleFor(c => c.Reference).MaximumLength(4000).WithMessage("the reference is longer than 4,000 characters");
        RuleFor(c => c.Note).MaximumLength(20_000).WithMessage("the note is longer than 20,000 characters");
        RuleFor(c => c.ObtainedFrom).MaximumLength(1000).WithMessage("--from is longer than 1,000 characters");
        RuleFor(c => c.ObtainedHow).MaximumLength(4000).WithMessage("--how is longer than 4,000 characters");
        RuleFor(c => c.Date).Must(d => d is null || DateOnly.TryParseExact(d, "yyyy-MM-dd", out _)).WithMessage("the date must be yyyy-MM-dd");
    }
}

public sealed class AddEvidenceHandler(Session session, OriginWriter origins, GroundWatch watch) : IRequestHandler<AddEvidence, Result<EvidenceAdded>>
{
    private const string HasContent = "SELECT EXISTS (SELECT 1 FROM contents WHERE sha256 = @Sha256)";
    private const string SameContent = $"SELECT number FROM evidence WHERE content = @Sha256 AND (@Checks OR ground_rules NOT IN {EvidenceRow.WithheldRules}) ORDER BY number";
    private const string InsertContent = "INSERT INTO contents (sha256, media_type, size, bytes, text, created_at) VALUES (@Sha256, @MediaType, @Size, @Bytes, @Text, @CreatedAt)";
    private const string NextNumber = "SELECT coalesce(max(number), 0) + 1 FROM evidence";
    private const string InsertEvidence = """
        INSERT INTO evidence (id, number, kind, title, reference, content, ground_rules, obtained_from, obtained_how, dated_on, note, added_by, created_at, withdrawn_at, withdrawn_why)
        VALUES (@Id, @Number, @Kind, @Title, @Reference, @Content, @GroundRules, @ObtainedFrom, @ObtainedHow, @DatedOn, @Note, @AddedBy, @CreatedAt, @WithdrawnAt, @WithdrawnWhy)
        """;

    public async Task<Result<EvidenceAdded>> Handle(AddEvidence command, CancellationToken cancellationToken)
    {
        var claim = await References.LoadClaim(session.Connection, command.Claim);
        if (claim is null) return Refused.NotFound("claim", command.Claim);
        if (await session.Connection.QuerySingleOrDefaultAsync<long?>(EvidenceLinks.Twin, new { Id = "", Content = command.Sha256, Reference = command.Reference?.Trim(), ClaimId = claim.Id }) is { } there) return Refused.AlreadyAttached(References.Evidence(there));
        var same = command.File is null ? [] : (await session.Connection.QueryAsync<long>(SameContent, new { command.Sha256, Checks = session.Actor?.HasOneOf(Roles.Checkers) ?? true })).Select(References.Evidence).ToList();
        var written = new List<IAuditedRow>();
        if (command.File is { } file && await session.Connection.ExecuteScalarAsync<long>(HasContent, new { command.Sha256 }) == 0) written.Add(await StoreContent(file));
        var evidence = await Store(command);
        var link = new EvidenceClaimRow { EvidenceId = evidence.Id, ClaimId = claim.Id, Stance = command.Stance, AddedBy = session.Actor?.Id, CreatedAt = session.NowMs };
        await session.Connection.ExecuteAsync(EvidenceLinks.Insert, link);
        written.Add(link);
        written.Add(await Custody.Log(session, evidence.Id, "added", $"to {command.Claim}, {command.Stance}"));
        var proposed = await origins.Propose(claim, evidence, EvidenceTerms.IsFirstHand(command.Kind), command.Text, command.ClaimsInIt);
        if (command.Origin is not null)
        {
            // Who writes may bring evidence; where it comes from is for a checker to say.
            if (session.Actor is { } actor && !actor.HasOneOf(Roles.Checkers)) return Refused.WrongRole(actor.Name, Roles.Checkers);
            if (await MendedClaim.WriterOf(session, claim.Id) is { } conflict) return conflict;
            var target = await origins.Resolve(command.Origin, "unknown", claim.ArticleId, evidence.Id);
            if (target.Refusal is { } unknown) return unknown;
            var confirmed = await origins.Confirm(claim.Id, "evidence", evidence.Id, target.Value.Kind, target.Value.Id, null, also: false);
            proposed = [.. proposed.Where(p => confirmed.All(c => c.Id != p.Id)), .. confirmed];
        }
        await session.Audit.Append(session.ActorName, "EvidenceAdded", session.NowMs, evidence, null, new { evidence = References.Evidence(evidence.Number), claim = command.Claim, command.Stance }, [.. written, .. proposed]);
        await Index(evidence, claim.Id, command.File?.Text);
        // Support adds to the ground; what speaks against the claim moves it.
        var reopened = command.Stance != "refutes" ? [] : await watch.ReopenAll([claim.Id], new("evidence", References.Evidence(evidence.Number), $"{evidence.Called} speaks against it"));
        var lines = new List<OriginLine>();
        foreach (var p in proposed.Where(p => p.Status != "rejected")) lines.Add(await OriginLines.Of(session.Connection, p));
        return new EvidenceAdded(References.Evidence(evidence.Number), command.Claim, command.File?.Text is not null, lines, same, reopened);
    }

    private async Task<ContentRow> StoreContent(EvidenceFile file)
    {
        var row = new ContentRow { Sha256 = file.Sha256, MediaType = file.MediaType, Size = file.Bytes.Length, Bytes = file.Bytes, Text = file.Text is null ? null : WellFormed(file.Text), CreatedAt = session.NowMs };
        await session.Connection.ExecuteAsync(InsertContent, row);
        return row;
    }

    // A reader of PDF may hand over half a character: nothing could be hashed or stored with it.
    private static string WellFormed(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text)).Replace('\0', ' ');

    // A name with a line break in it would forge lines in lists.
    private static string OneLine(string s) => string.Join(' ', s.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private async Task<EvidenceRow> Store(AddEvidence c)
    {
        static string? Blank(string? s) => string.IsNullOrWhiteSpace(s) ? null : s.Trim();
        var row = new EvidenceRow
        {
            Id = Ids.New(session.Now),
            Number = await session.Connection.ExecuteScalarAsync<long>(NextNumber),
            Kind = c.Kind,
            Title = OneLine(Blank(c.Title) ?? Blank(c.File?.Name) ?? c.Reference!.Trim()),
            Reference = Blank(c.Reference),
            Content = c.Sha256,
            GroundRules = c.GroundRules,
            ObtainedFrom = Blank(c.ObtainedFrom),
            ObtainedHow = Blank(c.ObtainedHow),
            DatedOn = c.Date,
            Note = Blank(c.Note),
            AddedBy = session.Actor?.Id,
            CreatedAt = session.NowMs,
        };
        await session.Connection.ExecuteAsync(InsertEvidence, row);
        return row;
    }

    private async Task Index(EvidenceRow e, string claimId, string? text)
    {
        // What was given off the record is found by its title alone: search asks nobody who they are, and no view of it is recorded.
        var hushed = e.Withheld;
        await SearchIndex.Add(session.Connection, "evidence", e.Id, claimId, hushed ? e.Title : string.Join(' ', new[] { e.Title, e.Reference, e.ObtainedFrom, e.ObtainedHow, e.Note }.OfType<string>()));
        if (text is not null && !hushed) await SearchIndex.Add(session.Connection, "document", e.Id, claimId, text.Replace("-\r\n", "", StringComparison.Ordinal).Replace("-\n", "", StringComparison.Ordinal));
    }
}
