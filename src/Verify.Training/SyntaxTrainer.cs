using Verify.Attribution.Syntax;

namespace Verify.Training;

/// <summary>Learns the tagger and the parser from treebanks. The same input gives the same bytes.</summary>
internal static class SyntaxTrainer
{
    private const int TagRounds = 9, ParseRounds = 12, Folds = 4, Margin = 1;

    // What is learnt depends on the order of the sentences. The mean of several orders is better than any one of them.
    private const int Runs = 8;

    private enum Mode { See, Follow, Explore }

    public static Model Train(List<TreebankSentence> bank, TextWriter log)
    {
        var model = new Model();
        AddWords(model, bank);
        var random = new Sequence(20190101);
        TrainTagger(model, bank, random, log);
        TrainParser(model, bank, TaggedByOthers(bank, random), random, log);
        return model;
    }

    // A tagger makes fewer mistakes in what it has learnt from; the parser has to live with as many as it will meet.
    private static Dictionary<TreebankSentence, Tag[]> TaggedByOthers(List<TreebankSentence> bank, Sequence random)
    {
        var tagged = new Dictionary<TreebankSentence, Tag[]>(ReferenceEqualityComparer.Instance);
        var tree = new Tree();
        for (var fold = 0; fold < Folds; fold++)
        {
            var model = new Model();
            var others = bank.Where((_, k) => k % Folds != fold).ToList();
            AddWords(model, others);
            TrainTagger(model, others, random, TextWriter.Null);
            foreach (var s in bank.Where((_, k) => k % Folds == fold))
            {
                s.Load(tree);
                Tagger.Run(model, tree, 1, s.Count);
                tagged[s] = tree.Tags[..(s.Count + 1)];
            }
        }
        return tagged;
    }

    // Words in small letters that bear the same tag nearly always need no scoring.
    private static void AddWords(Model model, List<TreebankSentence> bank)
    {
        var counts = new Dictionary<uint, Dictionary<Tag, int>>();
        var tree = new Tree();
        foreach (var s in bank)
        {
            s.Load(tree);
            for (var i = 1; i <= s.Count; i++)
            {
                if (tree.Tags[i] != Tag.None || (tree.Shapes[i] & 1) != 0) continue;
                if (!counts.TryGetValue(tree.Words[i], out var tags)) counts[tree.Words[i]] = tags = [];
                tags[s.Tags[i]] = tags.GetValueOrDefault(s.Tags[i]) + 1;
            }
        }
        foreach (var (word, tags) in counts.OrderBy(c => c.Key))
        {
            var total = tags.Values.Sum();
            var (tag, most) = tags.OrderByDescending(t => t.Value).ThenBy(t => t.Key).First();
            if (total >= 12 && most >= total * 0.995 && tag != Tag.Other) model.AddWord(word, tag);
        }
    }

    private static void TrainTagger(Model model, List<TreebankSentence> bank, Sequence random, TextWriter log)
    {
        var perceptron = new Perceptron(Model.TagBits, Weights.Width);
        var tree = new Tree();
        var rows = new uint[Tagger.Features];
        foreach (var s in bank)
        {
            s.Load(tree);
            s.Tags.CopyTo(tree.Tags, 0);
            for (var i = 1; i <= s.Count; i++)
            {
                Tagger.Read(tree, i, i == 1, rows);
                perceptron.See(rows);
            }
        }
        perceptron.Keep(3);
        for (var round = 1; round <= TagRounds * Runs; round++)
        {
            int wrong = 0, all = 0;
            foreach (var s in random.Shuffled(bank))
            {
                s.Load(tree);
                for (var i = 1; i <= s.Count; i++)
                {
                    if (tree.Tags[i] != Tag.None) continue;
                    if ((tree.Shapes[i] & 1) == 0 && model.AlwaysTagged(tree.Words[i]) is var known and not Tag.None) { tree.Tags[i] = known; continue; }
                    Tagger.Read(tree, i, i == 1, rows);
                    var guess = perceptron.Best(rows, 1, Names.Tags);
                    perceptron.Step();
                    all++;
                    if (guess != (int)s.Tags[i]) { wrong++; perceptron.Learn(rows, (int)s.Tags[i], guess); }
                    tree.Tags[i] = (Tag)guess;
                }
            }
            if (round % TagRounds == 0) perceptron.EndRun();
            log.WriteLine($"tagger, round {round}: {100.0 * (all - wrong) / all:0.00} % of the ambiguous words right");
        }
        perceptron.Average().CopyTo(model.TagWeights, 0);
    }

    private static void TrainParser(Model model, List<TreebankSentence> bank, Dictionary<TreebankSentence, Tag[]> tags, Sequence random, TextWriter log)
    {
        var arcs = new Perceptron(Model.ArcBits, 4);
        var labels = new Perceptron(Model.LabelBits, Weights.Width);
        var tree = new Tree();
        var counts = new Certainties();
        foreach (var s in bank)
        {
            s.Load(tree);
            tags[s].CopyTo(tree.Tags, 0);
            Learn(s, tree, arcs, labels, random, Mode.See, model, counts);
        }
        counts.Settle(model);
        arcs.Keep(3);
        labels.Keep(3);
        for (var round = 1; round <= ParseRounds * Runs; round++)
        {
            int right = 0, all = 0;
            foreach (var s in random.Shuffled(bank))
            {
                s.Load(tree);
                tags[s].CopyTo(tree.Tags, 0);
                Learn(s, tree, arcs, labels, random, round % ParseRounds == 1 ? Mode.Follow : Mode.Explore, model, null);
                for (var i = 1; i <= s.Count; i++)
                {
                    if (s.Tags[i] >= Tag.Comma) continue;
                    all++;
                    if (tree.Heads[i] == s.Heads[i]) right++;
                }
            }
            if (round % ParseRounds == 0)
            {
                arcs.EndRun();
                labels.EndRun();
            }
            log.WriteLine($"parser, round {round}: {100.0 * right / all:0.00} % of the heads right while learning");
        }
        Buffer.BlockCopy(arcs.Average(), 0, model.ArcWeights, 0, model.ArcWeights.Length * sizeof(int));
        labels.Average().CopyTo(model.LabelWeights, 0);
    }

