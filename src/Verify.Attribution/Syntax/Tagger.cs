using System.Runtime.CompilerServices;

namespace Verify.Attribution.Syntax;

/// <summary>Gives each word its part of speech, from left to right (averaged perceptron over hashed features).</summary>
internal static class Tagger
{
    public const int Features = 21;

    /// <summary>Tags the words from <paramref name="from"/> to <paramref name="to"/>, both included, as a sentence of their own.</summary>
    public static void Run(Model model, Tree tree, int from, int to)
    {
        Span<uint> features = stackalloc uint[Features];
        Span<short> scores = stackalloc short[Weights.Width];
        for (var i = from; i <= to; i++)
        {
            if (tree.Tags[i] != Tag.None) continue;
            if ((tree.Shapes[i] & 1) == 0 && model.AlwaysTagged(tree.Words[i]) is var tag and not Tag.None) { tree.Tags[i] = tag; continue; }
            Read(tree, i, i == from, features);
            tree.Tags[i] = (Tag)Weights.Best(model.TagWeights, Model.TagBits, features, scores, Names.Tags);
        }
    }

    /// <summary>What word <paramref name="i"/> looks like where it stands, hashed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Read(Tree t, int i, bool opens, Span<uint> rows)
    {
        var (w, p1, p2) = (t.Words[i], (uint)t.Tags[i - 1], i > 1 ? (uint)t.Tags[i - 2] : 0);
        var (w1, wn) = (t.Words[i - 1], t.Words[i + 1]);
        var (suffix, shape) = (t.Suffixes[i], t.Shapes[i]);
        var first = opens ? 256u : 0;
        rows[0] = Weights.Mix(1, w, 0);
        rows[1] = Weights.Mix(2, suffix, 0);
        rows[2] = Weights.Mix(3, shape | first, 0);
        rows[3] = Weights.Mix(4, p1, p2);
        rows[4] = Weights.Mix(5, p1, w);
        rows[5] = Weights.Mix(6, wn, 0);
        rows[6] = Weights.Mix(7, w1, 0);
        rows[7] = Weights.Mix(9, t.Suffixes[i + 1], 0);
        rows[8] = Weights.Mix(10, p1, suffix);
        rows[9] = Weights.Mix(11, w, wn);
        rows[10] = Weights.Mix(12, w1, w);
        rows[11] = Weights.Mix(13, suffix, shape | first);
        rows[12] = Weights.Mix(14, p1, t.Suffixes[i + 1]);
        rows[13] = Weights.Mix(16, p1 << 8 | p2, suffix);
        rows[14] = Weights.Mix(17, t.Endings[i], shape | first);
        rows[15] = Weights.Mix(18, t.Beginnings[i], shape & 0xF);
        rows[16] = Weights.Mix(19, t.Endings[i + 1], p1);
        rows[17] = Weights.Mix(21, t.Kinds[i], p1);
        rows[18] = Weights.Mix(22, t.Kinds[i], t.Kinds[i + 1]);
        rows[19] = Weights.Mix(23, t.Kinds[i + 1], p1);
        rows[20] = Weights.Mix(24, t.Kinds[i], t.Kinds[i - 1] ^ p1 << 24);
    }
}
