using System.Text.Json;
using Microsoft.ML.Spiking.Storage;

namespace Microsoft.ML.Spiking.Fitting;

/// <summary>What a checkpoint holds besides options and arrays.</summary>
internal sealed record CheckpointHeader
{
    /// <summary>The format that this version writes, and the only one that it reads.</summary>
    public const int CurrentFormat = 3;

    /// <summary>Version of this library.</summary>
    public static string CurrentLibrary { get; } = TrainingProvenance.VersionOf(typeof(SpikingModel));

    public required int Format { get; init; }

    /// <summary>Version of the library that wrote it.</summary>
    public required string Library { get; init; }

    public required int Seed { get; init; }

    public required DataOutline Data { get; init; }

    /// <summary>Batches done.</summary>
    public required int Batches { get; init; }

    /// <summary>Steps of the optimiser, of each set of weights.</summary>
    public required int[] OptimiserSteps { get; init; }

    /// <summary>The epoch so far; of no meaning at its end.</summary>
    public required EpochSums Sums { get; init; }

    public required TimeSpan TrainingTime { get; init; }

    public required TimeSpan EpochTime { get; init; }

    public required IReadOnlyList<EpochRecord> History { get; init; }

    public required IReadOnlyList<StructuralChange> Journal { get; init; }

    /// <summary>The best model's, whose arrays are an entry of their own; null where nothing chooses one.</summary>
    public required BestOutline? Best { get; init; }

    /// <summary>Format and library of a header of any version.</summary>
    /// <exception cref="InvalidDataException">It names none.</exception>
    public static (int Format, string Library) Version(ReadOnlySpan<byte> json)
    {
        try
        {
            int? format = null;
            string library = "unknown";
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
                // Members of the header itself, and not of what is in it.
                if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1) continue;
                bool isFormat = reader.ValueTextEquals(nameof(Format)), isLibrary = reader.ValueTextEquals(nameof(Library));
                reader.Read();
                if (isFormat && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int number)) format = number;
                else if (isLibrary && reader.TokenType == JsonTokenType.String && StoredRecord.TryRead(ref reader, out string? text)) library = text!;
                else reader.Skip();
            }
            return (format ?? throw new InvalidDataException("it names no format."), library);
        }
        catch (JsonException damage)
        {
            throw new InvalidDataException(damage.Message, damage);
        }
    }

    /// <exception cref="InvalidDataException">It is none.</exception>
    public static CheckpointHeader Read(ReadOnlySpan<byte> json)
    {
        try
        {
            StoredJson.CheckTexts(json);
            CheckpointHeader header = JsonSerializer.Deserialize(json, CheckpointJson.Default.CheckpointHeader)
                ?? throw new InvalidDataException("it is null.");
            return header.Data.Names?.Contains(null) == true ? throw new InvalidDataException("it names a feature null.") : header;
        }
        catch (JsonException damage)
        {
            throw new InvalidDataException(damage.Message, damage);
        }
    }
}
