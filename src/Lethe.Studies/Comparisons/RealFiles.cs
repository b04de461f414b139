using Lethe.Data.Catalogue;
using Lethe.Data.Problems;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Data.Tables.Reading;
using Lethe.Results;
using Lethe.Studies.Configuration;
using Lethe.Studies.Runs;

namespace Lethe.Studies.Comparisons;

/// <summary>
/// The tables of a comparison, read under one schema: the given one, or the one inferred from the training file. Levels that
/// only occur elsewhere are kept and show as impossible values; nothing is dropped.
/// </summary>
internal sealed record RealFiles(Table Train, Table? Holdout, Table? Reference, Table Synthetic, IReadOnlyList<DataProblem> Notes, IReadOnlyList<FileFingerprint> Fingerprints)
{
    public static RealFiles Read(ComparisonRequest request, IProgress<RunEvent>? progress)
    {
        List<DataProblem> notes = [];
        List<FileFingerprint> prints = [];
        if (request.Schema is not null)
            prints.Add(Fingerprint.Describe(request.Schema, "schema"));
        Schema? given = request.Schema is null ? null : SchemaYaml.Load(request.Schema);
        Table train = Load(request.Train, "train", given, request.PatientKey);
        string? target = request.Target ?? train.Schema.Target?.Name;
        if (request.Positive is not null && target is null)
            throw new ConfigException("--positive is given, but no target. Name it with --target.");
        Schema schema = SchemaRoles.Override(train.Schema, target, request.PatientKey, request.Train);
        Table Next(string file, string role) => Load(file, role, schema, null);
        return new RealFiles(
            Derive(train.WithSchema(schema)),
            request.Holdout is null ? null : Derive(Next(request.Holdout, "holdout")),
            request.Reference is null ? null : Derive(Next(request.Reference, "reference")),
            Derive(Next(request.Synthetic, "synthetic")),
            notes,
            prints);

        Table Load(string file, string role, Schema? under, string? key)
        {
            if (!File.Exists(file))
                throw new ConfigException($"--{role}: there is no file '{file}'. Check the path.");
            prints.Add(Fingerprint.Describe(file, role));
            TableReadResult read = TableReader.Read(file, new TableReadOptions
            {
                Schema = role == "synthetic" ? under?.WithColumns(under.Columns.Where(c => c.IsModelled)) : under,
                PatientKey = key,
                UnknownLevels = UnknownLevels.Extend,
                IgnoreExtraColumns = true,
            });
            foreach (DataProblem note in read.Report.Problems)
            {
                notes.Add(note);
                progress?.Report(new DataNoticed(note));
            }

            return read.Table;
        }

        Table Derive(Table table) => request.Positive is null ? table : new TargetRule(target!, request.Positive).Apply(table);
    }
}
