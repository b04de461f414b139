namespace Lethe.Learning.Tests;

/// <summary>The two encodings of the clinical golden tables that utility and detection cases state.</summary>
internal static class GoldenEncoding
{
    private static readonly string[] Numeric = ["age", "trestbps", "chol", "thalach", "oldpeak", "ca"];
    private static readonly string[] Categories = ["sex", "cp", "fbs", "restecg", "exang", "slope", "thal"];

    /// <summary>
    /// Utility: missing numbers become the mean in <paramref name="reference"/>; every level of <paramref name="all"/> one-hot, missing = NA.
    /// </summary>
    public static DesignMatrix Utility(CsvTable table, CsvTable reference, CsvTable[] all)
    {
        List<double[]> columns = [];
        foreach (string name in Numeric)
        {
            double mean = reference.Numbers(name).Where(v => !double.IsNaN(v)).Average();
            columns.Add([.. table.Numbers(name).Select(v => double.IsNaN(v) ? mean : v)]);
        }

        foreach (string name in Categories)
        {
            foreach (string level in Levels(all, name))
                columns.Add([.. table.Text(name).Select(v => Level(v) == level ? 1.0 : 0)]);
        }

        return DesignMatrix.FromColumns(columns);
    }

    /// <summary>
    /// Detection: two tables one under the other; missing numbers become the pooled mean with an indicator; dummies against the first level; constant
    /// columns dropped.
    /// </summary>
    public static (DesignMatrix X, int[] IsSynthetic, string[] Names) Detection(CsvTable real, CsvTable synthetic, params string[] leaveOut)
    {
        List<(string Name, double[] Values)> columns = [];
        foreach (string name in Numeric)
        {
            double[] values = [.. real.Numbers(name), .. synthetic.Numbers(name)];
            double mean = values.Where(v => !double.IsNaN(v)).Average();
            columns.Add((name, [.. values.Select(v => double.IsNaN(v) ? mean : v)]));
            columns.Add((name + "_missing", [.. values.Select(v => double.IsNaN(v) ? 1.0 : 0)]));
        }

        foreach (string name in Categories.Append("target").Except(leaveOut))
        {
            string[] values = [.. real.Text(name), .. synthetic.Text(name)];
            foreach (string level in Levels([real, synthetic], name).Skip(1))
                columns.Add(($"{name}={level}", [.. values.Select(v => Level(v) == level ? 1.0 : 0)]));
        }

        columns.RemoveAll(c => c.Values.Distinct().Count() == 1);
        int[] label = [.. Enumerable.Range(0, real.Rows + synthetic.Rows).Select(i => i < real.Rows ? 0 : 1)];
        return (DesignMatrix.FromColumns([.. columns.Select(c => c.Values)]), label, [.. columns.Select(c => c.Name)]);
    }

    private static string[] Levels(CsvTable[] tables, string name) =>
        [.. tables.SelectMany(t => t.Text(name)).Select(Level).Distinct().Order(StringComparer.Ordinal)];

    private static string Level(string text) => text.Length == 0 ? "NA" : text;
}
