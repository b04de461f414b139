using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Studies.Configuration;
using Lethe.Synthesis;
using Lethe.Synthesis.Registry;

namespace Lethe.Studies.Selection;

/// <summary>The decision rule behind <c>method: auto</c>.</summary>
internal static class AutomaticChoice
{
    private static readonly string[] Names = ["gaussian-copula", "bayesian-network", "arf", "cart"];

    public static Choice Of(Table train, Seed seed, IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        _ = (train, seed, progress, cancellation);
        MethodRegistration? method = Names.Select(Methods.Find).FirstOrDefault(m => m is not null);
        return method is null
            ? throw new ConfigException("method.name: this build has none of the methods that 'auto' chooses from. Name a method; 'lethe list methods' shows all.")
            : new Choice(method, new Dictionary<string, string>(), null, []);
    }
}
