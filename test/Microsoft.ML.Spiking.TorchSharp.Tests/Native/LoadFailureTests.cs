namespace Microsoft.ML.Spiking.Tests;

[TestClass]
public sealed class LoadFailureTests : IDisposable
{
    private const string Preface = "Unable to load shared library 'LibTorchSharp' or one of its dependencies. Try this and that: \n";
    private const string Own = "/app/libtorch_cpu.so";
    private const string VainProbe = "/app/LibTorchSharp.so: cannot open shared object file: No such file or directory\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [TestMethod]
    public void A_library_that_is_missing_below_is_named_and_its_package_asked_for()
    {
        const string Reason = "libtorch.so: cannot open shared object file: No such file or directory";

        string message = LoadFailure.Explain(new DllNotFoundException(Preface + VainProbe + Reason + "\n" + VainProbe), Own).Message;

        StringAssert.StartsWith(message, $"libtorch cannot be loaded: {Reason}.");
        StringAssert.Contains(message, "TorchSharp-cpu");
    }

    [TestMethod]
    public void An_old_libstdcxx_is_named_and_a_newer_one_asked_for()
    {
        const string Reason = "/lib/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /app/libLibTorchSharp.so)";

        string message = LoadFailure.Explain(new DllNotFoundException(Preface + VainProbe + Reason), Own).Message;

        StringAssert.StartsWith(message, $"libtorch cannot be loaded: {Reason}.");
        StringAssert.Contains(message, "libstdc++ of GCC 13");
        Assert.IsFalse(message.Contains("TorchSharp-cpu", StringComparison.Ordinal));
    }

    [TestMethod]
    public void Where_the_application_brings_none_its_package_is_asked_for_whatever_the_loader_says_of_others()
    {
        const string Reason = "/lib/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /app/libLibTorchSharp.so)";

        string message = LoadFailure.Explain(new DllNotFoundException(Preface + VainProbe + Reason), libTorch: null).Message;

        StringAssert.StartsWith(message, $"libtorch cannot be loaded: the application brings none, and the loader says: {Reason}.");
        StringAssert.Contains(message, "Reference TorchSharp-cpu");
        Assert.IsFalse(message.Contains("GCC", StringComparison.Ordinal));
    }

    [TestMethod]
    public void A_damaged_library_is_named()
    {
        string library = Path.Combine(_folder.FullName, "libLibTorchSharp.so");
        File.WriteAllText(library, "");

        Assert.AreEqual($"{library}: file too short", LoadFailure.Reason($"{Preface}{VainProbe}{library}: file too short\n{VainProbe}"));
    }

    [TestMethod]
    [DataRow(false, DisplayName = "a file of its own")]
    [DataRow(true, DisplayName = "a link to the package's file")]
    public void A_library_whose_parts_were_not_put_together_is_not_said_to_lack_its_package(bool linked)
    {
        string package = Path.Combine(_folder.FullName, "libtorch_cuda.so"), library = package;
        File.WriteAllBytes(package, [0x7F, (byte)'E', (byte)'L', (byte)'F']);
        File.WriteAllText(package + ".sha", "0123");
        if (linked) library = File.CreateSymbolicLink(Path.Combine(_folder.CreateSubdirectory("application").FullName, "libtorch_cuda.so"), package).FullName;

        string message = LoadFailure.Explain(new DllNotFoundException($"{Preface}{VainProbe}{library}: file too short\n"), Own).Message;

        StringAssert.StartsWith(message, $"libtorch cannot be loaded: {library}: file too short.");
        StringAssert.Contains(message, "libtorch_cuda.so is the first of the parts");
        StringAssert.Contains(message, "TMPDIR");
        Assert.IsFalse(message.Contains("Reference TorchSharp-cpu", StringComparison.Ordinal));
    }

    [TestMethod]
    public void A_library_found_nowhere_is_said_to_be_nowhere()
        => Assert.AreEqual("LibTorchSharp is in none of the folders that the application searches", LoadFailure.Reason(Preface + VainProbe));

    [TestMethod]
    public void A_loader_that_speaks_in_one_line_is_quoted()
        => Assert.AreEqual("The specified module could not be found", LoadFailure.Reason("The specified module could not be found."));

    [TestMethod]
    public void The_loaders_own_exception_is_kept()
    {
        var refusal = new DllNotFoundException("no");

        Assert.AreSame(refusal, LoadFailure.Explain(refusal, Own).InnerException);
    }
}
