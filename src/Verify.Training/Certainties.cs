using Verify.Attribution.Syntax;

namespace Verify.Training;

/// <summary>Counts what follows where certain tags meet: what is nearly always the same need not be weighed.</summary>
internal sealed class Certainties
{
    private const int Least = 40;
    private const double Nearly = 0.995;

    private readonly Dictionary<int, int[]> _moves = [];
    private readonly Dictionary<int, int[]> _relations = [];

    public void Move(int place, int move) => Count(_moves, place, 3)[move]++;
    public void Relation(int place, Relation relation) => Count(_relations, place, Names.Relations)[(int)relation]++;

    public void Settle(Model model)
    {
        foreach (var (place, counts) in _moves)
            if (Certain(counts) is var move and >= 0) model.CertainMoves[place] = (byte)(move + 1);
        foreach (var (place, counts) in _relations)
            if (Certain(counts) is var relation and > 0) model.CertainRelations[place] = (byte)relation;
    }

    private static int[] Count(Dictionary<int, int[]> all, int place, int width)
    {
        if (!all.TryGetValue(place, out var counts)) all[place] = counts = new int[width];
        return counts;
    }

    private static int Certain(int[] counts)
    {
        var best = Array.IndexOf(counts, counts.Max());
        return counts.Sum() >= Least && counts[best] >= counts.Sum() * Nearly ? best : -1;
    }
}
