using Microsoft.ML.Spiking.Tests.Fitting;

namespace Microsoft.ML.Spiking.Tests.Endurance;

[TestClass]
public sealed class TorchEnduranceTests
{
    private static readonly SpikingNetworkOptions s_options = Toy.Options with { Engine = TrainingEngine.Torch };

    private readonly MLContext _ml = new(seed: 1);

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Two_hundred_fits_leave_nothing_behind() => Fit(200);

    [TestMethod]
    [Heavy]
    public void Two_thousand_fits_leave_nothing_behind() => Fit(2000);

    [TestMethod]
    public void Two_hundred_epochs_hold_no_more_than_the_first()
    {
        var footprint = new Footprint(TestContext);
        var reports = new Reports(progress =>
        {
            if (progress is EpochProgress) footprint.Look();
        });
        _ml.MulticlassClassification.Trainers.SpikingNetwork(s_options with { Batches = null, Epochs = 200, ValidationFraction = 0.2, Progress = reports }).Fit(Toy.Data(_ml));
        footprint.AssertFlat();
    }

    private void Fit(int times)
    {
        IDataView data = Toy.Data(_ml);
        Footprint.AssertFlat(TestContext, times, _ => _ml.MulticlassClassification.Trainers.SpikingNetwork(s_options).Fit(data));
    }
}
