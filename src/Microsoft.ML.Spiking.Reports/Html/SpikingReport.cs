using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>Writes down all there is to see of a trained network in one HTML file, which needs no network and no server to be looked at.</summary>
/// <remarks>
/// Summary, training curves, confusion matrix with the samples behind each cell, predictions, spikes and membranes of single samples, spike rates, topology
/// over training, receptive fields, cost of a prediction, accuracy against it and the structural journal; light, dark and in print.
/// </remarks>
public static class SpikingReport
{
    /// <summary>Scores the rows and writes the report.</summary>
    /// <param name="path">The file to write; it is there whole or not at all, and one that was there is replaced.</param>
    /// <param name="model">A <see cref="SpikingNetworkTransformer"/>, or a trained pipeline with one in it, as Fit or <c>ml.Model.Load</c> gives it.</param>
    /// <param name="data">Rows that it did not learn from, with labels, as the model takes them: the steps before the network are run on them.</param>
    /// <param name="options">What goes into it; null for the defaults.</param>
    /// <exception cref="ArgumentException">The model holds no spiking network or several, an option cannot be, a column is absent or of another type, or there
    /// is no row.</exception>
    public static void Save(string path, ITransformer model, IDataView data, SpikingReportOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Write(path, Look(model, data, options));
    }

    /// <summary>Scores the rows: all that the file will show.</summary>
    internal static ReportContent Look(ITransformer model, IDataView data, SpikingReportOptions? options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        options ??= new SpikingReportOptions();
        options.Check();

        SpikingNetworkTransformer network = SpikingNetworkTransformer.Of(model);
        IDataView input = SpikingNetworkTransformer.Steps(model).TakeWhile(step => step != network).Aggregate(data, (rows, step) => step.Transform(rows));
        return ReportContent.Of(network.OfClasses(), input, options);   // also of one that answers yes or no
    }

    /// <summary>Writes the file.</summary>
    internal static void Write(string path, ReportContent content) => WholeFile.WriteText(path, writer => ReportPage.Write(writer, content));
}
