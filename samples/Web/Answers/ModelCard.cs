using System.Globalization;

namespace Microsoft.ML.Spiking.Samples.Web;

/// <summary>The network that answers.</summary>
/// <param name="Classes">Names of the classes.</param>
/// <param name="Height">Height, in pixels, of the pictures that it reads.</param>
/// <param name="Width">Their width.</param>
/// <param name="Columns">Cortical columns; of several layers, those of the last, which the page shows.</param>
/// <param name="NeuronsPerColumn">Neurons in each.</param>
/// <param name="ExcitatoryNeurons">How many of each column's neurons are excitatory.</param>
/// <param name="Steps">Time steps of a prediction.</param>
/// <param name="Connections">Connections between columns, as [from, to].</param>
/// <param name="Accuracy">Accuracy on rows not trained on, 0 to 1; absent where none were kept apart.</param>
/// <param name="Rows">Rows trained on.</param>
/// <param name="Trained">When training ended.</param>
/// <param name="TrainingSeconds">How long it took.</param>
internal sealed record ModelCard(
    IReadOnlyList<string> Classes, int Height, int Width, int Columns, int NeuronsPerColumn, int ExcitatoryNeurons, int Steps, IReadOnlyList<int[]> Connections,
    double? Accuracy, long Rows, DateTimeOffset Trained, double TrainingSeconds)
{
    /// <summary>The card in a sentence.</summary>
    internal string Sentence => string.Create(CultureInfo.InvariantCulture,
        $"{Columns} columns of {NeuronsPerColumn} neurons read {Height} × {Width} pixels in {Steps} steps{(Accuracy is { } right ? $", {right:P1} right" : "")}.");

    public static ModelCard Of(SpikingModel model, LayerRecording blank, int height, int width, IReadOnlyList<string> classes) => new(
        classes, height, width, blank.Columns, blank.NeuronsPerColumn, blank.ExcitatoryNeurons, blank.Steps, [.. ConnectionsOf(model.Layers[^1].Topology)],
        model.Training.ValidationAccuracy, model.Training.Rows, model.Provenance.Finished, model.Provenance.Duration.TotalSeconds);

    private static IEnumerable<int[]> ConnectionsOf(Graph graph)
    {
        for (int pre = 0; pre < graph.Nodes; pre++)
            for (int post = 0; post < graph.Nodes; post++)
                if (graph[post, pre]) yield return [pre, post];
    }
}
