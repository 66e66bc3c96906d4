using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Torch;

/// <summary>What a step of training does on the same spikes, by tensors and by managed code; each array is of a layer.</summary>
internal sealed record OneStep(float[][] Accumulated, float[][] Rates, float[][] SampleRates)
{
    /// <summary>Whether the readout reads on: tensors are then summed up from the first step on, arrays window by window, and what is read is compared by the logits.</summary>
    public bool ReadsOn { get; private init; }

    public required float[] Logits { get; init; }

    public required float Loss { get; init; }

    /// <summary>After STDP.</summary>
    public required float[][] InterWeights { get; init; }

    public required float[][] InterGradient { get; init; }

    /// <summary>Of the weights between neurons, [pair of columns, post, pre]; empty where they do not learn.</summary>
    public required float[][] RecurrentGradient { get; init; }

    public required float[] HiddenGradient { get; init; }

    public required float[] OutputGradient { get; init; }

    /// <summary>Of what scores a readout's windows; empty where nothing does.</summary>
    public float[] AttentionGradient { get; init; } = [];

    public required float[] ScaleGradient { get; init; }

    /// <summary>By the optimiser.</summary>
    public required float[][] WeightChange { get; init; }

    /// <summary>By the optimiser, of the neurons' constants that learn, layer by layer and constant by constant, as a checkpoint has them.</summary>
    public float[] ConstantChange { get; private init; } = [];

    /// <summary>What normalises each layer's currents, after the optimiser's step: scale, shift, running mean and variance.</summary>
    public float[] Normalisation { get; private init; } = [];

