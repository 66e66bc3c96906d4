using Microsoft.ML.Spiking.Kernels;
using Microsoft.ML.Spiking.State;

namespace Microsoft.ML.Spiking.Descent;

/// <summary><see cref="AdamW"/> over all that is trained by gradient: clips the gradient, sets the scheduled learning rates and steps.</summary>
/// <param name="rule">By what.</param>
/// <param name="total">Batches in all, for the schedule.</param>
internal sealed class GradientDescent(AdamW rule, long total)
{
    private readonly List<(TrainedArray Weights, double LearningRate)> _trained = [];

    /// <summary>The rule.</summary>
    public AdamW Rule => rule;

    /// <summary>Steps done.</summary>
    public long Done { get; set; }

    /// <summary>The steps that each of the weights has taken, in the order in which they were added.</summary>
    public int[] Steps
    {
        get => [.. _trained.Select(trained => trained.Weights.Steps)];
        set
        {
            for (int i = 0; i < _trained.Count; i++) _trained[i].Weights.Steps = value[i];
        }
    }

    /// <summary>AdamW's running means of all of them, for a checkpoint.</summary>
    public IEnumerable<StateArray> State => _trained.SelectMany((trained, i) => trained.Weights.State($"optimiser.{i}"));

    /// <summary>Learning rates of the next step: readout, connections between columns, input scale.</summary>
    public double[] LearningRates => rule.LearningRates(Done, total);

    /// <summary>Trains an array too: the same limit on the gradient's norm, the same schedule.</summary>
    /// <param name="rateFactor">What multiplies the learning rate for it.</param>
    /// <param name="array">Its weights, and where its gradient comes to be.</param>
    public void Add(double rateFactor, TrainedArray array)
    {
        if (rule.AverageMemory > 0) array.KeepAverage();
        _trained.Add((array, rule.LearningRate * rateFactor));
    }

    /// <summary>Numbers of the gradient over all weights that have one.</summary>
    public int GradientLength => checked(Learning.Sum(weights => weights.Gradient.Length));

    private IEnumerable<TrainedArray> Learning => _trained.Select(trained => trained.Weights).Where(weights => weights.Learns);

    /// <summary>Moves the gradient out of the weights, which are left without one.</summary>
    /// <param name="gradient">Receives it; what it is longer by becomes 0.</param>
    public void TakeGradient(AlignedFloats gradient)
    {
        int at = 0;
        foreach (TrainedArray weights in Learning)
        {
            int first = at;
            GradientTree.OverChunks(weights.Gradient.Length, (start, size) =>
            {
                Span<float> own = weights.Gradient.Span.Slice(start, size);
                own.CopyTo(gradient.Span[(first + start)..]);
                own.Clear();
            });
            at += weights.Gradient.Length;
        }
        gradient.Span[at..].Clear();
    }

    /// <summary>Puts a gradient in its place.</summary>
    /// <param name="gradient">As <see cref="TakeGradient"/> gives it.</param>
    public void PutGradient(AlignedFloats gradient)
    {
        int at = 0;
        foreach (TrainedArray weights in Learning)
        {
            int first = at;
            GradientTree.OverChunks(weights.Gradient.Length,
                (start, size) => gradient.Span.Slice(first + start, size).CopyTo(weights.Gradient.Span[start..]));
            at += weights.Gradient.Length;
        }
    }

    /// <summary>Euclidean norm of the gradient over all weights that have one.</summary>
    public double GradientNorm()
        => Math.Sqrt(_trained.Where(trained => trained.Weights.Learns).Sum(trained => AdamWKernel.SumOfSquares(trained.Weights.Gradient)));

    /// <summary>Clips, steps and forgets the gradients. Weights without a gradient stay as they are.</summary>
    public void Step()
    {
        float clip = (float)Math.Min(1, rule.GradientNormLimit / (GradientNorm() + 1e-6));
        foreach (var (weights, rate) in _trained)
            if (weights.Learns) weights.Step(rule, clip, rule.Scheduled(rate, Done, total));
        Done++;
        if (rule.AverageMemory == 0) return;
        // Plasticity moves weights too, whether or not a gradient reaches them.
        foreach (var (weights, _) in _trained) weights.Average((float)rule.AverageShare((int)Done));
    }

    /// <summary>Reads something off the weights as a model has them: their running means, where the rule wants those.</summary>
    public T OfModel<T>(Func<T> read)
    {
        foreach (var (weights, _) in _trained) weights.SwapAverage();
        try
        {
            return read();
        }
        finally
        {
            foreach (var (weights, _) in _trained) weights.SwapAverage();
        }
    }
}