    // Dynamic oracle: whatever has gone wrong before, the best that can still be reached is learnt.
    private static void Learn(TreebankSentence gold, Tree tree, Perceptron arcs, Perceptron labels, Sequence random, Mode mode, Model model, Certainties? counts)
    {
        var rows = new uint[Parser.ArcFeatures];
        var labelRows = new uint[Parser.LabelFeatures];
        tree.CountMarks(1, gold.Count);
        var stack = new List<int> { 0 };
        var next = 1;
        while (next <= gold.Count || stack.Count > 1)
        {
            Move move;
            if (stack.Count == 1) move = Move.Shift;
            else if (next > gold.Count) move = Move.Right;
            else
            {
                var place = Model.MovePlace(tree.Tags[stack[^1]], tree.Tags[next], next < gold.Count ? tree.Tags[next + 1] : Tag.None);
                if (mode != Mode.See && stack.Count > 2 && model.CertainMoves[place] > 0)
                {
                    move = (Move)(model.CertainMoves[place] - 1);
                    goto moved;
                }
                Parser.ReadArc(tree, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(stack), next, gold.Count, rows);
                var costs = Costs(gold, stack, next);
                var least = costs.Min();
                if (mode == Mode.See) arcs.See(rows);
                var guess = arcs.Best(rows, 0, 3);
                var best = arcs.Best(rows, 0, 3, k => costs[k] == least);
                arcs.Step();
                if (mode != Mode.See && costs.Max() > least)
                {
                    // What is right has to win clearly, or it is learnt once more.
                    var wrong = costs[guess] > least ? guess : arcs.Best(rows, 0, 3, k => costs[k] > least);
                    if (arcs.Lead(rows, best, wrong) < Margin) arcs.Learn(rows, best, wrong);
                }
                if (stack.Count > 2) counts?.Move(place, best);
                move = (Move)(mode == Mode.Explore && random.Next(10) > 0 ? guess : best);
            }
        moved:
            if (move == Move.Shift) { stack.Add(next++); continue; }
            var child = stack[^1];
            stack.RemoveAt(stack.Count - 1);
            var head = move == Move.Left ? next : stack[^1];
            var relation = Relation.Root;
            if (head != 0)
            {
                var place = Model.RelationPlace(tree.Tags[child], tree.Tags[head], child < head);
                counts?.Relation(place, gold.Relations[child]);
                if (mode != Mode.See && model.CertainRelations[place] > 0)
                {
                    tree.Attach(child, head, (Relation)model.CertainRelations[place]);
                    continue;
                }
                Parser.ReadLabel(tree, child, head, labelRows);
                if (mode == Mode.See) labels.See(labelRows);
                var guess = labels.Best(labelRows, 1, Names.Relations);
                labels.Step();
                if (gold.Heads[child] == head && guess != (int)gold.Relations[child] && mode != Mode.See) labels.Learn(labelRows, (int)gold.Relations[child], guess);
                relation = mode == Mode.See ? gold.Relations[child] : (Relation)guess;
            }
            tree.Attach(child, head, relation);
        }
    }

    // How many arcs of the gold tree each move puts out of reach.
    private static int[] Costs(TreebankSentence gold, List<int> stack, int next)
    {
        var (s0, s1) = (stack[^1], stack[^2]);
        int shift = 0, left = 0, right = 0;
        for (var k = 0; k < stack.Count; k++)
        {
            if (stack[k] != 0 && gold.Heads[stack[k]] == next) shift++;
            if (k < stack.Count - 1 && gold.Heads[next] == stack[k]) shift++;
        }
        for (var k = next; k <= gold.Count; k++)
            if (gold.Heads[k] == s0) { left++; right++; }
        if (gold.Heads[s0] == s1) left++;
        if (gold.Heads[s0] > next) left++;
        if (gold.Heads[s0] >= next) right++;
        return [shift, left, right];
    }

    /// <summary>Tags right, heads right and heads with relations right, in percent, marks left out.</summary>
    public static (double Tags, double Heads, double Both) Score(Model model, List<TreebankSentence> bank)
    {
        var (tree, parser) = (new Tree(), new Parser());
        int words = 0, tags = 0, heads = 0, both = 0;
        foreach (var s in bank)
        {
            s.Load(tree);
            Tagger.Run(model, tree, 1, s.Count);
            parser.Run(model, tree, 1, s.Count);
            for (var i = 1; i <= s.Count; i++)
            {
                if (s.Tags[i] >= Tag.Comma) continue;
                words++;
                if (tree.Tags[i] == s.Tags[i]) tags++;
                if (tree.Heads[i] != s.Heads[i]) continue;
                heads++;
                if (tree.Relations[i] == s.Relations[i]) both++;
            }
        }
        return (100.0 * tags / words, 100.0 * heads / words, 100.0 * both / words);
    }
}
