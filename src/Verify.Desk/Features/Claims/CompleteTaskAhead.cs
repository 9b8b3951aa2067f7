using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Claims;

/// <summary>Most of what a decision costs is reading and judging; a desk of many does that beside the writer, not in it.</summary>
public sealed class CompleteTaskAhead(DeskDatabase database, TaskDecisions decisions, TimeProvider clock) : IJudgesAhead<CompleteTask>
{
    public async Task JudgeAhead(CompleteTask command)
    {
        if (command.As is null) return;
#pragma warning disable CA1031 // whatever stands in the way is met again, and told, when the command's turn comes
        try
        {
            await database.Read(reader => decisions.JudgeAhead(reader, command.As, clock, command.Task, command.Choice));
        }
        catch (Exception) { }
#pragma warning restore CA1031
    }
}
