using Verify.Desk.Requests;

namespace Verify.Cli;

/// <summary>The exit statuses of <c>verify</c>; the same list stands in <c>verify --help</c> and the README.</summary>
internal static class ExitCodes
{
    public const int Done = 0, Rule = 1, Usage = 2, Input = 3, Database = 4, Definition = 5, NotFound = 6, Found = 7, Bug = 70, Cancelled = 130;

    public static int Of(Refusal refusal) => refusal.Kind switch
    {
        RefusalKind.Rule => Rule,
        RefusalKind.Request => Usage,
        RefusalKind.Input => Input,
        RefusalKind.Database => Database,
        RefusalKind.Definition => Definition,
        _ => NotFound,
    };
}
