using Microsoft.ML.Spiking.Descent;
using Microsoft.ML.Spiking.Engines;
using Microsoft.ML.Spiking.State;

namespace Microsoft.ML.Spiking.Training;

/// <summary>All that changes in a training, and so all that a checkpoint holds.</summary>
/// <param name="Network">Connections, readout, plasticity.</param>
/// <param name="Recipe">How it is trained.</param>
/// <param name="Engine">Runs the layers.</param>
/// <param name="Descent">The optimiser.</param>
/// <param name="Metrics">The epoch so far.</param>
internal sealed record TrainingState(NetworkTensors Network, TrainingRecipe Recipe, TrainingEngine Engine, GradientDescent Descent, EpochMetrics Metrics)
{
    public Learner Learner { get; } = new(Network, Recipe, Engine);

    public TrainingClock Clock { get; } = new();

    /// <summary>One entry an epoch that has ended.</summary>
    public List<EpochRecord> History { get; } = [];

    /// <summary>The best model at an epoch's end; null where nothing chooses one.</summary>
    public ModelCandidate? Best { get; set; }

    /// <summary>Batches done.</summary>
    public int Batches => (int)Learner.Step;

    /// <summary>What is stored as arrays.</summary>
    public IReadOnlyList<StateArray> Arrays => [.. Network.State, .. Engine.State, .. Descent.State];
}
