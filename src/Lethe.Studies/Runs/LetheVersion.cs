using System.Reflection;
using System.Runtime.InteropServices;
using Lethe.Numerics.Threading;

namespace Lethe.Studies.Runs;

/// <summary>Which build made a result, and on what kind of machine.</summary>
public static class LetheVersion
{
    /// <summary>Version number with commit, as model files and reports print it.</summary>
    public static string Current { get; } =
        typeof(LetheVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>The kind of machine, e.g. <c>linux-x64, 4 cores, .NET 10.0.1</c>; no host name.</summary>
    public static string Machine { get; } = $"{RuntimeInformation.RuntimeIdentifier}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}";

    /// <summary>Threads that this process computes with.</summary>
    public static int Threads => ComputeThreads.Maximum;
}
