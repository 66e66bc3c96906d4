using System.Collections.Concurrent;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Competition;

/// <summary>Shows rows to a layer that learns no more. Thread-safe; what a row fires depends on its values alone, its noise too.</summary>
/// <param name="layer">The layer.</param>
/// <param name="encoder">How rows become spikes.</param>
/// <param name="random">The source of all noise.</param>
internal sealed class CompetitiveScorer(CompetitiveLayer layer, CompetitiveEncoder encoder, CounterRandom random)
{
    private const ulong NoiseSource = 3;

    private readonly CounterRandom _noise = random.For(NoiseSource);
    private readonly ConcurrentBag<Workspace> _free = [];

    /// <summary>The scorer of a model.</summary>
    public static CompetitiveScorer Of(WinnerTakeAllModel model)
        => new(CompetitiveLayer.Of(model), new CompetitiveEncoder(model.Network, model.Standardisation), CounterRandom.FromSeed(model.Seed));

    /// <summary>Shows a row.</summary>
    /// <param name="features">Its features; overwritten.</param>
    /// <param name="read">Is given the spikes, [neuron], of which it may keep none.</param>
    public void Run(Span<float> features, Action<int[]> read)
    {
        if (!_free.TryTake(out Workspace? own)) own = new(new SpikeTrain(layer.Network.TimeSteps), new Contest(layer));
        encoder.Draw(features, _noise.For(features), own.Train);
        own.Contest.Run(own.Train);
        read(own.Contest.Counts);
        _free.Add(own);
    }

    private sealed record Workspace(SpikeTrain Train, Contest Contest);
}
