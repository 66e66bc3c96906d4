using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking.Samples;

namespace Microsoft.ML.Spiking;

/// <summary>Trains a spiking network of cortical columns to answer yes or no.</summary>
/// <remarks>
/// <para><b>Input and output columns.</b> The label is a Boolean; the input is as for <see cref="SpikingNetworkTrainer"/>. The outputs are PredictedLabel
/// (Boolean), Score (Single, the log-odds of true), Probability (Single, of true) and SpikeRate (Vector&lt;Single, columns&gt;). A Boolean cannot be missing: a
/// row with a feature that is no finite number has NaN for Score and Probability, and so a PredictedLabel of false, as with ML.NET's own binary
/// trainers.</para>
/// <para><b>Trainer characteristics.</b> Binary classification with probabilities, so that Evaluate takes it as it is, without a calibrator; otherwise
/// <see cref="SpikingNetworkTrainer"/>'s, whose network of two classes it is. For a number as the label, regression, there is no spiking trainer yet.</para>
/// </remarks>
public sealed class SpikingNetworkBinaryTrainer : IEstimator<SpikingNetworkTransformer>
{
    private readonly SpikingNetworkTrainer _trainer;

    internal SpikingNetworkBinaryTrainer(IHostEnvironment env, SpikingNetworkOptions options)
    {
        _trainer = new SpikingNetworkTrainer(env, options, new BooleanLabel(), nameof(SpikingNetworkBinaryTrainer));
        options.Names.CheckOutputs(binary: true);
    }

    /// <inheritdoc cref="SpikingNetworkTrainer.Fit(IDataView)"/>
    public SpikingNetworkTransformer Fit(IDataView input) => _trainer.Fit(input);

    /// <inheritdoc cref="SpikingNetworkTrainer.Fit(IDataView, SpikingModel)"/>
    public SpikingNetworkTransformer Fit(IDataView input, SpikingModel start) => _trainer.Fit(input, start);

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A column is absent or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _trainer.GetOutputSchema(inputSchema);
}
