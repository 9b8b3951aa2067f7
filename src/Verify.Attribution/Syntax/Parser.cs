using System.Runtime.CompilerServices;

namespace Verify.Attribution.Syntax;

internal enum Move : byte { Shift, Left, Right }

/// <summary>
/// Finds the head of each word in one pass (arc-hybrid transitions, averaged perceptron over hashed features): the cost
/// is linear in the length of the sentence, whatever the sentence.
/// </summary>
internal sealed class Parser
{
    public const int ArcFeatures = 39, LabelFeatures = 22;

    private int[] _stack = new int[256];

    /// <summary>Reads the words from <paramref name="from"/> to <paramref name="to"/>, both included, as a sentence of their own.</summary>
    public void Run(Model model, Tree tree, int from, int to)
    {
        Span<uint> features = stackalloc uint[ArcFeatures];
        Span<short> scores = stackalloc short[Weights.Width];
        if (_stack.Length < to - from + 3) _stack = new int[(to - from + 3) * 2];
        tree.CountMarks(from, to);
        var depth = 1;
        _stack[0] = 0;
        var next = from;
        while (next <= to || depth > 1)
        {
            var move = Move.Shift;
            if (depth > 1 && next > to) move = Move.Right;
            else if (depth > 1)
            {
                var certain = depth > 2 ? model.CertainMoves[Model.MovePlace(tree.Tags[_stack[depth - 1]], tree.Tags[next], next < to ? tree.Tags[next + 1] : Tag.None)] : 0;
                if (certain > 0) move = (Move)(certain - 1);
                else
                {
                    ReadArc(tree, _stack.AsSpan(0, depth), next, to, features);
                    move = (Move)Weights.BestOfThree(model.ArcWeights, Model.ArcBits, features);
                }
            }
            if (move == Move.Shift) { _stack[depth++] = next++; continue; }
            var child = _stack[--depth];
            var head = move == Move.Left ? next : _stack[depth - 1];
            var relation = Relation.Root;
            if (head != 0)
            {
                relation = (Relation)model.CertainRelations[Model.RelationPlace(tree.Tags[child], tree.Tags[head], child < head)];
                if (relation != Relation.None) { tree.Attach(child, head, relation); continue; }
                ReadLabel(tree, child, head, features);
                relation = (Relation)Weights.Best(model.LabelWeights, Model.LabelBits, features[..LabelFeatures], scores, Names.Relations);
            }
            tree.Attach(child, head, relation);
        }
    }

    /// <summary>What decides between shift, left and right. <paramref name="stack"/> holds at least two positions, the first being the root.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ReadArc(Tree t, ReadOnlySpan<int> stack, int b0, int to, Span<uint> rows)
    {
        var s0 = stack[^1];
        var s1 = stack[^2];
        var s2 = stack.Length > 2 ? stack[^3] : 0;
        // Beyond the end stand empty words.
        int b1 = b0 < to ? b0 + 1 : t.Count + 1, b2 = b0 + 1 < to ? b0 + 2 : t.Count + 1;
        uint s0w = t.Words[s0], s1w = t.Words[s1], b0w = t.Words[b0], b1w = t.Words[b1];
        uint s0t = (uint)t.Tags[s0], s1t = s1 == 0 ? 60 : (uint)t.Tags[s1], s2t = (uint)t.Tags[s2], b0t = (uint)t.Tags[b0], b1t = (uint)t.Tags[b1], b2t = (uint)t.Tags[b2];
        int s0l = t.LeftChild[s0], s0r = t.RightChild[s0], s1l = t.LeftChild[s1], s1r = t.RightChild[s1], b0l = t.LeftChild[b0];
        uint s0lt = (uint)t.Tags[s0l], s0rt = (uint)t.Tags[s0r], s1rt = (uint)t.Tags[s1r], s1lt = (uint)t.Tags[s1l], b0lt = (uint)t.Tags[b0l];
        uint s0lr = (uint)t.Relations[s0l], s0rr = (uint)t.Relations[s0r], s1rr = (uint)t.Relations[s1r], b0lr = (uint)t.Relations[b0l];
        uint near = (uint)Math.Min(b0 - s0, 6), far = s1 == 0 ? 0 : (uint)Math.Min(s0 - s1, 6);
        uint lv = t.LeftCount[s0], rv = t.RightCount[s0], bv = t.LeftCount[b0], sv = t.RightCount[s1];
        uint tags = s0t << 16 | b0t << 8, s0lw = t.Words[s0l], between = t.Between(s1, s0);

        rows[0] = Weights.Mix(1, s0w, s0t);
        rows[1] = Weights.Mix(2, b0w, b0t);
        rows[2] = Weights.Mix(3, s0t, b0t);
        rows[3] = Weights.Mix(4, s0w, b0w);
        rows[4] = Weights.Mix(5, s0w, b0t);
        rows[5] = Weights.Mix(6, s0t, b0w);
        rows[6] = Weights.Mix(7, s1t, s0t);
        rows[7] = Weights.Mix(8, s1w, s0w);
        rows[8] = Weights.Mix(9, s1t, s0w);
        rows[9] = Weights.Mix(10, s1w, s0t);
        rows[10] = Weights.Mix(11, s1t | tags, 0);
        rows[11] = Weights.Mix(12, b1t | tags, 0);
        rows[12] = Weights.Mix(13, b1t | b2t << 24 | b0t << 8, 0);
        rows[13] = Weights.Mix(14, s2t | s1t << 8 | s0t << 16, 0);
        rows[14] = Weights.Mix(15, tags | near, 0);
        rows[15] = Weights.Mix(16, s1t | s0t << 8 | far << 16, 0);
        rows[16] = Weights.Mix(17, tags | lv, rv);
        rows[17] = Weights.Mix(19, s0w, rv | near << 8);
        rows[18] = Weights.Mix(20, tags | s0lt, s0lr);
        rows[19] = Weights.Mix(21, tags | s0rt, s0rr);
        rows[20] = Weights.Mix(22, tags | b0lt, b0lr);
        rows[21] = Weights.Mix(24, s1t << 16 | s0t << 8 | s0lt, s0lr);
        rows[22] = Weights.Mix(25, s1t << 16 | s0t << 8 | s0rt, s0rr);
        rows[23] = Weights.Mix(27, tags | s1t, b1t);
        rows[24] = Weights.Mix(28, s0w, b1w);
        rows[25] = Weights.Mix(30, b1w, b0t | s0t << 8);
        rows[26] = Weights.Mix(32, s1w, b0w);
        rows[27] = Weights.Mix(34, s0lw, tags);
        rows[28] = Weights.Mix(35, t.Words[s0r], tags);
        rows[29] = Weights.Mix(37, s0w, s0rr << 8 | b0t);
        rows[30] = Weights.Mix(38, s1w, s1rr << 8 | s0t);
        rows[31] = Weights.Mix(40, s1w, s0t | b0t << 8);
        rows[32] = Weights.Mix(42, b0w, s0t | s1t << 8);
        rows[33] = Weights.Mix(50, tags, t.Between(s0, b0));
        rows[34] = Weights.Mix(51, s1t | s0t << 8, between);
        rows[35] = Weights.Mix(52, t.Kinds[s0], b0t);
        rows[36] = Weights.Mix(53, t.Kinds[b0], s0t);
        rows[37] = Weights.Mix(57, s1w, s0lw);
        rows[38] = Weights.Mix(62, s1t | s0t << 8 | between << 16, b0t);
    }

