using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Evidence;

/// <summary>On what terms a piece of evidence was given: who may see it hangs on that.</summary>
public sealed record FindGroundRules(string Evidence) : Query<string>;

public sealed class FindGroundRulesHandler(DeskDatabase database) : IRequestHandler<FindGroundRules, Result<string>>
{
    public async Task<Result<string>> Handle(FindGroundRules query, CancellationToken cancellationToken)
    {
        await using var connection = database.OpenReader();
        return await References.FindEvidence(connection, query.Evidence) is { } e ? e.GroundRules : Refused.NotFound("evidence", query.Evidence);
    }
}
