using Microsoft.AspNetCore.Http;
using Verify.Desk;
using Verify.Desk.Data;
using Verify.Desk.Features.Evidence;
using Verify.Desk.Requests;
using Verify.Web.Security;

namespace Verify.Web.Pages;

internal static class Access
{
    /// <summary>Null, or why this viewer does not see this evidence: what was given off the record is for checkers.</summary>
    public static async Task<IResult?> ToEvidence(HttpContext context, VerifyDesk desk, Viewer viewer, string evidence)
    {
        var rules = await desk.Send(new FindGroundRules(evidence), context.RequestAborted);
        if (rules.Refusal is { } refusal) return Page.Refuse(context, refusal);
        return !viewer.Checks && EvidenceRow.IsWithheld(rules.Value) ? Page.Refuse(context, Refused.WrongRole(viewer.Name, Roles.Checkers)) : null;
    }
}