    /// <summary>What decides which relation an arc bears.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ReadLabel(Tree t, int child, int head, Span<uint> rows)
    {
        uint side = child < head ? 1u : 0, far = (uint)Math.Min(Math.Abs(child - head), 7) << 1 | side;
        uint cw = t.Words[child], hw = t.Words[head], ct = (uint)t.Tags[child], ht = (uint)t.Tags[head];
        int cl = t.LeftChild[child], cr = t.RightChild[child], hl = t.LeftChild[head], hr = t.RightChild[head];
        var mark = First(t, child);
        uint pair = ct << 16 | ht << 8 | side;
        rows[0] = Weights.Mix(1, pair, 0);
        rows[1] = Weights.Mix(2, cw, side);
        rows[2] = Weights.Mix(3, hw, side | ct << 8);
        rows[3] = Weights.Mix(4, cw, ht << 8 | side);
        rows[4] = Weights.Mix(5, cw, hw ^ side);
        rows[5] = Weights.Mix(6, pair, far);
        rows[6] = Weights.Mix(7, pair, (uint)t.Tags[cl] << 8 | (uint)t.Relations[cl]);
        rows[7] = Weights.Mix(8, pair, (uint)t.Tags[cr] << 8 | (uint)t.Relations[cr]);
        rows[8] = Weights.Mix(9, pair, (uint)t.Tags[hl] << 8 | (uint)t.Relations[hl]);
        rows[9] = Weights.Mix(10, pair, (uint)t.Tags[hr] << 8 | (uint)t.Relations[hr]);
        rows[10] = Weights.Mix(11, pair, t.Words[cl]);
        rows[11] = Weights.Mix(12, hw ^ ct, t.Words[cl]);
        rows[12] = Weights.Mix(13, pair, (uint)t.Tags[child - 1] << 8 | (uint)t.Tags[child + 1]);
        rows[13] = Weights.Mix(14, pair, t.Suffixes[child]);
        rows[14] = Weights.Mix(15, pair, t.Words[mark]);
        rows[15] = Weights.Mix(16, hw ^ side, (uint)t.Relations[hl] << 8 | (uint)t.Relations[hr] | ct << 16);
        rows[16] = Weights.Mix(17, hw ^ ct, t.Words[mark]);
        rows[17] = Weights.Mix(20, t.Suffixes[head] ^ side, t.Suffixes[child]);
        var between = child < head ? t.Between(child, head) : t.Between(head, child);
        rows[18] = Weights.Mix(21, pair, between);
        rows[19] = Weights.Mix(22, t.Kinds[head] ^ side, ct);
        rows[20] = Weights.Mix(23, t.Kinds[child] ^ side, ht);
        rows[21] = Weights.Mix(25, pair, (uint)t.Relations[cl] << 8 | (uint)t.Relations[cr]);
    }

    // The leftmost child is a preposition or a subordinator as a rule; it is looked for among the eight words before.
    private static int First(Tree t, int child)
    {
        var at = child;
        for (var k = at - 1; k > 0 && child - k <= 8; k--)
            if (t.Heads[k] == child) at = k;
        return at == child ? 0 : at;
    }
}
