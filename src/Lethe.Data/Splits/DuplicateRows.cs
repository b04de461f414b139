using Lethe.Data.Cohorts;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;

namespace Lethe.Data.Splits;

/// <summary>Finds identical records: equal in every column except identifiers and the patient key.</summary>
internal static class DuplicateRows
{
    /// <summary>A number a row, equal for identical records: the first row of that record.</summary>
    public static int[] ClassOfRow(Table table) => Classes(table.RowCount, new RowComparer(Compared(table)));

    /// <summary>A number a stay, equal for stays with the same static attributes and the same events.</summary>
    public static int[] ClassOfStay(Cohort cohort) => Classes(cohort.Count, new StayComparer(cohort, new RowComparer(Compared(cohort.Statics))));

    private static Column[] Compared(Table table) =>
        [.. table.Columns.Where(c => c.Schema.Role is not (ColumnRole.Identifier or ColumnRole.PatientKey) && c.Name != Cohort.StayIdColumn)];

    private static int[] Classes(int count, IEqualityComparer<int> comparer)
    {
        Dictionary<int, int> first = new(comparer);
        int[] classes = new int[count];
        for (int row = 0; row < classes.Length; row++)
        {
            if (!first.TryGetValue(row, out classes[row]))
                first.Add(row, classes[row] = row);
        }

        return classes;
    }

    /// <summary>Rows whose record stands in another patient's row too.</summary>
    public static int CountAcross(int[] classOfRow, Grouping groups)
    {
        const int Several = -1;
        Dictionary<int, int> ownerOfClass = [];
        for (int row = 0; row < classOfRow.Length; row++)
        {
            int group = groups.GroupOfRow[row];
            if (!ownerOfClass.TryAdd(classOfRow[row], group) && ownerOfClass[classOfRow[row]] != group)
                ownerOfClass[classOfRow[row]] = Several;
        }

        return classOfRow.Count(c => ownerOfClass[c] == Several);
    }

    private sealed class StayComparer(Cohort cohort, RowComparer statics) : IEqualityComparer<int>
    {
        public bool Equals(int a, int b)
        {
            StayEvents x = cohort[a], y = cohort[b];
            return x.Times.SequenceEqual(y.Times) && x.Channels.SequenceEqual(y.Channels) && x.Values.SequenceEqual(y.Values) && statics.Equals(a, b);
        }

        public int GetHashCode(int stay)
        {
            // The first events tell stays apart; the rest is compared where they agree.
            StayEvents events = cohort[stay];
            HashCode hash = default;
            hash.Add(events.Count);
            hash.Add(statics.GetHashCode(stay));
            for (int e = 0; e < Math.Min(8, events.Count); e++)
            {
                hash.Add(events.Times[e]);
                hash.Add(events.Values[e]);
            }

            return hash.ToHashCode();
        }
    }

    private sealed class RowComparer(Column[] columns) : IEqualityComparer<int>
    {
        public bool Equals(int a, int b)
        {
            foreach (Column column in columns)
            {
                bool same = column switch
                {
                    NumericColumn numbers => numbers[a].Equals(numbers[b]),
                    DiscreteColumn codes => codes[a] == codes[b],
                    TextColumn texts => texts[a] == texts[b],
                    _ => column.Format(a) == column.Format(b),
                };
                if (!same)
                    return false;
            }

            return true;
        }

        public int GetHashCode(int row)
        {
            HashCode hash = default;
            foreach (Column column in columns)
            {
                switch (column)
                {
                    case NumericColumn numbers:
                        hash.Add(numbers[row]);
                        break;
                    case DiscreteColumn codes:
                        hash.Add(codes[row]);
                        break;
                    default:
                        hash.Add(column.Format(row));
                        break;
                }
            }

            return hash.ToHashCode();
        }
    }
}
