namespace Lethe.Studies.Runs;

/// <summary>The files of a run. Nothing outside the folder is written.</summary>
public sealed class RunFolder
{
    /// <summary>The folder at <paramref name="path"/>, which need not exist yet.</summary>
    public RunFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
    }

    /// <summary>Full path of the folder.</summary>
    public string Path { get; }

    /// <summary>The resolved configuration.</summary>
    public string Config => File("run.yaml");

    /// <summary>The schema that the data were read under.</summary>
    public string Schema => File("schema.yaml");

    /// <summary>The fitted model.</summary>
    public string Model => File("model.lethe");

    /// <summary>The synthetic patients.</summary>
    public string Synthetic => File("synthetic.csv");

    /// <summary>The synthetic patients of a cohort run: a cohort folder.</summary>
    public string SyntheticCohort => File("synthetic");

    /// <summary>The result document.</summary>
    public string Results => File("results.json");

    /// <summary>The report.</summary>
    public string Report => File("report.html");

    /// <summary>What was done when; no patient values.</summary>
    public string Log => File("log.txt");

    /// <summary>Hashes, versions, seeds.</summary>
    public string Provenance => File("provenance.json");

    /// <summary>Which stages are done, for resuming.</summary>
    public string State => File("state.json");

    /// <summary>Intermediate results of a stage, as JSON.</summary>
    public string Stage(string name) => System.IO.Path.Combine(Path, "stages", name + ".json");

    /// <summary>Where long fits keep their checkpoint.</summary>
    public string Checkpoint => File("checkpoint");

    /// <summary>True when the folder holds a run, finished or not.</summary>
    public bool HoldsRun => System.IO.File.Exists(State) || System.IO.File.Exists(Config);

    /// <summary>True when the folder is absent or empty.</summary>
    public bool IsFree => !Directory.Exists(Path) || !Directory.EnumerateFileSystemEntries(Path).Any();

    /// <summary>Removes the files of a run, and nothing else that may lie beside them.</summary>
    public void Clear()
    {
        if (!Directory.Exists(Path))
            return;
        foreach (string file in (string[])[State, Config, Schema, Model, Synthetic, Results, Report, Log, Provenance])
            System.IO.File.Delete(file);
        foreach (string folder in (string[])[File("stages"), Checkpoint, SyntheticCohort])
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    private string File(string name) => System.IO.Path.Combine(Path, name);
}
