using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Claims;

/// <summary>Most of what a decision costs is reading and judging; a desk of many does that beside the writer, not in it.</summary>
public sealed class CompleteTaskAhead(DeskDatabase database, TaskDecisions decisions, TimeProvider clock) : IJudgesAhead<CompleteTask>
{
    public Task JudgeAhead(CompleteTask command) => command.As is null ? Task.CompletedTask
        : database.Read(reader => decisions.JudgeAhead(reader, command.As, clock, command.Task, command.Choice));
}
