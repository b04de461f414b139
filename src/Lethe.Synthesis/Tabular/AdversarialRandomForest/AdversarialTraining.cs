using Lethe.Learning.Forests;
using Lethe.Learning.Trees;
using Lethe.Numerics.Randomness;

namespace Lethe.Synthesis.Tabular.AdversarialRandomForest;

/// <summary>One tree of the final forest with the real rows in each of its leaves.</summary>
/// <param name="Tree">Pruned: every leaf holds at least the minimum of real rows.</param>
/// <param name="Rows">Real rows by leaf.</param>
internal sealed record LeafedTree(DecisionTree Tree, LeafPartition Rows);

/// <summary>
/// Algorithm 1 of Watson et al.: a forest learns to tell real rows from rows whose columns were drawn independently, first over
/// the whole table, then inside leaves of the forest before, until it cannot. Then columns are nearly independent inside leaves.
/// </summary>
internal sealed class AdversarialTraining(ForestColumn[] columns, double[][] real, AdversarialRandomForestOptions options, FitContext context)
{
    private readonly int _n = real[0].Length;

    /// <summary>Out-of-bag accuracies, one a round.</summary>
    public List<double> Accuracies { get; } = [];

    /// <summary>The trees of the last forest that was harder to fool than its successor, without leaves that hold too few real rows.</summary>
    public LeafedTree[] Run(int minNodeSize)
    {
        TreeColumn[] realFeatures = Features(real, context.Seed.Derive("fill real"));
        if (realFeatures.Length == 0)
            return [];
        TreeFeatures x = new(realFeatures, _n);
        LeafedTree[]? kept = null;
        double[][] generated = Independent(context.Seed.Derive("independent"));
        for (int round = 0; round <= options.Rounds; round++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            RandomForest forest = Separate(realFeatures, generated, minNodeSize, round);
            double accuracy = Accuracies[^1];
            if (kept is not null && accuracy >= Accuracies[^2])
                break;
            kept = [.. forest.Trees.Select(tree => new LeafedTree(tree, tree.Partition(x)))];
            if (accuracy <= 0.5 + options.Tolerance || round == options.Rounds)
                break;
            generated = FromLeaves(kept, context.Seed.Derive("generate", round));
        }

        return [.. kept!.Select(t => Prune(t, x, minNodeSize))];
    }

    /// <summary>Fits the forest that tells real rows from generated ones.</summary>
    private RandomForest Separate(TreeColumn[] realFeatures, double[][] generated, int minNodeSize, int round)
    {
        TreeColumn[] made = Features(generated, context.Seed.Derive("fill generated", round));
        TreeColumn[] both = [.. realFeatures.Select((f, j) => Join(f, made[j]))];
        int[] label = [.. Enumerable.Range(0, 2 * _n).Select(i => i < _n ? 1 : 0)];
        RandomForestOptions settings = new()
        {
            Trees = options.Trees,
            OutOfBag = true,
            MaxThreads = context.MaxThreads,
            Tree = new DecisionTreeOptions { MinSamplesLeaf = minNodeSize },
        };
        RandomForest forest = RandomForest.FitClassifier(
            new TreeFeatures(both, 2 * _n), label, 2, settings, context.Seed.Derive("forest", round), cancellation: context.Cancellation);
        Accuracies.Add(forest.OutOfBagAccuracy(label));
        context.Progress?.Report(new FitProgress("adversarial rounds", round + 1, options.Rounds + 1, new Dictionary<string, double> { ["accuracy"] = Accuracies[^1] }));
        return forest;
    }

    /// <summary>Every column on its own, with replacement.</summary>
    private double[][] Independent(Seed seed) => [.. real.Select((cells, j) =>
    {
        RandomStream random = seed.Stream("column", j);
        return Enumerable.Range(0, _n).Select(_ => cells[random.NextInt(_n)]).ToArray();
    })];

    /// <summary>For each row a leaf, by dropping a random real row down a random tree; each column on its own from the leaf's real rows.</summary>
    private double[][] FromLeaves(LeafedTree[] trees, Seed seed)
    {
        RandomStream random = seed.Stream();
        int[][] leafOf = [.. trees.Select(LeafOfRow)];
        double[][] made = [.. real.Select(_ => new double[_n])];
        for (int i = 0; i < _n; i++)
        {
            int t = random.NextInt(trees.Length);
            ReadOnlySpan<int> rows = trees[t].Rows.Rows(leafOf[t][random.NextInt(_n)]);
            for (int j = 0; j < made.Length; j++)
                made[j][i] = real[j][rows[random.NextInt(rows.Length)]];
        }

        return made;
    }

    private int[] LeafOfRow(LeafedTree tree)
    {
        int[] leaf = new int[_n];
        for (int l = 0; l < tree.Rows.Leaves; l++)
        {
            foreach (int row in tree.Rows.Rows(l))
                leaf[row] = l;
        }

        return leaf;
    }

    private static LeafedTree Prune(LeafedTree tree, TreeFeatures x, int minNodeSize)
    {
        bool[] keep = [.. Enumerable.Range(0, tree.Rows.Leaves).Select(l => tree.Rows.Rows(l).Length >= minNodeSize)];
        DecisionTree pruned = tree.Tree.Prune(keep).Tree;
        return new LeafedTree(pruned, pruned.Partition(x));
    }

    private TreeColumn[] Features(double[][] cells, Seed seed) =>
        [.. columns.SelectMany((column, j) => column.ToFeatures(cells[j], seed.Stream("column", j)))];

    private static TreeColumn Join(TreeColumn a, TreeColumn b) => a.IsFactor
        ? TreeColumn.Factor([.. a.Values.Concat(b.Values).Select(v => (int)v)], a.Levels)
        : TreeColumn.Ordered([.. a.Values, .. b.Values]);
}
