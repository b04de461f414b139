using Lethe.Data.Catalogue;
using Lethe.Data.Schemas;
using Spectre.Console;

namespace Lethe.Cli.Terminal;

/// <summary>A dataset of the catalogue: origin, columns, caveats.</summary>
internal static class DatasetView
{
    public static void Show(Session session, CatalogueEntry entry)
    {
        TextWriter page = session.Streams.Out;
        page.WriteLine(entry.Title);
        page.WriteLine($"Citation  {entry.Citation}");
        page.WriteLine($"Licence   {entry.Licence}");
        page.WriteLine($"Homepage  {entry.Homepage}");
        if (entry.Target is { } target)
            page.WriteLine($"Target    {target.Column}, positive when {target.Positive}");
        Show(session, entry.Schema);
        foreach (string caveat in entry.Caveats)
            page.WriteLine($"Note: {caveat}");
    }

    public static void Show(Session session, Schema schema)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("Column").AddColumn("Kind").AddColumn("Role").AddColumn("Unit").AddColumn("Meaning");
        foreach (ColumnSchema column in schema.Columns)
        {
            table.AddRow(
                new Text(column.Name),
                new Text(column.Kind.ToString().ToLowerInvariant()),
                new Text(column.Role.ToString().ToLowerInvariant()),
                new Text(column.Unit ?? ""),
                new Text(column.Description ?? ""));
        }

        session.Page.Write(table);
    }
}
