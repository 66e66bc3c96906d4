using System.Globalization;

namespace Microsoft.ML.Spiking.Tests.Torch;

/// <summary>
/// What a GPU would be needed for, without one: whole trainings on a device of its own that every CPU libtorch has. It refuses tensors of another device, as
/// a GPU does, and shares no memory with the CPU.
/// </summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public class SecondDeviceTests
{
    [TestMethod]
    [DataRow("rate reservoir sigmoid", DisplayName = "Poisson codes")]
    [DataRow("shifted-patches latency top-k delta", DisplayName = "other codes")]
    [DataRow("spike-trains plain weighted validated", DisplayName = "data and readout")]
    [DataRow("two-layers bent", DisplayName = "layers, images that change and running means of the weights")]
    [DataRow("learning-neurons attached coupled", DisplayName = "neurons step by step")]
    [DataRow("adaptive", DisplayName = "adaptive neurons")]
    [DataRow("fast-sigmoid triangle straight-through", DisplayName = "gradients")]
    public void A_training_there_gives_the_CPUs_model_and_can_be_resumed_there(string cases)
    {
        string[] names = cases.Split(' ');

        Dictionary<string, string[]> lines = Lines(["train", .. names]);

        foreach (string name in names)
        {
            string[] words = lines[name];
            Assert.IsLessThan(1e-6, Number(words[0]), $"{name}: from the CPU's model");
            Assert.IsLessThan(1e-6, Number(words[1]), $"{name}: the resumed training's model from the whole one's");
            Assert.AreNotEqual("CPU", words[2], $"{name} must train there for this to tell anything");
        }
    }

    [TestMethod]
    public void It_refuses_to_be_mixed_with_the_CPU() => Assert.AreEqual("True", Lines("mixed")["mixed"][0]);

    /// <summary>Why we have no generators. When TorchSharp mends it, this fails, and they may be had.</summary>
    [TestMethod]
    public void TorchSharps_generators_are_the_CPUs_whatever_device_they_are_asked_for() => Assert.AreEqual("5056", Lines("generator")["generator"][0]);

    /// <summary>Each is some microseconds of the host's time, whatever the GPU does: a step that grows says so here.</summary>
    [TestMethod]
    [DataRow("published", 252)]
    [DataRow("default", 134)]
    [DataRow("best", 147)]
    public void A_step_launches_at_most(string network, int launches) => Assert.IsLessThanOrEqualTo(launches, (int)Number(Lines("launches", network)[network][0]));

    /// <summary>With the fused kernels: those of managed code stand where a GPU's would, and each launch counts.</summary>
    [TestMethod]
    [DataRow("published", 90)]
    [DataRow("default", 90)]
    public void A_step_with_fused_kernels_launches_at_most(string network, int launches)
        => Assert.IsLessThanOrEqualTo(launches, (int)Number(Lines("fused-launches", network)[network][0]));

    [TestMethod]
    public void A_training_with_fused_kernels_gives_the_model_of_one_without()
    {
        string[] names = ["rate", "reservoir", "sigmoid", "fast-sigmoid", "triangle", "straight-through", "two-layers", "shifted-patches"];

        Dictionary<string, string[]> lines = Lines(["fused", .. names]);

        foreach (string name in names)
        {
            Assert.IsLessThan(1e-6, Number(lines[name][0]), $"{name}: from the model by tensor operations");
            Assert.IsGreaterThan(0, (int)Number(lines[name][1]), $"{name} must launch them for this to tell anything");
        }
    }

    /// <summary>Each waits for all that is queued. What remains is one of the looks at images that are augmented.</summary>
    [TestMethod]
    public void A_step_copies_nothing_to_the_device_but_looks_at_images()
    {
        Dictionary<string, string[]> lines = Lines("copies", "published", "default", "best");

        Assert.AreEqual("0", lines["published"][0]);
        Assert.AreEqual("0", lines["default"][0]);
        Assert.AreEqual("1", lines["best"][0]);
    }

    private static double Number(string word) => double.Parse(word, CultureInfo.InvariantCulture);

    /// <summary>What the application says, by the word that each line begins with.</summary>
    private static Dictionary<string, string[]> Lines(params string[] arguments)
    {
        ApplicationRun run = ApplicationRun.OnSecondDevice(arguments);
        Assert.AreEqual(0, run.ExitCode, run.Errors);
        return run.Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).ToDictionary(words => words[0], words => words[1..]);
    }
}
