using System.Collections.Immutable;
using Microsoft.ML.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking;

/// <summary>From a training to its checkpoints, and back.</summary>
internal sealed class Checkpoints(SpikingNetworkOptions options, Lazy<DataOutline> outline, InputShape input, SampleEncoder encoder, int seed, IChannel channel)
{
    private const string ColumnWeight = "columns.weight";

    private int? _saved;

    private DataOutline Data => outline.Value;

    private int[] ColumnShape => [options.Columns, options.NeuronsPerColumn, input.Inputs];

    /// <summary>Writes a checkpoint, where the options want any and this one is not written already. Where it cannot be, training is worth more than its checkpoint: it goes on, with a warning.</summary>
    public void Save(TrainingState state)
    {
        if (options.CheckpointPath is not { } path || _saved == state.Updates) return;
        try
        {
            CheckpointFile.Write(Of(state, path));
            _saved = state.Updates;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            channel.Warning(MessageSensitivity.None, Trouble.CheckpointLost.Says(
                $"The checkpoint '{path}' of batch {state.Updates} cannot be written: {failure.Message} Training goes on without it; make room, or the next one fails too."));
        }
    }

    /// <summary>The columns' weights, [column, neuron, input].</summary>
    /// <exception cref="ArgumentException">The checkpoint was trained on other data.</exception>
    public float[] ColumnWeights(Checkpoint from)
    {
        from.CheckData(Data);
        return [.. Arrays(from, from.Columns, [(ColumnWeight, ColumnShape)])[ColumnWeight]];
    }

    /// <summary>Puts everything but the columns' weights back.</summary>
    public void Restore(Checkpoint from, TrainingState state)
    {
        CheckpointHeader header = from.Header;
        IReadOnlyList<StateArray> arrays = state.Arrays;
        var stored = Arrays(from, from.State, [.. arrays.Select(array => (array.Name, array.Shape))]);
        foreach (StateArray array in arrays) array.Put([.. stored[array.Name]]);
        state.Descent.Done = header.Updates;
        state.Descent.Steps = header.OptimiserSteps;
        state.Learner.Resume(header.Updates, header.Journal);
        state.Metrics.Resume(header.Sums);
        state.Clock.Resume(header.TrainingTime, header.EpochTime);
        state.History.AddRange(header.History);
        if (options.EarlyStopping is not null && header.Best is { } best) state.Best = Best(from, best);
        // Another kind of device has another generator: its masks begin anew.
        if (header.DropoutDevice != Kind(state)) return;
        using Tensor dropout = tensor(header.Dropout, device: CPU);
        state.Network.Dropout.set_state(dropout);
    }

    private Checkpoint Of(TrainingState state, string path) => new(
        path, Header(state), Checkpoint.OptionsOf(options.OfModel()),
        Bytes([(ColumnWeight, ColumnShape, state.Columns.ColumnWeights())]),
        Bytes([.. state.Arrays.Select(array => (array.Name, array.Shape, (ReadOnlyMemory<float>)array.Read()))]),
        state.Best is { } best ? Bytes(SpikingModelArrays.Of(best.Model)) : null);

    private ModelCandidate Best(Checkpoint from, BestOutline best)
    {
        SpikingNetworkOptions learnt = options.OfModel() with { Excitatory = best.Excitatory, Inhibitory = best.Inhibitory };
        var arrays = Arrays(from, from.Best ?? [], SpikingModelArrays.Shapes(learnt, input.Inputs, Data.Classes, encoder.Standardisation.Offset.Length));
        var outline = new ModelOutline([.. input.Dimensions], input.IsSpikeTrain, Data.Classes, encoder.Standardisation.Offset.Length, best.TargetRate);
        return new ModelCandidate(SpikingModelArrays.Model(learnt, input, outline, arrays), best.Accuracy, best.Epoch, best.Updates);
    }

    private CheckpointHeader Header(TrainingState state)
    {
        using Tensor dropout = state.Network.Dropout.get_state();
        return new CheckpointHeader
        {
            Format = CheckpointHeader.CurrentFormat,
            Library = TrainingProvenance.VersionOf(typeof(SpikingModel)),
            Seed = seed,
            Data = Data,
            Updates = state.Updates,
            OptimiserSteps = state.Descent.Steps,
            Dropout = dropout.data<byte>().ToArray(),
            DropoutDevice = Kind(state),
            Sums = state.Metrics.Save(),
            TrainingTime = state.Clock.Total,
            EpochTime = state.Clock.Epoch,
            History = state.History,
            Journal = state.Learner.Journal,
            Best = state.Best is { } best ? new BestOutline(best.Accuracy, best.Epoch, best.Updates, best.Model.Options.Excitatory, best.Model.Options.Inhibitory, best.Model.TargetRate) : null,
        };
    }

    private static string Kind(TrainingState state) => state.Network.Device.type.ToString();

    private static byte[] Bytes(IReadOnlyList<(string Name, int[] Shape, ReadOnlyMemory<float> Values)> arrays)
    {
        using var stream = new MemoryStream();
        SafeTensors.Write(stream, arrays);
        return stream.ToArray();
    }

    private static Dictionary<string, ImmutableArray<float>> Arrays(Checkpoint from, byte[] bytes, (string Name, int[] Shape)[] expected)
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
