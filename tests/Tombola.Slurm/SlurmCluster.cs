using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace Tombola.Slurm;

/// <summary>A Slurm on this machine: two nodes, with keys, ports and folders of its own, gone with the test.</summary>
public sealed class SlurmCluster : IDisposable
{
    private const string Required = "TOMBOLA_SLURM";

    private static readonly string[] Nodes = ["n1", "n2"];
    private static readonly string[] Programs =
        ["setsid", "munged", "slurmctld", "slurmd", "sbatch", "squeue", "scancel", "scontrol"];

    private readonly string _folder = Directory.CreateTempSubdirectory("tombola-slurm-").FullName;
    private readonly Dictionary<string, Process> _daemons = [];
    private readonly string? _missing;

    public SlurmCluster()
    {
        try
        {
            _missing = !OperatingSystem.IsLinux() ? "this is no Linux"
                : Programs.FirstOrDefault(program => Find(program) is null) is { } absent
                    ? $"there is no '{absent}' here; install slurmctld, slurmd, slurm-client and munge"
                    : Start();
        }
        catch (TimeoutException exception)
        {
            _missing = exception.Message;
        }
    }

    /// <summary>Skips the test where no Slurm runs, by its reason; fails it where one has to run.</summary>
    public void Demand()
    {
        if (Environment.GetEnvironmentVariable(Required) == "required")
            _missing.ShouldBeNull($"{Required}=required, and Slurm does not run");
        Skip.If(_missing is not null, $"Slurm does not run: {_missing}.");
    }

    /// <summary>Runs one of Slurm's commands and returns what it wrote.</summary>
    public static string Run(string program, params string[] arguments)
    {
        var result = Cli.Start(program, "/", arguments);
        result.ExitCode.ShouldBe(0, result.Error);
        return result.Output;
    }

    /// <summary>Lists the tasks that are queued or running: array job, number, state and name.</summary>
    public static string[][] Live() =>
    [
        .. Run("squeue", "--noheader", "--array", "--format=%F|%K|%T|%j")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|')),
    ];

    /// <summary>Ends a node as a loss of power does: its daemon, its jobs and all that they started.</summary>
    public void Kill(string node)
    {
        var keepers = KeepersOn(node);
        int[] victims = [_daemons[node].Id, .. keepers, .. keepers.SelectMany(Descendants)];
        Cli.Start("kill", "/", ["-KILL", .. victims.Select(id => id.ToString(CultureInfo.InvariantCulture))]);
        _daemons[node].WaitForExit();
        Run("scontrol", "update", $"nodename={node}", "state=down", "reason=killed");
    }

    /// <summary>Tells whether all jobs of a node, one at least, have come to compute their stages.</summary>
    public static bool IsComputing(string node)
    {
        var (keepers, processes) = (KeepersOn(node), Processes());
        return keepers.Length > 0 && keepers.Length == JobsOn(node).Length && keepers.All(keeper =>
            Descendants(keeper).Any(id => processes.Any(process => process.Id == id && IsStage(process.Command))));
    }

    /// <summary>Starts the daemon of a node again.</summary>
    public void Revive(string node)
    {
        _daemons[node].Dispose();
        StartNode(node);
        WaitFor(() => IsUp(node), $"node {node}");
    }

    /// <summary>Kills one process that computes a stage, and says which.</summary>
    /// <returns>False where none is at work.</returns>
    public static bool KillOneStage()
    {
        var own = new[] { "n1", "n2" }.SelectMany(KeepersOn).SelectMany(Descendants).ToHashSet();
        var victim = Processes().FirstOrDefault(process => own.Contains(process.Id) && IsStage(process.Command));
        return victim.Id > 0 && Cli.Start(
            "kill", "/", "-KILL", victim.Id.ToString(CultureInfo.InvariantCulture)).ExitCode == 0;
    }

