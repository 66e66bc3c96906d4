using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CsCheck;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Tests.Fitting;

namespace Microsoft.ML.Spiking.Tests.Managed;

/// <summary>Networks of convolutions train in managed code, where nothing else is there.</summary>
[TestClass]
public sealed class ConvolutionTrainingTests : IDisposable
{
    private readonly InterruptedTraining _training = new() { Data = InterruptedConvolutions.Data };

    public void Dispose() => _training.Dispose();

    [TestMethod]
    public void A_network_of_them_learns_is_saved_and_predicts_the_same()
    {
        var ml = new MLContext(seed: 1);
        Sample[] samples = Toy.Samples(180);
        IDataView training = Toy.Keyed(ml, samples[..90], 1, Toy.Inputs), unseen = Toy.Keyed(ml, samples[90..], 1, Toy.Inputs);
        SpikingNetworkTransformer model = ml.MulticlassClassification.Trainers.SpikingNetwork(InterruptedConvolutions.Able).Fit(training);
        Assert.IsGreaterThan(0.9, ml.MulticlassClassification.Evaluate(model.Transform(unseen)).MicroAccuracy);
        Assert.AreEqual(new VectorDataViewType(NumberDataViewType.Single, 6 + 8), model.GetOutputSchema(training.Schema)["SpikeRate"].Type, "channels of both layers");

        var loaded = (SpikingNetworkTransformer)EstimatorChecks.SavedAndLoaded(new MLContext(seed: 9), model, training.Schema, out _);
        Assert.AreEqual(model.Model.Network, loaded.Model.Network);
        Views.SameValues(model.Transform(unseen), loaded.Transform(unseen));
    }

    [TestMethod]
    [DynamicData(nameof(InterruptedConvolutions.Trainings), typeof(InterruptedConvolutions))]
    public void A_training_that_was_interrupted_goes_on_to_the_same_model(SpikingNetworkOptions options)
    {
        _training.Resumes(options, at: progress => progress is EpochProgress { Epoch: 2 });
        _training.Resumes(options, at: progress => progress.Batches == 12);
    }

    /// <summary>Of any code and options, with columns behind or not.</summary>
    [TestMethod]
    public void Whatever_network_of_them_is_trained_is_saved_and_scores_the_same() => Property.ForAll(Networks.Convolutional(Networks.Codes.Null()), network =>
    {
        var ml = new MLContext(seed: 1);
        IDataView rows = Toy.Keyed(ml, Toy.Samples(14), 1, Toy.Inputs);
        SpikingNetworkTransformer model = ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options with { Network = network, BatchSize = 5, Engine = TrainingEngine.Managed }).Fit(rows);
        var loaded = (SpikingNetworkTransformer)EstimatorChecks.SavedAndLoaded(new MLContext(seed: 9), model, rows.Schema, out _);
        Assert.AreEqual(model.Model.Network, loaded.Model.Network);
        Views.SameValues(model.Transform(rows), loaded.Transform(rows));
    }, times: 40, Networks.Text);

    /// <summary>The hash is of one processor's training: whatever the vectors and however many threads, another has it too.</summary>
    [TestMethod]
    public void Every_processor_trains_the_same_weights_to_the_bit()
    {
        var ml = new MLContext(seed: 1);
        ConvolutionLayer maps = new() { Channels = 9, KernelHeight = 3, KernelWidth = 3, Normalisation = new CurrentNormalisation() };
        SpikingNetworkOptions options = Toy.Able with
        {
            Batches = 5,
            Network = Toy.Able.Network with { Code = new DirectCode { Gain = 1 }, TimeSteps = 4, Layers = [maps, maps with { Channels = 17, Delays = [0, 1] }, Toy.Able.Network.Layers[0]] },
        };

        SpikingModel model = ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(Toy.Keyed(ml, Toy.Samples(40), 7, 1)).Model;

        float[] numbers = [.. model.Layers.SelectMany(layer => (float[])[.. layer.InputWeights, .. layer.Biases])];
        Assert.AreEqual("726104D6467605C9", Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<float>(numbers)))[..16]);
    }
}
