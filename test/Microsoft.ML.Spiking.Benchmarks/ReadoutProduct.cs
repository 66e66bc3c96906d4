using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>The products of a training step's readout, batch 128: ours at each vector width against libtorch's, by one thread and by two.</summary>
internal sealed class ReadoutProduct
{
    private const int Runs = 41, Batch = ReferenceInput.Batch;
    private readonly int _inputs, _outputs, _repeats;
    private readonly AlignedFloats _x, _weights, _gradient, _y, _inputGradient, _weightGradient;
    private readonly Tensor _xTensor, _weightsTensor, _gradientTensor;

    private ReadoutProduct(int inputs, int outputs)
    {
        (_inputs, _outputs) = (inputs, outputs);
        _repeats = (int)Math.Clamp(100_000_000L / ((long)Batch * inputs * outputs), 1, 1000);   // or the clock's steps are the figure
        (_x, _weights, _gradient) = (Normal(1, Batch * inputs), Normal(2, outputs * inputs), Normal(3, Batch * outputs));
        (_y, _inputGradient, _weightGradient) = (new(Batch * outputs), new(Batch * inputs), new(outputs * inputs));
        _xTensor = tensor(_x.Span.ToArray(), [Batch, inputs]);
        _weightsTensor = tensor(_weights.Span.ToArray(), [outputs, inputs]);
        _gradientTensor = tensor(_gradient.Span.ToArray(), [Batch, outputs]);
    }

    public static void Run()
    {
        LibTorch.EnsureLoaded();
        Machine.Print();
        Console.WriteLine("Milliseconds and GFLOP/s of x·Wᵀ, gradient·W, gradientᵀ·x and all three, medians:");
        using var scope = NewDisposeScope();
        int own = get_num_threads();
        var hidden = ReferenceInput.Network.Readout.HiddenUnits;
        double ours = 0;
        foreach (var (name, inputs, outputs) in new[]
        {
            ("published network, hidden layer", ReferenceInput.Layer.Neurons, hidden), ("published network, output", hidden, ReferenceInput.Classes),
            ("default network, hidden layer", 1024, 256), ("inputs to 1,024 neurons", ReferenceInput.Inputs, 1024), ("16 x 16", 16, 16),
        })
        {
            Console.WriteLine($"{name}: {inputs} to {outputs}");
            double step = new ReadoutProduct(inputs, outputs).Print();
            if (ours == 0) ours = step;
        }
        set_num_threads(own);
        PrintScoring();
        Console.WriteLine($"readout-product: {ours:F2} ms");
    }

    /// <summary>The published network's hidden layer as the scorer runs it: blocks of rows, each by one thread.</summary>
    private static void PrintScoring()
    {
        const int Rows = 2048;
        int inputs = ReferenceInput.Layer.Neurons, outputs = ReferenceInput.Network.Readout.HiddenUnits;
        var layer = new DenseKernel(Normal(1, outputs * inputs).Span, Normal(2, outputs).Span, inputs);
        float[] x = Normal(3, Rows * inputs).Span.ToArray(), y = new float[Rows * outputs];
        foreach (int block in (int[])[1, 16, 32, 64])
        {
            int rows = block == 1 ? 64 : Rows;
            double time = Timing.Of(5, () => Parallel.For(0, rows / block, b
                => layer.Run(x.AsSpan(b * block * inputs, block * inputs), y.AsSpan(b * block * outputs, block * outputs), block))).Median;
            Console.WriteLine($"  scoring, {block} rows at once: {time / rows * 1000:F1} µs a row, {2.0 * inputs * outputs * rows / time / 1e6:F0} GFLOP/s");
        }
        layer = new DenseKernel(Normal(1, 64 * 64).Span, [], 64);
        double small = Timing.Of(31, () =>
        {
            for (int i = 0; i < 1000; i++) layer.Run(x.AsSpan(0, 50 * 64), y.AsSpan(0, 50 * 64), 50);
        }).Median;
        Console.WriteLine($"  connections of 64 columns, 50 steps, one thread: {small:F1} µs");
        small = Timing.Of(31, () =>
        {
            for (int i = 0; i < 10000; i++) layer.Run(x.AsSpan(0, 64), y.AsSpan(0, 64), 1);
        }).Median / 10;
        Console.WriteLine($"  connections of 64 columns, one step, one thread: {small:F2} µs");
    }

    private double Print()
    {
        double ours = 0;
        foreach (int threads in (int[])[1, 2])
        {
            set_num_threads(threads);
            double torch = Print($"libtorch, {threads} threads", [TorchForward, TorchInputs, TorchWeights]);
            foreach (int lanes in (int[])[16, 8, 4])
            {
                if (lanes > MatrixProduct.Lanes || lanes == 4 && threads == 2) continue;
                double step = Print($"ours, {threads} threads, {lanes} lanes",
                [
                    () => MatrixProduct.Run(X, Weights.Transposed, new Matrix(_y, Batch, _outputs), false, threads, lanes),
                    () => MatrixProduct.Run(Gradient, Weights, new Matrix(_inputGradient, Batch, _inputs), false, threads, lanes),
                    () => MatrixProduct.Run(Gradient.Transposed, X, new Matrix(_weightGradient, _outputs, _inputs), false, threads, lanes),
                ]);
                if (lanes != MatrixProduct.Lanes) continue;
                Console.WriteLine($"    times as fast as libtorch: {torch / step:F2}");
                ours = step;
            }
        }
        return ours;
    }

    private Matrix X => new(_x, Batch, _inputs);

    private Matrix Weights => new(_weights, _outputs, _inputs);

    private Matrix Gradient => new(_gradient, Batch, _outputs);

    private double Print(string what, Action[] products)
    {
        double operations = 2.0 * Batch * _inputs * _outputs;
        double[] times = [.. products.Append(() => Array.ForEach(products, product => product())).Select(Time)];
        string figures = string.Join("  ", times.Select((time, i) => $"{time,8:F3} ({operations * (i < 3 ? 1 : 3) / time / 1e6,4:F0})"));
        Console.WriteLine($"  {what,-30} {figures}");
        return times[^1];
    }

    private double Time(Action product) => Timing.Of(Runs, () =>
    {
        using var scope = NewDisposeScope();
        for (int i = 0; i < _repeats; i++) product();
    }).Median / _repeats;

    private void TorchForward() => _xTensor.matmul(_weightsTensor.t());

    private void TorchInputs() => _gradientTensor.matmul(_weightsTensor);

    private void TorchWeights() => _gradientTensor.t().matmul(_xTensor);

    private static AlignedFloats Normal(int seed, int count)
    {
        var random = CounterRandom.FromSeed(seed);
        var floats = new AlignedFloats(count);
        for (int i = 0; i < count; i++) floats.Span[i] = (float)random.Normal((ulong)i);
        return floats;
    }
}