    public void Dispose()
    {
        if (_missing is null)
        {
            // All jobs of this cluster are the tests' own.
            string[] jobs = [.. Live().Select(task => task[0]).Distinct()];
            if (jobs.Length > 0)
                Cli.Start("scancel", "/", jobs);
            WaitFor(() => Live().Length == 0, "the end of all jobs");
        }

        foreach (var daemon in _daemons.Values.Reverse())
        {
            if (!daemon.HasExited)
                Cli.Start("kill", "/", daemon.Id.ToString(CultureInfo.InvariantCulture));
            if (!daemon.WaitForExit(TimeSpan.FromSeconds(15)))
                daemon.Kill(entireProcessTree: true);
            daemon.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [SupportedOSPlatform("linux")]
    private string? Start()
    {
        const UnixFileMode Open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(_folder, Open); // The socket of munge must be in reach of everyone.
        const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        foreach (var name in new[] { "munge", "state", "spool-n1", "spool-n2" })
            Directory.CreateDirectory(Path.Combine(_folder, name), Own);
        var key = Path.Combine(_folder, "munge", "key");
        File.WriteAllBytes(key, RandomNumberGenerator.GetBytes(128));
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var configuration = Path.Combine(_folder, "slurm.conf");
        File.WriteAllText(configuration, Configuration());
        Environment.SetEnvironmentVariable("SLURM_CONF", configuration);

        StartDaemon(
            "munged", "--foreground", $"--key-file={key}", $"--socket={_folder}/munge.socket",
            $"--pid-file={_folder}/munge/pid", $"--log-file={_folder}/munge/log", $"--seed-file={_folder}/munge/seed");
        WaitFor(() => File.Exists(Path.Combine(_folder, "munge.socket")), "munge");
        StartDaemon("slurmctld", "-D", "-i", "-f", configuration);
        foreach (var node in Nodes)
            StartNode(node);
        WaitFor(() => Nodes.All(IsUp), "its nodes");
        return null;
    }

    private void StartNode(string node) =>
        StartDaemon("slurmd", node, "-D", "-N", node, "-f", Path.Combine(_folder, "slurm.conf"));

    private void StartDaemon(string program, params string[] arguments)
    {
        var name = program == "slurmd" ? arguments[0] : program;
        var process = Cli.Launch(
            "setsid", _folder, [Find(program)!, .. program == "slurmd" ? arguments[1..] : arguments]);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        _daemons[name] = process;
        // Should the tests themselves be killed, the daemon must not outlive them.
        Cli.Launch(
            "setsid", "/", "sh", "-c",
            "exec 2> /dev/null; while kill -0 \"$1\" && kill -0 \"$2\"; do sleep 1; done; kill \"$2\"",
            "sh", Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
            process.Id.ToString(CultureInfo.InvariantCulture)).Dispose();
    }

    private string Configuration()
    {
        var (host, user, ports) = (Environment.MachineName.Split('.')[0], Environment.UserName, FreePorts(3));
        return $"""
            ClusterName=tombola
            SlurmctldHost={host}(127.0.0.1)
            SlurmctldPort={ports[0]}
            SlurmUser={user}
            SlurmdUser={user}
            AuthType=auth/munge
            CredType=cred/munge
            AuthInfo=socket={_folder}/munge.socket,cred_expire=5
            StateSaveLocation={_folder}/state
            SlurmdSpoolDir={_folder}/spool-%n
            SlurmctldPidFile={_folder}/slurmctld.pid
            SlurmdPidFile={_folder}/slurmd-%n.pid
            SlurmctldLogFile={_folder}/slurmctld.log
            SlurmdLogFile={_folder}/slurmd-%n.log
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            JobAcctGatherType=jobacct_gather/none
            AccountingStorageType=accounting_storage/none
            SelectType=select/cons_tres
            SelectTypeParameters=CR_CPU
            SchedulerType=sched/backfill
            SchedulerParameters=batch_sched_delay=0,sched_min_interval=0,sched_interval=1,bf_interval=1
            MpiDefault=none
            MailProg=/bin/true
            ReturnToService=2
            JobRequeue=1
            SlurmdTimeout=10
            MessageTimeout=10
            KillWait=5
            MinJobAge=60
            SlurmdParameters=config_overrides
            NodeName=n1 NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[1]} CPUs=2 RealMemory=1000
            NodeName=n2 NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[2]} CPUs=2 RealMemory=1000
            PartitionName=all Nodes=n1,n2 Default=YES LLN=YES MaxTime=INFINITE State=UP

            """;
    }

    private static int[] FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (var listener in listeners)
            listener.Start();
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (var listener in listeners)
            listener.Dispose();
        return ports;
    }

    private static bool IsUp(string node)
    {
        var answer = Cli.Start("scontrol", "/", "--oneliner", "show", "node", node);
        return new[] { "IDLE", "MIXED", "ALLOCATED" }.Any(state => answer.Output.Contains(
            $" State={state} ", StringComparison.Ordinal));
    }

    // Daemons lie where only the superuser's path leads.
    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Append("/sbin")
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static void WaitFor(Func<bool> condition, string what)
    {
        var time = Stopwatch.StartNew();
        while (!condition())
        {
            if (time.Elapsed > TimeSpan.FromSeconds(45))
                throw new TimeoutException($"waited 45 seconds for {what}");
            Thread.Sleep(100);
        }
    }

    private static string[] JobsOn(string node) =>
        Run("squeue", "--noheader", "--array", "--states=RUNNING", $"--nodelist={node}", "--format=%A")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Finds the processes of Slurm that keep the jobs of a node.</summary>
    private static int[] KeepersOn(string node)
    {
        var jobs = JobsOn(node);
        return
        [
            .. Processes().Where(process => jobs.Any(job =>
                process.Command.StartsWith($"slurmstepd: [{job}.", StringComparison.Ordinal)))
                .Select(process => process.Id),
        ];
    }

    private static bool IsStage(string command) =>
        command.Contains("Tombola.Cli.dll stage ", StringComparison.Ordinal);

    private static IEnumerable<int> Descendants(int process) =>
        Processes().Where(child => child.Parent == process)
            .SelectMany(child => Descendants(child.Id).Prepend(child.Id));

    private static List<(int Id, int Parent, string Command)> Processes()
    {
        var found = new List<(int, int, string)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                continue;
            try
            {
                var state = File.ReadAllText(Path.Combine(folder, "stat"));
                var parent = state[(state.LastIndexOf(')') + 2)..].Split(' ')[1];
                var command = File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ');
                found.Add((id, int.Parse(parent, CultureInfo.InvariantCulture), command));
            }
            catch (IOException)
            {
                // It ended meanwhile.
            }
        }

        return found;
    }
}
