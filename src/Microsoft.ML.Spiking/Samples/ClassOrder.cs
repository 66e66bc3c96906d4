using System.Collections.Immutable;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking.Samples;

/// <summary>
/// Which class in training a validation set's keys stand for: keys of other data may count the same classes in another order, and their values tell.
/// </summary>
internal static class ClassOrder
{
    /// <returns>The class in training, from 0, of each key of the validation set, from key 1; null where one of the two has no values, and their numbers must
    /// do.</returns>
    /// <exception cref="ArgumentException">The validation set has a class that the training set does not know.</exception>
    public static int[]? Of(DataViewSchema.Column training, DataViewSchema.Column validation)
    {
        if (LabelValues.Of(training)?.Texts is not { } known || LabelValues.Of(validation)?.Texts is not { } named) return null;
        Dictionary<string, int> places = known.Index().DistinctBy(value => value.Item).ToDictionary(value => value.Item, value => value.Index);
        return [.. named.Select(name => places.TryGetValue(name, out int place) ? place : throw Unknown(name, known))];
    }

    private static ArgumentException Unknown(string name, ImmutableArray<string> known)
        => Trouble.Fit.Argument($"The validation set's label knows a class '{name}', but the training set's classes are {NameList.Said(known)}; "
            + "let the validation set go through the MapValueToKey that was fitted for training.");
}
