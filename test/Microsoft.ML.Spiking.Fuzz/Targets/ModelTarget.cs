using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Fuzz.Mutators;

namespace Microsoft.ML.Spiking.Fuzz.Targets;

/// <summary>model.zip of a stranger: checked, loaded, and one row sent through it.</summary>
internal sealed class ModelTarget : IFuzzTarget
{
    // Whoever predicts brings the row, and so nobody is made to allocate it by a file.
    private const int MostFeatures = 1 << 16;

    private static readonly ZipMutator s_zips = new(ModelDigests.Renew);
    private static readonly Lazy<IReadOnlyList<byte[]>> s_seeds = new(() => [.. SmallModels.All.Select(model => model.File)]);

    public string Name => "model";

    public IReadOnlyList<byte[]> Seeds => s_seeds.Value;

    public byte[] Mutate(byte[] file, RandomStream random) => s_zips.Mutate(file, random);

    public void Open(byte[] file)
    {
        var ml = new MLContext(seed: 1);
        ITransformer model = ml.Model.LoadChecked(new MemoryStream(file), out _, ModelComponents.Spiking);
        foreach (ITransformer step in SpikingNetworkTransformer.Steps(model))
        {
            if (step is SpikingNetworkTransformer network) Use(ml, network);
            else if (step is SpikingFeaturesTransformer features) Use(ml, features, features.Model.Input, features.InputColumnName, features.OutputColumnName);
            else if (step is WinnerTakeAllTransformer winners) Use(ml, winners, winners.Model.Input, winners.FeatureColumnName, winners.Model.Names.Score);
            else if (step is WinnerTakeAllFeaturesTransformer spikes) Use(ml, spikes, spikes.Model.Input, spikes.InputColumnName, spikes.OutputColumnName);
            else if (step is PoissonEncodingTransformer encoding && encoding.Standardisation.Offset.Length <= MostFeatures) Encode(ml, encoding);
        }
    }

    public bool IsRefusal(Exception error) => error is InvalidDataException && Trouble.Model.Is(error);

    /// <summary>Sends a row through a network.</summary>
    public static void Use(MLContext ml, SpikingNetworkTransformer network)
        => Use(ml, network.OfClasses(), network.Model.Input, network.FeatureColumnName, network.Model.Names.Score);

    private static void Use(MLContext ml, ITransformer step, InputShape input, string features, string output)
    {
        if (input.Features > MostFeatures) return;
        IDataView made = step.Transform(input.IsSpikeTrain
            ? Row(ml, features, input.ColumnType, new bool[input.Features])
            : Row(ml, features, input.ColumnType, new float[input.Features]));
        if (First<float>(made, output).DenseValues().Any(value => !float.IsFinite(value)))
            throw new NotFiniteNumberException("What a model that loads makes of a row is not finite.");
    }

    private static void Encode(MLContext ml, PoissonEncodingTransformer encoding)
    {
        int inputs = encoding.Standardisation.Offset.Length;
        var type = new VectorDataViewType(NumberDataViewType.Single, inputs);
        First<bool>(encoding.Transform(Row(ml, encoding.Encoding.InputColumnName, type, new float[inputs])), encoding.Encoding.OutputColumnName);
    }

    private static VBuffer<T> First<T>(IDataView rows, string column)
    {
        using DataViewRowCursor cursor = rows.GetRowCursor([rows.Schema[column]]);
        ValueGetter<VBuffer<T>> getter = cursor.GetGetter<VBuffer<T>>(rows.Schema[column]);
        VBuffer<T> values = default;
        cursor.MoveNext();
        getter(ref values);
        return values;
    }

    private static IDataView Row<T>(MLContext ml, string column, DataViewType type, T[] values)
    {
        var schema = SchemaDefinition.Create(typeof(FeatureRow<T>));
        schema[0].ColumnName = column;
        schema[0].ColumnType = type;
        return ml.Data.LoadFromEnumerable([new FeatureRow<T> { Features = values }], schema);
    }

    private sealed class FeatureRow<T>
    {
        public T[] Features { get; set; } = [];
    }
}
