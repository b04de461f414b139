using System.Globalization;
using System.Text;
using Lethe.Results;

namespace Lethe.Evaluation.Statistics;

/// <summary>Classification reports as data and as the text table that people know.</summary>
public static class ClassificationReports
{
    /// <summary>
    /// The report of a confusion matrix. Averages run over all <paramref name="labels"/> when <paramref name="allLabels"/> is set, else over
    /// those that occur in truth or prediction.
    /// </summary>
    /// <param name="matrix">Counts.</param>
    /// <param name="labels">Name of each class.</param>
    /// <param name="allLabels">List and average classes without any case, too.</param>
    public static ClassificationReport Of(ConfusionMatrix matrix, IReadOnlyList<string> labels, bool allLabels = false)
    {
        StatisticsThrow.UnlessSameLength(matrix.Classes, labels.Count);
        int[] shown = allLabels ? [.. Enumerable.Range(0, matrix.Classes)] : [.. matrix.Present];
        ClassScores[] classes = [.. shown.Select(k => new ClassScores(labels[k], matrix.Precision(k), matrix.Recall(k), matrix.F(k), matrix.Support(k)))];
        return new ClassificationReport
        {
            Classes = classes,
            Accuracy = matrix.Accuracy,
            MacroAverage = Average("macro avg", classes, _ => 1),
            WeightedAverage = Average("weighted avg", classes, c => c.Support),
            Confusion = [.. shown.Select(i => (IReadOnlyList<int>)[.. shown.Select(j => matrix[i, j])])],
        };
    }

    /// <summary>
    /// The text layout: labels right-aligned in a column as wide as the longest of them and <c>weighted avg</c>, then precision, recall,
    /// F1 and support, with <paramref name="digits"/> decimals (exact ties to even).
    /// </summary>
    public static string ToText(ClassificationReport report, int digits = 2)
    {
        ArgumentNullException.ThrowIfNull(report);
        int width = report.Classes.Select(c => c.Label.Length).Append("weighted avg".Length).Max();
        StringBuilder text = new();
        Line("", "precision", "recall", "f1-score", "support");
        text.Append('\n');
        foreach (ClassScores c in report.Classes)
            Scores(c);
        text.Append('\n');
        int total = report.Classes.Sum(c => c.Support);
        Line("accuracy", "", "", Fixed(report.Accuracy, digits), total.ToString(CultureInfo.InvariantCulture));
        Scores(report.MacroAverage);
        Scores(report.WeightedAverage);
        return text.ToString();

        void Scores(ClassScores c) =>
            Line(c.Label, Fixed(c.Precision, digits), Fixed(c.Recall, digits), Fixed(c.F1, digits), c.Support.ToString(CultureInfo.InvariantCulture));

        void Line(string label, params ReadOnlySpan<string> cells)
        {
            text.Append(label.PadLeft(width)).Append(' ');
            foreach (string cell in cells)
                text.Append(' ').Append(cell.PadLeft(9));
            text.Append('\n');
        }
    }

    /// <summary>
    /// Fixed decimals of the exact binary value. .NET rounds exact ties away from zero, the usual text layout to even; a tie at d
    /// decimals is a value with exactly d + 1 binary places, which <see cref="decimal"/> holds exactly.
    /// </summary>
    private static string Fixed(double value, int digits)
    {
        string format = "F" + digits.ToString(CultureInfo.InvariantCulture);
        double scaled = value * (1 << (digits + 1));
        return scaled == Math.Floor(scaled)
            ? Math.Round((decimal)value, digits, MidpointRounding.ToEven).ToString(format, CultureInfo.InvariantCulture)
            : value.ToString(format, CultureInfo.InvariantCulture);
    }

    private static ClassScores Average(string name, ClassScores[] classes, Func<ClassScores, double> weight)
    {
        double total = classes.Sum(weight);
        double Mean(Func<ClassScores, double> score) => total == 0 ? 0 : classes.Sum(c => weight(c) * score(c)) / total;
        return new ClassScores(name, Mean(c => c.Precision), Mean(c => c.Recall), Mean(c => c.F1), classes.Sum(c => c.Support));
    }
}
