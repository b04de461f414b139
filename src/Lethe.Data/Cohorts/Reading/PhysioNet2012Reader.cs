using System.Globalization;
using System.Text;
using Lethe.Data.Cohorts.Definitions;
using Lethe.Data.Concepts;
using Lethe.Data.Problems;
using Lethe.Data.Rows;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;

namespace Lethe.Data.Cohorts.Reading;

/// <summary>
/// Reads the PhysioNet/Computing in Cardiology Challenge 2012 (Silva et al. 2012): a folder of one <c>RecordID.txt</c> a
/// stay (<c>Time,Parameter,Value</c>) as published, or the same joined into one long file
/// (<c>RecordID,Minutes,Parameter,Value</c>), with the outcomes file beside it. Descriptors at minute 0 become static
/// attributes, where −1 means unknown; everything else passes the concept map <c>physionet-2012</c>.
/// </summary>
public static class PhysioNet2012Reader
{
    private static readonly string[] Descriptors = ["RecordID", "Age", "Gender", "Height", "ICUType", "Weight"];
    private static readonly string[] IcuTypes = ["coronary care", "cardiac surgery recovery", "medical", "surgical"];

    // Beside each descriptor: 1 for stays whose descriptor was read.
    private const string Seen = " seen";

    /// <summary>Reads the folder.</summary>
    /// <param name="folder">Holds an outcomes file (<c>Outcomes-*.txt</c> or <c>outcomes-*.csv</c>) and the stays.</param>
    /// <param name="channels">Channels to keep; null: all that the map knows.</param>
    /// <param name="implausible">What to do with readings outside the plausible range.</param>
    /// <exception cref="DataException">A file or column is missing, a row is ragged, or a stay has no outcome.</exception>
    public static CohortReadResult Read(string folder, IReadOnlyList<Channel>? channels = null, ImplausibleRule implausible = ImplausibleRule.LeaveOut)
    {
        ConceptMap map = ConceptMap.Load("physionet-2012");
        IReadOnlyList<Channel> kept = channels ?? map.Channels;
        string outcomesFile = FindOutcomes(folder);
        List<string> ids = [];
        Dictionary<string, double[]> statics = [];
        ReadOutcomes(outcomesFile, ids, statics);
        Utf8Index stays = new();
        for (int i = 0; i < ids.Count; i++)
        {
            if (!stays.TryAdd(ids[i], i))
                throw TwiceIn(outcomesFile, i + 2);
        }

        foreach (string d in Descriptors.Skip(1))
        {
            statics[d] = Missing(ids.Count);
            statics[d + Seen] = new double[ids.Count];
        }

        CohortBuilder builder = new();
        ConceptIntake intake = new(map, kept, implausible, builder);
        string[] files = [.. Directory.GetFiles(folder, "*.csv.gz").Concat(Directory.GetFiles(folder, "*.csv")).Where(f => !IsOutcomes(f)).Order(StringComparer.Ordinal)];
        if (files.Length > 0)
        {
            foreach (string file in files)
                ReadLong(file, stays, statics, intake);
        }
        else
        {
            ReadRecords(folder, stays, statics, intake);
        }

        Cohort cohort = builder.Build("PhysioNet/CinC Challenge 2012", Statics(ids, statics), kept, ["in_hospital_death"]);
        DuplicateNotes.Add(cohort, intake.Tally, folder);
        return new CohortReadResult(cohort, intake.Tally, []);
    }

    /// <summary>Reads the folder and applies a cohort definition.</summary>
    /// <param name="folder">Holds an outcomes file (<c>Outcomes-*.txt</c> or <c>outcomes-*.csv</c>) and the stays.</param>
    /// <param name="definition">Who and what is kept. Every stay is another patient's, so all are first stays.</param>
    /// <exception cref="DataException">A file or column is missing, a row is ragged, or a stay has no outcome.</exception>
    public static CohortReadResult Read(string folder, CohortDefinition definition)
    {
        IReadOnlyList<Channel> known = ConceptMap.Load("physionet-2012").Channels;
        return CohortSelection.Apply(Read(folder, EventWindow.Choose(known, definition.Channels), definition.Implausible), definition with { FirstStayOnly = false }, "PhysioNet 2012");
    }

