namespace Lethe.Data.Cohorts.Reading;

/// <summary>The earliest kept reading of one channel in each stay: what becomes a static attribute such as weight.</summary>
internal sealed class FirstReadings
{
    private readonly int _channel;
    private readonly double[] _hours;
    private readonly float[] _values;

    /// <summary>Listens for a channel by name; hears nothing when it is not among <paramref name="channels"/>.</summary>
    public FirstReadings(string channel, IReadOnlyList<Channel> channels, int stays)
    {
        _channel = channels.Select((c, i) => (c.Name, i)).Where(c => c.Name == channel).Select(c => c.i).DefaultIfEmpty(-1).First();
        _hours = new double[stays];
        _values = new float[stays];
        Array.Fill(_hours, double.PositiveInfinity);
        Array.Fill(_values, float.NaN);
    }

    /// <summary>Takes a kept reading.</summary>
    public void See(int stay, int channel, double hours, float value)
    {
        if (channel != _channel || hours >= _hours[stay])
            return;
        _hours[stay] = hours;
        _values[stay] = value;
    }

    /// <summary>The first reading of a stay; NaN when there is none.</summary>
    public float this[int stay] => _values[stay];
}
