using Microsoft.ML;
using Microsoft.ML.Spiking.Fused;
using Microsoft.ML.Spiking.Torch;

namespace Microsoft.ML.Spiking.SecondDevice;

/// <summary>A training through <c>Fit</c>, on both devices, and one that is broken off on the second and resumed there.</summary>
internal sealed class WholeTraining(string name)
{
    /// <summary>How far the models are apart at the most: the device's from the CPU's, and that of the resumed training from that of the whole one.</summary>
    public string Compare()
    {
        SpikingNetworkOptions options = Cases.Of(name);
        SpikingModel here = Fit(options, lazy: false), there = Fit(options, lazy: true);
        return $"{Difference(here, there):E1} {Difference(there, Resumed(options)):E1} {there.Provenance.Device}";
    }

    /// <summary>How far the models by fused kernels and by tensor operations alone are apart, both on the CPU, and how many launches of kernels there were.</summary>
    public string CompareFused()
    {
        SpikingNetworkOptions options = Cases.Of(name);
        SpikingModel byTensors = Fit(options, lazy: false);
        using var counter = new OperationCounter(LazyDevice.Library);
        KernelChoice.Instead = _ => new CountedKernels();
        SpikingModel byKernels = Fit(options, lazy: false);
        KernelChoice.Instead = null;
        int launches = counter.Kernels.Where(kernel => kernel.Key is FusedKernels.Neurons or FusedKernels.NeuronsBack or FusedKernels.Spikes).Sum(kernel => kernel.Value);
        return $"{Difference(byTensors, byKernels):E1} {launches}";
    }

    private SpikingModel Resumed(SpikingNetworkOptions options)
    {
        string path = Path.GetTempFileName();
        using var source = new CancellationTokenSource();
        try
        {
            Fit(options with { CheckpointPath = path, ProgressInterval = 1, Progress = new Stop(source), CancellationToken = source.Token }, lazy: true);
            throw new InvalidOperationException("The training was not broken off.");
        }
        catch (OperationCanceledException)
        {
            return Fit(options with { ResumeFrom = path }, lazy: true);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private SpikingModel Fit(SpikingNetworkOptions options, bool lazy)
    {
        LazyDevice.Use(lazy);
        var ml = new MLContext(seed: 1);
        return ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(Cases.TakesSpikes(name) ? Tasks.Spikes(ml) : Tasks.Images(ml)).Model;
    }

    private static double Difference(SpikingModel one, SpikingModel other)
        => Numbers(one).Zip(Numbers(other), (a, b) => (double)MathF.Abs(a - b)).Max(difference => double.IsNaN(difference) ? double.PositiveInfinity : difference);

    private static IEnumerable<float> Numbers(SpikingModel model) =>
    [
        .. model.Layers.SelectMany(layer => (IEnumerable<float>)[.. layer.InputWeights, .. layer.InterWeights, .. layer.ConnectionUsage, layer.TargetRate]),
        .. model.InputScale, .. model.HiddenWeights, .. model.HiddenBias, .. model.OutputWeights, .. model.OutputBias,
    ];

    /// <summary>Breaks a training off after its second batch.</summary>
    private sealed class Stop(CancellationTokenSource source) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Batches == 2) source.Cancel();
        }
    }
}
