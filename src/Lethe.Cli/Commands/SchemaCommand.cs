using System.CommandLine;
using Lethe.Cli.Help;
using Lethe.Cli.Terminal;
using Lethe.Data.Files;
using Lethe.Data.Problems;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Data.Tables.Reading;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe schema</c>: infer an editable schema, check data against one.</summary>
internal static class SchemaCommand
{
    public static Command Create(CommandHost host) => new Verb(
        "schema",
        "Infers an editable schema from data, or checks data against a schema.",
        new Example("lethe schema infer patients.csv --out patients.schema.yaml", "writes what was detected and why; edit it, then use it with --schema"),
        new Example("lethe schema check patients.csv --schema patients.schema.yaml", "lists all problems at once; exit code 3 when there is an error"))
    {
        Infer(host), Check(host),
    };

    private static Verb Infer(CommandHost host)
    {
        Verb command = new(
            "infer",
            "Infers a schema from the data and writes it as YAML.",
            new Example("lethe schema infer patients.csv", "to standard output"),
            new Example("lethe schema infer patients.csv --target death_30d --out patients.schema.yaml", "with the target named, into a file"));
        Argument<string> data = new("DATA") { Description = "CSV, TSV (.gz) or SQLite file." };
        Option<string> output = new("--out", "-o") { Description = "Schema file; - is standard output.", HelpName = "FILE", DefaultValueFactory = _ => "-" };
        Option<string?> target = new("--target") { Description = "Column that downstream models predict.", HelpName = "COLUMN" };
        Option<string?> patientKey = new("--patient-key") { Description = "Column that ties rows of one patient together.", HelpName = "COLUMN" };
        command.Add(data);
        command.Add(output);
        command.Add(target);
        command.Add(patientKey);
        host.Handle(command, (session, parsed) =>
        {
            TableReadResult read = TableReader.Read(parsed.GetValue(data)!, new TableReadOptions { Target = parsed.GetValue(target), PatientKey = parsed.GetValue(patientKey) });
            string yaml = SchemaYaml.Write(read.Schema, read.Report.Problems);
            if (parsed.GetValue(output) is "-" or null)
                session.Streams.Out.Write(yaml);
            else
                AtomicFile.WriteAllText(parsed.GetValue(output)!, yaml);
            foreach (DataProblem problem in read.Report.Problems)
                session.Warn(problem);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static Verb Check(CommandHost host)
    {
        Verb command = new(
            "check",
            "Checks data against a schema and lists all problems.",
            new Example("lethe schema check patients.csv --schema patients.schema.yaml", "exit code 0 when the data fit, 3 when they do not"),
            new Example("lethe schema check patients.csv --schema patients.schema.yaml --quiet", "only the exit code and errors"));
        Argument<string> data = new("DATA") { Description = "CSV, TSV (.gz) or SQLite file." };
        Option<string> schema = new("--schema") { Description = "Schema file.", HelpName = "FILE", Required = true };
        command.Add(data);
        command.Add(schema);
        host.Handle(command, (session, parsed) =>
        {
            Schema wanted = SchemaYaml.Load(parsed.GetValue(schema)!);
            TableReadResult read = TableReader.Read(parsed.GetValue(data)!, new TableReadOptions { Schema = wanted });
            foreach (DataProblem problem in read.Report.Problems)
                session.Warn(problem);
            session.Streams.Out.WriteLine($"{read.Table.RowCount} rows fit the schema.");
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
