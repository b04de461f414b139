using Lethe.Data.Files;
using Lethe.Data.Schemas;
using Lethe.Studies.Configuration;
using Lethe.Studies.Loading;

namespace Lethe.Studies.Runs;

/// <summary>Takes a folder for a run: a free one, one that holds the same run unfinished, or, on request, one to be replaced.</summary>
internal static class FolderClaim
{
    /// <summary>Refuses a folder that holds something other than a run.</summary>
    public static void RefuseForeign(RunFolder folder)
    {
        if (!folder.IsFree && !folder.HoldsRun)
            throw new ConfigException($"The folder '{folder.Path}' is not empty and holds no run. Choose another folder with --out.");
    }

    /// <summary>Writes <c>run.yaml</c> and <c>schema.yaml</c>, and returns the state from which the run goes on.</summary>
    /// <exception cref="ConfigException">The folder holds another run and replacing was not asked for.</exception>
    public static RunState Take(RunFolder folder, RunConfig resolved, LoadedData data, bool overwrite)
    {
        string key = Key(resolved, data);
        RunState state = RunState.Load(folder);
        if (overwrite)
        {
            folder.Clear();
            state = RunState.Load(folder);
        }
        else if (state.Key is { } held && held != key)
        {
            throw new ConfigException($"The folder '{folder.Path}' holds another run: data, configuration, seed or version of Lethe differ. Choose another folder with --out, or replace it with --overwrite.");
        }

        AtomicFile.WriteAllText(folder.Config, RunConfigWriter.Write(FromFolder(resolved, folder)));
        SchemaYaml.Save(folder.Schema, data.Table.Schema);
        state.Begin(key);
        return state;
    }

    /// <summary>What decides every stage's result. Title, gates, context and edition only decide how results are judged and shown.</summary>
    private static string Key(RunConfig config, LoadedData data) => Fingerprint.Of(
        LetheVersion.Current,
        data.ContentKey,
        RunConfigWriter.Write(config with
        {
            Title = null,
            Gates = [],
            Context = null,
            Edition = default,
            Data = config.Data with { Source = data.Name, Schema = null },
        }));

    /// <summary>Paths in <c>run.yaml</c> are relative to it, so that the tree can be moved as a whole.</summary>
    private static RunConfig FromFolder(RunConfig config, RunFolder folder) => config with
    {
        Data = config.Data with
        {
            Source = DataLoader.IsCatalogued(config.Data.Source) ? config.Data.Source : Path.GetRelativePath(folder.Path, Path.GetFullPath(config.Data.Source)),
            Schema = config.Data.Schema is { } schema ? Path.GetRelativePath(folder.Path, Path.GetFullPath(schema)) : null,
        },
    };
}
