using Dapper;
using Verify.Attribution;
using Verify.Desk.Definitions;
using Verify.Desk.Requests;
using Verify.Desk.Runtimes;
using Verify.Workflow.Definitions;
using Verify.Workflow.Expressions;

namespace Verify.Desk.Data;

/// <summary>Begins a workflow item for a claim; shared by whatever finds claims: the intake, a new version, a checker's eye.</summary>
public sealed class ClaimStart(Session session, Catalog catalog, ItemFlow flow)
{
    private const string StoredDefinition = $"SELECT {DefinitionRow.Columns} FROM definitions WHERE definition_id = @Id AND version = @Version";
    private const string InsertDefinition = "INSERT INTO definitions (definition_id, version, sha256, json, created_at) VALUES (@DefinitionId, @Version, @Sha256, @Json, @CreatedAt)";

    /// <summary>Null, or why no item may be started on this definition.</summary>
    public async Task<Refusal?> StoreDefinition(string definitionId)
    {
        var entry = catalog.Find(definitionId)!;
        var d = entry.Definition;
        var stored = await session.Connection.QuerySingleOrDefaultAsync<DefinitionRow>(StoredDefinition, new { d.Id, d.Version });
        if (stored is not null)
            return stored.Sha256 == entry.Sha256 ? null
                : Refused.Definition("definition_changed", $"{entry.File}: '{d.Id}' version {d.Version} was used in another form; raise its version");
        // Once for each version: nothing starts on a definition on which work can be lost.
        if (Soundness.CheckStrictly(d) is [var unsound, ..])
            return Refused.Definition("broken_definition", $"{entry.File}, activity '{unsound.Activity}': {unsound.Reason} [{unsound.Code}]");
        var row = new DefinitionRow { DefinitionId = d.Id, Version = d.Version, Sha256 = entry.Sha256, Json = entry.Json, CreatedAt = session.NowMs };
        await session.Connection.ExecuteAsync(InsertDefinition, row);
        await session.Audit.Append(session.ActorName, "DefinitionStored", session.NowMs, row, null, new { d.Id, d.Version }, []);
        return null;
    }

    /// <summary>Which definition a claim goes by, stored and ready.</summary>
    public async Task<Result<Route>> Route(AttributedClaim claim, string text)
    {
        if (catalog.Refusal is { } broken) return broken;
        var route = catalog.Routing!.Of(claim, text);
        return await StoreDefinition(route.Definition) is { } refusal ? refusal : route;
    }

    /// <summary>The current version of a definition.</summary>
    public long VersionOf(string definitionId) => catalog.Find(definitionId)!.Definition.Version;

    /// <param name="ordinal">Its place among the article's claims, from 1.</param>
    /// <param name="parent">Ordinal of the claim in whose content it stands.</param>
    public async Task<ClaimRow> Start(ArticleRow article, long articleVersion, string text, AttributedClaim claim, Route route, long ordinal, long? parent)
    {
        var definition = catalog.Find(route.Definition)!.Definition;
        var id = Ids.New(session.Now);
        var row = ClaimForm.Describe(new ClaimRow
        {
            Id = id,
            ArticleId = article.Id,
            ArticleVersion = articleVersion,
            Ordinal = ordinal,
            ParentOrdinal = parent,
            Confidence = claim.Confidence,
            Construction = claim.Construction,
            DefinitionId = definition.Id,
            DefinitionVersion = definition.Version,
            Route = route.Reason,
            Status = "in-review",
            Round = 1,
            StartedBy = session.Actor?.Id,
            CreatedAt = session.NowMs,
        }, claim, text);
        var change = flow.Start(row, definition, new FlowObject([new("ClaimId", id)]));
        var written = await Items.Write(session, change, isNew: true);
        await SearchIndex.AddClaim(session.Connection, change.Claim, claim.Chain.Select(l => l.Resolved));
        await session.Audit.Append(session.ActorName, "ClaimStarted", session.NowMs, change.Claim, null, new { article.Number, ordinal, definition = definition.Id, version = definition.Version }, written);
        return change.Claim;
    }
}
