using System.Data;
using System.Globalization;
using Dapper;
using Verify.Evidence.Policy;
using Verify.Evidence.Provenance;

namespace Verify.Desk.Data;

/// <summary>A piece of evidence as to one claim.</summary>
public sealed record Exhibit
{
    public string Id { get; init; } = "";
    public long Number { get; init; }
    public string Kind { get; init; } = "";
    public string Title { get; init; } = "";
    public string? ObtainedFrom { get; init; }
    public string? Content { get; init; }
    public string GroundRules { get; init; } = "";
    public string Stance { get; init; } = "";
    public long? WithdrawnAt { get; init; }
    public string Name => References.Evidence(Number);
    public bool Withheld => EvidenceRow.IsWithheld(GroundRules);
}

/// <summary>What a claim rests on: its evidence and where that comes from, as confirmed and as proposed.</summary>
public sealed class ClaimGround
{
    private const string Exhibits = """
        SELECT e.id AS Id, e.number AS Number, e.kind AS Kind, e.title AS Title, e.obtained_from AS ObtainedFrom, e.content AS Content, e.ground_rules AS GroundRules,
            c.stance AS Stance, e.withdrawn_at AS WithdrawnAt
        FROM evidence_claims c JOIN evidence e ON e.id = c.evidence_id
        WHERE c.claim_id = @ClaimId AND c.detached_at IS NULL ORDER BY e.number
        """;
    private const string AsToClaim = $"SELECT {ProvenanceRow.Columns} FROM provenance WHERE from_id = @Id AND claim_id = @ClaimId AND status <> 'rejected' ORDER BY id";
    private const string AsToAny = $"SELECT {ProvenanceRow.Columns} FROM provenance WHERE from_id = @Id AND status <> 'rejected' ORDER BY id";
    // What was said of a source under a name that was merged into it is said of it.
    private const string OfAliases = $"""
        {SourceBook.WithAliases}
        SELECT {ProvenanceRow.Columns} FROM provenance WHERE from_id IN (SELECT id FROM alias) AND status <> 'rejected' ORDER BY id
        """;
    private const string OneEvidence = $"SELECT {EvidenceRow.Columns} FROM evidence WHERE id = @Id";
    private const string OneClaim = "SELECT a.number AS Article, c.ordinal AS Ordinal, c.article_id AS ArticleId, c.status AS Status FROM claims c JOIN articles a ON a.id = c.article_id WHERE c.id = @Id";
    private const string OneArticle = "SELECT number AS Article, 0 AS Ordinal, id AS ArticleId FROM articles WHERE id = @Id";

    private readonly IDbConnection _connection;
    private readonly ClaimRow _claim;
    private readonly Dictionary<string, ProvenanceNode> _nodes = new(StringComparer.Ordinal);
    private readonly List<ProvenanceEdge> _edges = [];
    private readonly HashSet<string> _own = new(StringComparer.Ordinal);
    private readonly HashSet<string> _withheld = new(StringComparer.Ordinal);
    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly HashSet<string> _confirmed = new(StringComparer.Ordinal);

    private ClaimGround(IDbConnection connection, ClaimRow claim) => (_connection, _claim) = (connection, claim);

    public IReadOnlyList<Exhibit> Evidence { get; private set; } = [];
    /// <summary>Every "got it from" of the claim's own evidence that was not rejected.</summary>
    public List<ProvenanceRow> Rows { get; } = [];
    /// <summary>Counted over what checkers confirmed; a piece whose origin nobody confirmed counts for nothing.</summary>
    public IndependenceReport Confirmed { get; private set; } = new(0, 0, [], [], []);
    /// <summary>Counted as if every proposal were right.</summary>
    public IndependenceReport IfProposalsHold { get; private set; } = new(0, 0, [], [], []);
    /// <summary>Pieces whose origin waits for a checker's word.</summary>
    public IReadOnlyList<string> Unconfirmed { get; private set; } = [];
    public bool HasPrimaryDocument => Evidence.Any(e => e is { Kind: "primary-document", WithdrawnAt: null });

    private const string Overridden = "SELECT EXISTS (SELECT 1 FROM overrides WHERE claim_id = @Id AND round = @Round)";

    /// <summary>What a step still needs of the claim's evidence, as clauses; empty: it holds, or an editor lets it go on in this round.</summary>
    public static async Task<IReadOnlyList<string>> Missing(IDbConnection connection, ClaimRow claim, GroundNeeds needs)
    {
        if (await connection.ExecuteScalarAsync<long>(Overridden, new { claim.Id, claim.Round }) == 1) return [];
        var ground = await Of(connection, claim);
        var missing = needs.Missing(ground.Confirmed, ground.HasPrimaryDocument);
        return missing.Count == 0 || ground.Unconfirmed.Count == 0 ? missing : [.. missing, $"nobody has confirmed where {string.Join(", ", ground.Unconfirmed)} came from"];
    }

    public static async Task<ClaimGround> Of(IDbConnection connection, ClaimRow claim)
    {
        var ground = new ClaimGround(connection, claim) { Evidence = [.. await connection.QueryAsync<Exhibit>(Exhibits, new { ClaimId = claim.Id })] };
        await ground.Load();
        return ground;
    }

