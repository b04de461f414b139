using System.Globalization;
using System.Text;
using Lethe.Data.Cohorts;
using Lethe.Data.Cohorts.Reading;
using Lethe.Data.Tables;

namespace Lethe.Data.Tests.Cohorts;

public sealed class PhysioNet2012ReaderTests
{
    [Fact]
    public void The_shared_subset_loads_and_its_counts_agree_with_the_published_ones()
    {
        CohortReadResult result = PhysioNet2012Reader.Read(SharedFolder.Require("data/physionet-2012"));
        Cohort cohort = result.Cohort;
        Assert.Equal(2800, cohort.Count);
        Assert.Equal(388, ((DiscreteColumn)cohort.Statics["in_hospital_death"]).Codes.ToArray().Count(c => c == 1));
        Assert.Equal(1_231_027, result.Tally.Read);
        Assert.Equal(result.Tally.Read, result.Tally.Kept + result.Tally.LeftOut.Sum(l => l.Count));
        Assert.Equal(cohort.EventCount, result.Tally.Kept);
        Assert.Equal(1321, cohort.Statics["height"].MissingCount);
        Assert.Equal(224, cohort.Statics["weight"].MissingCount);
        Assert.Equal(2, cohort.Statics["sex"].MissingCount);
        Assert.Equal(126, cohort.Statics["saps_1"].MissingCount);
        Assert.Equal(99, cohort.Statics["sofa"].MissingCount);
        Assert.Equal(39, cohort.Statics["length_of_stay"].MissingCount);
        int respiratory = cohort.ChannelIndex("resp_rate"), cholesterol = cohort.ChannelIndex("cholesterol");
        Assert.Equal(797, Enumerable.Range(0, cohort.Count).Count(i => cohort[i].Channels.Contains((ushort)respiratory)));
        Assert.Equal(217, Enumerable.Range(0, cohort.Count).Count(i => cohort[i].Channels.Contains((ushort)cholesterol)));
        Assert.All(cohort.Times.ToArray(), t => Assert.InRange(t, 0, 48));
    }

    [Fact]
    public void Both_published_layouts_give_the_same_cohort()
    {
        string folder = Directory.CreateTempSubdirectory("lethe").FullName;
        try
        {
            const string Outcomes = "RecordID,SAPS-I,SOFA,Length_of_stay,Survival,In-hospital_death\n1,6,-1,5,-1,0\n2,16,8,8,3,1\n";
            (int Id, string Time, string Parameter, string Value)[] rows =
            [
                (1, "00:00", "RecordID", "1"), (1, "00:00", "Age", "54"), (1, "00:00", "Gender", "0"), (1, "00:00", "Height", "-1"), (1, "00:00", "ICUType", "4"), (1, "00:00", "Weight", "-1"),
                (1, "00:07", "HR", "73"), (1, "01:37", "Mg", "1"), (1, "47:59", "Temp", "-17.8"), (1, "02:00", "Weight", "70.5"),
                (2, "00:00", "RecordID", "2"), (2, "00:00", "Age", "76"), (2, "00:00", "Gender", "1"), (2, "00:00", "Height", "175.3"), (2, "00:00", "ICUType", "2"), (2, "00:00", "Weight", "80.6"),
                (2, "00:42", "pH", "735"), (2, "00:42", "pH", "7.35"), (2, "03:00", "Nonsense", "1"),
            ];
            string wide = Directory.CreateDirectory(Path.Combine(folder, "set-a")).FullName, tall = Directory.CreateDirectory(Path.Combine(folder, "long")).FullName;
            File.WriteAllText(Path.Combine(wide, "Outcomes-a.txt"), Outcomes);
            File.WriteAllText(Path.Combine(tall, "outcomes-a.csv"), Outcomes);
            StringBuilder all = new("RecordID,Minutes,Parameter,Value\n");
            foreach (IGrouping<int, (int Id, string Time, string Parameter, string Value)> stay in rows.GroupBy(r => r.Id))
            {
                File.WriteAllText(Path.Combine(wide, $"{stay.Key}.txt"), "Time,Parameter,Value\n" + string.Concat(stay.Select(r => $"{r.Time},{r.Parameter},{r.Value}\n")));
                foreach ((int id, string time, string parameter, string value) in stay)
                    all.Append(CultureInfo.InvariantCulture, $"{id},{(int.Parse(time[..2], CultureInfo.InvariantCulture) * 60) + int.Parse(time[3..], CultureInfo.InvariantCulture)},{parameter},{value}\n");
            }

            File.WriteAllText(Path.Combine(tall, "set-a.csv"), all.ToString());
            CohortReadResult a = PhysioNet2012Reader.Read(wide), b = PhysioNet2012Reader.Read(tall);
            Assert.Equal(CohortSamples.Events(a.Cohort), CohortSamples.Events(b.Cohort));
            Assert.Equal(4, a.Cohort.EventCount); // heart rate, magnesium, the later weight, the plausible pH
            Assert.Equal(19, a.Tally.Read);
            Assert.Equal(12, a.Tally.LeftOut.Where(l => l.Reason.StartsWith("descriptor", StringComparison.Ordinal)).Sum(l => l.Count));
            Assert.Contains(a.Tally.LeftOut, l => l is { Reason: "not a mapped variable", Channel: "Nonsense", Count: 1 });
            Assert.Equal(2, a.Tally.LeftOut.Where(l => l.Reason.Contains("plausible", StringComparison.Ordinal)).Sum(l => l.Count));
            Assert.Equal(1f, CohortSamples.Events(a.Cohort).Single(e => e.Channel == a.Cohort.ChannelIndex("magnesium")).Value); // recorded in mg/dL, whatever the parameter list says
            Assert.Equal("surgical", a.Cohort.Statics["icu_type"].Format(0));
            Assert.True(a.Cohort.Statics["height"].IsMissing(0));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
