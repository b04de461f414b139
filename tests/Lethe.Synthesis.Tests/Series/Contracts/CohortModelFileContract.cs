using Lethe.Data.Cohorts;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Serialization;
using Lethe.Synthesis.Models;
using Lethe.Synthesis.Tests.Contracts;

namespace Lethe.Synthesis.Tests.Series.Contracts;

/// <summary>Every method for time series that has a model file: saved equals live, damage is found, and no patient is in it.</summary>
public sealed class CohortModelFileContract
{
    public static TheoryData<string> Names => SeriesContract.Saveable;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_loaded_model_samples_as_the_live_one(string method)
    {
        FittedCohortSynthesizer model = SeriesContract.Fitted(method), loaded = SeriesContract.Reload(model);
        Assert.Equal(model.Descriptor, loaded.Descriptor);
        Assert.Equal(model.Claim, loaded.Claim);
        SeriesContract.AssertEqual(model.SampleCohort(300, new Seed(12)), loaded.SampleCohort(300, new Seed(12)));
        Assert.Equal(Contract.Bytes(model), Contract.Bytes(loaded));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_damaged_file_is_refused_wherever_it_is_damaged(string method)
    {
        byte[] bytes = Contract.Bytes(SeriesContract.Fitted(method));
        RandomStream random = new Seed(18).Stream("damage");
        for (int repeat = 0; repeat < 30; repeat++)
        {
            byte[] damaged = [.. bytes];
            damaged[random.NextInt(damaged.Length)] ^= (byte)(1 << random.NextInt(8));
            Refused(bytes, damaged);
            Refused(bytes, bytes[..random.NextInt(bytes.Length)]);
        }
    }

    /// <summary>One patient's course in a band that no other reading comes near: three of its readings in a row stand nowhere in the file.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void No_course_of_a_patient_can_be_read_out_of_the_file(string method)
    {
        Cohort train = ContractCohorts.Mixed();
        float[] course = [201, 207, 203, 211, 209, 205];
        CohortBuilder builder = new();
        for (int i = 0; i < train.Count; i++)
        {
            StayEvents events = train[i];
            int told = 0;
            for (int e = 0; e < events.Count; e++)
            {
                bool canary = i == 17 && events.Channels[e] == 0;
                builder.Add(i, events.Times[e], events.Channels[e], canary ? course[told++ % course.Length] : events.Values[e]);
            }
        }

        Cohort marked = builder.Build("marked", train.Statics, train.Channels, train.Outcomes);
        byte[] file = Contract.Bytes(SeriesContract.Fit(method, marked));
        using MemoryStream stream = new(file);
        SafetensorsFile arrays = Safetensors.Read(new MemoryStream(ModelArchive.Read(stream)[ModelArchive.Weights]));
        foreach (NamedArray array in arrays.Arrays)
        {
            double[] values = array.ElementType == typeof(float) ? [.. array.Elements<float>().Select(v => (double)v)] : array.ElementType == typeof(double) ? array.Elements<double>() : [];
            for (int i = 0; i + 2 < values.Length; i++)
            {
                for (int k = 0; k + 2 < course.Length; k++)
                {
                    bool told = Math.Abs(values[i] - course[k]) < 1e-3 && Math.Abs(values[i + 1] - course[k + 1]) < 1e-3 && Math.Abs(values[i + 2] - course[k + 2]) < 1e-3;
                    Assert.False(told, $"array {array.Name} tells the course at {i}");
                }
            }
        }

        Assert.DoesNotContain("patient 17", System.Text.Encoding.UTF8.GetString(file));
        Assert.DoesNotContain("stay 17", System.Text.Encoding.UTF8.GetString(file));
    }

    private static void Refused(byte[] whole, byte[] damaged)
    {
        FittedSynthesizer loaded;
        try
        {
            loaded = ModelFile.Read(new MemoryStream(damaged));
        }
        catch (InvalidDataException)
        {
            return;
        }

        Assert.Equal(whole, Contract.Bytes(loaded));
    }
}
