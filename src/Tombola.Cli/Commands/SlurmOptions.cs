using System.CommandLine;
using System.CommandLine.Parsing;
using Tombola.Experiments.Batch;
using Tombola.Tickets;

namespace Tombola.Cli.Commands;

/// <summary>Where <c>tombola run</c> computes: here, or on a cluster.</summary>
internal static class SlurmOptions
{
    private const string Local = "local";
    private const int MostCpus = 4_096;

    private static readonly Option<string> Executor = new("--executor")
    {
        Description = "Who computes: local (this machine), or a cluster's scheduler through the shared run store.",
        DefaultValueFactory = _ => Local,
    };

    private static readonly Option<string?> Partition = new("--slurm-partition")
    {
        Description = "The partition of the jobs; by default the cluster's.", HelpName = "NAME",
    };

    private static readonly Option<string?> Time = new("--slurm-time")
    {
        Description = "The longest time of a job, as sbatch has it; longer trainings go on in the next one.",
        HelpName = "TIME",
    };

    private static readonly Option<int?> Cpus = new("--slurm-cpus")
    {
        Description = "Cores of a job; by default --threads.",
        HelpName = "N",
        CustomParser = result => Requirement.Whole(result, "--slurm-cpus", 1, MostCpus),
    };

    private static readonly Option<string?> Memory = new("--slurm-mem")
    {
        Description = "Memory of a job, for example 4G; by default the cluster's.", HelpName = "SIZE",
    };

    private static readonly Option<int?> MaxJobs = new("--slurm-max-jobs")
    {
        Description = "The most trainings at a time; by default as many as the cluster will.",
        HelpName = "N",
        CustomParser = result => Requirement.Whole(result, "--slurm-max-jobs", 1),
    };

    private static readonly Option<int> Retries = new("--slurm-retries")
    {
        Description = "How often a job that failed is queued again.",
        HelpName = "N",
        DefaultValueFactory = _ => new BatchOptions().Retries,
        CustomParser = result => Requirement.Whole(result, "--slurm-retries", 0, 1_000),
    };

    private static readonly Option<double> Poll = new("--slurm-poll")
    {
        Description = "Seconds between questions to the scheduler.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => new BatchOptions().Poll.TotalSeconds,
        CustomParser = result => Requirement.Number(result, "--slurm-poll", 0, 86_400),
    };

    /// <summary>What is handed on to another command, and may look like options of this one.</summary>
    internal static readonly Option<string[]> Arguments = new("--slurm-args")
    {
        Description = "More arguments for sbatch, for example \"--account=lab --qos=long\"; may be repeated.",
        HelpName = "ARGUMENTS",
    };

    static SlurmOptions()
    {
        Requirement.OneOf(Executor, [Local, .. BatchSchedulers.Names]);
        Requirement.NotEmpty(Partition);
        Requirement.NotEmpty(Time);
        Requirement.NotEmpty(Memory);
    }

    /// <summary>Adds the options to a command.</summary>
    internal static void AddTo(Command command)
    {
        foreach (var option in All)
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            // Defaults are not filled in yet.
            if ((result.GetValue(Executor) ?? Local) != Local)
                return;
            foreach (var option in All.Where(option => option != Executor))
            {
                if (result.GetResult(option) is { Implicit: false })
                    result.AddError($"{option.Name}: has no meaning here; add --executor slurm, or leave it out.");
            }
        });
    }

    /// <summary>Reads where a run is to be computed.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="threads">Threads of each training.</param>
    /// <returns>Null for this process.</returns>
    internal static ClusterSettings? Of(ParseResult parsed, int threads)
    {
        var executor = parsed.GetValue(Executor)!;
        if (executor == Local)
            return null;
        var options = new BatchOptions
        {
            Partition = parsed.GetValue(Partition),
            Time = parsed.GetValue(Time),
            Cpus = parsed.GetValue(Cpus) ?? threads,
            Memory = parsed.GetValue(Memory),
            MaxJobs = parsed.GetValue(MaxJobs),
            Retries = parsed.GetValue(Retries),
            Poll = TimeSpan.FromSeconds(parsed.GetValue(Poll)),
            Arguments =
                [.. (parsed.GetValue(Arguments) ?? []).SelectMany(CommandLineParser.SplitCommandLine)],
        };
        var scheduler = BatchSchedulers.Create(executor, options);
        _ = scheduler.Tasks("tombola"); // Complains where there is no scheduler, before anything is written.
        return new ClusterSettings(scheduler, options, OwnCommand());
    }

    private static Option[] All =>
        [Executor, Partition, Time, Cpus, Memory, MaxJobs, Retries, Poll, Arguments];

    // Started as a program of its own, or by 'dotnet' with the assembly as its first argument.
    private static string[] OwnCommand()
    {
        var program = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? [program, Path.GetFullPath(Environment.GetCommandLineArgs()[0])]
            : [program];
    }
}
