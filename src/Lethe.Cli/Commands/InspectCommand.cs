using System.CommandLine;
using System.Text.Json;
using Lethe.Cli.Help;
using Lethe.Cli.Terminal;
using Lethe.Synthesis.Models;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe inspect</c>: what a model file is, without making the model.</summary>
internal static class InspectCommand
{
    public static Command Create(CommandHost host)
    {
        Verb command = new(
            "inspect",
            "What a model file is: method, schema, privacy claim, arrays. Nothing is sampled.",
            new Example("lethe inspect model.lethe", "as text"),
            new Example("lethe inspect model.lethe --json", "for programs"));
        Argument<string> file = new("FILE") { Description = "Model file (.lethe)." };
        command.Add(file);
        command.Add(CommonOptions.Json);
        host.Handle(command, (session, parsed) =>
        {
            ModelSummary model = ModelFile.Inspect(parsed.GetValue(file)!);
            if (session.Json)
            {
                session.Streams.Out.WriteLine(JsonSerializer.Serialize(
                    new
                    {
                        method = model.Method.Name,
                        lethe = model.LetheVersion,
                        claim = model.Claim,
                        columns = model.Schema.Columns.Select(c => new { name = c.Name, kind = c.Kind.ToString().ToLowerInvariant(), role = c.Role.ToString().ToLowerInvariant() }),
                        arrays = model.Arrays.Select(a => new { name = a.Name, type = a.ElementType, shape = a.Shape }),
                    },
                    JsonSerializerOptions.Web));
                return Task.FromResult(ExitCode.Done);
            }

            TextWriter page = session.Streams.Out;
            page.WriteLine($"{model.Method.Title} ({model.Method.Name}), written by Lethe {model.LetheVersion}");
            page.WriteLine(model.Method.Paper);
            page.WriteLine(model.Claim);
            DatasetView.Show(session, model.Schema);
            page.WriteLine($"{model.Arrays.Count} arrays, {model.Arrays.Sum(a => a.Shape.Aggregate(1L, (n, d) => n * d))} numbers:");
            foreach (ArraySummary array in model.Arrays)
                page.WriteLine($"  {array.Name}  {array.ElementType} [{string.Join(", ", array.Shape)}]");
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
