using Lethe.Data.Tables;
using Lethe.Evaluation.Utility;
using Lethe.Learning;
using Lethe.Numerics.Randomness;

namespace Lethe.Evaluation.Importance;

/// <summary>
/// Permutation importance (Breiman 2001; Fisher et al. 2019): the mean drop of the area under the ROC curve when one column's cells are
/// shuffled among the test rows.
/// </summary>
internal static class PermutationImportance
{
    /// <summary>Importance of each feature column of the task, in order.</summary>
    /// <param name="model">The model.</param>
    /// <param name="task">What it predicts.</param>
    /// <param name="test">Labelled test rows.</param>
    /// <param name="seed">Decides the shuffles; equal seeds shuffle two models alike.</param>
    /// <param name="repeats">Shuffles a column.</param>
    public static double[] Of(TrainedClassifier model, PredictionTask task, Table test, Seed seed, int repeats = 10)
    {
        int[] truth = task.Labels(test);
        DesignMatrix encoded = model.Encode(test);
        double full = new Predictions(truth, model.Probabilities(encoded), task.Classes.Count).Auc;
        double[] importance = new double[task.Features.Count];
        for (int f = 0; f < importance.Length; f++)
        {
            for (int repeat = 0; repeat < repeats; repeat++)
            {
                int[] order = seed.Stream(task.Features[f], repeat).Permutation(test.RowCount);
                double shuffled = new Predictions(truth, model.Probabilities(Shuffle(encoded, order, model.Origins, f)), task.Classes.Count).Auc;
                importance[f] += (full - shuffled) / repeats;
            }
        }

        return importance;
    }

    /// <summary>All features that come from one table column move together.</summary>
    private static DesignMatrix Shuffle(DesignMatrix encoded, int[] order, IReadOnlyList<int> origins, int column)
    {
        double[] values = encoded.Values.ToArray();
        for (int k = 0; k < encoded.Columns; k++)
        {
            if (origins[k] != column)
                continue;
            for (int i = 0; i < order.Length; i++)
                values[(i * encoded.Columns) + k] = encoded[order[i], k];
        }

        return new DesignMatrix(values, encoded.Rows, encoded.Columns);
    }
}
