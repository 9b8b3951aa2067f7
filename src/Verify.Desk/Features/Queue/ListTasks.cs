using System.Globalization;
using System.Text;
using Dapper;
using FluentValidation;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Queue;

/// <summary>Open tasks, the earliest due first.</summary>
/// <param name="Assignee">A user's name, or <c>none</c> for tasks that nobody has taken.</param>
/// <param name="For">A user's name: only tasks whose role the user has.</param>
/// <param name="Desk">Only tasks on articles of this desk of the newsroom.</param>
/// <param name="LatestFirst">The latest due first instead.</param>
/// <param name="Limit">Lines on a page, 1 to 1,000.</param>
/// <param name="After">The <see cref="TaskPage.Next"/> of the page before; null for the first.</param>
public sealed record ListTasks(string? Role = null, string? Assignee = null, string? Step = null, string? Article = null, bool Overdue = false, int Limit = 50, string? After = null,
    string? For = null, string? Desk = null, bool LatestFirst = false) : Query<TaskPage>;

public sealed record TaskLine
{
    public string Task { get; init; } = "";
    public string Step { get; init; } = "";
    public string Role { get; init; } = "";
    public string? Assignee { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public bool Overdue { get; init; }
    public bool Escalated { get; init; }
    public string? Speaker { get; init; }
    public string Content { get; init; } = "";
    public string ArticleTitle { get; init; } = "";
    public string? Desk { get; init; }
    /// <summary>How sure the extractor was that it is a claim: 0 to 1.</summary>
    public double Confidence { get; init; }
    public long Version { get; init; }
}

/// <param name="Next">Asks for the next page; null on the last.</param>
public sealed record TaskPage(IReadOnlyList<TaskLine> Tasks, string? Next);

public sealed class ListTasksValidator : AbstractValidator<ListTasks>
{
    public ListTasksValidator()
    {
        RuleFor(q => q.Limit).InclusiveBetween(1, 1000).WithMessage("--limit must be from 1 to 1000");
        RuleFor(q => q.Role).Must(r => r is null || Roles.All.Contains(r)).WithMessage(q => $"'{q.Role}' is not a role; roles are: {string.Join(", ", Roles.All)}");
        RuleFor(q => q.After).Must(a => a is null || ListTasksHandler.TryReadCursor(a, out _)).WithMessage("--after is not a page mark of this queue");
    }
}

public sealed class ListTasksHandler(DeskDatabase database, TimeProvider clock) : IRequestHandler<ListTasks, Result<TaskPage>>
{
    // What a page holds is found on the tasks alone; only its own lines are looked up in the other tables.
    private const string Pick = "SELECT t.claim_id AS claim_id, t.token AS token, t.due_at AS due_at FROM tasks t WHERE t.status = 'open'";
    private const string Lines = """
        SELECT t.claim_id AS ClaimId, t.token AS Token, t.step AS Step, t.role AS Role, u.name AS Assignee, t.due_at AS DueAt, t.desk AS Desk,
            c.escalated_at AS EscalatedAt, c.speaker AS Speaker, c.content AS Content, c.confidence AS Confidence, c.ordinal AS Ordinal, c.version AS Version, a.number AS Article, a.title AS Title
        FROM k JOIN tasks t ON t.claim_id = k.claim_id AND t.token = k.token JOIN claims c ON c.id = t.claim_id JOIN articles a ON a.id = c.article_id LEFT JOIN users u ON u.id = t.assignee
        """;
    private const int MostMerged = 50; // steps; beyond, to prepare the merging costs more than to sort

