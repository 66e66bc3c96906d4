using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking;

/// <summary>Pictures of spiking networks, each in one line, as in <c>SpikePictures.Raster(recording).Save("raster.svg")</c>.</summary>
/// <remarks>Excitatory neurons and what is positive or right are blue, inhibitory ones and what is negative or wrong vermilion, in every picture.</remarks>
public static class SpikePictures
{
    /// <summary>Every spike of one sample over time, excitatory and inhibitory neurons apart, a panel for each column; the input below.</summary>
    /// <param name="recording">Of <see cref="SpikeRecorder"/>.</param>
    /// <param name="layer">The layer, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public static SvgPicture Raster(SpikeRecording recording, int layer = 0) => RasterPicture.Draw(LayerChoice.Of(recording, layer));

    /// <summary>One neuron's membrane potential over time, before the reset and after it, with its threshold and its spikes.</summary>
    /// <param name="recording">Of <see cref="SpikeRecorder"/>.</param>
    /// <param name="column">Cortical column, from 0.</param>
    /// <param name="neuron">Neuron of the column, from 0; the excitatory ones come first.</param>
    /// <param name="layer">The layer, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer, column or neuron.</exception>
    public static SvgPicture Membrane(SpikeRecording recording, int column, int neuron, int layer = 0)
        => MembranePicture.Draw(LayerChoice.Of(recording, layer), column, neuron);

    /// <summary>How training went, by epoch: loss, accuracy in training and validation, spike rate, and density of the connections.</summary>
    /// <param name="training">Of <see cref="SpikingModel.Training"/>.</param>
    /// <exception cref="ArgumentException">It holds no epoch.</exception>
    public static SvgPicture Training(TrainingRecord training)
    {
        ArgumentNullException.ThrowIfNull(training);
        return CurvesPicture.Draw(training);
    }

    /// <summary>
    /// How the connections between columns changed, by structural update: density, degree, clustering and path length, beside what theory expects of them.
    /// </summary>
    /// <param name="history">Of <see cref="TopologyHistory.Of"/>.</param>
    public static SvgPicture Topology(TopologyHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        return TopologyPicture.Draw(history);
    }

    /// <summary>The connections between columns as a ring.</summary>
    /// <param name="graph">The connections.</param>
    public static SvgPicture Ring(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return RingPicture.Draw(graph);
    }

    /// <summary>The connections between a model's columns as a ring, each as thick as its weight.</summary>
    /// <param name="model">A trained network.</param>
    /// <param name="layer">The layer, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public static SvgPicture Ring(SpikingModel model, int layer = 0) => RingPicture.Draw(LayerChoice.Wired(model, layer));

    /// <summary>The connections at one moment of training as a ring, with those that formed and those that went.</summary>
    /// <param name="moment">Of <see cref="TopologyHistory.Moments"/>.</param>
    public static SvgPicture Ring(TopologyMoment moment)
    {
        ArgumentNullException.ThrowIfNull(moment);
        return RingPicture.Draw(moment);
    }

    /// <summary>The connections between columns as a matrix, [post, pre].</summary>
    /// <param name="graph">The connections.</param>
    public static SvgPicture Matrix(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return MatrixPicture.Draw(graph);
    }

    /// <summary>The connections between a model's columns as a matrix, [post, pre], each as full as its weight.</summary>
    /// <param name="model">A trained network.</param>
    /// <param name="layer">The layer, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public static SvgPicture Matrix(SpikingModel model, int layer = 0) => MatrixPicture.Draw(LayerChoice.Wired(model, layer));

    /// <summary>How many columns fire at which rate under the evaluation code, and the band that <see cref="Homeostasis"/> aims at.</summary>
    /// <param name="model">A trained network.</param>
    /// <param name="layer">The layer, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public static SvgPicture Rates(SpikingModel model, int layer = 0) => RatesPicture.Draw(LayerChoice.Of(model, layer));

    /// <summary>
    /// The weights from the pixels to some neurons of every column, each neuron's as a small image; an image of several channels is shown as their mean.
    /// </summary>
    /// <param name="model">A network trained on images.</param>
    /// <exception cref="ArgumentException">The network reads no images.</exception>
    public static SvgPicture Fields(SpikingModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return FieldsPicture.Draw(model, FieldsPicture.Spread(model));
    }

    /// <summary>The weights from the pixels to chosen neurons, each neuron's as a small image; an image of several channels is shown as their mean.</summary>
    /// <param name="model">A network trained on images.</param>
    /// <param name="neurons">Cortical column and neuron of it, both from 0.</param>
    /// <exception cref="ArgumentException">The network reads no images.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such neuron.</exception>
    public static SvgPicture Fields(SpikingModel model, IReadOnlyList<(int Column, int Neuron)> neurons)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(neurons);
        return FieldsPicture.Draw(model, neurons);
    }

    /// <summary>One image as training may see it under some augmentations, nine looks each: to see what they do before training does.</summary>
    /// <param name="pixels">The image, [row, column].</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="augmentations">What each is called, and what it is.</param>
    /// <exception cref="ArgumentException">There are more or fewer pixels, or an augmentation cannot be.</exception>
    public static SvgPicture Looks(
        ReadOnlySpan<float> pixels, int height, int width, params IReadOnlyList<(string Name, ImageAugmentation Augmentation)> augmentations)
    {
        ArgumentNullException.ThrowIfNull(augmentations);
        return LooksPicture.Draw(pixels, height, width, augmentations);
    }

    /// <summary>
    /// What up to 100 neurons of a winner-take-all layer have learnt to see, each as a small image, in the order of the classes that they speak for.
    /// </summary>
    /// <param name="model">A layer trained on images.</param>
    /// <param name="classNames">The classes' names, in the order of the scores; null for their numbers, from 0.</param>
    /// <exception cref="ArgumentException">The layer reads no images, or there are more or fewer names than classes.</exception>
    public static SvgPicture Winners(WinnerTakeAllModel model, IReadOnlyList<string>? classNames = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return WinnersPicture.Draw(model, classNames);
    }

    /// <summary>What each class was taken for: counts, the share of each class that was found, and the share of each answer that was right.</summary>
    /// <param name="matrix">Of <see cref="MulticlassClassificationMetrics.ConfusionMatrix"/>.</param>
    /// <param name="classNames">The classes' names, in the matrix's order; null for their numbers, from 0.</param>
    /// <exception cref="ArgumentException">There are more or fewer names than classes.</exception>
    public static SvgPicture Confusion(ConfusionMatrix matrix, IReadOnlyList<string>? classNames = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return ConfusionPicture.Draw(matrix, classNames);
    }

    /// <summary>Whether scores mean what they say: how often answers are right by how sure they are, beside the line where the two agree.</summary>
    /// <param name="diagram">Of <see cref="ReliabilityDiagram.Measure"/>.</param>
    /// <exception cref="ArgumentException">It holds no row.</exception>
    public static SvgPicture Reliability(ReliabilityDiagram diagram)
    {
        ArgumentNullException.ThrowIfNull(diagram);
        return ReliabilityPicture.Draw(diagram);
    }
}
