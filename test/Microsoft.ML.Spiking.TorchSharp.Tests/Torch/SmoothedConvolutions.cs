namespace Microsoft.ML.Spiking.Tests.Torch;

/// <summary>
/// Convolution layers of LIF neurons one after the other, near their trajectory of hard spikes, in float64: each spike is its hard value plus what the surrogate's primitive
/// has gained since; resets, and which neuron of a window is passed on, stay the hard trajectory's. Currents are normalised where the layers say so, by their initial scale.
/// </summary>
internal sealed class SmoothedConvolutions
{
    private readonly ConvolutionLayer[] _layers;
    private readonly double[,,] _image;   // [channel, row, column]
    private readonly int _steps;
    private readonly double[] _counts;   // what the loss makes of each spike that is passed on
    private readonly Dictionary<(int Layer, int Step, int Channel, int Row, int Column), double> _distances = [];

    public SmoothedConvolutions(ConvolutionLayer[] layers, double[][] weights, double[,,] image, int steps, double[] counts)
    {
        (_layers, _image, _steps, _counts) = (layers, image, steps, counts);
        Run(weights, hard: true);
    }

    /// <summary>How often neurons fire.</summary>
    public int HardSpikes => _distances.Values.Count(v => v >= 0);

    /// <summary>The loss, were the weights others, [layer][channel, input channel, kernel row, kernel column].</summary>
    public double Loss(double[][] weights) => Run(weights, hard: false);

    private double Run(double[][] weights, bool hard)
    {
        double[][,,] shown = [.. Enumerable.Repeat(_image, _steps)];
        for (int l = 0; l < _layers.Length; l++) shown = Run(l, weights[l], shown, hard);
        double loss = 0;
        foreach (double[,,] maps in shown)
        {
            int at = 0;
            foreach (double spike in maps) loss += spike * _counts[at++];
        }
        return loss;
    }

    private double[][,,] Run(int l, double[] weights, double[][,,] shown, bool hard)
    {
        ConvolutionLayer layer = _layers[l];
        var neuron = (LifNeuron)layer.Neuron;
        int channels = layer.Channels, height = shown[0].GetLength(1), width = shown[0].GetLength(2);
        double[,,] synapse = new double[channels, height, width], membrane = new double[channels, height, width];
        var passed = new double[_steps][,,];
        double[][,,] currents = [.. Enumerable.Range(0, _steps).Select(t => Currents(layer, weights, shown, t))];
        if (layer.Normalisation is { } rule) Normalise(rule, currents);
        for (int t = 0; t < _steps; t++)
        {
            var spikes = new double[channels, height, width];
            for (int c = 0; c < channels; c++)
            {
                for (int y = 0; y < height; y++)
                {
                    for (int x = 0; x < width; x++)
                    {
                        synapse[c, y, x] = Math.Exp(-1 / neuron.SynapseTimeConstant) * synapse[c, y, x] + currents[t][c, y, x];
                        double v = membrane[c, y, x] = Math.Exp(-1 / neuron.MembraneTimeConstant) * membrane[c, y, x] + synapse[c, y, x];
                        if (hard) _distances[(l, t, c, y, x)] = v - neuron.Threshold;
                        double distance = _distances[(l, t, c, y, x)];
                        spikes[c, y, x] = (distance >= 0 ? 1 : 0) + Primitive(layer, v - neuron.Threshold) - Primitive(layer, distance);
                        if (distance >= 0) membrane[c, y, x] = neuron.Reset;
                    }
                }
            }
            passed[t] = Pooled(l, t, spikes);
        }
        return passed;
    }

    private static double[,,] Currents(ConvolutionLayer layer, double[] weights, double[][,,] shown, int t)
    {
        var currents = new double[layer.Channels, shown[0].GetLength(1), shown[0].GetLength(2)];
        for (int c = 0; c < currents.GetLength(0); c++)
            for (int y = 0; y < currents.GetLength(1); y++)
                for (int x = 0; x < currents.GetLength(2); x++) currents[c, y, x] = Current(layer, weights, shown, t, c, y, x);
        return currents;
    }

    private static void Normalise(CurrentNormalisation rule, double[][,,] currents)
    {
        int height = currents[0].GetLength(1), width = currents[0].GetLength(2), places = height * width;
        for (int c = 0; c < currents[0].GetLength(0); c++)
        {
            double[] all = [.. Enumerable.Range(0, currents.Length * places).Select(i => currents[i / places][c, i / width % height, i % width])];
            double mean = all.Average(), deviation = Math.Sqrt(all.Average(x => (x - mean) * (x - mean)) + 1e-5);
            for (int i = 0; i < all.Length; i++) currents[i / places][c, i / width % height, i % width] = rule.Scale * (all[i] - mean) / deviation;
        }
    }

    private static double Current(ConvolutionLayer layer, double[] weights, double[][,,] shown, int t, int c, int y, int x)
    {
        int inputs = shown[0].GetLength(0), height = shown[0].GetLength(1), width = shown[0].GetLength(2), at = c * layer.Delays.Length * inputs * layer.KernelHeight * layer.KernelWidth;
        double current = 0;
        foreach (int delay in layer.Delays)
            for (int i = 0; i < inputs; i++)
                for (int ky = 0; ky < layer.KernelHeight; ky++)
                    for (int kx = 0; kx < layer.KernelWidth; kx++, at++)
                        if (y + ky - layer.KernelHeight / 2 is >= 0 and var row && row < height && x + kx - layer.KernelWidth / 2 is >= 0 and var column && column < width && t >= delay)
                            current += weights[at] * shown[t - delay][i, row, column];
        return current;
    }

    private double[,,] Pooled(int l, int t, double[,,] spikes)
    {
        ConvolutionLayer layer = _layers[l];
        int channels = spikes.GetLength(0), height = spikes.GetLength(1), width = spikes.GetLength(2);
        var pooled = new double[channels, (height + layer.PoolingHeight - 1) / layer.PoolingHeight, (width + layer.PoolingWidth - 1) / layer.PoolingWidth];
        for (int c = 0; c < channels; c++)
            for (int y = 0; y < pooled.GetLength(1); y++)
                for (int x = 0; x < pooled.GetLength(2); x++)
                {
                    (int Row, int Column)[] window = [.. from row in Enumerable.Range(y * layer.PoolingHeight, layer.PoolingHeight)
                                                         from column in Enumerable.Range(x * layer.PoolingWidth, layer.PoolingWidth)
                                                         where row < height && column < width
                                                         select (row, column)];
                    (int Row, int Column)[] fired = [.. window.Where(at => _distances[(l, t, c, at.Row, at.Column)] >= 0)];
                    (int Row, int Column) first = fired.Length > 0 ? fired[0] : window[0];
                    pooled[c, y, x] = spikes[c, first.Row, first.Column];
                }
        return pooled;
    }

    private static double Primitive(ConvolutionLayer layer, double v) => Math.Atan(Math.PI / 2 * ((ATan)((Surrogate)layer.Learning).Gradient).Slope * v) / Math.PI;
}
