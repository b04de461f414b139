using System.Globalization;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Optimisers;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Serialization;

namespace Lethe.Numerics.Training;

/// <summary>
/// All that a training run needs to continue bit for bit: modules, optimisers, averages, random streams, a step count.
/// Register the parts once; <see cref="Save"/> and <see cref="Load"/> then treat them alike. Written atomically as safetensors.
/// </summary>
public sealed class Checkpoint
{
    private readonly List<(string Name, Module Module)> _modules = [];
    private readonly List<(string Name, Optimiser Optimiser)> _optimisers = [];
    private readonly List<(string Name, ParameterAverage Average)> _averages = [];
    private readonly List<(string Name, Func<ulong[]> Save, Action<ulong[]> Load)> _streams = [];
    private readonly List<(string Name, Func<double[]> Read, Action<double[]> Restore)> _numbers = [];

    /// <summary>What the run is: data, settings, seed. A checkpoint of another run is refused; see <see cref="Matches"/>.</summary>
    public string Identity { get; init; } = "";

    /// <summary>Adds a module under a name, e.g. <c>generator</c>.</summary>
    public Checkpoint Add(string name, Module module)
    {
        _modules.Add((name, module));
        return this;
    }

    /// <summary>Adds an optimiser's moments and step count.</summary>
    public Checkpoint Add(string name, Optimiser optimiser)
    {
        _optimisers.Add((name, optimiser));
        return this;
    }

    /// <summary>Adds a moving average.</summary>
    public Checkpoint Add(string name, ParameterAverage average)
    {
        _averages.Add((name, average));
        return this;
    }

    /// <summary>Adds a random stream by how to read and replace it.</summary>
    /// <param name="name">Unique name.</param>
    /// <param name="read">The stream in use now.</param>
    /// <param name="replace">Puts a restored stream in its place.</param>
    public Checkpoint AddStream(string name, Func<RandomStream> read, Action<RandomStream> replace)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(replace);
        _streams.Add((name, () => read().SaveState(), state => replace(RandomStream.FromState(state))));
        return this;
    }

    /// <summary>Adds numbers of the run itself, e.g. its loss curve, by how to read and put back any number of them.</summary>
    public Checkpoint AddNumbers(string name, Func<double[]> read, Action<double[]> restore)
    {
        _numbers.Add((name, read, restore));
        return this;
    }

    /// <summary>True when the file is a checkpoint of a run with this <see cref="Identity"/>; false when there is none or of another run.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public bool Matches(string path)
    {
        if (!File.Exists(path))
            return false;
        using FileStream stream = File.OpenRead(path);
        return Safetensors.Read(stream).Metadata.TryGetValue("identity", out string? identity) && identity == Identity;
    }

    /// <summary>Writes everything to a file.</summary>
    /// <param name="path">Replaced atomically.</param>
    /// <param name="step">The step the run has reached.</param>
    public void Save(string path, long step) => AtomicFile.Write(path, stream => Safetensors.Write(stream, Arrays(), new Dictionary<string, string>
    {
        ["format"] = "lethe-checkpoint-1",
        ["step"] = step.ToString(CultureInfo.InvariantCulture),
        ["identity"] = Identity,
    }));

    /// <summary>Restores everything from a file and gives the step.</summary>
    /// <exception cref="InvalidDataException">The file is no checkpoint, damaged, or of another model.</exception>
    public long Load(string path)
    {
        using FileStream stream = File.OpenRead(path);
        SafetensorsFile file = Safetensors.Read(stream);
        if (!file.Metadata.TryGetValue("format", out string? format) || format != "lethe-checkpoint-1" || !file.Metadata.TryGetValue("step", out string? text) || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long step))
            throw new InvalidDataException("The file is not a checkpoint of this version: its metadata lacks the format or the step.");
        foreach ((string name, Module module) in _modules)
        {
            module.Load(file, $"module.{name}.");
            foreach ((string part, Module owner) in module.WithStreams(name))
                owner.StreamState = Words(file[$"stream.{part}"]);
        }

        foreach ((string name, Optimiser optimiser) in _optimisers)
            optimiser.Load(file, $"optimiser.{name}.");
        foreach ((string name, ParameterAverage average) in _averages)
            average.Load(file, $"average.{name}.");
        foreach ((string name, _, Action<ulong[]> restore) in _streams)
            restore(Words(file[$"stream.{name}"]));
        foreach ((string name, _, Action<double[]> restore) in _numbers)
            restore(file[$"numbers.{name}"].Elements<double>());
        return step;
    }

    private IEnumerable<NamedArray> Arrays() =>
    [
        .. _modules.SelectMany(part => part.Module.ToArrays($"module.{part.Name}.")),
        .. _optimisers.SelectMany(part => part.Optimiser.ToArrays($"optimiser.{part.Name}.")),
        .. _averages.SelectMany(part => part.Average.ToArrays($"average.{part.Name}.")),
        .. _modules.SelectMany(part => part.Module.WithStreams(part.Name)).Select(part => Stream(part.Path, part.Module.StreamState!)),
        .. _streams.Select(part => Stream(part.Name, part.Save())),
        .. _numbers.Select(part => (Name: $"numbers.{part.Name}", Numbers: part.Read())).Select(part => NamedArray.Create(part.Name, [part.Numbers.Length], part.Numbers)),
    ];

    // The words of a stream's state are bits: they travel as signed integers.
    private static NamedArray Stream(string name, ulong[] state) => NamedArray.Create($"stream.{name}", [state.Length], Array.ConvertAll(state, word => unchecked((long)word)));

    private static ulong[] Words(NamedArray array) => Array.ConvertAll(array.Elements<long>(), word => unchecked((ulong)word));
}