    public static OneStep OfTorch(SpikingNetworkOptions options, float[][] weights, LayerInput inputs, Stimulus[] stimuli, int seed, ReceptiveFields? fields = null, float[]? scale = null, float[]? features = null, int[]? labels = null, float[]? rowWeights = null, bool byStep = false)
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        using var engine = new TorchEngine(options.Network, weights, inputs, samples: null, CPU, fields, byStep);
        using var network = new NetworkTensors(options.Network, inputs, classes: 3, seed, CPU);
        if (scale is not null) network.InputScale!.Set(scale);
        network.AttentionWeight?.Set(Attention((int)network.AttentionWeight.numel()));
        using TensorDescent descent = network.Descent(options.Optimiser, total: 10);
        engine.Train(descent);
        Tensor? probability = features is null ? null : options.Network.ChosenCode.Probability(tensor(features, [stimuli.Length, inputs.Count]), network.InputScale);
        IReadOnlyList<LayerPass> passes = stimuli.All(stimulus => stimulus.IsConstant) ? engine.RunConstant(network, stimuli.ToHeld(inputs.Count)) : engine.Run(network, stimuli.ToDense(inputs.Count), probability, stimuli.There());
        var step = new OneStep([.. passes.Select(pass => pass.Accumulated().Read())], [.. passes.Select(pass => pass.Rates().Read())], [.. passes.Select((pass, i) => (options.Network.Layers[i] as ColumnLayer)?.Plasticity is { ReadsSamples: true } ? pass.AllRates.Read() : [])]) { Logits = [], Loss = 0, InterWeights = [], InterGradient = [], RecurrentGradient = [], HiddenGradient = [], OutputGradient = [], ScaleGradient = [], WeightChange = [] };
        float?[] ownSpikes = [.. passes.Select(pass => pass.SpikesPerRow()?.item<float>())];
        StepResult result = new Learner(network, options, engine).Learn(passes, tensor([.. (labels ?? Labels(stimuli.Length)).Select(label => (long)label)]), rowWeights is null ? null : tensor(rowWeights));
        static float[] Gradient(TorchSharp.Modules.Parameter? parameter) => parameter is null ? [] : parameter.grad?.Read() ?? new float[parameter.numel()];
        float[][] before = [.. weights.Select((_, i) => engine.InputWeights(i))];
        step = step with
        {
            Logits = result.Logits.Read(),
            Loss = LossOf(network, result, options, stimuli[0].Steps, ownSpikes, [.. options.Network.ShapesOf(inputs).Select(shape => shape.PerGroup)]).item<float>(),
            InterWeights = [.. network.Layers.Select(layer => layer.InterWeights.Read())],
            InterGradient = [.. network.Layers.Select(layer => Gradient(layer.InterWeights))],
            RecurrentGradient = [.. network.Layers.Select(layer => layer.Recurrence is { Weights.requires_grad: true } between ? Gradient(between.Weights) : [])],
            HiddenGradient = Gradient(network.HiddenWeight),
            OutputGradient = Gradient(network.OutputWeight),
            AttentionGradient = Gradient(network.AttentionWeight),
            ScaleGradient = Gradient(network.InputScale),
        };
        descent.Step();
        return step with
        {
            WeightChange = [.. before.Select((was, i) => engine.InputWeights(i).Zip(was, (a, b) => a - b).ToArray())],
            ConstantChange = Constants(engine.State),
            Normalisation = [.. engine.State.Where(array => array.Name.Contains("normalisation.", StringComparison.Ordinal)).SelectMany(array => array.Read())],
        };
    }

    public static OneStep OfManaged(SpikingNetworkOptions options, float[][] weights, LayerInput inputs, Stimulus[] stimuli, int seed, ReceptiveFields? fields = null, SampleEncoder? encoder = null, float[]? scale = null, int[]? labels = null, float[]? rowWeights = null)
    {
        int steps = stimuli[0].Steps;
        var engine = new CpuEngine(options.Network, weights, inputs, encoder ?? new SampleEncoder(options.Network, Standardisation.None, default), samples: null, steps, fields);
        return OfManaged(options, engine, inputs, stimuli.Length, seed, network => engine.Run(network, stimuli, stimuli.Length), scale, labels, rowWeights);
    }

    public static OneStep OfManaged(SpikingNetworkOptions options, ColumnEngine engine, LayerInput inputs, int batch, int seed, Func<NetworkArrays, IReadOnlyList<LayerActivity>> run, float[]? scale = null, int[]? labels = null, float[]? rowWeights = null)
    {
        var network = new NetworkArrays(options.Network, inputs, classes: 3, seed);
        scale?.CopyTo(network.InputScale!.Weights.Span);
        if (network.AttentionWeight is { } attention) Attention(attention.Weights.Length).CopyTo(attention.Weights.Span);
        GradientDescent descent = network.Descent(options.Optimiser, total: 10);
        engine.Train(descent);
        IReadOnlyList<LayerActivity> layers = run(network);
        float[][] accumulated = [.. layers.Select(layer => layer.Accumulated.ToArray())];
        StepOutcome outcome = new ManagedLearner(network, options, engine).Learn(layers, labels ?? Labels(batch), rowWeights);
        static float[] Copy(AlignedFloats? floats) => floats?.Span.ToArray() ?? [];
        float[][] before = [.. network.Layers.Select((_, i) => engine.InputWeights(i).ToArray())];
        var step = new OneStep(accumulated, [.. layers.Select(layer => layer.Rates)], [.. layers.Select(layer => layer.SampleRates ?? [])])
        {
            ReadsOn = options.Network.Readout.Readings > 1,
            Logits = outcome.Logits,
            Loss = (float)outcome.Loss,
            InterWeights = [.. network.Layers.Select(layer => Copy(layer.InterWeights.Weights))],
            InterGradient = [.. network.Layers.Select(layer => Copy(layer.InterWeights.Gradient))],
            RecurrentGradient = [.. network.Layers.Select(layer => layer.Recurrence is { Trained: { } trained } between ? between.Weights.Synapses.ToPairs(trained.Gradient.Span) : [])],
            HiddenGradient = Copy(network.HiddenWeight?.Gradient),
            OutputGradient = Copy(network.OutputWeight.Gradient),
            AttentionGradient = Copy(network.AttentionWeight?.Gradient),
            ScaleGradient = Copy(network.InputScale?.Gradient),
            WeightChange = [],
        };
        descent.Step();
        return step with
        {
            WeightChange = [.. before.Select((was, i) => engine.InputWeights(i).Zip(was, (a, b) => a - b).ToArray())],
            ConstantChange = Constants(engine.State),
            Normalisation = [.. engine.State.Where(array => array.Name.Contains("normalisation.", StringComparison.Ordinal)).SelectMany(array => array.Read())],
        };
    }

    /// <summary>Cross entropy, the distance of the columns' rates from the targets, and spikes beyond the budget, which training needs the gradients of alone.</summary>
    /// <param name="network">The network.</param>
    /// <param name="result">What a step has found.</param>
    /// <param name="recipe">How it is trained.</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="ownSpikes">Spikes a row of each layer whose rows have steps of their own, or windows, where the rates do not tell.</param>
    /// <param name="perGroup">Neurons of each layer's columns or channels; null where all are columns.</param>
    public static Tensor LossOf(NetworkTensors network, StepResult result, TrainingRecipe recipe, int steps, float?[]? ownSpikes = null, int[]? perGroup = null)
    {
        Tensor loss = result.CrossEntropy(), spikes = zeros(1);
        long first = 0;
        foreach (LayerTensors layer in network.Layers)
        {
            loss += RateLoss(layer, result.ColumnRates.narrow(0, first, layer.Layer.Groups)) * (layer.Columns?.Homeostasis?.RateLossWeight ?? 0);
            Tensor byRates = result.ColumnRates.narrow(0, first, layer.Layer.Groups).sum() * (perGroup?[network.Layers.IndexOf(layer)] ?? layer.Columns!.NeuronsPerColumn) * steps;
            spikes += ownSpikes?[network.Layers.IndexOf(layer)] is { } own ? tensor(own) : byRates;
            first += layer.Layer.Groups;
        }
        return recipe.SpikeBudget is { } budget ? loss + budget.Weight * (spikes / budget.SpikesPerRow - 1).relu().sum() : loss;
    }

    /// <summary>mean((columnRates - targetRate)²).</summary>
    public static Tensor RateLoss(LayerTensors layer, Tensor columnRates) => (columnRates - layer.Plasticity.TargetRate).square().mean();

    /// <summary>How far constants have come from where they began.</summary>
    private static float[] Constants(IEnumerable<StateArray> state)
        => [.. state.Where(array => array.Name.Contains("neurons.", StringComparison.Ordinal)).SelectMany(array => array.Read())];

    /// <summary>Another thing than the zeros that training begins with.</summary>
    private static float[] Attention(int inputs) => [.. Enumerable.Range(0, inputs).Select(i => 3 * MathF.Sin(i))];

    private static int[] Labels(int batch) => [.. Enumerable.Range(0, batch).Select(row => row % 3)];

    /// <summary>Compares all of it, each number within a tolerance of the largest of its kind.</summary>
    /// <param name="expected">The other.</param>
    /// <param name="where">What is said of a failure.</param>
    /// <param name="rounding">How far a weight's last digit may move its change.</param>
    public void IsNear(OneStep expected, string where = "", float rounding = 0)
    {
        Near(expected.Logits, Logits, 1e-5f, "logits");
        Assert.AreEqual(expected.Loss, Loss, 1e-5f * Math.Max(1, expected.Loss), $"loss {where}");
        Near(expected.HiddenGradient, HiddenGradient, 1e-4f, "gradient of the hidden layer");
        Near(expected.OutputGradient, OutputGradient, 1e-4f, "gradient of the output layer");
        // Of how much a window's scores differ from their mean, of which little may be left beside the rounding of both.
        Near(expected.AttentionGradient, AttentionGradient, 1e-4f, "gradient of the attention", least: 1e-7f);
        Near(expected.ScaleGradient, ScaleGradient, 1e-4f, "gradient of the input scale");
        // A sum over all neurons, rows and steps, of which little may be left beside the rounding of its terms.
        Near(expected.ConstantChange, ConstantChange, 2e-4f, "change of the neurons' constants", 1000 * rounding);
        Near(expected.Normalisation, Normalisation, 1e-4f, "normalisation");
        for (int layer = 0; layer < Accumulated.Length; layer++)
        {
            if (!ReadsOn) Near(expected.Accumulated[layer], Accumulated[layer], 1e-5f, $"accumulated by layer {layer}");
            Near(expected.Rates[layer], Rates[layer], 1e-5f, $"rates of layer {layer}");
            Near(expected.SampleRates[layer], SampleRates[layer], 1e-5f, $"rates of layer {layer} on each sample");
            Near(expected.InterWeights[layer], InterWeights[layer], 1e-5f, $"connections of layer {layer} after STDP");
            Near(expected.InterGradient[layer], InterGradient[layer], 1e-4f, $"gradient of the connections of layer {layer}");
            Near(expected.RecurrentGradient[layer], RecurrentGradient[layer], 1e-4f, $"gradient of the weights between the neurons of layer {layer}");
            Near(expected.WeightChange[layer], WeightChange[layer], 1e-4f, $"change of the weights of layer {layer}", rounding);
        }

        void Near(float[] values, float[] actual, float tolerance, string what, float least = 0)
        {
            Assert.HasCount(values.Length, actual, $"{what} {where}");
            float largest = values.Append(1e-6f).Max(MathF.Abs);
            for (int i = 0; i < values.Length; i++) Assert.AreEqual(values[i], actual[i], Math.Max(least, tolerance * largest), $"{what}, number {i} {where}");
        }
    }
}
