using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.State;
using Microsoft.ML.Spiking.Storage;

namespace Microsoft.ML.Spiking.Fitting;

/// <summary>From a training to its checkpoints, and back.</summary>
internal sealed class Checkpoints(SpikingNetworkOptions options, Lazy<DataOutline> outline, InputShape input, SampleEncoder encoder, int seed, IChannel channel)
{
    private int? _saved;

    private DataOutline Data => outline.Value;

    private (string Name, int[] Shape)[] WeightShapes
        => [.. options.Network.ColumnLayers.Select((layer, i) => (SpikingModelArrays.Name(i, "input.weight"),
            (int[])[layer.Columns, layer.NeuronsPerColumn, options.Network.InputsOf(i, input)]))];

    /// <summary>
    /// Writes a checkpoint, where the options want any and this one is not written already. Where it cannot be, training is worth more than its checkpoint: it
    /// goes on, with a warning.
    /// </summary>
    public void Save(TrainingState state)
    {
        if (options.CheckpointPath is not { } path || _saved == state.Batches) return;
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
    public float[][] InputWeights(Checkpoint from)
    {
        from.CheckData(Data);
        var stored = Arrays(from, from.Weights, WeightShapes);
        return [.. WeightShapes.Select(array => stored[array.Name].ToArray())];
    }

    /// <summary>Puts everything but the weights of the layers' inputs back.</summary>
    public void Restore(Checkpoint from, TrainingState state)
    {
        CheckpointHeader header = from.Header;
        IReadOnlyList<StateArray> arrays = state.Training.State;
        var stored = Arrays(from, from.State, [.. arrays.Select(array => (array.Name, array.Shape))]);
        foreach (StateArray array in arrays) array.Put(stored[array.Name]);
        state.Training.Resume(header.Batches, header.OptimiserSteps, header.Journal);
        state.Metrics.Resume(header.Sums);
        state.Clock.Resume(header.TrainingTime, header.EpochTime);
        state.History.AddRange(header.History);
        if (options.EarlyStopping is not null && header.Best is { } best) state.Best = Best(from, best);
    }

    private Checkpoint Of(TrainingState state, string path) => new(
        path, Header(state), Checkpoint.NetworkOf(options), Checkpoint.RecipeOf(options),
        Bytes([.. WeightShapes.Select((array, i) => (array.Name, array.Shape, (ReadOnlyMemory<float>)state.Training.InputWeights(i)))]),
        Bytes([.. state.Training.State.Select(array => (array.Name, array.Shape, (ReadOnlyMemory<float>)array.Read()))]),
        state.Best is { } best ? Bytes(SpikingModelArrays.Of(best.Model)) : null);

    private ModelCandidate Best(Checkpoint from, BestOutline best)
    {
        int scales = encoder.Standardisation.Offset.Length;
        var arrays = Arrays(from, from.Best ?? [], SpikingModelArrays.Shapes(best.Network, input, Data.Classes, scales));
        var outline = new ModelOutline(options.Names, [.. input.Dimensions], input.IsSpikeTrain, Data.Classes, scales, best.TargetRates);
        return new ModelCandidate(SpikingModelArrays.Model(best.Network, input, outline, arrays), best.Accuracy, best.Epoch, best.Batches);
    }

    private CheckpointHeader Header(TrainingState state)
    {
        return new CheckpointHeader
        {
            Format = CheckpointHeader.CurrentFormat,
            Library = TrainingProvenance.VersionOf(typeof(SpikingModel)),
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
                ? new BestOutline(best.Accuracy, best.Epoch, best.Batches, best.Model.Network, [.. best.Model.Layers.Select(layer => layer.TargetRate)])
                : null,
        };
    }

    private static byte[] Bytes(IReadOnlyList<(string Name, int[] Shape, ReadOnlyMemory<float> Values)> arrays)
    {
        using var stream = new MemoryStream();
        SafeTensors.Write(stream, arrays);
        return stream.ToArray();
    }

    private static Dictionary<string, float[]> Arrays(Checkpoint from, byte[] bytes, (string Name, int[] Shape)[] expected)
    {
        try
        {
            return SafeTensors.Read(new MemoryStream(bytes), expected);
        }
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException or System.Text.Json.JsonException)
        {
            throw CheckpointFile.Damaged(from.Path, damage);
        }
    }
}
