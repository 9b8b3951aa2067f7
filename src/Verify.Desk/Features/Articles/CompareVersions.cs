using Dapper;
using DiffPlex;
using DiffPlex.Chunkers;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
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
    // Word by word costs with the square of what differs: a paragraph that was written anew is shown as such.
    private const int LongestByWords = 20_000;

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
        return new VersionDifferences(query.Article, await connection.QuerySingleAsync<string>(Title, new { Id = id }), query.From, query.To, Paragraphs(before, after));
    }

    internal static IReadOnlyList<ParagraphDifference> Paragraphs(string before, string after)
    {
        var rows = SideBySideDiffBuilder.Diff(Differ.Instance, before, after, ignoreWhiteSpace: true, ignoreCase: false, new LineChunker(), new CharacterChunker());
        var all = rows.OldText.Lines.Zip(rows.NewText.Lines).Select(pair => Of(pair.First, pair.Second)).Where(p => p is not null).Select(p => p!).ToList();
        var shown = new List<ParagraphDifference>();
        for (var i = 0; i < all.Count; i++)
        {
            var near = all[i].Kind != "same" || i > 0 && all[i - 1].Kind != "same" || i + 1 < all.Count && all[i + 1].Kind != "same";
            if (near) shown.Add(all[i]);
            else if (shown.Count == 0 || shown[^1].Kind != "skipped") shown.Add(new("skipped", []));
        }
        return shown;
    }

    private static ParagraphDifference? Of(DiffPiece old, DiffPiece now)
    {
        var (was, isNow) = (old.Text ?? "", now.Text ?? "");
        if (string.IsNullOrWhiteSpace(was) && string.IsNullOrWhiteSpace(isNow)) return null;
        if (now.Type == ChangeType.Unchanged) return new("same", [new("same", isNow)]);
        if (old.Type == ChangeType.Imaginary || string.IsNullOrWhiteSpace(was)) return new("added", [new("added", isNow)]);
        if (now.Type == ChangeType.Imaginary || string.IsNullOrWhiteSpace(isNow)) return new("removed", [new("removed", was)]);
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
