using System.Runtime.InteropServices;
using CsCheck;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Scoring;

/// <summary>A sequence that is scored step by step.</summary>
[TestClass]
public class SpikingSessionTests
{
    private const int Steps = 12, Inputs = 5;

    private static readonly Lazy<SpikingNetworkTransformer> s_network = new(() => Network(new SequenceCode()));

    [TestMethod]
    public void After_the_last_step_scores_are_to_the_bit_those_of_the_whole_sequence() => Property.ForAll(AnyTraining.Drawn.Where(IsSequence), drawn =>
    {
        var ml = new MLContext(seed: 1);
        SpikingNetworkTransformer network = ml.MulticlassClassification.Trainers.SpikingNetwork(drawn.Options).Fit(drawn.Data(ml));
        SpikingModel model = network.Model;
        SpikingSession session = network.CreateSession();
        var recorder = new SpikeRecorder(network);
        for (int row = 0; row < 3; row++)   // the same session, one sequence after the other
        {
            CounterRandom random = CounterRandom.FromSeed(drawn.Seed).For((ulong)row);
            float[] features = [.. Enumerable.Range(0, model.Input.Features).Select(i => (float)(1.5 * random.Uniform((ulong)i) - 0.25))];
            bool[] spikes = Array.ConvertAll(features, x => x > 0.6f);
            SpikeRecording whole = model.Input.IsSpikeTrain ? recorder.Record(spikes) : recorder.Record(features);
            session.Reset();
            for (int step = 0; step < session.MaximumSteps; step++)
            {
                Range ofStep = (step * session.Inputs)..((step + 1) * session.Inputs);
                if (model.Input.IsSpikeTrain) session.Push(spikes.AsSpan()[ofStep]);
                else session.Push(features.AsSpan()[ofStep]);
                int[] fired = [.. whole.Layers.SelectMany(layer => Enumerable.Range(0, layer.Columns)
                    .Select(column => Enumerable.Range(0, layer.NeuronsPerColumn).Count(neuron => layer.Fired(step, column, neuron))))];
                CollectionAssert.AreEqual(fired, session.SpikeCount.ToArray(), $"spikes of step {step}");
                if (row == 1) _ = session.PredictedClass;   // to look changes nothing
            }
            Same(whole.Score.AsSpan(), session.Score, "scores");
            Same(whole.SpikeRate.AsSpan(), session.SpikeRate, "rates");
        }
    }, times: 60);

    [TestMethod]
    public void After_each_step_scores_are_to_the_bit_those_of_a_sequence_that_ends_there() => Property.ForAll(AnyTraining.Drawn.Where(Ends), drawn =>
    {
        var ml = new MLContext(seed: 1);
        SpikingNetworkTransformer network = ml.MulticlassClassification.Trainers.SpikingNetwork(drawn.Options).Fit(drawn.Data(ml));
        SpikingSession session = network.CreateSession();
        var recorder = new SpikeRecorder(network);
        CounterRandom random = CounterRandom.FromSeed(drawn.Seed);
        float[] features = [.. Enumerable.Range(0, network.Model.Input.Features).Select(i => (float)(1.5 * random.Uniform((ulong)i) - 0.25))];
        for (int step = 0; step < session.MaximumSteps; step++)
        {
            session.Push(features.AsSpan(step * session.Inputs, session.Inputs));
            int given = (step + 1) * session.Inputs;
            SpikeRecording ended = recorder.Record([.. features[..given], .. Enumerable.Repeat(float.NaN, features.Length - given)]);
            Assert.AreEqual(step + 1, ended.Steps);
            Same(ended.Score.AsSpan(), session.Score, $"scores after step {step}");
            Same(ended.SpikeRate.AsSpan(), session.SpikeRate, $"rates after step {step}");
        }
    }, times: 60);

    [TestMethod]
    public void Noise_of_a_step_is_the_same_whatever_comes_after_it()
    {
        SpikingNetworkTransformer network = Network(new SequenceCode { Step = new RateCode() }, new TrainingCode { Seed = 3 });
        SpikingSession one = network.CreateSession(), other = network.CreateSession();
        for (int step = 0; step < Steps; step++)
        {
            float[] common = Row(0)[(step * Inputs)..((step + 1) * Inputs)];
            one.Push(common);
            other.Push(step < Steps / 2 ? common : new float[Inputs]);
            if (step < Steps / 2) Same(one.Score, other.Score, $"step {step}");
        }
        Assert.AreNotEqual(one.Score[0], other.Score[0], "the sequences must differ for this to tell anything");
    }

    [TestMethod]
    public void One_neurons_rate_is_over_the_steps_so_far()
    {
        SpikingSession session = s_network.Value.CreateSession();
        int spikes = 0;
        for (int step = 0; step < 6; step++)
        {
            session.Push(Row(1).AsSpan(step * Inputs, Inputs));
            spikes += session.SpikeCount[0];
            // One column of excitatory neurons, which hears nobody: its rate is what was counted, over 16 neurons and the steps.
            Assert.AreEqual(spikes / (16f * (step + 1)), session.SpikeRate[0], 1e-6f);
        }
        Assert.IsGreaterThan(0, spikes);
    }

