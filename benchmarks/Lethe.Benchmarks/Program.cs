using Lethe.Benchmarks;

return args switch
{
    ["peer", .. var rest] => PeerCommand.Run(rest),
    ["steps", .. var rest] => PeerCommand.RunSteps(rest),
    ["kernels", ..] => KernelCommand.Run(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: dotnet run -c Release --project benchmarks/Lethe.Benchmarks -- COMMAND
          peer [--json FILE] [--only STEP,…] [--threads 1|all]   the training steps in Lethe and PyTorch, interleaved
          steps [--only STEP,…] [--threads N]                    the same steps in Lethe alone: best and median time, allocation
          kernels                                                matrix products against the hardware's peak
        """);
    return 2;
}
