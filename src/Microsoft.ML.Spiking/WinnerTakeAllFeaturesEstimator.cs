using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking.Competition;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Samples;

namespace Microsoft.ML.Spiking;

/// <summary>Learns a winner-take-all layer by STDP, without labels, whose neurons' spikes are features for another trainer (Diehl and Cook 2015).</summary>
/// <remarks>
/// <para>It reads one column and no label. So it may learn from many rows of which few have one, and the trainer after it be fitted to those few.</para>
/// <para>Reads the data once, into memory; one thread learns, row after row. Rows whose features are missing or no finite numbers are left out, with one
/// warning. The same seed and data give the same model to the byte on every processor.</para>
/// </remarks>
public sealed class WinnerTakeAllFeaturesEstimator : IEstimator<WinnerTakeAllFeaturesTransformer>
{
    // How much less than in learning: of 70 on the digits, 3 to 8 were best for ten labels a class as for a hundred.
    private const double Gentler = 10;

    private readonly IHost _host;
    private readonly string _output;
    private readonly WinnerTakeAllOptions _options;

    internal WinnerTakeAllFeaturesEstimator(IHostEnvironment env, string output, string input, WinnerTakeAllOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Require.That(!string.IsNullOrWhiteSpace(output) && !string.IsNullOrWhiteSpace(input), "A column's name of the winner-take-all features is empty.");
        options.CheckLearning();
        Require.That(options.Learning.Reward is null,
            "Learning.Reward is given, but the winner-take-all features read no label that could reward a spike; leave it null, or train WinnerTakeAll.");
        (_host, _output, _options) = (env.Register(nameof(WinnerTakeAllFeaturesEstimator)), output, new WinnerTakeAllOptions
        {
            FeatureColumnName = input, Network = Gentle(options.Network), Learning = options.Learning, Epochs = options.Epochs, Seed = options.Seed,
            ProgressInterval = options.ProgressInterval, Progress = options.Progress, CancellationToken = options.CancellationToken,
        });
    }

    /// <summary>Trains on the data; a second call starts afresh.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The input column is absent or of another type.</exception>
    /// <exception cref="InvalidOperationException">No row has features, or a row holds another number of values than the column's type says.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    /// <exception cref="ArgumentException">The layer is too large for this process.</exception>
    public WinnerTakeAllFeaturesTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        CheckColumn(MLNet.Shape(input.Schema));
        DataViewSchema.Column features = input.Schema[_options.FeatureColumnName];
        if (InputShape.Of(features.Type) is not { IsSpikeTrain: false } shape)
            throw MLNet.Mismatch(_host, "input", features.Name, CompetitiveFit.Expected, features.Type.ToString()!);
        if (WinnerTakeAllFile.Fault(_options.Network, shape.Features, classes: 0) is { } tooLarge) throw Trouble.Fit.Argument(tooLarge);

        using IChannel channel = _host.Start("Training");
        var fit = new CompetitiveFit(_host, _options);
        IntensitySamples samples = fit.Load(input, features, label: null, shape, channel);
        return new WinnerTakeAllFeaturesTransformer(_host, _output, fit.Run(samples, shape, classes: 0, SlotNames.Of(features), channel));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The input column is absent or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        CheckColumn(inputSchema);
        var columns = inputSchema.ToDictionary(column => column.Name);
        columns[_output] = MLNet.Column(_output, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single);
        return new SchemaShape(columns.Values);
    }

    private static WinnerTakeAllNetwork Gentle(WinnerTakeAllNetwork network)
        => network with { ScoringInhibition = network.ScoringInhibition ?? network.Inhibition / Gentler };

    private void CheckColumn(SchemaShape schema)
    {
        if (MLNet.Find(schema, _options.FeatureColumnName) is not { } column) throw MLNet.Missing(_host, "input", _options.FeatureColumnName);
        if (!CompetitiveFit.Reads(column)) throw MLNet.Mismatch(_host, "input", column.Name, CompetitiveFit.Expected, MLNet.TypeOf(column));
    }
}
