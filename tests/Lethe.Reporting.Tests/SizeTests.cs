using System.Text;
using Lethe.Reporting.Html;
using Lethe.Results;

namespace Lethe.Reporting.Tests;

public sealed class SizeTests
{
    [Fact]
    public void ATypicalReportIsBelowOneMegabyte() => Assert.InRange(Encoding.UTF8.GetByteCount(Pages.Html("full")), 100_000, 1_000_000);

    [Theory]
    [InlineData(60)]
    [InlineData(200)]
    public void AWideTableStaysBelowThreeMegabytes(int columns)
    {
        RunDocument d = SampleDocument.Full();
        FidelitySection f = d.Fidelity!;
        ColumnFidelity[] many = [.. Enumerable.Range(0, columns).Select(i => f.Columns[i % f.Columns.Count] with { Column = $"column_number_{i}" })];
        double?[][] matrix = [.. Enumerable.Range(0, columns).Select(r => Enumerable.Range(0, columns).Select(c => (double?)Math.Cos(r + (2 * c))).ToArray())];
        RunDocument wide = d with
        {
            Data = d.Data with { Columns = [.. many.Select(c => new ColumnSummary { Name = c.Column, Kind = c.Kind, Role = "feature" })] },
            Fidelity = f with
            {
                Columns = many,
                Associations = new AssociationMatrices([.. many.Select(c => c.Column)], "Pearson", matrix, matrix),
                Projection = f.Projection! with { Real = Cloud(2000), Synthetic = Cloud(2000) },
            },
        };
        Assert.InRange(Encoding.UTF8.GetByteCount(HtmlReport.Render(wide, ReportEdition.Internal)), 100_000, 3_000_000);
    }

    private static Series Cloud(int n) => new("points", [.. Enumerable.Range(0, n).Select(i => Math.Sin(i))], [.. Enumerable.Range(0, n).Select(i => Math.Cos(1.7 * i))]);
}