    private static void ReadLong(string file, Utf8Index stays, Dictionary<string, double[]> statics, ConceptIntake intake)
    {
        using CsvRowReader rows = new(file, "RecordID", "Minutes", "Parameter", "Value");
        while (rows.Read())
        {
            if (!stays.TryGet(rows.Utf8(0), out int stay))
                intake.Tally.LeaveOut("stay has no outcome", "", file, rows.Line);
            else if (!rows.TryNumber(1, out double minutes) || double.IsNaN(minutes))
                intake.Tally.LeaveOut("time is not a number", rows.Text(2) ?? "", file, rows.Line);
            else
                Take(stay, minutes, rows.Text(2) ?? "", rows, 3, file, statics, intake);
        }
    }

    private static void ReadRecords(string folder, Utf8Index stays, Dictionary<string, double[]> statics, ConceptIntake intake)
    {
        int found = 0;
        foreach (string file in Directory.GetFiles(folder, "*.txt").Where(f => !IsOutcomes(f)).Order(StringComparer.Ordinal))
        {
            if (!stays.TryGet(Encoding.UTF8.GetBytes(Path.GetFileNameWithoutExtension(file)), out int stay))
                continue;
            found++;
            using CsvRowReader rows = new(file, "Time", "Parameter", "Value");
            while (rows.Read())
            {
                string? time = rows.Text(0);
                int colon = time?.IndexOf(':', StringComparison.Ordinal) ?? -1;
                if (colon < 1 || !int.TryParse(time.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out int hours)
                    || !int.TryParse(time.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int minutes) || minutes > 59)
                {
                    intake.Tally.LeaveOut("time is not hh:mm", rows.Text(1) ?? "", file, rows.Line);
                    continue;
                }

                Take(stay, (hours * 60) + minutes, rows.Text(1) ?? "", rows, 2, file, statics, intake);
            }
        }

        if (found == 0)
        {
            throw new DataException(new DataProblem
            {
                Code = "LC010",
                File = folder,
                Message = "the folder has neither a long file nor a RecordID.txt of a stay in the outcomes",
                Remedy = "Give the folder that holds the stays of the set (for example set-a) and its outcomes file.",
            });
        }
    }

    private static void Take(int stay, double minutes, string parameter, RowReader rows, int valueColumn, string file, Dictionary<string, double[]> statics, ConceptIntake intake)
    {
        if (!rows.TryNumber(valueColumn, out double value))
        {
            intake.Tally.LeaveOut("value is not a number", parameter, file, rows.Line);
            return;
        }

        if (minutes == 0 && Descriptors.Contains(parameter))
        {
            // Weight is a descriptor the first time it occurs at minute 0 and a series from then on.
            bool first = parameter == "RecordID" || statics[parameter + Seen][stay] == 0;
            if (parameter != "RecordID")
            {
                statics[parameter + Seen][stay] = 1;
                if (double.IsNaN(statics[parameter][stay]) && value != -1)
                    statics[parameter][stay] = value;
            }

            if (first)
            {
                intake.Tally.LeaveOut("descriptor: became a static attribute", parameter, file, rows.Line);
                return;
            }
        }

        intake.Offer(stay, minutes / 60, parameter, value, file, rows.Line);
    }

