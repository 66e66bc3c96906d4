using System.Diagnostics;
using System.Reflection;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>What an application said in a process of its own.</summary>
internal sealed record ApplicationRun(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(4);

    /// <summary>Runs the application that references this package and no libtorch; it prints the sum of three ones, or what it is asked for.</summary>
    public static ApplicationRun WithoutLibTorch(Dictionary<string, string> environment, params string[] arguments)
        => Start(PathOf("ApplicationWithoutLibTorch"), arguments, environment);

    /// <summary>Runs it on a machine whose system has these files too: in a process of its own that sees them in /usr/lib, and no other process does.</summary>
    /// <param name="files">A folder with them.</param>
    /// <returns>Null, where the system lets nobody see files of his own.</returns>
    public static ApplicationRun? WithoutLibTorchWhereTheSystemHas(string files)
    {
        string scratch = Directory.CreateTempSubdirectory().FullName;
        ApplicationRun Sees(string command) => Run(new ProcessStartInfo("unshare", ["-r", "-m", "sh", "-c",
            $"mkdir '{scratch}/upper' '{scratch}/work' && mount -t overlay none -o lowerdir='{files}':/usr/lib,upperdir='{scratch}/upper',workdir='{scratch}/work' /usr/lib && {command}; code=$?; rm -rf '{scratch}'/*; exit $code"]), []);
        if (Sees("true").ExitCode != 0) return null;
        ApplicationRun run = Sees($"'{Host}' '{PathOf("ApplicationWithoutLibTorch")}'");
        Directory.Delete(scratch);
        return run;
    }

    /// <summary>Runs the application that references no more than the library that serves models; it prints the predictions.</summary>
    public static ApplicationRun Consumer(string model, string images) => Start(ConsumerPath, [model, images], []);

    /// <summary>Runs the application that uses Microsoft.ML.TorchSharp too, in the order of the arguments; it prints what it did.</summary>
    public static ApplicationRun BesideTorchSharp(Dictionary<string, string> environment, params string[] arguments)
        => Start(PathOf("ApplicationBesideTorchSharp"), arguments, environment);

    /// <summary>Runs the application that trains on a second device, which every CPU libtorch has, and counts; it prints a line for each case.</summary>
    public static ApplicationRun OnSecondDevice(params string[] arguments) => Start(PathOf("ApplicationOnSecondDevice"), arguments, new() { ["OMP_NUM_THREADS"] = "2" });

    /// <summary>Where the application lies that trains and leaves checkpoints.</summary>
    public static string InterruptedPath => PathOf("ApplicationInterrupted");

    /// <summary>Where the application lies that references no more than the library that serves models.</summary>
    public static string ConsumerPath => PathOf("ConsumerApplication");

    private static string PathOf(string application)
        => typeof(ApplicationRun).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == application).Value!;

    private static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private static ApplicationRun Start(string application, string[] arguments, Dictionary<string, string> environment)
        => Run(new ProcessStartInfo(Host, [application, .. arguments]), environment);

    private static ApplicationRun Run(ProcessStartInfo start, Dictionary<string, string> environment)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        // What the tests set for themselves: an application begins as its user would start it.
        start.Environment.Remove("GOMP_SPINCOUNT");
        start.Environment.Remove("OMP_NUM_THREADS");
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_patience))
            process.Kill();

        return new ApplicationRun(process.ExitCode, output.Result, errors.Result);
    }
}
