using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Lethe.Cli.Help;

/// <summary>The standard help, then the examples of a verb; for the root the exit codes.</summary>
internal sealed class ExampleHelp(HelpAction standard) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int code = standard.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is Verb { Examples.Count: > 0 } verb)
        {
            output.WriteLine("Examples:");
            foreach (Example example in verb.Examples)
            {
                output.WriteLine($"  {example.Line}");
                output.WriteLine($"      {example.Does}");
            }

            output.WriteLine();
        }

        if (parseResult.CommandResult.Command is RootCommand)
        {
            output.WriteLine("Exit codes:");
            foreach ((int exit, string meaning) in ExitCode.All)
                output.WriteLine($"  {exit,3}  {meaning}");
            output.WriteLine();
        }

        return code;
    }
}