    private static void ReadOutcomes(string file, List<string> ids, Dictionary<string, double[]> statics)
    {
        string[] columns = ["SAPS-I", "SOFA", "Length_of_stay", "Survival", "In-hospital_death"];
        List<double>[] values = [.. columns.Select(_ => new List<double>())];
        using CsvRowReader rows = new(file, ["RecordID", .. columns]);
        while (rows.Read())
        {
            ids.Add(rows.Text(0) ?? "");
            for (int c = 0; c < columns.Length; c++)
            {
                bool number = rows.TryNumber(c + 1, out double value);
                values[c].Add(!number || value == -1 ? double.NaN : value);
            }
        }

        for (int c = 0; c < columns.Length; c++)
            statics[columns[c]] = [.. values[c]];
    }

    private static Table Statics(List<string> ids, Dictionary<string, double[]> s)
    {
        static ColumnSchema Number(string name, string? unit, double low, double high, string description, int decimals = 0) => new()
        {
            Name = name,
            Kind = decimals == 0 ? ColumnKind.Integer : ColumnKind.Continuous,
            Unit = unit,
            Decimals = decimals,
            Bounds = new Bounds(low, high, Origin.Public),
            Description = description,
        };

        static DiscreteColumn Levels(string name, string[] levels, double[] codes, ColumnRole role = ColumnRole.Feature, ColumnKind kind = ColumnKind.Categorical) => new(
            new ColumnSchema { Name = name, Kind = kind, Role = role, Categories = levels, CategoriesOrigin = Origin.Public },
            [.. codes.Select(v => double.IsNaN(v) || v < 0 || v >= levels.Length ? DiscreteColumn.Missing : (int)v)]);

        return new Table(
        [
            new TextColumn(new ColumnSchema { Name = Cohort.StayIdColumn, Kind = ColumnKind.Text, Role = ColumnRole.Identifier }, [.. ids]),
            new NumericColumn(Number("age", "a", 15, 90, "Age in years; 90 and over is given as 90"), s["Age"]),
            Levels("sex", ["female", "male"], s["Gender"]),
            new NumericColumn(Number("height", "cm", 0, 450, "Height, with recording errors as published", 1), s["Height"]),
            new NumericColumn(Number("weight", "kg", 0, 500, "Weight on admission", 1), s["Weight"]),
            Levels("icu_type", IcuTypes, [.. s["ICUType"].Select(t => t - 1)]),
            new NumericColumn(Number("saps_1", "{score}", 0, 60, "Simplified Acute Physiology Score I"), s["SAPS-I"]),
            new NumericColumn(Number("sofa", "{score}", 0, 24, "Sequential Organ Failure Assessment"), s["SOFA"]),
            new NumericColumn(Number("length_of_stay", "d", 0, 1000, "Days in hospital"), s["Length_of_stay"]),
            new NumericColumn(Number("survival_days", "d", 0, 10000, "Days from admission to death; missing: no death recorded"), s["Survival"]),
            Levels("in_hospital_death", ["0", "1"], s["In-hospital_death"], ColumnRole.Target, ColumnKind.Boolean),
        ]);
    }

    private static string FindOutcomes(string folder)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder '{folder}'.");
        string? file = Directory.GetFiles(folder).Where(IsOutcomes).Order(StringComparer.Ordinal).FirstOrDefault();
        return file ?? throw new DataException(new DataProblem
        {
            Code = "LC011",
            File = folder,
            Message = "the folder has no outcomes file",
            Remedy = "Put the set's outcomes file (Outcomes-a.txt or outcomes-a.csv) beside the stays.",
        });
    }

    private static bool IsOutcomes(string file) => Path.GetFileName(file).StartsWith("outcomes", StringComparison.OrdinalIgnoreCase);

    private static double[] Missing(int n)
    {
        double[] values = new double[n];
        Array.Fill(values, double.NaN);
        return values;
    }

    private static DataException TwiceIn(string file, int line) => new(new DataProblem
    {
        Code = "LC001",
        File = file,
        Line = line,
        Column = "RecordID",
        Message = "the identifier of a stay occurs twice",
        Remedy = "Give every stay one outcome.",
    });
}
