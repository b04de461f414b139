using Lethe.Data.Tables;
using Lethe.Evaluation.Encoding;
using Lethe.Learning;
using Lethe.Numerics.Randomness;

namespace Lethe.Evaluation.Utility;

/// <summary>A classifier with the encoding and scaling of the table that it was trained on.</summary>
internal sealed class TrainedClassifier
{
    private readonly FeatureEncoder _encoder;
    private readonly StandardScaler? _scaler;

    private TrainedClassifier(FeatureEncoder encoder, StandardScaler? scaler, IFittedClassifier model, DesignMatrix features, int[] labels)
    {
        _encoder = encoder;
        _scaler = scaler;
        Model = model;
        Features = features;
        Labels = labels;
    }

    public IFittedClassifier Model { get; }

    /// <summary>For each encoded feature the position of its column among the task's features.</summary>
    public IReadOnlyList<int> Origins => _encoder.Origins;

    /// <summary>The matrix that it was fitted on.</summary>
    public DesignMatrix Features { get; }

    /// <summary>The labels that it was fitted on.</summary>
    public int[] Labels { get; }

    /// <summary>Trains on the labelled rows of a table; null when there are none.</summary>
    public static TrainedClassifier? Train(
        Learner learner, PredictionTask task, Table table, Seed seed, CancellationToken cancellation, FeatureEncoder? encoder = null)
    {
        Table labelled = task.Labelled(table);
        if (labelled.RowCount == 0)
            return null;
        encoder ??= FeatureEncoder.Fit(labelled, task.Features);
        DesignMatrix x = encoder.Encode(labelled);
        StandardScaler? scaler = learner.Standardise ? StandardScaler.Fit(x) : null;
        x = scaler?.Transform(x) ?? x;
        int[] y = task.Labels(labelled);
        return new TrainedClassifier(encoder, scaler, learner.Classifier.Fit(x, y, task.Classes.Count, [], seed, cancellation), x, y);
    }

    /// <summary>Class probabilities of every row, n × K row-major.</summary>
    public double[] Probabilities(Table table) => Probabilities(Encode(table));

    /// <summary>Class probabilities of encoded rows.</summary>
    public double[] Probabilities(DesignMatrix encoded) => Model.PredictProbability(_scaler?.Transform(encoded) ?? encoded);

    /// <summary>The rows as features, not yet scaled.</summary>
    public DesignMatrix Encode(Table table) => _encoder.Encode(table);
}
