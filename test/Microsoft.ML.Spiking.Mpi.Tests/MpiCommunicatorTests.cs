namespace Microsoft.ML.Spiking.Tests;

/// <summary>Real processes, started by a real mpirun.</summary>
[TestClass]
public sealed class MpiCommunicatorTests : IDisposable
{
    private readonly string _checkpoint = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.checkpoint");

    public void Dispose() => File.Delete(_checkpoint);

    [TestMethod]
    [DataRow("small")]
    [DataRow("read")]
    public void One_two_and_four_processes_train_the_model_that_one_trains_alone(string what)
    {
        Job.NeedsOpenMpi();
        string alone = Job.Alone("alone", what, "3").Models.Single();

        foreach (int ranks in (int[])[1, 2, 4])
        {
            Job job = Job.Run(ranks, "exact", what, "3");
            Assert.AreEqual(0, job.ExitCode, job.Errors);
            CollectionAssert.AreEqual(Enumerable.Repeat(alone, ranks).ToArray(), job.Models);
        }
    }

    [TestMethod]
    public void Processors_of_different_vectors_train_it_together()
    {
        Job.NeedsOpenMpi();
        string[] trains = [Job.Host, Job.Application, "exact", "small", "3"];

        Job job = Job.Run([.. Job.Mpirun(1), "-x", "DOTNET_EnableAVX512=0", .. trains, ":", "-n", "1", "-x", "DOTNET_EnableAVX2=0", .. trains]);

        Assert.AreEqual(0, job.ExitCode, job.Errors);
        CollectionAssert.AreEqual(Enumerable.Repeat(Job.Alone("alone", "small", "3").Models.Single(), 2).ToArray(), job.Models);
    }

    [TestMethod]
    public void Sums_in_any_order_are_the_same_on_all_processes()
    {
        Job.NeedsOpenMpi();

        Job job = Job.Run(2, "fast", "small", "2");

        Assert.AreEqual(0, job.ExitCode, job.Errors);
        Assert.HasCount(2, job.Models);
        Assert.AreEqual(job.Models[0], job.Models[1]);
    }

    [TestMethod]
    [DataRow("small")]
    [DataRow("read")]
    public void One_that_is_killed_ends_all_within_seconds_and_others_go_on_from_the_checkpoint(string what)
    {
        Job.NeedsOpenMpi();
        const string Epochs = "60";
        using Job killed = Job.Start(4, "exact", what, Epochs, _checkpoint);
        killed.WaitForTraining();
        for (int wait = 0; wait < 600 && !File.Exists(_checkpoint); wait++) Thread.Sleep(50);

        killed.KillOne();

        Assert.IsLessThan(TimeSpan.FromSeconds(20), killed.WaitForEnd());
        Assert.AreNotEqual(0, killed.ExitCode);
        Assert.IsEmpty(killed.Models);

        Job resumed = Job.Run(2, "exact", what, Epochs, _checkpoint);
        Assert.AreEqual(0, resumed.ExitCode, resumed.Errors);
        CollectionAssert.AreEqual(Enumerable.Repeat(Job.Alone("alone", what, Epochs).Models.Single(), 2).ToArray(), resumed.Models);
    }

    [TestMethod]
    [DataRow("fails", "Process 0 of 2 cannot train on, and ends the others: This process fails.")]
    [DataRow("lacks", "These rows cannot be read.")]
    public void One_that_fails_ends_all_and_says_why(string how, string reason)
    {
        Job.NeedsOpenMpi();

        Job job = Job.Run(2, how, "small", "1000000");

        Assert.AreNotEqual(0, job.ExitCode);
        StringAssert.Contains(job.Errors, reason);
    }

    /// <summary>Each by an error of its own, which a program may catch; none ends the others.</summary>
    [TestMethod]
    public void A_checkpoint_of_other_options_is_refused()
    {
        Job.NeedsOpenMpi();
        Assert.AreEqual(0, Job.Run(2, "exact", "small", "2", _checkpoint).ExitCode);

        Job job = Job.Run(2, "exact", "small", "3", _checkpoint);

        Assert.AreNotEqual(0, job.ExitCode);
        StringAssert.Contains(job.Errors, "was trained with Epochs = 2, but the options say 3;");
        Assert.DoesNotContain("ends the others", job.Errors);
    }

    [TestMethod]
    public void Two_hosts_with_addresses_of_their_own_train_the_same_model_over_TCP()
    {
        Job.NeedsOpenMpi();
        string script = Path.Combine(AppContext.BaseDirectory, "two-hosts.sh");
        if (!Job.Has("ip") || Job.Run("bash", script, "true").ExitCode != 0) Assert.Inconclusive("No network namespace can be made here.");

        Job job = Job.Run("bash", script, Job.Host, Job.Application, "exact", "small", "3");

        Assert.AreEqual(0, job.ExitCode, job.Errors);
        CollectionAssert.AreEqual(Enumerable.Repeat(Job.Alone("alone", "small", "3").Models.Single(), 2).ToArray(), job.Models);
    }

    [TestMethod]
    public void Without_Open_MPI_there_is_one_clear_error()
    {
        if (!Job.Has("unshare") || Job.Run("unshare", "-r", "-m", "true").ExitCode != 0) Assert.Inconclusive("Nothing can be hidden from a process here.");
        string hide = "for f in /usr/lib/*/libmpi.so* /usr/lib/libmpi.so* /usr/lib64/libmpi.so*; do [ -e $f ] && mount --bind /dev/null $(readlink -f $f); done; ";

        Job job = Job.Run("unshare", "-r", "-m", "sh", "-c", $"{hide}exec '{Job.Host}' '{Job.Application}' exact small 1");

        Assert.AreEqual(1, job.ExitCode);
        Assert.AreEqual("Open MPI was asked for, but libmpi.so.40 and libmpi.so cannot be loaded; install it (on Debian and Ubuntu: apt install openmpi-bin), or train without a Communicator. [SPK8001]",
            job.Errors.Trim());
    }
}
