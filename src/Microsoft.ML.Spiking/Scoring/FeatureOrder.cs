using System.Collections.Immutable;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking.Scoring;

/// <summary>Where the features that a network was trained on stand in a column that has them in another order.</summary>
internal sealed class FeatureOrder
{
    private readonly int[] _places;

    private FeatureOrder(int[] places) => _places = places;

    /// <summary>Where each feature of training stands in the column.</summary>
    public IReadOnlyList<int> Places => _places;

    /// <summary>The order of the features of a column that a model is to score (<see cref="Of(ImmutableArray{string}, DataViewSchema.Column)"/>).</summary>
    /// <exception cref="ArgumentException">The column has a feature that the network does not know, or time steps of another length.</exception>
    public static FeatureOrder? Of(SpikingModel model, DataViewSchema.Column column)
    {
        StepWidth.Check(model.BinWidth, column);
        return Of(model.FeatureNames, column);
    }

    /// <summary>
    /// The order of a column's features; null where they stand as in training, or where one of the two has no names and their places must do.
    /// </summary>
    /// <param name="trained">What the network's features are called, [feature]; empty where they have no names.</param>
    /// <param name="column">The input column, of as many features.</param>
    /// <exception cref="ArgumentException">The column has a feature that the network does not know.</exception>
    public static FeatureOrder? Of(ImmutableArray<string> trained, DataViewSchema.Column column)
    {
        if (trained.IsEmpty) return null;
        ImmutableArray<string> names = SlotNames.Of(column);
        if (names.IsEmpty || names.SequenceEqual(trained)) return null;

        var known = trained.ToHashSet();
        if (names.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            throw Trouble.Fit.Argument($"'{column.Name}' has a feature '{unknown}', but the network was trained on {NameList.Said(trained)}; "
                + "give it those, in any order, or a column without SlotNames to go by place.");
        Dictionary<string, int> places = names.Index().ToDictionary(named => named.Item, named => named.Index);
        return new FeatureOrder([.. trained.Select(name => places[name])]);
    }

    /// <summary>Puts a row's features into the order of training.</summary>
    public void Sort<T>(ref VBuffer<T> row)
    {
        var sorted = new T[_places.Length];
        for (int i = 0; i < sorted.Length; i++) sorted[i] = row.GetItemOrDefault(_places[i]);
        row = new VBuffer<T>(sorted.Length, sorted);
    }
}
