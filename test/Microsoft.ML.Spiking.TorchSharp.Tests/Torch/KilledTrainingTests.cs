using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.Spiking.Tests.Fitting;
using Microsoft.ML.Spiking.Tests.Model;

namespace Microsoft.ML.Spiking.Tests.Torch;

/// <summary>Trainings in processes of their own, which are killed, refused a file, or out of room.</summary>
[TestClass]
public sealed class KilledTrainingTests : IDisposable
{
    private const int LongestWait = 600;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("killed");

    private string Checkpoint => Path.Combine(_folder.FullName, "run.checkpoint");

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _folder.Delete(recursive: true);

    [TestMethod]
    [DataRow(TrainingEngine.Managed)]
    [DataRow(TrainingEngine.Torch)]
    public void Killed_twice_it_goes_on_to_the_same_model(TrainingEngine engine) => Survives(engine, kills: 2, epochs: 400, seed: 1);

    [TestMethod]
    [Heavy]
    [DataRow(TrainingEngine.Managed)]
    [DataRow(TrainingEngine.Torch)]
    public void Killed_at_twenty_random_moments_it_goes_on_to_the_same_model(TrainingEngine engine)
        => Survives(engine, kills: 20, epochs: 1500, seed: Environment.TickCount);

    [TestMethod]
    public void A_second_process_is_refused_while_the_first_lives_and_no_longer()
    {
        using Process first = Train(TrainingEngine.Managed, epochs: 100_000);
        Begun(first);

        using (Process second = Train(TrainingEngine.Managed, epochs: 100_000))
        {
            string refusal = second.StandardError.ReadToEnd();
            second.WaitForExit();
            Assert.AreEqual(1, second.ExitCode);
            StringAssert.Contains(refusal, "another training that still runs writes its checkpoints there; name another file, or wait for its end. [SPK5001]");
        }
        Assert.IsFalse(first.HasExited);
        Kill(first);

        using Process third = Train(TrainingEngine.Managed, epochs: 100_000);
        Begun(third);
        Kill(third);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void Where_no_room_is_left_the_old_one_stays_and_training_goes_on()
    {
        using (Process first = Train(TrainingEngine.Managed, epochs: 50))
        {
            Begun(first);
            while (!File.Exists(Checkpoint) && !first.HasExited) Thread.Sleep(1);
            Kill(first);
        }
        byte[] before = File.ReadAllBytes(Checkpoint);
        int kilobytes = before.Length / 2048;

        // No file may grow beyond half of a checkpoint, as on a disk that is full.
        using Process full = Train(TrainingEngine.Managed, epochs: 50, $"trap '' XFSZ; ulimit -f {kilobytes}; exec \"$@\"");
        string warnings = full.StandardError.ReadToEnd();
        full.WaitForExit();

        StringAssert.Contains(warnings, "cannot be written: ");
        StringAssert.Contains(warnings, "Training goes on without it; make room, or the next one fails too. [SPK5002]");
        CollectionAssert.AreEqual(before, File.ReadAllBytes(Checkpoint));
        CollectionAssert.IsSubsetOf(Directory.GetFiles(_folder.FullName), new[] { Checkpoint, Model });
    }

    private string Model => Path.Combine(_folder.FullName, "model.zip");

    private void Survives(TrainingEngine engine, int kills, int epochs, int seed)
    {
        TestContext.WriteLine($"Moments by seed {seed}.");
        Dictionary<string, byte[]> whole = Finish(engine, epochs);
        File.Delete(Checkpoint);
        var random = new Random(seed);
        int batches = 0, within = 0;
        for (int kill = 0; kill < kills; kill++)
        {
            using Process process = Train(engine, epochs);
            Begun(process);
            Thread.Sleep(random.Next(LongestWait));
            if (process.HasExited)
            {
                // It was over before: once more from the beginning.
                File.Delete(Checkpoint);
                batches = 0;
                continue;
            }
            Kill(process);
            if (Directory.GetFiles(_folder.FullName, "*.partial").Length > 0) within++;
            if (!File.Exists(Checkpoint)) continue;
            int now = CheckpointFile.Read(Checkpoint).Header.Batches;
            Assert.IsGreaterThanOrEqualTo(batches, now, "what was done is lost");
            batches = now;
        }
        TestContext.WriteLine($"{batches} batches done at the last kill; {within} of {kills} kills came in the midst of writing.");

        InterruptedTraining.Same(whole, Finish(engine, epochs));
        CollectionAssert.AreEquivalent(new[] { Checkpoint, Model }, Directory.GetFiles(_folder.FullName), "something is left beside it");
    }

    private Dictionary<string, byte[]> Finish(TrainingEngine engine, int epochs)
    {
        using Process process = Train(engine, epochs);
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, errors);
        return ModelZip.Entries(File.ReadAllBytes(Model));
    }

    private Process Train(TrainingEngine engine, int epochs, string? shell = null)
    {
        string[] command = [Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ApplicationRun.InterruptedPath, engine.ToString(), epochs.ToString(CultureInfo.InvariantCulture), Checkpoint, Model];
        var start = new ProcessStartInfo(shell is null ? command[0] : "bash", shell is null ? command[1..] : ["-c", shell, "bash", .. command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The runtime keeps its own code in a file that is larger than any.
        if (shell is not null) start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return Process.Start(start)!;
    }

    private static void Begun(Process process) => Assert.AreEqual("training", process.StandardOutput.ReadLine());

    private static void Kill(Process process)
    {
        process.Kill();
        process.WaitForExit();
    }
}
