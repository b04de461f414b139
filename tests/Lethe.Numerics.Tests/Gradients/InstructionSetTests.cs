using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Lethe.Numerics.Tests.Gradients;

/// <summary>
/// This assembly's tests once more in child processes with instruction sets switched off: the paths that this machine would
/// otherwise never take must be right too. (512-bit kernels run everywhere, in two halves where the machine has none.)
/// </summary>
public sealed class InstructionSetTests
{
    // Without any vector hardware the large products take minutes; the small ones of the other tests go the same way.
    private static readonly string[] SlowWithoutVectors = ["Lethe.Numerics.Tests.Kernels.MatrixProductTests", "Lethe.Numerics.Tests.Training.RepeatabilityTests"];

    private static readonly string[] NotAboutKernels = ["Lethe.Numerics.Tests.Gradients.InstructionSetTests", "Lethe.Numerics.Tests.Training.MemoryTests", "Lethe.Numerics.Tests.Serialization.SafetensorsTests"];

    [Theory]
    [InlineData("DOTNET_EnableAVX512=0", "DOTNET_EnableAVX512F=0")]
    [InlineData("DOTNET_EnableAVX2=0")]
    [InlineData("DOTNET_EnableHWIntrinsic=0")]
    public async Task All_tests_pass_without(params string[] switches)
    {
        string assembly = Path.Combine(AppContext.BaseDirectory, $"{typeof(InstructionSetTests).Assembly.GetName().Name}.dll");
        ProcessStartInfo info = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        info.ArgumentList.Add(assembly);
        foreach (string excluded in switches[0].Contains("HWIntrinsic", StringComparison.Ordinal) ? NotAboutKernels.Concat(SlowWithoutVectors) : NotAboutKernels)
        {
            info.ArgumentList.Add("-class-");
            info.ArgumentList.Add(excluded);
        }

        foreach (string setting in switches)
            info.Environment[setting.Split('=')[0]] = setting.Split('=')[1];
        using Process child = Process.Start(info)!;
        Task<string> errors = child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await errors;
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        Match summary = Regex.Match(output, @"Total: (\d+), Errors: (\d+), Failed: (\d+)");
        Assert.True(child.ExitCode == 0 && summary.Success && summary.Groups[2].Value == "0" && summary.Groups[3].Value == "0", output);
        Assert.True(int.Parse(summary.Groups[1].Value) > 30, $"only {summary.Groups[1].Value} tests ran");
    }
}
