using Microsoft.ML.Spiking.Tests.Model;

namespace Microsoft.ML.Spiking.Tests.Transforms;

[TestClass]
public sealed class DisposalTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void A_model_goes_on_working_when_an_engine_that_owned_it_is_disposed()
    {
        Sample sample = Toy.Samples(1)[0];
        float[] expected = Predict(Toy.Trained, sample);
        for (int i = 0; i < 3; i++) CollectionAssert.AreEqual(expected, Predict(Toy.Trained, sample));
    }

    [TestMethod]
    public void So_does_one_that_was_loaded_and_goes_on_with_other_steps()
    {
        IDataView data = Toy.Data(_ml);
        ITransformer chain = Toy.Trained.Append(_ml.Transforms.Conversion.MapKeyToValue("Class", "PredictedLabel").Fit(Toy.Trained.Transform(data)));
        ITransformer loaded = ModelZip.Load(ModelZip.Save(_ml, chain, data.Schema));
        Sample sample = Toy.Samples(1)[0];
        float[] expected = Predict(Toy.Trained, sample);
        for (int i = 0; i < 3; i++) CollectionAssert.AreEqual(expected, Predict(loaded, sample));
        ((IDisposable)loaded).Dispose();
        CollectionAssert.AreEqual(expected, Predict(loaded, sample));
    }

    /// <summary>The engine owns the model, as engines do unless they are told otherwise.</summary>
    private float[] Predict(ITransformer model, Sample sample)
    {
        using var engine = _ml.Model.CreatePredictionEngine<Sample, Prediction>(model);
        return engine.Predict(sample).Score;
    }
}
