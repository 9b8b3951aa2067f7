using System.Data;
using System.Globalization;
using Dapper;
using Verify.Attribution.Language;
using Verify.Desk.Requests;

namespace Verify.Desk.Data;

/// <summary>The sources that the desk knows. What has a name is one source everywhere; "the cable" is one within its article.</summary>
public static class SourceBook
{
    private const string ByKey = $"SELECT {SourceRow.Columns} FROM sources WHERE key = @Key AND coalesce(article_id, '') = coalesce(@ArticleId, '')";
    private const string ById = $"SELECT {SourceRow.Columns} FROM sources WHERE id = @Id";
    private const string ByNumber = $"SELECT {SourceRow.Columns} FROM sources WHERE number = @Number";
    private const string NextNumber = "SELECT coalesce(max(number), 0) + 1 FROM sources";
    private const string Insert = "INSERT INTO sources (id, number, name, kind, key, article_id, created_at, merged_into, retracted_at, why) VALUES (@Id, @Number, @Name, @Kind, @Key, @ArticleId, @CreatedAt, @MergedInto, @RetractedAt, @Why)";

    /// <summary>Opens a statement with <c>alias (id)</c>: the source @Id and every one that was merged into it. Of anything else, itself alone.</summary>
    internal const string WithAliases = "WITH RECURSIVE alias (id) AS (SELECT @Id UNION SELECT s.id FROM sources s JOIN alias a ON s.merged_into = a.id)";

    public static string Reference(SourceRow source) => $"S{source.Number.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Alike for what people take for one name: case, accents, a leading "the".</summary>
    public static string KeyOf(string name)
    {
        var words = Letters.Plain(name).ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words.Length > 1 && words[0] is "the" or "a" or "an" ? words[1..] : words);
    }

    /// <summary>Whether the name means the same one in any article: "Pia Lund" does, "U.S. officials" and "the Courier's reporter" do not.</summary>
    public static bool HasName(string name, string kind)
    {
        if (kind == "anonymous") return false;
        var head = name.Split([' ', '\t', '\u00a0'], StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
        // Scripts without capitals cannot tell; there a name is taken for one.
        return head is not null && name.Any(char.IsLetter) && (char.IsUpper(head[0]) || char.IsDigit(head[0]) || char.IsLetter(head[0]) && !char.IsLower(head[0]));
    }

    public static async Task<SourceRow?> Find(IDbConnection connection, string reference) =>
        References.Lettered(reference, 'S') is { } number
            ? await connection.QuerySingleOrDefaultAsync<SourceRow>(ByNumber, new { Number = number })
            : await connection.QuerySingleOrDefaultAsync<SourceRow>(ById, new { Id = reference });

    public static Task<SourceRow?> FindByName(IDbConnection connection, string name, string kind, string? articleId) =>
        connection.QuerySingleOrDefaultAsync<SourceRow?>(ByKey, new { Key = KeyOf(name), ArticleId = HasName(name, kind) ? null : articleId });

    /// <param name="articleId">Null: a source with a name of its own.</param>
    public static Task<SourceRow?> FindByKey(IDbConnection connection, string key, string? articleId) =>
        connection.QuerySingleOrDefaultAsync<SourceRow?>(ByKey, new { Key = key, ArticleId = articleId });

    /// <summary>The source that a merged one is now part of; itself where it was not merged.</summary>
    public static async Task<SourceRow> Canonical(IDbConnection connection, SourceRow source)
    {
        while (source.MergedInto is { } into) source = await connection.QuerySingleAsync<SourceRow>(ById, new { Id = into });
        return source;
    }

    public static async Task<SourceRow> Canonical(IDbConnection connection, string id) => await Canonical(connection, await connection.QuerySingleAsync<SourceRow>(ById, new { Id = id }));

    /// <param name="articleId">Scope of a source without a name of its own.</param>
    public static async Task<SourceRow> FindOrAdd(Session session, string name, string kind, string? articleId)
    {
        name = name.Trim();
        if (await FindByName(session.Connection, name, kind, articleId) is { } known) return await Canonical(session.Connection, known);
        var source = new SourceRow
        {
            Id = Ids.New(session.Now),
            Number = await session.Connection.ExecuteScalarAsync<long>(NextNumber),
            Name = name,
            Kind = kind,
            Key = KeyOf(name),
            ArticleId = HasName(name, kind) ? null : articleId,
            CreatedAt = session.NowMs,
        };
        await session.Connection.ExecuteAsync(Insert, source);
        await SearchIndex.Add(session.Connection, "source", source.Id, null, name);
        await session.Audit.Append(session.ActorName, "SourceAdded", session.NowMs, source, null, new { source = Reference(source), name }, []);
        return source;
    }
}
