using System.Globalization;
using System.Text;
using Lethe.Numerics.Randomness;

namespace Lethe.Data.Benchmarks;

/// <summary>A made-up ward register: a patient key, dates, measurements, whole numbers, levels, missing cells.</summary>
internal static class WardFile
{
    /// <summary>Columns in the file.</summary>
    public const int Columns = 20;

    private static readonly string[] Wards = ["surgery", "medicine", "cardiology", "neurology", "oncology", "emergency", "intensive care", "maternity", "paediatrics", "geriatrics", "urology", "psychiatry"];

    /// <summary>Writes <paramref name="rows"/> rows; the same every time.</summary>
    public static void Write(string path, int rows)
    {
        RandomStream random = new Seed(7).Stream("ward");
        using StreamWriter file = new(path, false, new UTF8Encoding(false), 1 << 16);
        file.Write("patient_id,admitted,age,sex,ward,diagnosis,smoker,died");
        for (int i = 0; i < 8; i++)
            file.Write(string.Create(CultureInfo.InvariantCulture, $",lab{i}"));
        file.Write(",heart_rate,systolic,stay_hours,score\n");
        StringBuilder row = new();
        for (int r = 0; r < rows; r++)
        {
            row.Clear();
            row.Append(CultureInfo.InvariantCulture, $"P{random.NextInt(Math.Max(1, rows / 5)):D7},");
            row.Append(DateTime.UnixEpoch.AddDays(15_000 + random.NextInt(4000)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            row.Append(CultureInfo.InvariantCulture, $",{18 + random.NextInt(75)},{(random.NextBool() ? 'f' : 'm')},{Wards[random.NextInt(Wards.Length)]}");
            row.Append(CultureInfo.InvariantCulture, $",{(char)('A' + random.NextInt(26))}{random.NextInt(100):D2}.{random.NextInt(10)},{(random.NextBool(0.3) ? "yes" : "no")},{(random.NextBool(0.05) ? 1 : 0)}");
            for (int i = 0; i < 8; i++)
            {
                if (random.NextBool(0.1))
                    row.Append(i % 2 == 0 ? "," : ",NA");
                else
                    row.Append(CultureInfo.InvariantCulture, $",{Math.Round(Math.Exp(2 + random.NextGaussian()), 1 + (i % 3))}");
            }

            row.Append(CultureInfo.InvariantCulture, $",{60 + random.NextInt(80)},{80 + (2 * random.NextInt(60))},{random.NextInt(2000)},{random.NextInt(8)}\n");
            file.Write(row);
        }
    }
}
