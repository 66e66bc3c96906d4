using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.ML.Spiking.Ptx;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Fused;

/// <summary>What a GPU's driver is given.</summary>
[TestClass]
public partial class PtxTests
{
    private static readonly string[] s_kernels = [FusedKernels.Neurons, FusedKernels.NeuronsBack, FusedKernels.Spikes];

    private static string Text => StandInDriver.Held;

    [TestMethod]
    public void It_is_what_the_source_gives()
        => Assert.AreEqual(PtxSource.Make(), Text, "dotnet run -c Release --project build/Ptx makes it anew");

    [TestMethod]
    public void It_ends_with_a_0_as_the_driver_reads_it() => Assert.AreEqual(0, KernelSource.Read()[^1]);

    [TestMethod]
    public void Each_product_sum_and_quotient_is_rounded_by_itself()
    {
        string[] arithmetic = [.. Arithmetic().Matches(Text).Select(match => match.Value).Distinct().Order()];

        CollectionAssert.AreEqual(new[] { "add.rn.f32", "div.rn.f32", "mul.rn.f32", "sub.rn.f32" }, arithmetic);
    }

    [TestMethod]
    public void No_number_is_approximate_or_flushed_and_no_branch_is_said_to_be_taken_by_all_lanes_alike()
    {
        foreach (string word in (string[])[".approx", ".full", ".ftz", ".uni"]) Assert.DoesNotContain(word, Text);
    }

    [TestMethod]
    public void Its_entries_are_the_kernels()
        => CollectionAssert.AreEqual(s_kernels, Entry().Matches(Text).Select(match => match.Groups[1].Value).ToArray());

    [TestMethod]
    public void Its_parameters_lie_as_they_are_passed()
    {
        LibTorch.EnsureLoaded();
        using var passed = new PassedArguments();
        Assert.IsNull(KernelProof.Difference(passed, CPU));

        foreach (Match entry in Entry().Matches(Text))
        {
            string[] declared = [.. Parameter().Matches(entry.Groups[2].Value).Select(match => match.Groups[1].Success ? $"{match.Groups[2].Value} at {match.Groups[1].Value}" : match.Groups[3].Value)];
            string[] expected = [.. passed.Of[entry.Groups[1].Value].Prepend(KernelArgument.Of(1)).Select(Declared)];
            CollectionAssert.AreEqual(expected, declared, entry.Groups[1].Value);
        }
    }

    [TestMethod]
    [DataRow("sm_80")]
    [DataRow("sm_90")]
    public void Ptxas_assembles_it(string gpu)
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string source = Path.Combine(folder, "kernels.ptx");
            File.WriteAllText(source, Text);
            using var ptxas = new Process { StartInfo = new("ptxas", ["-arch", gpu, "-o", Path.Combine(folder, "kernels.cubin"), source]) { RedirectStandardError = true } };
            try
            {
                ptxas.Start();
            }
            catch (System.ComponentModel.Win32Exception)
            {
                Assert.Inconclusive("There is no ptxas; the CUDA toolkit has it.");
            }
            string errors = ptxas.StandardError.ReadToEnd();
            ptxas.WaitForExit();
            Assert.AreEqual(0, ptxas.ExitCode, errors);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Declared(KernelArgument argument) => argument.Kind switch
    {
        KernelArgumentKind.Numbers => $"{argument.Layout.Size} at {argument.Layout.Alignment}",
        KernelArgumentKind.Float32 => "f32",
        KernelArgumentKind.Int64 => "b64",
        _ => "b32",
    };

    [GeneratedRegex(@"\b(?:mul|add|sub|div|fma|mad)(?:\.\w+)*\.f32\b")]
    private static partial Regex Arithmetic();

    [GeneratedRegex(@"\.entry (\w+)\(([^)]*)\)")]
    private static partial Regex Entry();

    [GeneratedRegex(@"\.param (?:\.align (\d+) \.b8 \w+\[(\d+)\]|\.(\w+) )")]
    private static partial Regex Parameter();

    /// <summary>The kernels of managed code, and the arguments that each was launched with at last.</summary>
    private sealed class PassedArguments : ManagedKernels
    {
        public Dictionary<string, KernelArgument[]> Of { get; } = [];

        protected override void Launch(string kernel, int lanes, KernelArgument[] arguments)
        {
            Of[kernel] = arguments;
            base.Launch(kernel, lanes, arguments);
        }
    }
}
