using Microsoft.ML.Spiking.Images;

namespace Microsoft.ML.Spiking.Tests.Kernels;

/// <summary>Neurons of maps in training, by hand.</summary>
[TestClass]
public class MapNeuronsTests
{
    private const int Batch = 2, Sample = 1;

    // A spike lets any gradient through, and nothing is left for the next step.
    private static readonly ConvolutionLayer s_layer = new()
    {
        Channels = 2, PoolingHeight = 1, PoolingWidth = 2, Neuron = new LifNeuron { MembraneTimeConstant = 0.001, SynapseTimeConstant = 0.001, Threshold = 1 },
        Learning = new Surrogate { Gradient = new StraightThrough() },
    };

    /// <remarks>
    /// One row of three places, pooled by two: windows of the places 0 and 1, and of 2. In the first step the first channel fires at 1 and the second nowhere, in
    /// the second they fire at 0 and 1, and at 2.
    /// </remarks>
    [TestMethod]
    public void A_window_passes_on_any_spike_and_its_gradient_goes_to_the_first_that_fired()
    {
        MapNeurons neurons = Of(s_layer, new ImageShape(1, 1, 3, 1));
        float[] currents = [0, 0, 0, 0, 0, 0, /**/ 0, 1, 0, 0, 0, 0, /**/ 9, 9, 9, 9, 9, 9, /**/ 2, 2, 0, 0, 0, 1];
        float[] passed = new float[2 * Batch * 4], gradient = [.. new float[4], 1, 2, 3, 4, .. new float[4], 5, 6, 7, 8], found = new float[currents.Length];
        MapRoom room = neurons.Room(steps: 2);

        neurons.Run(new(currents, 2, Batch, Sample), MapScale.None, new(passed, 2, Batch, Sample), room);
        neurons.Back(new(currents, 2, Batch, Sample), MapScale.None, new(gradient, 2, Batch, Sample), new(found, 2, Batch, Sample), room);

        CollectionAssert.AreEqual((float[])[0, 0, 0, 0, /**/ 1, 0, 0, 0, /**/ 0, 0, 0, 0, /**/ 1, 0, 0, 1], passed);
        CollectionAssert.AreEqual((float[])[0, 0, 0, 0, 0, 0, /**/ 0, 1, 2, 3, 0, 4, /**/ 0, 0, 0, 0, 0, 0, /**/ 5, 0, 6, 7, 0, 8], found, "where none fired, the first place's");
    }

    /// <remarks>A held current of 1.25 at the first of three places, of which 0.25 is taken, doubled and less 1, which just reaches the threshold: it fires in each of three steps.</remarks>
    [TestMethod]
    public void Held_currents_are_normalised_and_their_gradient_is_the_sum_over_all_steps()
    {
        MapNeurons neurons = Of(s_layer, new ImageShape(1, 1, 3, 1));
        float[] currents = [.. new float[6], 1.25f, 0.75f, 0, 0, 0, 0], passed = new float[3 * Batch * 4], gradient = new float[passed.Length], found = new float[currents.Length];
        for (int step = 0; step < 3; step++) gradient[(step * Batch + Sample) * 4] = step + 1;
        var scale = new MapScale([0.25f, 0], [2, 1], [-1, 0]);
        MapRoom room = neurons.Room(steps: 3);

        neurons.Run(new(currents, 1, Batch, Sample), scale, new(passed, 3, Batch, Sample), room);
        neurons.Back(new(currents, 1, Batch, Sample), scale, new(gradient, 3, Batch, Sample), new(found, 1, Batch, Sample), room);

        CollectionAssert.AreEqual((int[])[4, 12, 20], Enumerable.Range(0, passed.Length).Where(i => passed[i] != 0).ToArray());
        CollectionAssert.AreEqual((float[])[.. new float[6], 6, 0, 0, 0, 0, 0], found);
    }

    private static MapNeurons Of(ConvolutionLayer layer, ImageShape image) => new(layer, image, layer.Shape(new LayerInput(image.Features, image)));
}
