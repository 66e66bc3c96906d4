using Microsoft.ML.Spiking.Kernels;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Samples;

namespace Microsoft.ML.Spiking.Engines;

/// <summary>What a training begins with.</summary>
/// <param name="Network">The network, with nothing left to the data any more.</param>
/// <param name="Recipe">How it is trained.</param>
/// <param name="Input">What the input column holds.</param>
/// <param name="Classes">Classes.</param>
/// <param name="Seed">The training's seed.</param>
/// <param name="Total">Batches in all, for the schedule.</param>
/// <param name="Weights">Of each layer's inputs, [column, neuron, input].</param>
/// <param name="Encoder">How rows become spikes.</param>
/// <param name="Samples">The training rows; null where <see cref="NetworkTraining.Show"/> brings them.</param>
internal sealed record TrainingSetup(
    SpikingNetwork Network, TrainingRecipe Recipe, InputShape Input, int Classes, int Seed, long Total, float[][] Weights, SampleEncoder Encoder,
    TrainingSamples? Samples)
{
    /// <summary>The processes that train together; null where this one trains alone.</summary>
    public TrainingCommunicator? Communicator { get; init; }

    /// <summary>How they add their gradients up.</summary>
    public GradientSum GradientSum { get; init; }

    /// <summary>Time steps.</summary>
    public int Steps => Input.Steps ?? Network.TimeSteps;

    /// <summary>What each column of the first layer sees; null where all of it.</summary>
    public ReceptiveFields? Fields => ReceptiveFields.Of(Network.Layers[0], Input);
}
