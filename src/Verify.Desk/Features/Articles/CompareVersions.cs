using Dapper;
using DiffPlex;
using DiffPlex.Chunkers;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using DiffPlex.Model;
using MediatR;
using Verify.Desk.Data;
using Verify.Desk.Requests;

namespace Verify.Desk.Features.Articles;

/// <summary>Two versions of an article, paragraph by paragraph, with the words that differ.</summary>
public sealed record CompareVersions(string Article, long From, long To) : Query<VersionDifferences>;

/// <param name="Paragraphs">In order; runs of unchanged paragraphs are left out but for one on either side.</param>
public sealed record VersionDifferences(string Article, string Title, long From, long To, IReadOnlyList<ParagraphDifference> Paragraphs);

/// <param name="Kind"><c>same</c>, <c>changed</c>, <c>added</c>, <c>removed</c>, or <c>skipped</c>: unchanged and not shown.</param>
/// <param name="Words">The paragraph in pieces; of a changed one, both what was and what is.</param>
public sealed record ParagraphDifference(string Kind, IReadOnlyList<WordDifference> Words);

/// <param name="Kind"><c>same</c>, <c>added</c> or <c>removed</c>.</param>
public sealed record WordDifference(string Kind, string Text);

public sealed class CompareVersionsHandler(DeskDatabase database) : IRequestHandler<CompareVersions, Result<VersionDifferences>>
{
    // What differs costs with its square: a paragraph that was written anew is shown as such, and a book is not compared.
    private const int LongestByWords = 20_000;
    private const int MostLines = 10_000;

    private const string Title = "SELECT title FROM articles WHERE id = @Id";
    private const string Text = "SELECT text FROM snapshots WHERE article_id = @Id AND version = @Version";

    public async Task<Result<VersionDifferences>> Handle(CompareVersions query, CancellationToken cancellationToken)
    {
        await using var connection = database.OpenReader();
        var id = await References.FindArticle(connection, query.Article);
        if (id is null) return Refused.NotFound("article", query.Article);
        var before = await connection.QuerySingleOrDefaultAsync<string>(Text, new { Id = id, Version = query.From });
        var after = await connection.QuerySingleOrDefaultAsync<string>(Text, new { Id = id, Version = query.To });
        if (before is null || after is null) return Refused.NotFound("article", $"{query.Article} version {(before is null ? query.From : query.To)}");
        if (Math.Max(before.Count(c => c == '\n'), after.Count(c => c == '\n')) > MostLines) return Refused.Input("too_large", $"a version has more than {MostLines} lines; compare the texts with a program made for that");
        return new VersionDifferences(query.Article, await connection.QuerySingleAsync<string>(Title, new { Id = id }), query.From, query.To, Paragraphs(before, after));
    }

    internal static IReadOnlyList<ParagraphDifference> Paragraphs(string before, string after)
    {
        var all = Pairs(Differ.Instance.CreateDiffs(before, after, ignoreWhiteSpace: true, ignoreCase: false, new LineChunker())).Select(pair => Of(pair.Was, pair.Is)).OfType<ParagraphDifference>().ToList();
        var shown = new List<ParagraphDifference>();
        for (var i = 0; i < all.Count; i++)
        {
            var near = all[i].Kind != "same" || i > 0 && all[i - 1].Kind != "same" || i + 1 < all.Count && all[i + 1].Kind != "same";
            if (near) shown.Add(all[i]);
            else if (shown.Count == 0 || shown[^1].Kind != "skipped") shown.Add(new("skipped", []));
        }
        return shown;
    }

    // Unchanged lines as they are now, and those that stand in each other's place side by side.
    private static IEnumerable<(string? Was, string Is)> Pairs(DiffResult diff)
    {
        var (old, now) = (0, 0);
        foreach (var block in diff.DiffBlocks)
        {
            for (; now < block.InsertStartB; old++, now++) yield return (null, diff.PiecesNew[now]);
            for (var i = 0; i < Math.Max(block.DeleteCountA, block.InsertCountB); i++)
                yield return (i < block.DeleteCountA ? diff.PiecesOld[old + i] : "", i < block.InsertCountB ? diff.PiecesNew[now + i] : "");
            (old, now) = (old + block.DeleteCountA, now + block.InsertCountB);
        }
        for (; now < diff.PiecesNew.Count; now++) yield return (null, diff.PiecesNew[now]);
    }

    /// <param name="was">Null: unchanged.</param>
    private static ParagraphDifference? Of(string? was, string isNow)
    {
        if (string.IsNullOrWhiteSpace(was) && string.IsNullOrWhiteSpace(isNow)) return null;
        if (was is null) return new("same", [new("same", isNow)]);
        if (string.IsNullOrWhiteSpace(was)) return new("added", [new("added", isNow)]);
        if (string.IsNullOrWhiteSpace(isNow)) return new("removed", [new("removed", was)]);
        return new("changed", was.Length + isNow.Length > LongestByWords ? [new("removed", was), new("added", isNow)] : Words(was, isNow));
    }

    private static List<WordDifference> Words(string was, string isNow)
    {
        var words = new List<WordDifference>();
        foreach (var line in InlineDiffBuilder.Diff(was, isNow, ignoreWhiteSpace: false, ignoreCase: false, WordChunker.Instance).Lines)
        {
            var kind = line.Type switch { ChangeType.Inserted => "added", ChangeType.Deleted => "removed", _ => "same" };
            if (words.Count > 0 && words[^1].Kind == kind) words[^1] = new(kind, words[^1].Text + line.Text);
            else words.Add(new(kind, line.Text));
        }
        return words;
    }
}
