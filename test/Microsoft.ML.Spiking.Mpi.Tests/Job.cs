using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>Processes that train together, started as a user starts them.</summary>
internal sealed partial class Job : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly StringWriter _output = new();
    private readonly ManualResetEventSlim _begun = new();

    /// <param name="command">The program and its arguments.</param>
    private Job(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // The tests' own user is often root, and there are more processes here than cores, each with one thread.
        foreach (string name in (string[])["OMPI_ALLOW_RUN_AS_ROOT", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "DOTNET_PROCESSOR_COUNT"]) start.Environment[name] = "1";
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
        _process.OutputDataReceived += (_, line) =>
        {
            lock (_output) _output.WriteLine(line.Data);
            if (line.Data?.Contains("training", StringComparison.Ordinal) == true) _begun.Set();
        };
        _process.BeginOutputReadLine();
    }

    /// <summary>Where the application lies that trains.</summary>
    public static string Application { get; } = PathOf("ApplicationRanks");

    /// <summary>Where the tool lies.</summary>
    public static string Tool { get; } = PathOf("ApplicationTool");

    public static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Starts so many processes.</summary>
    public static Job Start(int ranks, params string[] arguments) => new([.. Mpirun(ranks), Host, Application, .. arguments]);

    /// <summary>Runs a command to its end.</summary>
    public static Job Run(params string[] command)
    {
        var job = new Job(command);
        job.WaitForEnd();
        return job;
    }

    /// <summary>Runs so many processes to their end.</summary>
    public static Job Run(int ranks, params string[] arguments)
    {
        Job job = Start(ranks, arguments);
        job.WaitForEnd();
        return job;
    }

    /// <summary>Runs one process without mpirun.</summary>
    public static Job Alone(params string[] arguments) => Run([Host, Application, .. arguments]);

    /// <summary>Skips the test where there is no Open MPI.</summary>
    public static void NeedsOpenMpi()
    {
        if (!Has("mpirun")) Assert.Inconclusive("Open MPI is not installed here (on Debian and Ubuntu: apt install openmpi-bin).");
    }

    /// <summary>Whether a program can be started.</summary>
    public static bool Has(string program)
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    public int ExitCode => _process.ExitCode;

    public string Errors => _errors.Result;

    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>The hash of the model that each process has, in the order in which they say so.</summary>
    public string[] Models
    {
        get
        {
            lock (_output) return [.. Hash().Matches(_output.ToString()).Select(match => match.Groups[1].Value)];
        }
    }

    /// <summary>Waits until training has begun.</summary>
    public void WaitForTraining() => Assert.IsTrue(_begun.Wait(s_patience), "training has not begun");

    /// <summary>Waits for the end.</summary>
    /// <returns>How long that took.</returns>
    public TimeSpan WaitForEnd()
    {
        var clock = Stopwatch.StartNew();
        if (!_process.WaitForExit(s_patience))
        {
            _process.Kill(entireProcessTree: true);
            Assert.Fail("the processes wait for ever");
        }
        _process.WaitForExit();
        return clock.Elapsed;
    }

    /// <summary>Kills one of the processes.</summary>
    public void KillOne()
    {
        int[] ranks = [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _)).Select(name => int.Parse(name!, System.Globalization.CultureInfo.InvariantCulture))
            .Where(id => ParentOf(id) == _process.Id)];
        Assert.IsNotEmpty(ranks);
        Process.GetProcessById(ranks.Max()).Kill();
    }

    public void Dispose()
    {
        _process.Dispose();
        _begun.Dispose();
    }

    /// <summary>What starts so many processes, before their program and its arguments.</summary>
    public static string[] Mpirun(int ranks) => ["mpirun", "--oversubscribe", "--bind-to", "none", "-n", $"{ranks}"];

    private static string PathOf(string application)
        => typeof(Job).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == application).Value!;

    private static int ParentOf(int process)
    {
        try
        {
            return int.Parse(File.ReadAllText($"/proc/{process}/stat").Split(") ")[^1].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;   // it has ended meanwhile
        }
    }

    [GeneratedRegex("rank [0-9]+ of [0-9]+: ([0-9A-F]{64})")]
    private static partial Regex Hash();
}
