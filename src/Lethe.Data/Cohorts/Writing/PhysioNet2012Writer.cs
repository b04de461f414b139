using System.Globalization;
using System.Text;
using Lethe.Data.Concepts;
using Lethe.Data.Files;
using Lethe.Data.Problems;
using Lethe.Data.Tables;

namespace Lethe.Data.Cohorts.Writing;

/// <summary>
/// Writes a cohort in the layout of the PhysioNet/CinC Challenge 2012: one <c>RecordID.txt</c> a stay with
/// <c>Time,Parameter,Value</c>, descriptors at 00:00, and <c>Outcomes.txt</c>. Times become whole minutes (the layout has no
/// seconds), readings go back to the challenge's units and names; channels that the challenge does not know keep their own names.
/// </summary>
public static class PhysioNet2012Writer
{
    private static readonly string[] IcuTypes = ["coronary care", "cardiac surgery recovery", "medical", "surgical"];

    /// <summary>Writes the folder.</summary>
    /// <param name="cohort">The cohort.</param>
    /// <param name="folder">Created when absent.</param>
    /// <param name="done">Told how many stays are written.</param>
    /// <param name="cancellation">Stops the writing; nothing is left then.</param>
    /// <exception cref="DataException">LC058: an event lies before admission, which the layout cannot say.</exception>
    public static void Write(Cohort cohort, string folder, IProgress<int>? done = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        int before = Enumerable.Range(0, cohort.Count).Sum(i => Before(cohort[i].Times));
        if (before > 0)
            throw EarlyEvents(cohort, before);
        Directory.CreateDirectory(folder);
        ConceptMap map = ConceptMap.Load("physionet-2012");
        Dictionary<string, ConceptSource> names = [];
        foreach (ConceptSource s in map.Sources)
            names.TryAdd(s.Concept, s);
        StringBuilder outcomes = new("RecordID,SAPS-I,SOFA,Length_of_stay,Survival,In-hospital_death\n");
        FhirStatics statics = new(cohort);
        StayWatch watch = new(cohort.Count, done, cancellation);
        for (int i = 0; i < cohort.Count; i++)
        {
            watch.Next(i);
            string id = (i + 1).ToString("D6", CultureInfo.InvariantCulture);
            AtomicFile.WriteAllText(Path.Combine(folder, id + ".txt"), Record(cohort, i, id, names));
            outcomes.Append(CultureInfo.InvariantCulture, $"{id},{Number(cohort, "saps_1", i)},{Number(cohort, "sofa", i)},{Number(cohort, "length_of_stay", i)},{Number(cohort, "survival_days", i)},{(statics.Died(i) == true ? 1 : 0)}\n");
        }

        AtomicFile.WriteAllText(Path.Combine(folder, "Outcomes.txt"), outcomes.ToString());
    }

    private static int Before(ReadOnlySpan<float> times) => times.IndexOfAnyExceptInRange(float.MinValue, -float.Epsilon) is var n && n < 0 ? times.Length : n;

    private static DataException EarlyEvents(Cohort cohort, int count) => new(new DataProblem
    {
        Code = "LC058",
        File = cohort.Name,
        Message = FormattableString.Invariant($"{count:N0} events lie before admission, which the PhysioNet 2012 layout cannot say"),
        Remedy = "Import with a window that starts at hour 0, or choose another form.",
    });

    private static string Record(Cohort cohort, int stay, string id, Dictionary<string, ConceptSource> names)
    {
        StringBuilder text = new("Time,Parameter,Value\n");
        text.Append(CultureInfo.InvariantCulture, $"00:00,RecordID,{id}\n00:00,Age,{Number(cohort, "age", stay)}\n00:00,Gender,{Code(cohort, "sex", ["female", "male"], stay)}\n");
        int icuType = Code(cohort, "icu_type", IcuTypes, stay);
        text.Append(CultureInfo.InvariantCulture, $"00:00,Height,{Number(cohort, "height", stay)}\n00:00,ICUType,{(icuType < 0 ? -1 : icuType + 1)}\n00:00,Weight,{Number(cohort, "weight", stay)}\n");
        StayEvents events = cohort[stay];
        for (int e = 0; e < events.Count; e++)
        {
            Channel channel = cohort.Channels[events.Channels[e]];
            int minutes = (int)Math.Round(events.Times[e] * 60.0);
            bool known = names.TryGetValue(channel.Name, out ConceptSource? source);
            double value = known ? (events.Values[e] - source!.Offset) / source.Factor : events.Values[e];
            text.Append(CultureInfo.InvariantCulture, $"{minutes / 60:D2}:{minutes % 60:D2},{(known ? source!.Source : channel.Name)},{(float)value:R}\n");
        }

        return text.ToString();
    }

    // −1 is the challenge's word for unknown.
    private static string Number(Cohort cohort, string column, int stay) =>
        cohort.Statics.Schema.TryGet(column, out _) && cohort.Statics[column] is NumericColumn n && !n.IsMissing(stay) ? n[stay].ToString("R", CultureInfo.InvariantCulture) : "-1";

    private static int Code(Cohort cohort, string column, string[] levels, int stay) =>
        cohort.Statics.Schema.TryGet(column, out _) ? Array.IndexOf(levels, cohort.Statics[column].Format(stay)) : -1;
}
