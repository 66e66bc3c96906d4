using Microsoft.ML.Spiking.Fuzz;

namespace Microsoft.ML.Spiking.Tests.Fuzz;

/// <summary>The fuzzer finds what it looks for: other exceptions, slowness, greed, and what never ends.</summary>
[TestClass]
public class FuzzerTests
{
    private static readonly FuzzLimits s_limits = new(TimeSpan.FromMilliseconds(200), 10_000_000, TimeSpan.FromSeconds(1));

    [TestMethod]
    public void Loads_and_refusals_are_no_failures()
    {
        FuzzReport report = Run(file => { if (file.Length > 4) throw new InvalidDataException(); });

        Assert.IsEmpty(report.Kinds);
        Assert.AreEqual(300, report.Loaded + report.Refused);
        Assert.IsTrue(report.Loaded > 0 && report.Refused > 0, report.ToString());
    }

    [TestMethod]
    public void Another_exception_is_one() => Fails("FormatException", _ => throw new FormatException());

    [TestMethod]
    public void Slowness_is_one() => Fails("takes too long", _ => Thread.Sleep(300), count: 1);

    [TestMethod]
    public void Greed_is_one() => Fails("allocates too much", _ => GC.KeepAlive(new byte[20_000_000]), count: 1);

    [TestMethod]
    public void What_never_ends_is_one_and_ends_the_run()
    {
        using var never = new ManualResetEventSlim();
        FuzzReport report = Run(_ => never.Wait(), count: 10);

        Assert.AreEqual("never ends", report.Endless?.Kind);
        never.Set();
    }

    [TestMethod]
    public void A_mutant_is_the_same_in_every_run()
    {
        var target = new Target(_ => { });
        CollectionAssert.AreEqual(new Fuzzer(target, seed: 3, s_limits).Mutant(41), new Fuzzer(target, seed: 3, s_limits).Mutant(41));
    }

    private static void Fails(string kind, Action<byte[]> open, int count = 10)
        => StringAssert.Contains(string.Join('\n', Run(open, count).Kinds.Keys), kind);

    private static FuzzReport Run(Action<byte[]> open, int count = 300) => new Fuzzer(new Target(open), seed: 1, s_limits).Run(first: 0, count);

    private sealed class Target(Action<byte[]> open) : IFuzzTarget
    {
        public string Name => "bytes";

        // The sound file itself is opened first, to warm up.
        public IReadOnlyList<byte[]> Seeds { get; } = [[1, 2, 3, 4]];

        public byte[] Mutate(byte[] file, RandomStream random) => [.. file, (byte)random.Below(256)];

        public void Open(byte[] file)
        {
            if (!ReferenceEquals(file, Seeds[0])) open(file);
        }

        public bool IsRefusal(Exception error) => error is InvalidDataException;
    }
}