    [TestMethod]
    public void Sessions_of_one_network_run_at_the_same_time_and_do_not_disturb_each_other()
    {
        float[][] alone = [.. Enumerable.Range(0, 3).Select(row => Scores(s_network.Value.CreateSession(), row))];
        Parallel.For(0, 60, i => Same(alone[i % 3], Scores(s_network.Value.CreateSession(), i % 3), $"sequence {i % 3}"));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(8)]
    public void A_step_allocates_nothing(int hiddenUnits)
    {
        SpikingSession session = Network(new SequenceCode(), hiddenUnits: hiddenUnits).CreateSession();
        float[] row = Row(1);
        Scores(session, 1);
        session.Reset();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int step = 0; step < Steps; step++)
        {
            session.Push(row.AsSpan(step * Inputs, Inputs));
            if (session.Score.Length + session.SpikeRate.Length + session.SpikeCount.Length + session.PredictedLabel.Length == 0) return;
        }
        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void What_cannot_be_pushed_is_refused_in_a_sentence()
    {
        SpikingSession session = s_network.Value.CreateSession();
        Assert.AreEqual("There is nothing to score yet; push the first time step of the sequence. [SPK2003]",
            Assert.ThrowsExactly<InvalidOperationException>(() => session.Score.ToArray()).Message);
        Assert.AreEqual("The time step holds 60 values, but the network reads 5 in each; push one step at a time. [SPK2003]",
            Assert.ThrowsExactly<ArgumentException>(() => session.Push(Row(0))).Message);
        StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentException>(() => session.Push([1f, 1, 1, 1, float.NaN])).Message, "An input of step 0 is NaN");
        StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentException>(() => session.Push(new bool[Inputs])).Message, "The network reads intensities, but spikes came");
        Assert.AreEqual(0, session.Steps, "what was refused was no step");
        Scores(session, 0);
        Assert.AreEqual("The sequence has its 12 time steps already, as many as the network reads; Reset the session for the next sequence. [SPK2003]",
            Assert.ThrowsExactly<InvalidOperationException>(() => session.Push(new float[Inputs])).Message);
        session.Reset();
        session.Push(new float[Inputs]);
        Assert.AreEqual(1, session.Steps);
    }

    [TestMethod]
    public void A_network_that_reads_no_sequences_has_no_sessions()
        => StringAssert.StartsWith(Assert.ThrowsExactly<InvalidOperationException>(Toy.Trained.CreateSession).Message, "The network reads no sequence: its code is RateCode");

    [TestMethod]
    public void The_most_probable_class_is_known_by_its_name()
    {
        SpikingSession session = s_network.Value.CreateSession();
        for (int row = 0; row < 3; row++)
        {
            float[] scores = Scores(session, row);
            Assert.AreEqual(Array.IndexOf(scores, scores.Max()), session.PredictedClass);
            Assert.AreEqual(s_network.Value.ClassNames[session.PredictedClass], session.PredictedLabel);
        }
    }

    private static bool IsSequence(AnyTraining drawn) => drawn.IsSpikeTrain || drawn.Options.Network.Code is SequenceCode or DeltaCode;

    private static bool Ends(AnyTraining drawn) => !drawn.IsSpikeTrain && IsSequence(drawn);

    private static float[] Scores(SpikingSession session, int row)
    {
        session.Reset();
        for (int step = 0; step < Steps; step++) session.Push(Row(row).AsSpan(step * Inputs, Inputs));
        return session.Score.ToArray();
    }

    private static float[] Row(int row)
    {
        CounterRandom random = CounterRandom.FromSeed(9).For((ulong)row);
        return [.. Enumerable.Range(0, Steps * Inputs).Select(i => (float)random.Uniform((ulong)i))];
    }

    private static SpikingNetworkTransformer Network(SpikeCode code, EvaluationCode? evaluation = null, int hiddenUnits = 0)
    {
        var layer = new ColumnLayer { Columns = 1, NeuronsPerColumn = 16, ExcitatoryFraction = 1, ExcitatoryGain = 3, Delays = [0, 2], Modulation = 0 };
        var options = new SpikingNetworkOptions
        {
            Network = new SpikingNetwork
            {
                Code = code, EvaluationCode = evaluation ?? new ExpectedCode(), Scaling = FeatureScaling.None, Layers = [layer],
                Readout = new Readout { HiddenUnits = hiddenUnits, Dropout = 0 },
            },
            Batches = 2, BatchSize = 6, Seed = 1,
        };
        var ml = new MLContext(seed: 1);
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Sequence));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Steps, Inputs);
        IDataView rows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 12).Select(row => new Sequence { Class = $"{row % 3}", Features = Row(row) }), schema);
        return ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(ml.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(rows).Transform(rows));
    }

    private static void Same(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
        => Assert.IsTrue(MemoryMarshal.AsBytes(expected).SequenceEqual(MemoryMarshal.AsBytes(actual)), what);

    private sealed class Sequence
    {
        public string Class { get; set; } = "";

        public float[] Features { get; set; } = [];
    }
}
