using System.Globalization;
using Lethe.Data.Cohorts.Definitions;

namespace Lethe.Data.Cohorts.Reading;

/// <summary>
/// Which stay of the cohort an event belongs to: by the stay's number where the row has one, else by patient and time.
/// Tells events of stays that the definition leaves out from events of nobody known.
/// </summary>
internal sealed class StayFinder
{
    /// <summary>The stay is known, but not part of the definition.</summary>
    public const int LeftOut = -1;

    /// <summary>There is no such stay, or none of the patient at that time.</summary>
    public const int None = -2;

    private readonly IReadOnlyList<StayRecord> _stays;
    private readonly double _lead;
    private readonly int[] _rowOf;
    private readonly Dictionary<long, int> _byStay = [];
    private readonly Dictionary<long, int[]> _byPatient;

    /// <summary>Indexes stays.</summary>
    /// <param name="stays">Every stay of the source; found by number are those whose identifiers, or patients, are whole numbers.</param>
    /// <param name="kept">Positions of the stays of the cohort, in the cohort's order.</param>
    /// <param name="window">The definition's window: hours before admission count as part of the stay.</param>
    public StayFinder(IReadOnlyList<StayRecord> stays, int[] kept, CohortWindow? window)
    {
        _stays = stays;
        _lead = Math.Min(0, window?.From ?? 0);
        _rowOf = new int[stays.Count];
        Array.Fill(_rowOf, LeftOut);
        for (int row = 0; row < kept.Length; row++)
            _rowOf[kept[row]] = row;
        for (int i = 0; i < stays.Count; i++)
        {
            if (long.TryParse(stays[i].Id, NumberStyles.Integer, CultureInfo.InvariantCulture, out long id))
                _byStay.TryAdd(id, i);
        }

        _byPatient = Enumerable.Range(0, stays.Count)
            .Where(i => long.TryParse(stays[i].Patient, NumberStyles.Integer, CultureInfo.InvariantCulture, out _))
            .GroupBy(i => long.Parse(stays[i].Patient, CultureInfo.InvariantCulture))
            .ToDictionary(g => g.Key, g => g.OrderBy(i => stays[i].In).ToArray());
    }

    /// <summary>Row in the cohort of a stay by its number; else <see cref="LeftOut"/> or <see cref="None"/>.</summary>
    public int ByStay(long stay, out StayRecord? record)
    {
        bool found = _byStay.TryGetValue(stay, out int i);
        record = found ? _stays[i] : null;
        return found ? _rowOf[i] : None;
    }

    /// <summary>Row in the cohort of the patient's stay that holds a time (the later one where two do); else <see cref="LeftOut"/> or <see cref="None"/>.</summary>
    public int ByTime(long patient, DateTime time, out StayRecord? record)
    {
        record = null;
        if (!_byPatient.TryGetValue(patient, out int[]? stays))
            return None;
        int found = -1;
        foreach (int i in stays)
        {
            bool inside = time >= _stays[i].In && time <= _stays[i].Out;
            bool before = found < 0 && time < _stays[i].In && (time - _stays[i].In).TotalHours >= _lead;
            if (inside || before)
                found = i;
        }

        if (found < 0)
            return None;
        record = _stays[found];
        return _rowOf[found];
    }
}
