using System.Globalization;
using System.Text;
using Lethe.Data.Concepts;
using Lethe.Data.Files;
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
    /// <exception cref="ArgumentException">An event lies before admission, which the layout cannot say.</exception>
    public static void Write(Cohort cohort, string folder)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        if (cohort.EventCount > 0 && cohort.Times.ToArray().Min() < 0)
            throw new ArgumentException("The PhysioNet 2012 layout has no times before admission; this cohort has some. Choose another format or cut the window at 0 h.", nameof(cohort));
        Directory.CreateDirectory(folder);
        ConceptMap map = ConceptMap.Load("physionet-2012");
        Dictionary<string, ConceptSource> names = [];
        foreach (ConceptSource s in map.Sources)
            names.TryAdd(s.Concept, s);
        StringBuilder outcomes = new("RecordID,SAPS-I,SOFA,Length_of_stay,Survival,In-hospital_death\n");
        for (int i = 0; i < cohort.Count; i++)
        {
            string id = (i + 1).ToString("D6", CultureInfo.InvariantCulture);
            AtomicFile.WriteAllText(Path.Combine(folder, id + ".txt"), Record(cohort, i, id, names));
            outcomes.Append(CultureInfo.InvariantCulture, $"{id},{Number(cohort, "saps_1", i)},{Number(cohort, "sofa", i)},{Number(cohort, "length_of_stay", i)},{Number(cohort, "survival_days", i)},{Death(cohort, i)}\n");
        }

        AtomicFile.WriteAllText(Path.Combine(folder, "Outcomes.txt"), outcomes.ToString());
    }

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

    private static int Death(Cohort cohort, int stay) => new FhirStatics(cohort).Died(stay) == true ? 1 : 0;
}
