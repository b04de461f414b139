using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Lethe.Cli.Help;
using Lethe.Cli.Terminal;
using Lethe.Data.Cohorts;
using Lethe.Data.Files;
using Lethe.Data.Simulation;
using Lethe.Data.Simulation.HeartClinic;
using Lethe.Data.Simulation.Icu;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe data simulate</c>: patients and stays of which everything is known, the truth included.</summary>
internal static class SimulateCommand
{
    private static readonly string[] Names = ["heart-clinic", "icu-cohort", "sines"];

    public static Command Create(CommandHost host)
    {
        Verb command = new(
            "simulate",
            "Simulates patients whose true probabilities are known. No real patient is behind them. heart-clinic is a table; icu-cohort (stays in intensive care: "
            + "irregular vitals and labs, treatment, deaths) and sines (the benchmark of TimeGAN) are cohort folders. docs/simulators.md states every equation.",
            new Example("lethe data simulate heart-clinic --rows 1000 --seed 7 --out clinic.csv", "a thousand simulated patients"),
            new Example("lethe data simulate icu-cohort --rows 5000 --hours 48 --channels 12 --out icu --truth icu-truth.csv", "five thousand stays, and how likely each was to die"),
            new Example("lethe data simulate icu-cohort --rows 5000 --site B --out icu-b", "the same unit model in another hospital, for transfer between sites"),
            new Example("lethe data simulate icu-cohort --rows 2000 --calibration --out exact --truth exact-truth.csv", "readings that are exactly Gaussian; the truth has each stay's log density"),
            new Example("lethe data simulate sines --rows 10000 --out sines", "24 steps of 5 sine waves each"));
        Argument<string> name = new("NAME") { Description = $"Simulator: {string.Join(", ", Names)}.", HelpName = "NAME" };
        Option<int> rows = new("--rows", "--stays") { Description = "Patients, stays or sequences.", HelpName = "N", DefaultValueFactory = _ => 1000 };
        Option<ulong> seed = new("--seed") { Description = "Seed of the simulation. The first of more are the same.", HelpName = "N", DefaultValueFactory = _ => 1 };
        Option<string> output = new("--out", "-o") { Description = "File (heart-clinic) or cohort folder to write.", HelpName = "PATH", Required = true };
        Option<string?> truth = new("--truth") { Description = "Also write what is true of each: probability of the outcome, severity, log density; sines: frequency and phase.", HelpName = "FILE" };
        Option<double?> hours = new("--hours") { Description = "icu-cohort: hours observed, up to 1000; sines: steps. [default: 48; 24]", HelpName = "N" };
        Option<int?> channels = new("--channels") { Description = "icu-cohort: 1 to 20 readings, vitals first; sines: waves. [default: 20; 5]", HelpName = "N" };
        Option<IcuSite?> site = new("--site") { Description = "icu-cohort: hospital A, or B with older patients, fewer blood gases and another oximeter. [default: A]", HelpName = "A|B" };
        Option<bool> calibration = new("--calibration") { Description = "icu-cohort: observation times that tell nothing, no treatment, no early end, so that the density of the readings is known exactly." };
        foreach (Option option in (Option[])[rows, seed, output, truth, hours, channels, site, calibration, CommonOptions.Json])
            command.Add(option);
        command.Add(name);
        host.Handle(command, (session, parsed) =>
        {
            string wanted = parsed.GetValue(name)!, id = wanted.StartsWith("simulated-", StringComparison.Ordinal) ? wanted["simulated-".Length..] : wanted;
            int count = parsed.GetValue(rows);
            if (count < 1)
                throw new UsageException($"--rows is {count}; give at least 1.");
            Request request = new(count, new Seed(parsed.GetValue(seed)), parsed.GetValue(output)!, parsed.GetValue(truth), parsed.GetValue(hours), parsed.GetValue(channels), parsed.GetValue(site), parsed.GetValue(calibration));
            (string what, int events) = id switch
            {
                "heart-clinic" => HeartClinic(request),
                "icu-cohort" => IcuCohort(request, session.Cancellation),
                "sines" => Sines(request, session.Cancellation),
                _ => throw new UsageException($"'{wanted}' is no simulator.{Lethe.Data.Problems.Spelling.DidYouMean(id, Names)} There are: {string.Join(", ", Names)}."),
            };
            session.Streams.Out.WriteLine(session.Json
                ? JsonSerializer.Serialize(new { simulator = id, rows = count, events, path = request.Output, truth = request.Truth }, JsonSerializerOptions.Web)
                : $"{what}: {request.Output}{(request.Truth is null ? "" : $"; the truth: {request.Truth}")}");
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static (string What, int Events) HeartClinic(Request r)
    {
        if (r.Hours is not null || r.Channels is not null || r.Site is not null || r.Calibration)
            throw new UsageException("heart-clinic is a table: --hours, --channels, --site and --calibration are for cohorts.");
        Table patients = HeartClinicSimulator.Simulate(r.Rows, r.Seed);
        TableWriter.Write(r.Output, patients);
        HeartClinicTruth known = new();
        if (r.Truth is not null)
        {
            double[] outcome = known.OutcomeProbability(patients), density = known.LogProbability(patients);
            Csv(r.Truth, "row,outcome_probability,log_probability", r.Rows, i => [Text(i + 1), Text(outcome[i]), Text(density[i])]);
        }

        return ($"{r.Rows} simulated patients", 0);
    }

    private static (string What, int Events) IcuCohort(Request r, CancellationToken cancellation)
    {
        IcuSimulatorOptions options = r.Calibration ? IcuSimulatorOptions.Calibration : new IcuSimulatorOptions();
        options = options with { Hours = r.Hours ?? options.Hours, Channels = r.Channels ?? options.Channels, Site = r.Site ?? options.Site };
        if (options.Channels is < 1 or > 20)
            throw new UsageException($"--channels is {options.Channels}; the simulated unit has 1 to 20.");
        if (!(options.Hours is > 0 and <= 1000))
            throw new UsageException($"--hours is {Text(options.Hours)}; give more than 0 and at most 1000.");
        CohortFolder.EnsureFree(r.Output);
        IcuSimulator simulator = new(options);
        IcuCohort known = simulator.Simulate(r.Rows, r.Seed);
        CohortFolder.Write(r.Output, known.Cohort, cancellation: cancellation);
        if (r.Truth is not null)
        {
            Column ids = known.Cohort.Statics[Cohort.StayIdColumn];
            Csv(r.Truth, "stay_id,death_probability,mean_severity" + (r.Calibration ? ",log_density" : ""), known.Cohort.Count, i =>
                [ids.Format(i)!, Text(known.DeathProbability[i]), Text(known.MeanSeverity[i]), .. r.Calibration ? [Text(simulator.LogDensity(known.Cohort, i))] : Array.Empty<string>()]);
        }

        return (Said(known.Cohort), known.Cohort.EventCount);
    }

    private static (string What, int Events) Sines(Request r, CancellationToken cancellation)
    {
        if (r.Site is not null || r.Calibration)
            throw new UsageException("--site and --calibration are for icu-cohort.");
        double steps = r.Hours ?? 24;
        int waves = r.Channels ?? 5;
        if (steps is < 1 or > 100_000 || steps != Math.Floor(steps) || waves is < 1 or > 1000)
            throw new UsageException("sines has whole steps (--hours, 1 to 100000) and 1 to 1000 waves (--channels).");
        CohortFolder.EnsureFree(r.Output);
        Cohort cohort = SinesSimulator.Simulate(r.Rows, r.Seed, (int)steps, waves);
        CohortFolder.Write(r.Output, cohort, cancellation: cancellation);
        if (r.Truth is not null)
        {
            Column ids = cohort.Statics[Cohort.StayIdColumn];
            string header = "stay_id," + string.Join(',', Enumerable.Range(0, waves).Select(f => $"frequency_{f},phase_{f}"));
            Csv(r.Truth, header, cohort.Count, i => [ids.Format(i)!, .. SinesSimulator.Truth(i, waves, r.Seed).SelectMany(w => (string[])[Text(w.Frequency), Text(w.Phase)])]);
        }

        return (Said(cohort), cohort.EventCount);
    }

    private static string Said(Cohort cohort) => string.Create(CultureInfo.InvariantCulture, $"{cohort.Count} simulated stays, {cohort.EventCount} events of {cohort.Channels.Count} channels");

    private static void Csv(string path, string header, int rows, Func<int, string[]> row)
    {
        StringBuilder text = new StringBuilder(header).Append('\n');
        for (int i = 0; i < rows; i++)
            text.AppendJoin(',', row(i)).Append('\n');
        AtomicFile.WriteAllText(path, text.ToString());
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>What was asked for, whatever the simulator.</summary>
    private sealed record Request(int Rows, Seed Seed, string Output, string? Truth, double? Hours, int? Channels, IcuSite? Site, bool Calibration);
}
