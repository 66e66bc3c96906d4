using System.Collections.Immutable;

namespace Microsoft.ML.Spiking;

/// <summary>What a NIR graph does not say of a network.</summary>
public sealed record NirNetworkOptions
{
    /// <summary>What a time step is in seconds. Default 1e-4, as snnTorch has it and <see cref="SpikingModelNir.ToNir"/> writes; Norse has 1e-3.</summary>
    public double TimeStep { get; init; } = SpikingModelNir.DefaultTimeStep;

    /// <summary>Time steps that a row is shown for; of spike trains, those of a row. Default 8.</summary>
    public int TimeSteps { get; init; } = 8;

    /// <summary>Whether rows are spike trains, Vector&lt;Boolean, [TimeSteps, inputs]&gt;. Default: they are intensities.</summary>
    public bool IsSpikeTrain { get; init; }

    /// <summary>Dimensions of the column of intensities, as in [28, 28]. Default: empty, one axis of the graph's inputs.</summary>
    public ImmutableArray<int> Dimensions { get; init; } = [];

    /// <summary>How intensities become what the graph reads in each step. Default: as they are, from 0 to 1 (<see cref="DirectCode"/>).</summary>
    public SpikeCode Code { get; init; } = new DirectCode { Gain = 1 };

    /// <summary>What the network is shown of the code. Default: <see cref="ExpectedCode"/>.</summary>
    public EvaluationCode EvaluationCode { get; init; } = new ExpectedCode();

    /// <summary>How features become intensities, as <see cref="SpikingModel.Standardisation"/> of another model. Default null: they are.</summary>
    public Standardisation? Standardisation { get; init; }

    /// <summary>What the classes are called, in the order of the scores. Default: empty, as the graph's metadata say, or "0", "1" and so on.</summary>
    public ImmutableArray<string> ClassNames { get; init; } = [];

    /// <summary>The input column. Default "Features".</summary>
    public string FeatureColumnName { get; init; } = "Features";
}
