using Microsoft.ML.Spiking.Samples.Sound;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>As many rectified units as the spiking network has neurons, on the same features, flat.</summary>
internal static class SoundPerceptron
{
    // Adam's own default.
    private const double LearningRate = 0.001;

    public static double Train(SoundRow[] training, SoundRow[] unseen, int units, int classes, SpikingNetworkOptions options)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(options.Seed!.Value);
        int inputs = SoundInput.Steps * SoundInput.Inputs, batch = options.BatchSize!.Value;
        using Sequential network = nn.Sequential(nn.Linear(inputs, units), nn.ReLU(), nn.Linear(units, classes));
        (Tensor features, Tensor labels) = Rows(training, inputs);
        using var optimiser = optim.Adam(network.parameters(), LearningRate);
        int batches = (training.Length + batch - 1) / batch;
        var schedule = optim.lr_scheduler.CosineAnnealingLR(optimiser, batches * options.Epochs!.Value);
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            using var epochScope = NewDisposeScope();
            foreach (Tensor rows in randperm(training.Length).split(batch))
            {
                using var step = NewDisposeScope();
                optimiser.zero_grad();
                nn.functional.cross_entropy(network.call(features.index_select(0, rows)), labels.index_select(0, rows)).backward();
                optimiser.step();
                schedule.step();
            }
        }
        using var noGrad = no_grad();
        (Tensor asked, Tensor truth) = Rows(unseen, inputs);
        return network.call(asked).argmax(1).eq(truth).to_type(float64).mean().item<double>();
    }

    private static (Tensor Features, Tensor Labels) Rows(SoundRow[] rows, int inputs)
        => (tensor([.. rows.SelectMany(row => row.Features)], [rows.Length, inputs]), tensor([.. rows.Select(row => (long)row.Label)]));
}
