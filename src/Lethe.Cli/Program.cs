using Lethe.Cli;
using Lethe.Cli.Terminal;

// What is not caught here is a defect: LetheCommand turns every expected error into a message and an exit code.
return await LetheCommand.RunAsync(args, Streams.OfProcess(), CancellationToken.None);