    private async Task Load()
    {
        _own.Add(await Visit("claim", _claim.Id));
        _own.Add(await Visit("article", _claim.ArticleId));
        foreach (var e in Evidence) await Visit("evidence", e.Id);
        var live = Evidence.Where(e => e.WithdrawnAt is null).ToList();
        // A piece of which nobody has said anything, not even its own words, is no origin by default.
        List<string> Names(string stance, bool confirmed) => [.. live.Where(e => e.Stance == stance && (confirmed ? _confirmed.Contains(e.Name) : _told.Contains(e.Name))).Select(e => e.Name)];
        // Evidence that nobody has traced is no origin, not even of another piece that got it from there.
        List<ProvenanceNode> Nodes(HashSet<string> traced) => [.. _nodes.Values.Select(n => n.Kind == NodeKind.Evidence && !traced.Contains(n.Id) ? n with { Unknown = true } : n)];
        IfProposalsHold = Independence.Of(new(Nodes(_told), _edges), Names("supports", false), Names("refutes", false), _own);
        Confirmed = Independence.Of(new(Nodes(_confirmed), [.. _edges.Where(e => e.Confirmed)]), Names("supports", true), Names("refutes", true), _own);
        Unconfirmed = [.. live.Where(e => e.Stance != "unclear" && !_confirmed.Contains(e.Name)).Select(e => e.Name)];
    }

    /// <summary>What was gone through: every node and way from the claim's evidence to its origins.</summary>
    public IEnumerable<ProvenanceNode> Nodes => _nodes.Values;
    public IEnumerable<ProvenanceEdge> Edges => _edges.Distinct();
    /// <summary>What a node may be called where others read too: what was given off the record, and whom it came from, by their numbers alone.</summary>
    public string Said(ProvenanceNode node) => IsWithheld(node.Id) || node.Kind == NodeKind.Source && _edges.Any(w => w.To == node.Id && IsWithheld(w.From)) ? node.Id : node.Label;
    public bool IsWithheld(string name) => _withheld.Contains(name);
    /// <summary>Whether a node is the claim itself, or its article.</summary>
    public bool IsOwn(ProvenanceNode node) => _own.Contains(node.Id);

    // Adds a node and all that it leads to. Depth first with an explicit stack: chains may be long.
    private async Task<string> Visit(string kind, string id)
    {
        var name = await Name(kind, id);
        var waiting = new Stack<(string Kind, string Id, string Name)>([(kind, id, name)]);
        while (waiting.TryPop(out var at))
        {
            if (!_visited.Add(at.Name)) continue;
            foreach (var row in await RowsOf(at.Kind, at.Id))
            {
                if (at.Kind == "evidence" && row.ClaimId == _claim.Id) Rows.Add(row);
                if (at.Kind == "evidence") _told.Add(at.Name);
                if (row.Status == "confirmed" && at.Kind == "evidence") _confirmed.Add(at.Name);
                if (row.ToKind == "original") continue;
                var toId = row.ToKind == "source" ? (await SourceBook.Canonical(_connection, row.ToId)).Id : row.ToId;
                if (toId == at.Id) continue; // two names of one source: a merger makes nobody his own source
                var to = await Name(row.ToKind, toId);
                _edges.Add(new(at.Name, to, row.Status == "confirmed", row.Via));
                waiting.Push((row.ToKind, toId, to));
            }
        }
        return name;
    }

    // As to this claim where the evidence is this claim's; else as to whatever it was attached for.
    private async Task<IEnumerable<ProvenanceRow>> RowsOf(string kind, string id) => kind == "evidence" && Evidence.Any(e => e.Id == id)
        ? await _connection.QueryAsync<ProvenanceRow>(AsToClaim, new { Id = id, ClaimId = _claim.Id })
        : kind == "source" ? await _connection.QueryAsync<ProvenanceRow>(OfAliases, new { Id = id })
        : await _connection.QueryAsync<ProvenanceRow>(AsToAny, new { Id = id });

    private async Task<string> Name(string kind, string id)
    {
        ProvenanceNode node;
        switch (kind)
        {
            case "evidence":
                var e = await _connection.QuerySingleAsync<EvidenceRow>(OneEvidence, new { Id = id });
                node = new(References.Evidence(e.Number), NodeKind.Evidence, e.Title, e.WithdrawnAt is not null, e.ObtainedFrom is { } from && SourceBook.HasName(from, ""));
                if (e.Withheld) _withheld.Add(node.Id);
                break;
            case "source":
                var s = await SourceBook.Canonical(_connection, id);
                node = new(SourceBook.Reference(s), NodeKind.Source, s.Name, s.RetractedAt is not null, s.ArticleId is null);
                break;
            case "claim":
                var c = await _connection.QuerySingleAsync<Place>(OneClaim, new { Id = id });
                node = new(References.Claim(c.Article, c.Ordinal), NodeKind.Claim, $"claim {References.Claim(c.Article, c.Ordinal)}", c.Status == "dismissed" && id != _claim.Id);
                if (c.ArticleId == _claim.ArticleId) _own.Add(node.Id);
                break;
            default:
                var a = await _connection.QuerySingleAsync<Place>(OneArticle, new { Id = id });
                node = new(a.Article.ToString(CultureInfo.InvariantCulture), NodeKind.Article, $"article {a.Article.ToString(CultureInfo.InvariantCulture)}");
                break;
        }
        _nodes.TryAdd(node.Id, node);
        return node.Id;
    }

    private sealed record Place
    {
        public long Article { get; init; }
        public long Ordinal { get; init; }
        public string ArticleId { get; init; } = "";
        public string Status { get; init; } = "";
    }
}
