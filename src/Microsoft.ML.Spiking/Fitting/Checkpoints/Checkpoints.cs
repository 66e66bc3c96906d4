using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.State;
using Microsoft.ML.Spiking.Storage;

namespace Microsoft.ML.Spiking.Fitting;

/// <summary>From a training to its checkpoints, and back.</summary>
internal sealed class Checkpoints(
    SpikingNetworkOptions options, Lazy<DataOutline> outline, InputShape input, SampleEncoder encoder, TrainingSchedule schedule, int seed, IChannel channel,
    SharedTraining shared)
{
    private int? _saved;

    private DataOutline Data => outline.Value;

    private (string Name, int[] Shape)[] InputShapes
        => [.. options.Network.Layers.Zip(options.Network.ShapesOf(input), (layer, shape) => layer.WeightShape(shape))
            .Select((shape, i) => (SpikingModelArrays.Name(i, SpikingModelArrays.InputWeights), shape))];

    /// <summary>
    /// Writes a checkpoint, where the options want any and this one is not written already. Where it cannot be, training is worth more than its checkpoint: it
    /// goes on, with a warning.
    /// </summary>
    public void Save(TrainingState state)
    {
        if (options.CheckpointPath is not { } path || _saved == state.Batches || !shared.IsFirst) return;
        try
        {
            CheckpointFile.Write(Of(state, path));
            _saved = state.Batches;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            channel.Warning(MessageSensitivity.None, Trouble.CheckpointLost.Says(
                $"The checkpoint '{path}' of batch {state.Batches} cannot be written: {failure.Message} Training goes on without it; make room, or the next "
                    + "one fails too."));
        }
    }

    /// <summary>The weights of each layer's inputs, [column, neuron, input].</summary>
    /// <exception cref="ArgumentException">The checkpoint was trained on other data.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is damaged.</exception>
    public float[][] InputWeights(Checkpoint from)
    {
        from.CheckData(Data);
        Dictionary<string, float[]> stored = Arrays(from, CheckpointFile.Weights, from.Weights, InputShapes, _ => StateRange.Any);
        return [.. InputShapes.Select(array => stored[array.Name])];
    }

    /// <summary>Puts everything but the weights of the layers' inputs back, once all of it is known to be sound.</summary>
    /// <exception cref="InvalidDataException">The checkpoint is damaged.</exception>
    public void Restore(Checkpoint from, TrainingState state)
    {
        CheckpointHeader header = from.Header;
        int optimised = state.Training.OptimiserSteps.Length;
        CheckpointFile.Sound(from.Path, CheckpointFile.Header, () => new HeaderCheck(header, options.Network, schedule).Check(optimised));
        IReadOnlyList<StateArray> arrays = state.Training.State;
        Dictionary<string, StateRange> ranges = arrays.ToDictionary(array => array.Name, array => array.Range);
        Dictionary<string, float[]> stored = Arrays(
            from, CheckpointFile.State, from.State, [.. arrays.Select(array => (array.Name, array.Shape))], name => ranges[name]);
        ModelCandidate? best = options.EarlyStopping is not null && header.Best is { } outline ? Best(from, outline) : null;
        foreach (StateArray array in arrays) array.Put(stored[array.Name]);
        state.Training.Resume(header.Batches, header.OptimiserSteps, header.Journal);
        state.Metrics.Resume(header.Sums);
        state.Clock.Resume(header.TrainingTime, header.EpochTime);
        state.History.AddRange(header.History);
        state.Best = best;
    }

    private Checkpoint Of(TrainingState state, string path) => new(
        path, Header(state), Checkpoint.NetworkOf(options), Checkpoint.RecipeOf(options),
        Bytes([.. InputShapes.Select((array, i) => (array.Name, array.Shape, (ReadOnlyMemory<float>)state.Training.InputWeights(i)))]),
        Bytes([.. state.Training.State.Select(array => (array.Name, array.Shape, (ReadOnlyMemory<float>)array.Read()))]),
        state.Best is { } best ? Bytes(SpikingModelArrays.Of(best.Model)) : null);

    private ModelCandidate Best(Checkpoint from, BestOutline best)
    {
        SpikingNetwork network = CheckpointFile.Sound(from.Path, CheckpointFile.Header, () => BestNetwork(best));
        int scales = encoder.Standardisation.Offset.Length;
        var arrays = Arrays(from, CheckpointFile.Best, from.Best ?? [], SpikingModelArrays.Shapes(network, input, Data.Classes, scales), BestRange);
        var outline = new ModelOutline(options.Names, [.. input.Dimensions], input.IsSpikeTrain, Data.Classes, scales, best.TargetRates);
        SpikingModel model = SpikingModelArrays.Model(network, input, outline, arrays);
        return new ModelCandidate(model with { Standardisation = encoder.Standardisation }, best.Accuracy, best.Epoch, best.Batches);
    }

    // The data say the standardisation, whatever is stored.
    private static StateRange? BestRange(string array)
        => array.StartsWith("standardisation.", StringComparison.Ordinal) ? null
            : array.EndsWith(".topology", StringComparison.Ordinal) ? StateRange.Switch : StateRange.Any;

    /// <summary>The network of the best model: the options', but for neurons whose constants have been learnt.</summary>
    private SpikingNetwork BestNetwork(BestOutline best)
    {
        SpikingNetwork own = options.Network;
        SpikingNetwork stored = StoredOptions.Read(StoredJson.Object(Encoding.UTF8.GetBytes(best.Network.GetRawText())), json => json.SpikingNetwork);
        try
        {
            stored.Check();
        }
        catch (ArgumentException refusal)
        {
            throw new InvalidDataException($"its best model's network cannot be: {refusal.Message}", refusal);
        }
        if (own.LearnsNeurons && own.Layers.Length == stored.Layers.Length)
            own = own with { Layers = [.. own.Layers.Zip(stored.Layers, Learnt)] };
        return JsonNode.DeepEquals(Checkpoint.JsonOf(own), Checkpoint.JsonOf(stored))
            ? own
            : throw new InvalidDataException("its best model is of another network.");
    }

    private static Layer Learnt(Layer layer, Layer learnt)
        => layer.NeuronTypes.Select(type => type.GetType()).SequenceEqual(learnt.NeuronTypes.Select(type => type.GetType()))
            ? layer.With(learnt.NeuronTypes) : layer;

    private CheckpointHeader Header(TrainingState state)
    {
        return new CheckpointHeader
        {
            Format = CheckpointHeader.CurrentFormat,
            Library = CheckpointHeader.CurrentLibrary,
            Seed = seed,
            Data = Data,
            Batches = state.Batches,
            OptimiserSteps = state.Training.OptimiserSteps,
            Sums = state.Metrics.Save(),
            TrainingTime = state.Clock.Total,
            EpochTime = state.Clock.Epoch,
            History = state.History,
            Journal = state.Training.Journal,
            Best = state.Best is { } best
                ? new BestOutline(
                    best.Accuracy, best.Epoch, best.Batches, JsonSerializer.SerializeToElement(best.Model.Network, SpikingJson.Default.SpikingNetwork),
                    [.. best.Model.Layers.Select(layer => layer.TargetRate)])
                : null,
        };
    }

    private static byte[] Bytes(IReadOnlyList<(string Name, int[] Shape, ReadOnlyMemory<float> Values)> arrays)
    {
        using var stream = new MemoryStream();
        SafeTensors.Write(stream, arrays);
        return stream.ToArray();
    }

    /// <summary>Arrays of a checkpoint, all of whose numbers are as they may be.</summary>
    /// <param name="from">The checkpoint.</param>
    /// <param name="entry">An entry of it.</param>
    /// <param name="bytes">What is in that.</param>
    /// <param name="expected">Those that must be there.</param>
    /// <param name="range">What the numbers of each may be; null for anything.</param>
    private static Dictionary<string, float[]> Arrays(
        Checkpoint from, string entry, byte[] bytes, (string Name, int[] Shape)[] expected, Func<string, StateRange?> range)
        => CheckpointFile.Sound(from.Path, entry, () =>
        {
            Dictionary<string, float[]> stored = SafeTensors.Read(new MemoryStream(bytes), expected);
            foreach (var (name, _) in expected)
                if (range(name)?.Fault(name, stored[name]) is { } fault) throw new InvalidDataException(fault);
            return stored;
        });
}
