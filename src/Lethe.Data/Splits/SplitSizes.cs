using System.Globalization;

namespace Lethe.Data.Splits;

/// <summary>How many patients each part gets: shares of all patients, or counts. What is left over is used by no part.</summary>
public sealed record SplitSizes
{
    private SplitSizes(double train, double holdout, double reference, bool areCounts)
    {
        Train = train;
        Holdout = holdout;
        Reference = reference;
        AreCounts = areCounts;
    }

    /// <summary>60 % train, 20 % holdout, 20 % reference: the holdout large enough for membership claims, the reference as large.</summary>
    public static SplitSizes Default { get; } = Fractions(0.6, 0.2, 0.2);

    /// <summary>Share or number of patients that the generator learns from.</summary>
    public double Train { get; }

    /// <summary>Share or number of patients that stand for the unseen.</summary>
    public double Holdout { get; }

    /// <summary>Share or number of patients that an attacker may know as reference data.</summary>
    public double Reference { get; }

    /// <summary>True when the sizes are numbers of patients, false when they are shares.</summary>
    public bool AreCounts { get; }

    /// <summary>Shares in [0, 1] that sum to at most 1; <paramref name="train"/> is positive.</summary>
    /// <exception cref="ArgumentException">A share is negative or not finite, or they sum to more than 1.</exception>
    public static SplitSizes Fractions(double train, double holdout, double reference = 0)
    {
        if (!(train > 0 && holdout >= 0 && reference >= 0 && train + holdout + reference <= 1 + 1e-9))
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"Split shares are train {train}, holdout {holdout}, reference {reference}; expected train > 0, none negative, a sum of at most 1. For numbers of patients use counts."));
        }

        return new SplitSizes(train, holdout, reference, areCounts: false);
    }

    /// <summary>Numbers of patients; <paramref name="train"/> is positive.</summary>
    /// <exception cref="ArgumentException">A count is negative, or the training part would be empty.</exception>
    public static SplitSizes Counts(int train, int holdout, int reference = 0)
    {
        if (train < 1 || holdout < 0 || reference < 0)
            throw new ArgumentException($"Split counts are train {train}, holdout {holdout}, reference {reference}; expected at least one training patient and none negative.");
        return new SplitSizes(train, holdout, reference, areCounts: true);
    }

    /// <summary>Patients of train, holdout, reference and unused, in this order; they sum to <paramref name="patients"/>.</summary>
    /// <exception cref="Problems.DataException">LD202: more patients are asked for than there are, or a part that should have some would get none.</exception>
    internal int[] Resolve(int patients)
    {
        double[] wanted = [Train, Holdout, Reference];
        int[] sizes;
        if (AreCounts)
        {
            sizes = [(int)Train, (int)Holdout, (int)Reference];
            if (sizes.Sum(s => (long)s) > patients)
                throw SplitErrors.TooFewPatients(patients, $"{Train} + {Holdout} + {Reference} are asked for");
        }
        else
        {
            sizes = LargestRemainder(wanted, patients);
        }

        for (int part = 0; part < wanted.Length; part++)
        {
            if (wanted[part] > 0 && sizes[part] == 0)
                throw SplitErrors.TooFewPatients(patients, $"the {(Part)part} part would be empty");
        }

        return [.. sizes, patients - sizes.Sum()];
    }

    private static int[] LargestRemainder(double[] shares, int patients)
    {
        double[] exact = [.. shares.Select(s => s * patients)];
        int[] sizes = [.. exact.Select(x => (int)Math.Floor(x + 1e-9))];
        int total = (int)Math.Min(patients, Math.Round(exact.Sum(), MidpointRounding.AwayFromZero));
        foreach (int part in Enumerable.Range(0, shares.Length).OrderByDescending(p => exact[p] - sizes[p]).Take(Math.Max(0, total - sizes.Sum())))
            sizes[part]++;
        return sizes;
    }
}