    public async Task<Result<TaskPage>> Handle(ListTasks query, CancellationToken cancellationToken)
    {
        await using var connection = database.OpenReader();
        await using var moment = connection.BeginTransaction(deferred: true); // the steps and their tasks as they are together
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var where = new StringBuilder(Pick);
        var p = new DynamicParameters(new { Now = now, query.Step, query.Desk, Limit = query.Limit + 1 });
        if (query.Desk is not null) where.Append(" AND t.desk = @Desk");
        if (query.Overdue) where.Append(" AND t.due_at < @Now");
        if (query.Assignee == "none") where.Append(" AND t.assignee IS NULL");
        else if (query.Assignee is not null)
        {
            if (await connection.QuerySingleOrDefaultAsync<UserRow>(UserRow.ByName, new { Name = query.Assignee }) is not { } user) return Refused.UnknownUser(query.Assignee);
            p.Add("Assignee", user.Id);
            where.Append(" AND t.assignee = @Assignee");
        }
        if (query.Article is not null)
        {
            var article = await References.FindArticle(connection, query.Article);
            if (article is null) return Refused.NotFound("article", query.Article);
            p.Add("ArticleId", article);
            where.Append(" AND t.claim_id IN (SELECT id FROM claims WHERE article_id = @ArticleId)");
        }
        if (query.After is not null && TryReadCursor(query.After, out var cursor))
        {
            p.AddDynamicParams(new { cursor.Due, cursor.Claim, cursor.Token });
            where.Append(query.LatestFirst ? " AND (t.due_at, t.claim_id, t.token) < (@Due, @Claim, @Token)" : " AND (t.due_at, t.claim_id, t.token) > (@Due, @Claim, @Token)");
        }
        var roles = query.Role is null ? Roles.All : [query.Role];
        if (query.For is not null)
        {
            if (await connection.QuerySingleOrDefaultAsync<UserRow>(UserRow.ByName, new { Name = query.For }) is not { } user) return Refused.UnknownUser(query.For);
            roles = [.. roles.Where(r => user.HasOneOf(Roles.Satisfying(r)))];
        }
        // One holder's tasks, one desk's and one article's are few, and have an index of their own.
        var few = query.Desk is not null || query.Article is not null || query.Assignee is not (null or "none");
        var steps = few ? [] : (await OpenSteps.Of(connection, roles)).Where(s => query.Step is null || s.Step == query.Step).ToList();
        if (few ? roles.Count == 0 : steps.Count == 0) return new TaskPage([], null);
        var order = query.LatestFirst ? "DESC" : "ASC";
        var picked = few || steps.Count > MostMerged ? Sorted(where, query, roles, order, p) : Merged(where.ToString(), steps, order, p);
        var rows = (await connection.QueryAsync<Row>($"WITH k AS ({picked}) {Lines} ORDER BY t.due_at {order}, t.claim_id {order}, t.token {order}", p)).ToList();
        var more = rows.Count > query.Limit;
        if (more) rows.RemoveAt(rows.Count - 1);
        return new TaskPage([.. rows.Select(r => r.ToLine(now))], more ? rows[^1].Cursor : null);
    }

    private static string Page(string order) => $" ORDER BY due_at {order}, claim_id {order}, token {order} LIMIT @Limit";

    // The index holds one step's tasks in order, not those of several: the first of each, merged.
    private static string Merged(string where, List<OpenStep> steps, string order, DynamicParameters p)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            p.Add($"Role{i}", steps[i].Role);
            p.Add($"Step{i}", steps[i].Step);
        }
        var each = steps.Select((_, i) => $"SELECT * FROM ({where} AND t.role = @Role{i} AND t.step = @Step{i}{Page(order)})");
        return $"SELECT * FROM ({string.Join(" UNION ALL ", each)}){Page(order)}";
    }

    // With a plus, so that the index over the steps is left aside for the narrower one.
    private static string Sorted(StringBuilder where, ListTasks query, IReadOnlyList<string> roles, string order, DynamicParameters p)
    {
        if (query.Step is not null) where.Append(" AND +t.step = @Step");
        for (var i = 0; i < roles.Count; i++) p.Add($"Role{i}", roles[i]);
        where.Append(" AND +t.role IN (").AppendJoin(", ", roles.Select((_, i) => $"@Role{i}")).Append(')');
        return where.Append(Page(order)).ToString();
    }

    internal static bool TryReadCursor(string text, out (long Due, string Claim, long Token) cursor)
    {
        cursor = default;
        var parts = text.Split('_');
        if (parts.Length != 3 || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var due) || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var token)) return false;
        cursor = (due, parts[1], token);
        return true;
    }

    private sealed record Row
    {
        public string ClaimId { get; init; } = "";
        public long Token { get; init; }
        public string Step { get; init; } = "";
        public string Role { get; init; } = "";
        public string? Assignee { get; init; }
        public long DueAt { get; init; }
        public long? EscalatedAt { get; init; }
        public string? Speaker { get; init; }
        public string Content { get; init; } = "";
        public long Ordinal { get; init; }
        public long Version { get; init; }
        public long Article { get; init; }
        public string Title { get; init; } = "";
        public string? Desk { get; init; }
        public double Confidence { get; init; }

        public string Cursor => string.Create(CultureInfo.InvariantCulture, $"{DueAt}_{ClaimId}_{Token}");

        public TaskLine ToLine(long now) => new()
        {
            Task = References.Task(Article, Ordinal, Token),
            Step = Step,
            Role = Role,
            Assignee = Assignee,
            DueAt = DueAt == ItemChange.Never ? null : DateTimeOffset.FromUnixTimeMilliseconds(DueAt),
            Overdue = DueAt < now,
            Escalated = EscalatedAt is not null,
            Speaker = Speaker,
            Content = Content,
            ArticleTitle = Title,
            Desk = Desk,
            Confidence = Confidence,
            Version = Version,
        };
    }
}
