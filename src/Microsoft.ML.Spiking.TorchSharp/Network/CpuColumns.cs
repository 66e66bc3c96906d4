using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking;

/// <summary>The columns on the CPU: event-driven kernels, and the gradient of the connections between columns worked out by hand.</summary>
internal sealed class CpuColumns(SpikingNetworkOptions options, float[] columnWeights, int inputs, SampleEncoder encoder, TrainingSamples? samples, int steps) : ColumnEngine
{
    private readonly ColumnSimulation _columns = new(options, columnWeights, inputs);
    private readonly List<SpikeTrain> _trains = [];
    private readonly List<ColumnActivity> _activities = [];
    private float[] _accumulated = [];
    private float[] _heard = [];

    public override ColumnPass Run(SpikingNetwork network, ReadOnlySpan<int> rows, CounterRandom random)
    {
        int[] batch = rows.ToArray();
        while (_trains.Count < batch.Length) _trains.Add(new SpikeTrain(steps));
        Parallel.For(0, batch.Length, sample => samples!.Draw(encoder, batch[sample], random.For((ulong)sample), _trains[sample]));
        return Run(network, _trains, batch.Length);
    }

    /// <summary>Runs given spike trains.</summary>
    public ColumnPass Run(SpikingNetwork network, IReadOnlyList<SpikeTrain> trains, int batch)
    {
        int columns = options.Columns, neurons = columns * options.NeuronsPerColumn;
        while (_activities.Count < batch) _activities.Add(new ColumnActivity(_columns.Lanes, steps));
        if (_accumulated.Length != batch * neurons) _accumulated = new float[batch * neurons];

        // A panel's weights stay in the core's cache while every sample passes over them.
        Parallel.For(0, _columns.Lanes.Panels, panel =>
        {
            for (int sample = 0; sample < batch; sample++) _columns.Show(trains[sample], panel, _activities[sample]);
        });

        _heard = Heard(network);
        var interWeights = new DenseKernel(_heard, [], columns);
        Parallel.For(0, batch, sample => _columns.Accumulate(_activities[sample], interWeights, _accumulated.AsSpan(sample * neurons, neurons)));

        Tensor accumulated = tensor(_accumulated, [batch, columns, options.NeuronsPerColumn]);
        accumulated.requires_grad = true;
        return new ColumnPass(MeanRates(batch), accumulated) { SampleRates = options.Stdp is { CoActivity: CoActivity.Correlation } ? SampleRates(batch) : null };
    }

    /// <summary>∂loss/∂w of the connections, through influence and so through what each spike counts.</summary>
    /// <remarks>
    /// ∂loss/∂W[post, pre] = modulation · Σ over samples and time of ∂loss/∂gain[t, post] · rate[t, pre], and W = sigmoid(w) · topology.
    /// </remarks>
    public override void Backward(SpikingNetwork network, ColumnPass pass)
    {
        int columns = options.Columns, batch = (int)pass.Accumulated.shape[0], neurons = columns * options.NeuronsPerColumn;
        float[] accumulated = pass.Accumulated.grad!.data<float>().ToArray();
        var gains = new float[batch][];
        Parallel.For(0, batch, sample =>
        {
            gains[sample] = new float[steps * columns];
            AccumulateKernel.Backward(_columns.Lanes, _activities[sample], accumulated.AsSpan(sample * neurons, neurons), gains[sample]);
        });

        var gradient = new float[columns * columns];
        Parallel.For(0, columns, post =>
        {
            Span<float> row = gradient.AsSpan(post * columns, columns);
            for (int sample = 0; sample < batch; sample++)
                for (int step = 0; step < steps; step++)
                    System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(_activities[sample].Rates.AsSpan(step * columns, columns), gains[sample][step * columns + post], row, row);
        });

        // W of the forward pass: sigmoid' = W · (1 - W) where connected, and W = 0 elsewhere.
        for (int i = 0; i < gradient.Length; i++) gradient[i] *= (float)options.Modulation * _heard[i] * (1 - _heard[i]);
        network.InterWeights.grad = tensor(gradient, [columns, columns]);
    }

    public override void Dispose() { }

    /// <summary>How much each column hears of each other, [post, pre].</summary>
    private static float[] Heard(SpikingNetwork network)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return network.InterColumnWeights().data<float>().ToArray();
    }

    private Tensor MeanRates(int batch)
    {
        var mean = new float[steps * options.Columns];
        for (int sample = 0; sample < batch; sample++)
            System.Numerics.Tensors.TensorPrimitives.Add(mean, _activities[sample].Rates, mean);
        System.Numerics.Tensors.TensorPrimitives.Divide(mean, batch, mean);
        return tensor(mean, [steps, options.Columns]);
    }

    private Tensor SampleRates(int batch)
    {
        int columns = options.Columns;
        var rates = new float[steps * batch * columns];
        for (int sample = 0; sample < batch; sample++)
            for (int step = 0; step < steps; step++)
                _activities[sample].Rates.AsSpan(step * columns, columns).CopyTo(rates.AsSpan((step * batch + sample) * columns));
        return tensor(rates, [steps, batch, columns]);
    }
}
