using System.Diagnostics;
using Microsoft.ML.Data;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Samples.Ablations;

/// <summary>A network of rectified units with as many of them as the spiking one has neurons, and the same hidden layer behind: what is left without spikes.</summary>
internal sealed class Perceptron
{
    private readonly SpikingNetworkOptions _options;
    private readonly (float[] Features, long[] Labels) _training, _test;
    private readonly int _inputs, _classes;

    public Perceptron(StudyTask task)
    {
        _options = task.Options;
        (_training, _test) = (Read(task.Training, task.Options.FeatureColumnName), Read(task.Test, task.Options.FeatureColumnName));
        _inputs = _training.Features.Length / _training.Labels.Length;
        _classes = (int)((KeyDataViewType)task.Training.Schema["Label"].Type).Count;
    }

    public (double Accuracy, double Seconds) Train(int seed, double learningRate)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(seed);
        int units = _options.Network.Layers.OfType<ColumnLayer>().Sum(layer => layer.Columns * layer.NeuronsPerColumn), hidden = _options.Network.Readout.HiddenUnits;
        using Sequential network = nn.Sequential(nn.Linear(_inputs, units), nn.ReLU(), nn.Linear(units, hidden), nn.ReLU(), nn.Linear(hidden, _classes));
        Tensor features = tensor(_training.Features, [_training.Labels.Length, _inputs]), labels = tensor(_training.Labels);
        using var adam = new Adam([.. network.parameters()]);

        var clock = Stopwatch.StartNew();
        int batch = _options.BatchSize!.Value, batches = (_training.Labels.Length + batch - 1) / batch, total = _options.Batches ?? batches * _options.Epochs!.Value;
        for (int done = 0; done < total;)
        {
            using var epoch = NewDisposeScope();
            foreach (Tensor rows in randperm(_training.Labels.Length).split(batch))
            {
                if (done == total) break;
                using var step = NewDisposeScope();
                _options.CancellationToken.ThrowIfCancellationRequested();
                nn.functional.cross_entropy(network.call(features.index_select(0, rows)), labels.index_select(0, rows)).backward();
                adam.Step(learningRate * (1 + Math.Cos(Math.PI * done++ / total)) / 2);
            }
        }
        double seconds = clock.Elapsed.TotalSeconds;
        using var noGrad = no_grad();
        Tensor predicted = network.call(tensor(_test.Features, [_test.Labels.Length, _inputs])).argmax(1);
        return (predicted.eq(tensor(_test.Labels)).to_type(float64).mean().item<double>(), seconds);
    }

    private static (float[] Features, long[] Labels) Read(IDataView view, string features)
    {
        float[][] rows = ((VectorDataViewType)view.Schema[features].Type).ItemType == BooleanDataViewType.Instance
            ? [.. view.GetColumn<bool[]>(features).Select(row => Array.ConvertAll(row, spike => spike ? 1f : 0f))]
            : [.. view.GetColumn<float[]>(features)];
        return ([.. rows.SelectMany(row => row)], [.. view.GetColumn<uint>("Label").Select(key => (long)key - 1)]);
    }
}
